"""What is given up: sides, who gains and pays, what waiting costs, and the smallest change that swaps two."""

import datetime
import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import model
from platctl.model.ref import Ref
from platctl.questions.tradeoff.derive import TradeoffOptions, tradeoff
from platctl.questions.tradeoff.report import Fixing, Flip, Order, Pair, TradeoffReport

TODAY = datetime.date(2026, 11, 23)


def work(name: str, more: str = "", **scores: str | float) -> str:
    rated = ", ".join(f"{key}: {value}" for key, value in scores.items())
    return f"kind: initiative\nid: {name}\nscores: {{{rated}}}\n{more}\n"


def ref(name: str) -> Ref:
    return Ref("initiative", "default", name)


def weighed(*texts: str, of: str = "a b", method: str = "value_effort", config: str = "") -> TradeoffReport:
    plan = model("---\n".join(texts), config=config)
    assert not plan.findings
    options = TradeoffOptions(plan.config.scoring.by_name[method], TODAY)
    return tradeoff(plan, "here", tuple(map(ref, of.split())), options)


def order(found: TradeoffReport, first: str) -> Order:
    return next(each for each in found.orders if each.order[0].id == first)


def flips(pair: Pair) -> dict[str, Flip]:
    """By `name of whose`."""
    return {f"{each.name} of {each.of.id if each.of else 'all'}": each for each in pair.flips}


# What waiting costs ---------------------------------------------------------------------------------------------


def test_g5_the_better_ratio_first_loses_less() -> None:
    """Arnold, blackswanfarming.com: CD3 and proportionality to outcomes.

    Base 10 a week; A adds 10 a week in 2 weeks, B 30 a week in 4; after 6 weeks A, B gives 100 units and B, A 120.
    """
    found = weighed(work("a", cost_of_delay=10, duration=2), work("b", cost_of_delay=30, duration=4), method="cd3")
    assert [side.item.score.value for side in found.sides] == [5, 7.5]
    first_a, first_b = order(found, "a"), order(found, "b")
    assert (first_a.cost, first_b.cost) == (30 * 2, 10 * 4)
    assert (first_a.total, first_b.total) == (200, 180)
    base, horizon, gains = 10, 6, 10 + 30
    units = [(base + gains) * horizon - (each.total or 0) for each in (first_a, first_b)]
    assert units == [100, 120]


def test_what_waits_for_the_others_comes_later_with_them() -> None:
    found = weighed(
        work("a", value=6, effort=3),
        work("b", value=4, effort=2),
        work("after-b", "depends_on: [b]", value=10, effort=1),
        work("after-both", "depends_on: [a, b]", value=7, effort=1),
        work("vague", "depends_on: [b]"),
    )
    late = order(found, "a")
    assert [(each.initiative.id, each.via and each.via.id, each.cost) for each in late.later] == [
        ("b", None, 12),
        ("after-b", "b", 30),
        ("vague", "b", None),
    ]
    assert (late.cost, [each.id for each in late.uncounted]) == (42, ["vague"])
    assert [each.initiative.id for each in order(found, "b").later] == ["a"]
    both = 7 * 5
    assert late.total == 6 * 3 + (4 + 10) * 5 + both
    assert order(found, "b").total == (4 + 10) * 2 + 6 * 5 + both


def test_a_team_that_both_need_is_busy_for_as_long_as_its_capacity_says() -> None:
    red = "kind: team\nid: red\ncapacity: 26\n---\nkind: team\nid: blue\ncapacity: 13\n---\nkind: team\nid: new\n"
    found = weighed(
        work("a", "effort: {red: 6, blue: 4, new: 1}\nperiod: 2027-Q2", value=1),
        work("b", "effort: {red: 2, blue: 1}", value=1),
        work("c", "effort: {new: 2}", value=1),
        work("d", "effort: {}", value=1),
        red,
        of="a b c d",
    )
    weeks = {each.initiative.id: (each.weeks, each.team and each.team.id) for each in order(found, "a").later}
    assert weeks == {"b": (pytest.approx(4), "blue"), "c": (None, "new"), "d": (None, None)}


def test_what_waits_for_another_one_can_not_go_first() -> None:
    found = weighed(work("a", value=1, effort=1), work("b", "depends_on: [a]", value=9, effort=1))
    assert [each.id for each in order(found, "b").waits_for] == ["a"]
    assert order(found, "b").total is None
    (pair,) = found.pairs
    assert (pair.first.id, pair.ahead and pair.ahead.id, pair.fixed) == ("b", "a", Fixing.PRECEDENCE)


def test_without_a_ratio_nothing_says_what_waiting_costs() -> None:
    config = "scoring: {models: [{id: points, criteria: [{id: value}]}]}"
    found = weighed(work("a", value=1), work("b", value=2), method="points", config=config)
    assert [(each.work, each.cost, each.total) for each in found.orders] == [(None, None, None)] * 2


# Who gains and who pays -----------------------------------------------------------------------------------------

