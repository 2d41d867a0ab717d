"""Whom things move: slips, balances and shares against slow ways to find them, and against other commands."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from pasts import past
from platctl.model.lookup import find_any
from platctl.model.model import Model
from platctl.model.past import History
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.questions.goals.report import Gap
from platctl.questions.goals.tree import GoalTree
from platctl.questions.impact.derive import ImpactOptions, what_if
from platctl.questions.impact.what_if import Question, events_asked
from platctl.questions.influence.derive import InfluenceOptions, influence
from platctl.questions.influence.page import page
from platctl.questions.influence.report import CountedKinds, InfluenceReport, PromiseKind, Push
from platctl.render.page.text import render as as_text
from platctl.workspace.workspace import open_workspace

TODAY = datetime.date(2027, 1, 1)
NO_HISTORY = History(None, "this is not a git repository")
EXAMPLES = Path(__file__).parents[2] / "examples"


def ask(plan: Model, of: str | None = None, history: History = NO_HISTORY, **more: object) -> InfluenceReport:
    options = InfluenceOptions(**{"today": TODAY, "subject": find_any(plan, of) if of else None, **more})  # type: ignore[arg-type]
    return influence(plan, "here", options, None, history)


def pushed(plan: Model, of: str, slip: int = 28) -> Push:
    found = ask(plan, of, slip=slip).push
    assert found
    return found


def shown(report: InfluenceReport) -> str:
    return as_text(page(report), width=100, color=False)


# Slips


works = st.lists(
    st.tuples(
        st.integers(0, 60),  # the first day, after today
        st.integers(0, 30),  # days after the first one
        st.sets(st.integers(0, 5), max_size=2),  # what it waits for, among those before it
        st.sampled_from(["planned", "active", "proposed", "done"]),
    ),
    min_size=2,
    max_size=6,
)
Works = list[tuple[int, int, set[int], str]]


def written(plan: Works) -> Model:
    texts = []
    for nth, (start, length, after, status) in enumerate(plan):
        first = TODAY + datetime.timedelta(days=start)
        last = first + datetime.timedelta(days=length)
        before = ", ".join(f"w{each}" for each in sorted(after) if each < nth)
        texts.append(
            f"kind: initiative\nid: w{nth}\nstatus: {status}\nstart: {first}\nend: {last}\ndepends_on: [{before}]\n"
            f"requested_by: [c{nth % 2}]\ngoals: [g{nth % 3}]\n"
        )
    texts += [f"kind: consumer\nid: c{each}\n" for each in range(2)]
    texts += [f"kind: goal\nid: g{each}\n" for each in range(3)]
    return model("---\n".join(texts))


def ends(plan: Works, slipping: int | None = None, slip: int = 0) -> dict[str, int]:
    """The day on which each piece of open work can end, by the words of the reference: one after the other."""
    found: dict[int, int] = {}
    for nth, (start, length, after, status) in enumerate(plan):
        waited = [found[each] for each in after if each < nth and each in found]
        if status == "done":
            continue
        if status == "active":
            end = max([start + length, 0, *waited])
        else:
            end = max([start, 0, *(each + 1 for each in waited)]) + length
        found[nth] = end + (slip if nth == slipping else 0)
    return {f"w{nth}": end for nth, end in found.items()}


@given(works, st.data(), st.integers(1, 40))
def test_what_moves_is_what_a_walk_through_the_plan_finds(plan: Works, data: st.DataObject, slip: int) -> None:
    open_ = [nth for nth, each in enumerate(plan) if each[3] != "done"]
    if not open_:
        return
    slipping = data.draw(st.sampled_from(open_))
    before, after = ends(plan), ends(plan, slipping, slip)
    found = pushed(written(plan), f"w{slipping}", slip)
    moved = {each.initiative.id: each.days for each in found.work}
    assert moved == {name: after[name] - end for name, end in before.items() if after[name] > end}
    assert [each.initiative.id for each in found.work if each.slips] == [f"w{slipping}"]
    by_product: dict[str, int] = {}
    for name, days in moved.items():
        consumer = f"c{int(name[1:]) % 2}"
        by_product[consumer] = max(by_product.get(consumer, 0), days)
    assert {each.consumer.id: each.days for each in found.products} == by_product
    goals = {}
    for goal in range(3):
        served = [f"w{nth}" for nth, each in enumerate(plan) if nth % 3 == goal and each[3] in ("planned", "active")]
        last = [max(days[name] for name in served) for days in (before, after)] if served else [0, 0]
        if last[1] > last[0]:
            goals[f"g{goal}"] = last[1] - last[0]
    assert {each.goal.id: each.days for each in found.goals} == goals


PLAN = """\
kind: component
id: auth
versions: [{version: 1.0.0}]
---
kind: initiative
id: keys
title: Keys
owner: core
status: active
start: 2026-12-01
end: 2027-01-29
deadline: 2027-02-15
effort: {core: 6}
requested_by: [shop]
goals: [trust]
changes: [{component: auth, effect: addition, version: 2.0.0}]
---
kind: initiative
id: after
status: planned
start: 2027-02-01
end: 2027-02-28
depends_on: [keys]
effort: {core: 2}
---
kind: initiative
id: someday
status: planned
changes: [{component: auth, effect: internal}]
---
kind: consumer
id: shop
title: Shop
tier: 1
uses: [{component: auth, requires: ">=2,<3", need_by: 2027-02-10}]
---
kind: goal
id: trust
due: 2027-02-20
---
kind: team
id: core
"""


def test_promises_that_a_slip_breaks_are_told_with_their_places() -> None:
    found = pushed(model(PLAN), "keys")
    promises = {each.kind: (each.is_missed, each.was_missed, str(each.span)) for each in found.promises}
    assert promises == {
        PromiseKind.DEADLINE: (True, False, "model-1.yaml:12:11"),
        PromiseKind.NEED_BY: (True, False, "model-1.yaml:35:36"),
    }
    assert [(each.initiative.id, each.days) for each in found.work] == [("keys", 28), ("after", 26)]
    text = shown(ask(model(PLAN), "keys"))
    assert "Keys (keys), deadline 2027-02-15: 11 days late" in text
    assert "Shop (shop), needed by 2027-02-10: 16 days late" in text
    assert "6 days late" in text  # the goal


def test_a_short_slip_is_absorbed() -> None:
    assert [each.initiative.id for each in pushed(model(PLAN), "keys", 2).work] == ["keys"]


def test_a_component_a_team_a_goal_and_a_consumer_stand_for_their_open_work() -> None:
    for subject in ("component:auth", "team:core", "goal:trust", "consumer:shop"):
        assert "keys" in {each.initiative.id for each in pushed(model(PLAN), subject).work if each.slips}
    found = pushed(model(PLAN), "component:auth")
    assert [each.id for each in found.undated] == ["someday"]
    assert "Not known: when someday can end" in shown(ask(model(PLAN), "component:auth"))


def test_nothing_moves_where_there_is_no_open_work() -> None:
    report = ask(model("kind: component\nid: auth\n"), "auth")
    assert "Nothing moves: no open work of it has a known end." in shown(report)
    assert "consumers left without a version that they require: none" in shown(report)


# Without it


def example(name: str) -> Model:
    workspace = open_workspace(EXAMPLES / name / "model")
    return workspace.model(workspace.source.working_tree())


@pytest.mark.parametrize("name", ["streaming", "opensearch"])
def test_without_a_component_is_what_impact_says_of_its_removal(name: str) -> None:
    plan = example(name)
    for ref in plan.components:
        question = Question((str(ref),), "removal")
        report = what_if(plan, events_asked(plan, question, TODAY), Compared("here"), ImpactOptions(today=TODAY))
        broken = sorted(each.consumer.ref for each in report.verdicts if each.level.value == "breaks")
        without = ask(plan, str(ref)).without
        assert without
        assert [each.ref for each in without.consumers] == broken


def test_goals_that_lose_their_only_work_are_those_that_goals_would_list() -> None:
    plan = example("streaming")
    lost = 0
    for ref in plan.initiatives:
        without = ask(plan, str(ref)).without
        assert without
        rest = model_without(plan, ref)
        before, after = GoalTree(plan), GoalTree(rest)
        none = (Gap.UNSERVED, Gap.UNPROMISED)
        expected = {
            goal
            for goal in plan.goals
            if plan.initiatives[ref].status.is_open and after.gap(goal) in none and after.gap(goal) != before.gap(goal)
        }
        assert {each.ref for each in without.goals} == expected
        lost += len(expected)
    assert lost


def model_without(plan: Model, ref: Ref) -> Model:
    return Model({each: entity for each, entity in plan.entities.items() if each != ref}, plan.documents, plan.config)


def test_without_work_those_are_left_who_need_what_it_brings() -> None:
    without = ask(model(PLAN), "keys").without
    assert without
    assert [each.id for each in without.consumers] == ["shop"]
    assert [each.id for each in without.goals] == ["trust"]


# Who asked, and who migrates


owners = st.sampled_from(["", "t0", "t1", "t2"])
migrating = st.lists(
    st.tuples(owners, st.lists(st.sampled_from(["c0", "c1"]), unique=True, max_size=2), st.integers(1, 9)),
    min_size=1,
    max_size=4,
)


def with_removals(plan: list[tuple[str, list[str], int]], users: list[str]) -> Model:
    """Each piece of work removes a version that others require."""
    texts = [f"kind: team\nid: t{each}\n" for each in range(3)]
    for nth, (owner, asking, weeks) in enumerate(plan):
        texts.append(f"kind: component\nid: x{nth}\nversions: [{{version: 1.0.0}}, {{version: 2.0.0}}]\n")
        own = f"owner: {owner}\n" if owner else ""
        texts.append(
            f"kind: initiative\nid: w{nth}\n{own}status: planned\nend: 2027-06-01\nrequested_by: {asking}\n"
            f"effort: {{t0: {weeks}}}\nchanges: [{{component: x{nth}, effect: removal, version: '<2'}}]\n"
        )
    for nth, owner in enumerate(users):
        kind, field = ("consumer", "uses") if nth % 2 else ("component", "depends_on")
        uses = ", ".join(f"{{component: x{each}, requires: '<2', migration: {nth + 1}}}" for each in range(len(plan)))
        own = f"owner: {owner}\n" if owner else ""
        texts.append(f"kind: {kind}\nid: c{nth}\n{own}{field}: [{uses}]\n")
    return model("---\n".join(texts))


@given(migrating, st.lists(owners, min_size=2, max_size=4))
def test_balances_add_up_to_zero_and_shares_to_all(plan: list[tuple[str, list[str], int]], users: list[str]) -> None:
    found = with_removals(plan, users)
    report = ask(found)
    moved = sum(nth + 1 for nth in range(len(users))) * len(plan)
    assert report.migrations.weeks == moved
    for rows in (report.migrations.teams, report.migrations.products):
        assert sum(each.balance for each in rows) == pytest.approx(0)
        assert sum(each.caused + each.own for each in rows) == pytest.approx(moved)
        assert sum(each.received + each.own for each in rows) == pytest.approx(moved)
    slow: dict[str, float] = {}
    for owner, _, _ in plan:
        for nth, user in enumerate(users):
            if owner != user:
                slow[owner] = slow.get(owner, 0) + nth + 1
                slow[user] = slow.get(user, 0) - nth - 1
    balances = {each.who.id if each.who else "": each.balance for each in report.migrations.teams}
    assert {who: weeks for who, weeks in balances.items() if weeks} == {
        who: pytest.approx(w) for who, w in slow.items() if w
    }
    assert report.pull.weeks == sum(weeks for _, _, weeks in plan)
    asked: dict[str, float] = {}
    for _, asking, weeks in plan:
        known = [each for each in asking if int(each[1:]) % 2 and int(each[1:]) < len(users)] or [""]
        for each in known:
            asked[each] = asked.get(each, 0) + weeks / len(known)
    assert {each.consumer.id if each.consumer else "": each.weeks for each in report.pull.shares} == {
        who: pytest.approx(weeks) for who, weeks in asked.items()
    }


# Changed together


edits = st.lists(st.sets(st.sampled_from("abcd"), min_size=1, max_size=4), min_size=1, max_size=8)


@given(edits, st.integers(1, 3))
def test_what_changed_together_is_what_counting_commits_finds(commits: list[set[str]], at_least: int) -> None:
    versions = dict.fromkeys("abcd", 0)
    texts = []
    for changed in commits:
        for name in changed:
            versions[name] += 1
        texts.append("---\n".join(f"kind: team\nid: {name}\nlead: Ada {nth}\n" for name, nth in versions.items()))
    histories = [set("abcd"), *commits[1:]]
    found = ask(model(texts[-1]), history=History(past(*texts)), at_least=at_least).together
    pairs = [(one, other) for one in "abcd" for other in "abcd" if one < other]
    both = {pair: sum(set(pair) <= changed for changed in histories) for pair in pairs}
    assert {(each.one.id, each.other.id): each.both for each in found.pairs} == {
        pair: count for pair, count in both.items() if count >= at_least
    }
    assert found.below == sum(0 < count < at_least for count in both.values())
    for each in found.pairs:
        assert each.one_commits == sum(each.one.id in changed for changed in histories)
    assert found.commits == len(commits)


def test_a_rename_is_one_history_and_a_large_commit_tells_nothing() -> None:
    two = "kind: team\nid: a\nlead: Ada {}\n---\nkind: team\nid: {}\naliases: [b]\nlead: Ada {}\n"
    texts = [two.format(1, "b", 1).replace("aliases: [b]\n", ""), two.format(2, "c", 2), two.format(3, "c", 3)]
    found = ask(model(texts[-1]), history=History(past(*texts)), at_least=2).together
    assert [(each.one.id, each.other.id, each.both) for each in found.pairs] == [("a", "c", 3)]
    many = "---\n".join(f"kind: team\nid: t{nth}\n" for nth in range(31))
    found = ask(model(many), history=History(past(many)), at_least=1).together
    assert (found.large, found.pairs) == (1, ())


# The whole


def test_propagation_cost_is_told_with_what_it_was() -> None:
    chain = "kind: component\nid: a\ndepends_on: [b]\n---\nkind: component\nid: b\n"
    more = f"{chain}---\nkind: consumer\nid: shop\nuses: [a]\n"
    report = influence(model(more), "here", InfluenceOptions(), (model(chain), "main"), NO_HISTORY)
    costs = {each.scope: (each.pairs, each.nodes, each.was_pairs, each.was_nodes) for each in report.propagation}
    assert costs == {CountedKinds.COMPONENTS: (1, 2, 1, 2), CountedKinds.ALL: (3, 3, 1, 2)}
    text = shown(report)
    assert "components alone: 1/2² (25.00 %), unchanged" in text
    assert "components and consumers: 3/3² (33.33 %), was 1/2² (25.00 %)" in text


def test_an_empty_plan_says_so() -> None:
    text = shown(ask(model("kind: team\nid: core\n")))
    assert "components alone: none" in text
    assert "No component to count the dependents of." in text
    assert "There is no planned or active work." in text
    assert "Not known: this is not a git repository." in text


def rows(report: InfluenceReport) -> Iterator[str]:
    return (each.component.id for each in report.components)


def test_a_selection_narrows_the_rows_and_not_the_counts() -> None:
    plan = example("streaming")
    one = find_any(plan, "component:events")
    whole, part = ask(plan), ask(plan, only=frozenset({one}))
    assert list(rows(part)) == ["events"]
    assert part.components[0] in whole.components
    assert part.propagation == whole.propagation
