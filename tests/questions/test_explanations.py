"""Every number of an explanation adds up, whatever the model: where inherited urgency of other tools does not.

Taskwarrior's users lost trust over sums that leave out what is inherited (taskwarrior#2224), and over prerequisites
that rank below what they block (taskwarrior#3111).
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.questions.backlog.derive import BacklogOptions, backlog
from platctl.questions.backlog.report import BacklogReport
from platctl.ranking.inputs import Origin
from platctl.ranking.items import RankedItem

TODAY = Date(2026, 11, 23)
PLATFORM = """\
kind: component
id: core
versions: [{version: 1.0.0}, {version: 2.0.0}]
---
kind: consumer
id: one
tier: 1
reach: {users: 100, revenue: 7}
uses: [{component: core, requires: "<2", migration: 3}]
---
kind: consumer
id: two
reach: {users: 20}
uses: [core]
---
kind: goal
id: growth
---
kind: team
id: t
---
kind: team
id: u
"""
CONFIG = """\
scoring:
  models:
    - {id: ratio, value: consumers * joy + unlocks + 1, size: effort + induced_cost}
    - id: points
      criteria:
        - {id: joy, weight: 2, scale: [0, 9], normalise: scale}
        - {id: blocked_by, weight: 0.5, normalise: range, direction: down}
        - {id: demand, default: 0}
"""
RATINGS = ("scores: {joy: 7}", "scores: {joy: 0}", "votes: [{by: a, scores: {joy: 4}}]", "")
CHANGES = ("addition, version: 3.0.0", "removal, version: 1.0.0", "change", "internal")


class Row(NamedTuple):
    """A piece of work: its prerequisites by place, and the rest of it as text."""

    before: list[int]
    text: str


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    found = []
    for nth in range(draw(st.integers(1, 6))):
        before = sorted(draw(st.sets(st.integers(0, nth - 1), max_size=2))) if nth else []
        asking = draw(st.lists(st.sampled_from(["one", "two"]), unique=True))
        change = draw(st.sampled_from(CHANGES))
        effort = draw(st.sampled_from(["{t: 2}", "{t: 1.5, u: 0.7}", "{u: {low: 1, likely: 3, high: 9}}"]))
        rating = draw(
            st.sampled_from(["scores: {joy: 7}", "scores: {joy: 0}", "votes: [{by: a, scores: {joy: 4}}]", ""])
        )
        text = f"requested_by: [{', '.join(asking)}]\nchanges: [{{component: core, effect: {change}}}]\n"
        found.append(Row(before, f"{text}goals: [growth]\neffort: {effort}\n{rating}\n"))
    return found


def plan_of(found: list[Row], names: Sequence[str]) -> Model:
    texts = [
        f"kind: initiative\nid: {name}\ndepends_on: [{', '.join(names[each] for each in row.before)}]\n{row.text}"
        for name, row in zip(names, found, strict=False)
    ]
    plan = model("---\n".join([PLATFORM, *texts]), config=CONFIG)
    assert not plan.findings
    return plan


NAMES = ("a", "b", "c", "d", "e", "f")


def ranked(found: list[Row], method: str, names: Sequence[str] = NAMES) -> BacklogReport:
    plan = plan_of(found, names)
    return backlog(plan, "here", BacklogOptions(plan.config.scoring.by_name[method], TODAY))


@pytest.mark.parametrize("name", ["ratio", "points"])
@given(plan=rows())
def test_every_explanation_adds_up(name: str, plan: list[Row]) -> None:
    method = model(PLATFORM, config=CONFIG).config.scoring.by_name[name]
    found = ranked(plan, name)
    by_id = {each.initiative.id: each for each in found.items}
    for item in (*found.items, *found.apart):
        for each in item.score.inputs:
            if each.origin is Origin.GRAPH and each.portions:
                assert each.value == pytest.approx(math.fsum(portion.value for portion in each.portions))
        if item.score.value is not None:
            values = {each.name: each.used for each in item.score.inputs if each.used is not None}
            gain = method.value_formula.value(values)
            work = method.size_formula.value(values) if method.size_formula else 1.0
            assert item.score.value == pytest.approx(gain / work)
        else:
            assert item.score.missing
    for item in found.items:
        assert item.priority == pytest.approx(_priority(item, by_id))
        assert all((by_id[each.id].rank or 0) < (item.rank or 0) for each in item.waits_for)
    priorities = [each.priority or 0.0 for each in found.items]
    assert priorities == sorted(priorities, reverse=True)


def _priority(item: RankedItem, by_id: dict[str, RankedItem]) -> float | None:
    """What the explanation says that the priority is."""
    if item.block:
        return sum(each.gain for each in item.block) / sum(each.work for each in item.block)
    return by_id[item.lifted_by.id].score.value if item.lifted_by else item.score.value


@pytest.mark.parametrize("name", ["ratio", "points"])
@given(plan=rows(), names=st.permutations(NAMES))
def test_names_decide_nothing_but_ties(name: str, plan: list[Row], names: list[str]) -> None:
    plain, renamed = ranked(plan, name), ranked(plan, name, names)
    assert [each.priority for each in plain.items] == [each.priority for each in renamed.items]
    assert plain.optimum == renamed.optimum
    before = dict(zip(names, NAMES, strict=True))
    alone = Counter(each.priority for each in plain.items)
    for one, other in zip(plain.items, renamed.items, strict=True):
        if alone[one.priority] == 1:
            assert one.initiative.id == before[other.initiative.id]