PLATFORM = """\
kind: component
id: api
interfaces: [{id: http, versions: [{version: 1.0.0}, {version: 2.0.0}]}]
---
kind: consumer
id: shop
tier: 1
reach: {users: 500}
uses: [{component: api, requires: "<2", migration: 4}]
---
kind: consumer
id: desk
tier: 2
uses: [{component: api, requires: ">=2"}]
---
kind: goal
id: grow
weight: 3
---
kind: goal
id: calm
weight: 1
"""
# An addition is good for everybody whose range has it; a removal asks those who are on what leaves.
ADDS = "changes: [{component: api, effect: addition, version: 2.1.0}]\ngoals: [grow]"
REMOVES = "changes: [{component: api, effect: removal, version: '<2'}]\ngoals: [grow, calm]"


def test_gains_and_costs_are_shown_by_consumer_and_goal() -> None:
    config = "scoring: {migration: 7}"
    found = weighed(PLATFORM, work("a", ADDS, value=1, effort=1), work("b", REMOVES, value=1, effort=1), config=config)
    (shop, desk) = found.stakes
    assert (shop.who.id, shop.tier, shop.users, desk.who.id) == ("shop", 1, 500, "desk")
    gains, pays = shop.parts
    assert (gains.gains, gains.weeks, pays.gains, pays.must_act, pays.weeks) == (False, 0, False, True, 4)
    assert [part.gains for part in desk.parts] == [True, False]
    assert [(each.goal.id, each.contributions) for each in found.goals] == [
        ("grow", (0.75, 0.75)),
        ("calm", (None, 0.25)),
    ]


# What would swap them -------------------------------------------------------------------------------------------


def test_the_smallest_relative_change_comes_first() -> None:
    (pair,) = weighed(work("a", value=12, effort=2), work("b", value=8, effort=4)).pairs
    assert (pair.first.id, pair.first_score, pair.second_score, pair.fixed) == ("a", 6, 2, Fixing.NONE)
    found = flips(pair)
    assert list(found) == ["value of a", "effort of b", "effort of a", "value of b"]
    assert [each.to for each in pair.flips] == [pytest.approx(number) for number in (4, 4 / 3, 6, 24)]
    assert [each.relative for each in pair.flips] == [pytest.approx(share) for share in (-2 / 3, -2 / 3, 2, 2)]


def test_a_scale_ends_the_search_and_says_so() -> None:
    (pair,) = weighed(
        work("a", importance=9, satisfaction=0), work("b", importance=2, satisfaction=2), method="opportunity"
    ).pairs
    found = flips(pair)
    assert (found["satisfaction of b"].to, found["satisfaction of b"].high) == (None, 10)
    assert (found["satisfaction of a"].to, found["importance of a"].to) == (None, pytest.approx(1))


def test_a_number_without_a_scale_is_changed_up_to_ten_times_the_largest() -> None:
    config = "scoring: {models: [{id: own, value: value + luck / 1000}]}"
    (pair,) = weighed(work("a", value=9, luck=1), work("b", value=2, luck=3), method="own", config=config).pairs
    luck = flips(pair)["luck of b"]
    assert (luck.to, luck.low, luck.high) == (None, 0, 30)


def test_a_jump_in_a_formula_is_found_where_it_is() -> None:
    config = "scoring: {models: [{id: own, value: (9 if value > 3.3 else 1) + luck}]}"
    (pair,) = weighed(work("a", value=2, luck=5), work("b", value=2, luck=1), method="own", config=config).pairs
    found = flips(pair)
    assert (found["value of b"].to, found["value of a"].to) == (pytest.approx(3.3), None)


def test_weights_are_changed_too() -> None:
    criteria = "[{id: fun, weight: 3}, {id: use, weight: 1}]"
    config = f"scoring: {{models: [{{id: sum, criteria: {criteria}}}]}}"
    (pair,) = weighed(work("a", fun=5, use=1), work("b", fun=2, use=3), method="sum", config=config).pairs
    found = flips(pair)
    assert [found[name].to for name in ("fun of all", "use of all")] == [pytest.approx(2 / 3), pytest.approx(4.5)]


def test_a_class_is_left_for_the_next_one() -> None:
    (pair,) = weighed(work("a", moscow="should"), work("b", moscow="wont"), method="moscow").pairs
    up, down = pair.flips
    assert ((up.of and up.of.id), up.was_word, up.to_word) == ("b", "wont", "must")
    assert ((down.of and down.of.id), down.was_word, down.to) == ("a", "should", None)


def test_what_scores_the_same_or_nothing_has_no_smallest_change() -> None:
    found = weighed(work("a", value=4, effort=2), work("b", value=2, effort=1), work("c"), of="c b a")
    same, none = found.pairs
    assert (same.first.id, same.is_tied, same.flips) == ("a", True, ())
    assert (none.second.id, none.second_score, none.is_tied, none.flips) == ("c", None, False, ())


def test_a_decision_and_what_waits_go_before_a_score() -> None:
    texts = [work("a", value=9, effort=1), work("b", value=3, effort=1)]
    decision = "kind: decision\nid: b-first\nchose: b\nover: [a]\nwhy: because\n"
    (pair,) = weighed(*texts, decision).pairs
    assert (pair.ahead and pair.ahead.id, pair.fixed, pair.decision and pair.decision.id) == (
        "b",
        Fixing.DECISION,
        "b-first",
    )
    (ended,) = weighed(*texts, decision + "expires: 2026-11-22\n").pairs
    assert (ended.ahead and ended.ahead.id, ended.fixed) == ("a", Fixing.NONE)
    (raised,) = weighed(*texts, work("prize", "depends_on: [b]", value=90, effort=1)).pairs
    assert (raised.ahead and raised.ahead.id, raised.fixed) == ("b", Fixing.UNLOCKS)
    through = "kind: decision\nid: b-c\nchose: b\nover: [c]\n---\nkind: decision\nid: c-a\nchose: c\nover: [a]\n"
    (indirect,) = weighed(*texts, work("c", value=5, effort=1), through).pairs
    assert (indirect.ahead and indirect.ahead.id, indirect.fixed, indirect.decision) == ("b", Fixing.DECISION, None)


# Against sums done by hand --------------------------------------------------------------------------------------

NAMES = ("one", "two", "three")
Row = tuple[float, float, float]
Rows = list[Row]
Weights = dict[str, float]
ALONE = {"one": 1.0, "two": 1.0, "three": 1.0}


def ratio(_: Rows, row: Row, __: Weights) -> float:
    one, two, three = row
    return one * (two + 1) / (three + 1)


def bent(_: Rows, row: Row, __: Weights) -> float:
    one, two, three = row
    return math.sqrt(one) + max(two - three, 0)


def weighted(_: Rows, row: Row, weights: Weights) -> float:
    return sum(weights[name] * value for name, value in zip(NAMES, row, strict=True))


def shares(rows: Rows, row: Row, weights: Weights) -> float:
    ones, twos, _ = zip(*rows, strict=True)
    one = row[0] / max(ones) if max(ones) else 0.0
    two = 1 - ((row[1] - min(twos)) / (max(twos) - min(twos)) if max(twos) > min(twos) else 0.0)
    return weighted(rows, (one, two, row[2] / 10), weights)


MODELS: dict[str, tuple[Callable[[Rows, Row, Weights], float], Weights]] = {
    "{id: own, value: one * (two + 1), size: three + 1}": (ratio, ALONE),
    "{id: own, value: 'sqrt(one) + max(two - three, 0)'}": (bent, ALONE),
    "{id: own, criteria: [{id: one, weight: 2.5}, {id: two}, {id: three, weight: 0.5}]}": (
        weighted,
        {"one": 2.5, "two": 1.0, "three": 0.5},
    ),
    "{id: own, criteria: [{id: one, normalise: maximum}, {id: two, normalise: range, direction: down, weight: 2}, "
    "{id: three, normalise: scale, scale: [0, 10]}]}": (shares, {**ALONE, "two": 2.0}),
}
rows_of_work = st.lists(st.tuples(*[st.integers(0, 10).map(float)] * 3), min_size=2, max_size=4)


@settings(max_examples=settings.default.max_examples // 2)
@given(st.sampled_from(sorted(MODELS)), rows_of_work)
def test_the_change_swaps_the_pair_and_a_smaller_one_does_not(text: str, rows: Rows) -> None:
    texts = [work(f"w{n}", one=one, two=two, three=three) for n, (one, two, three) in enumerate(rows)]
    (pair,) = weighed(*texts, of="w0 w1", method="own", config="scoring: {models: [" + text + "]}").pairs
    score, weights = MODELS[text]
    ahead = int(pair.first.id[1])

    def is_swapped(flip: Flip, value: float) -> bool:
        changed, other = [*rows], {**weights}
        if flip.of:
            row, nth = int(flip.of.id[1]), NAMES.index(flip.name)
            one, two, three = (*rows[row][:nth], value, *rows[row][nth + 1 :])
            changed[row] = (one, two, three)
        else:
            other[flip.name] = value
        lead = score(changed, changed[1 - ahead], other) - score(changed, changed[ahead], other)
        return lead > 1e-9

    assert bool(pair.flips) != pair.is_tied
    for flip in pair.flips:
        span = flip.high - flip.low
        if flip.to is None:
            assert not any(is_swapped(flip, flip.low + span * step / 100) for step in range(101))
            continue
        change = flip.to - flip.was
        assert flip.low <= flip.to <= flip.high
        assert any(is_swapped(flip, flip.to + math.copysign(span * hair, change)) for hair in (0, 1e-8, 1e-6))
        if abs(change) > span * 1e-12:
            assert not is_swapped(flip, flip.was + change * (1 - 1e-9))
            mirrored = flip.was - change * (1 - 1e-6)
            assert not (flip.low <= mirrored <= flip.high and is_swapped(flip, mirrored)), "nor one to the other side"
