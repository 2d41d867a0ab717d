"""What waits for what, when it can ship, and why: plans of a few lines."""

import datetime
import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.outlook.conflicts import ConflictKind
from platctl.outlook.earliest import Certainty, Obstacle, When
from platctl.questions.needs.derive import NeedsOptions, needs
from platctl.questions.needs.report import Decider, Feature, NeededWork, NeedsReport

TODAY = datetime.date(2026, 11, 23)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def work(name: str, days: str = "", after: str = "", more: str = "", status: str = "planned") -> str:
    """An initiative; days are `2027-01-01 2027-01-31`, with `?` for one that is not written."""
    lines = [f"kind: initiative\nid: {name}\nstatus: {status}"]
    lines += [f"{key}: {text}" for key, text in zip(("start", "end"), days.split(), strict=bool(days)) if text != "?"]
    lines += [f"depends_on: [{after}]"] if after else []
    return "\n".join([*lines, *([more] if more else [])]) + "\n"


def ask(plan: Model, name: str, kind: str = "initiative", **more: datetime.date | None) -> NeedsReport:
    return needs(plan, "here", find(plan, name, kind), NeedsOptions(**{"today": TODAY, **more}))


def feature(*texts: str, of: str = "app", today: datetime.date | None = TODAY) -> Feature:
    (found,) = ask(model("---\n".join(texts)), of, today=today).features
    return found


def step(found: Feature, name: str) -> NeededWork:
    return next(each for each in found.steps if each.initiative.id == name)


def known(text: str) -> When:
    return When(Certainty.KNOWN, day(text))


def unknown(text: str | None) -> When:
    return When(Certainty.UNKNOWN, day(text) if text else None)


def chain(found: Feature) -> list[str]:
    return [each.id for each in found.chain]


# The two dates ------------------------------------------------------------------------------------------------


def test_a_plan_that_holds_ships_as_planned() -> None:
    found = feature(work("api", "2027-01-04 2027-01-29"), work("app", "2027-02-08 2027-03-05", after="api"))
    assert found.planned.ready == found.earliest.ready == known("2027-03-05")
    assert (chain(found), step(found, "app").slack, step(found, "api").slack) == (["app"], 0, 9)
    assert step(found, "api").waits_for == ()
    assert not found.conflicts


def test_a_prerequisite_that_ends_later_moves_what_waits_by_as_many_calendar_days() -> None:
    found = feature(work("api", "2027-01-04 2027-02-28"), work("app", "2027-02-08 2027-03-05", after="api"))
    assert (found.planned.ready, found.earliest.ready) == (known("2027-03-05"), known("2027-03-26"))
    assert chain(found) == ["api", "app"]
    app = step(found, "app")
    assert (app.begins, app.decided_by, app.after and app.after.id) == (day("2027-03-01"), Decider.PREREQUISITE, "api")
    assert app.deciding
    assert str(app.deciding) == "model-1.yaml:12:14"
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.subject.id) == (ConflictKind.STARTS_BEFORE_DEPENDENCY, "app")
    assert (conflict.date, conflict.limit) == (day("2027-02-08"), day("2027-02-28"))
    assert conflict.span.resolve() == app.deciding


def test_a_planned_end_behind_that_of_the_last_piece_counts_in_the_plan() -> None:
    found = feature(work("api", "2027-01-04 2027-06-30"), work("app", "2027-02-08 2027-02-09", after="api"))
    assert (found.planned.ready, found.earliest.ready) == (known("2027-06-30"), known("2027-07-02"))


def test_nothing_begins_before_its_earliest_day_or_in_the_past() -> None:
    found = feature(work("app", "2027-01-04 2027-01-08", more="earliest: 2027-02-01"))
    assert found.earliest.ready == known("2027-02-05")
    assert (found.steps[0].decided_by, str(found.steps[0].deciding)) == (Decider.EARLIEST, "model-1.yaml:6:11")
    assert [each.kind for each in found.conflicts] == [ConflictKind.BEFORE_EARLIEST]
    found = feature(work("app", "2026-11-02 2026-11-06"))
    assert (found.planned.ready, found.earliest.ready) == (known("2026-11-06"), known("2026-11-27"))
    assert (found.steps[0].decided_by, found.conflicts[0].kind) == (Decider.TODAY, ConflictKind.OVERDUE)
    found = feature(work("app", "2026-11-02 2026-12-06"))
    assert (found.earliest.ready, found.conflicts[0].kind) == (known("2026-12-27"), ConflictKind.NOT_BEGUN)
    assert feature(work("app", "2026-11-02 2026-11-06"), today=None).earliest.ready == known("2026-11-06")


def test_of_a_period_what_is_left_of_it_counts() -> None:
    found = feature(work("app", more="period: 2027-Q1\nearliest: 2027-01-11"))
    assert (found.earliest.ready, found.steps[0].begins) == (known("2027-03-31"), day("2027-01-11"))
    assert not found.conflicts
    assert str(found.steps[0].deciding) == "model-1.yaml:5:11"
    found = feature(work("app", more="period: 2026-Q4"))
    assert (found.earliest.ready, found.steps[0].begins, found.conflicts) == (known("2026-12-31"), TODAY, ())


def test_work_that_has_begun_keeps_its_days_but_ends_after_today_and_what_it_waits_for() -> None:
    begun = functools.partial(work, "app", status="active")
    assert feature(begun("2026-11-02 2026-12-04")).earliest.ready == known("2026-12-04")
    found = feature(begun("2026-10-05 2026-11-20"))
    assert (found.earliest.ready, found.conflicts[0].kind) == (When(Certainty.KNOWN, TODAY), ConflictKind.OVERDUE)
    found = feature(work("api", "2026-12-07 2026-12-18"), begun("2026-11-02 2026-12-04", after="api"))
    assert (found.earliest.ready, chain(found)) == (known("2026-12-18"), ["api", "app"])


def test_what_is_done_is_listed_and_not_waited_for_nor_is_what_stands_behind_it() -> None:
    found = feature(
        work("old", "2030-01-01 2030-01-31"),
        work("api", "2026-05-01 2026-06-30", after="old", status="done"),
        work("app", "2027-01-04 2027-01-29", after="api"),
    )
    assert [each.initiative.id for each in found.steps] == ["api", "app"]
    assert step(found, "api").ends == When(Certainty.DONE, day("2026-06-30"))
    assert found.earliest.ready == known("2027-01-29")


def test_a_deadline_that_can_not_be_kept_is_named_also_in_the_middle_of_the_chain() -> None:
    late = work("api", "2027-01-04 2027-02-26", more="deadline: 2027-02-15")
    found = feature(late, work("app", "2027-03-01 2027-03-31", after="api"))
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.subject.id, conflict.limit) == (
        ConflictKind.AFTER_DEADLINE,
        "api",
        day("2027-02-15"),
    )


# What can't be known ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "obstacle", "earliest"),
    [
        ("", Obstacle.NO_DATES, "2026-12-05"),
        ("2027-01-04 ?", Obstacle.NO_END, "2027-01-09"),
        ("? 2026-11-24", None, "2026-12-05"),
        ("2027-02-01 2027-01-01", Obstacle.ENDS_BEFORE_START, "2027-02-06"),
        ("? 2026-11-20", Obstacle.NO_START, "2026-12-05"),
    ],
)
def test_days_that_are_missing_are_not_guessed(days: str, obstacle: Obstacle | None, earliest: str) -> None:
    found = feature(work("api", days), work("app", "2026-12-01 2026-12-05", after="api"))
    assert step(found, "api").obstacle == obstacle
    assert step(found, "app").obstacle is None
    assert found.earliest.ready == (unknown(earliest) if obstacle else known(earliest))
    assert [each.slack is None for each in found.steps] == [obstacle is not None] * 2


def test_the_bound_of_what_has_no_dates_respects_its_earliest_day() -> None:
    found = feature(work("app", more="earliest: 2027-05-01", status="idea"))
    assert (found.planned.ready, found.earliest.ready) == (unknown(None), unknown("2027-05-01"))
    assert not found.steps[0].is_promised


@pytest.mark.parametrize("status", ["dropped", "parked"])
def test_what_waits_for_given_up_work_never_comes(status: str) -> None:
    found = feature(
        work("deep", "2027-01-01 2027-01-02"),
        work("api", "2027-01-04 2027-01-08", after="deep", status=status),
        work("app", "2027-02-01 2027-02-05", after="api"),
    )
    assert found.planned.ready.certainty == found.earliest.ready.certainty == Certainty.NEVER
    assert [each.initiative.id for each in found.steps] == ["api", "app"], "what is behind it does not matter"
    assert step(found, "api").obstacle is Obstacle.GIVEN_UP
    assert found.chain == ()


def test_a_circle_is_named_and_does_not_go_on_for_ever() -> None:
    found = feature(
        work("one", "2027-01-04 2027-01-08", after="two"),
        work("two", "2027-01-04 2027-01-08", after="one"),
        work("app", "2027-02-01 2027-02-05", after="one, app2"),
        work("app2", "2027-02-01 2027-02-05"),
    )
    assert found.earliest.ready.certainty is Certainty.NEVER
    assert [[each.id for each in circle] for circle in found.circles] == [["one", "two"]]
    assert (step(found, "one").obstacle, step(found, "app").obstacle) == (Obstacle.CIRCLE, None)
    assert feature(work("app", "2027-02-01 2027-02-05", after="app")).steps[0].obstacle is Obstacle.CIRCLE


def test_a_circle_through_done_work_is_none() -> None:
    found = feature(
        work("api", "2026-05-01 2026-06-30", after="app", status="done"), work("app", "2027-01-04 2027-01-29", "api")
    )
    assert (found.earliest.ready, found.circles) == (known("2027-01-29"), ())


def test_what_does_not_exist_is_said_at_the_line_that_waits_for_it() -> None:
    found = feature(work("app", "2027-01-04 2027-01-08", after="apj"))
    assert found.earliest.ready == unknown("2027-01-08")
    missing = step(found, "apj")
    assert (missing.obstacle, missing.status, str(missing.span)) == (Obstacle.MISSING, None, "model-1.yaml:6:14")


def test_what_could_not_be_read_is_not_called_missing() -> None:
    plan = model(work("app", "2027-01-04 2027-01-08", after="api"), "kind: initiative\nid: api\nstatus: [\n")
    (found,) = ask(plan, "app").features
    assert step(found, "api").obstacle is Obstacle.UNREAD


def test_the_end_of_the_calendar_is_no_error() -> None:
    found = feature(work("api", "0001-01-01 9999-12-31"), work("app", "0001-01-01 9999-12-31", after="api"))
    assert found.earliest.ready == known("9999-12-31")


# The consumer that it is for ----------------------------------------------------------------------------------

SHOP = """\
kind: consumer
id: shop
uses:
  - component: identity
    requires: ">=3,<4"
    need_by: 2027-02-15
freezes:
  - {start: 2027-01-20, end: 2027-01-31, reason: sale}
  - {start: 2027-02-01, end: 2027-02-07}
"""
IDENTITY = "kind: component\nid: identity\nversion: 2.0.0\n"
BRINGS = "changes: [{component: identity, effect: breaking, version: 3.0.0}]"


def test_a_day_in_a_freeze_is_moved_behind_it_and_all_that_follow() -> None:
    calm = SHOP.replace(">=3,<4", ">=2,<3")
    found = feature(calm, IDENTITY, work("app", "2027-01-04 2027-01-25", more="for: shop"))
    assert (found.earliest.work, found.earliest.ready) == (known("2027-01-25"), known("2027-02-08"))
    assert [(each.reason, each.span.line) for each in found.earliest.pauses] == [("sale", 8), (None, 9)]
    assert feature(calm, IDENTITY, work("app", "2027-01-04 2027-01-19", more="for: shop")).earliest.pauses == ()


def test_a_feature_waits_for_what_its_consumer_requires_and_nothing_offers_yet() -> None:
    app = work("app", "2027-01-04 2027-01-08", more="for: shop")
    found = feature(SHOP, IDENTITY, app, work("login", "2027-01-04 2027-02-12", more=BRINGS))
    (need,) = found.requirements
    assert (need.brought_by and need.brought_by.id, need.earliest, need.is_late) == (
        "login",
        known("2027-02-12"),
        False,
    )
    assert (found.earliest.ready, chain(found)) == (known("2027-02-12"), ["login"])
    assert step(found, "app").slack == 35
    late = feature(SHOP, IDENTITY, app, work("login", "2027-01-04 2027-03-12", more=BRINGS))
    assert late.requirements[0].is_late


@pytest.mark.parametrize(("end", "is_late"), [("2027-02-15", False), ("2027-02-16", True)])
def test_what_comes_on_the_day_that_needs_it_is_not_late(end: str, is_late: bool) -> None:
    plan = "---\n".join(
        [SHOP, IDENTITY, work("app", more="for: shop"), work("login", f"2027-01-04 {end}", more=BRINGS)]
    )
    (need,) = ask(model(plan), "app").features[0].requirements
    assert (str(need.need_by), need.is_late) == ("2027-02-15", is_late)
    assert need.deciding
    assert plan.splitlines()[need.deciding.line - 1] == f"end: {end}"


def test_what_nothing_brings_is_unknown_and_a_soft_need_holds_nothing_up() -> None:
    app = work("app", "2027-01-04 2027-01-08", more="for: shop")
    found = feature(SHOP, IDENTITY, app)
    assert (found.requirements[0].brought_by, found.earliest.ready) == (None, unknown("2027-01-08"))
    soft = SHOP.replace("    need_by", "    strength: soft\n    need_by")
    found = feature(soft, IDENTITY, app)
    assert (found.requirements[0].is_soft, found.earliest.ready) == (True, known("2027-01-08"))


def test_promised_work_brings_it_rather_than_an_earlier_idea() -> None:
    idea = work("idea", "2027-01-04 2027-01-05", more=BRINGS, status="idea")
    app = work("app", "2027-01-04 2027-01-08", more="for: shop")
    found = feature(SHOP, IDENTITY, app, idea, work("login", "2027-01-04 2027-02-12", more=BRINGS))
    assert found.requirements[0].brought_by
    assert found.requirements[0].brought_by.id == "login"
    found = feature(SHOP, IDENTITY, app, idea)
    assert (found.requirements[0].status, found.requirements[0].is_promised) == ("idea", False)


def test_on_another_day_what_is_on_offer_then_counts() -> None:
    plan = model("---\n".join([SHOP, IDENTITY, work("login", "2027-01-04 2027-02-12", more=BRINGS)]))
    assert len(ask(plan, "shop", "consumer").requirements) == 1
    assert ask(plan, "shop", "consumer", at=day("2027-02-12")).requirements == ()
    dated = "kind: component\nid: identity\nversions:\n- version: 3.0.0\n  since: 2027-02-01\n"
    (need,) = ask(model("---\n".join([SHOP, dated])), "shop", "consumer", at=TODAY).requirements
    assert (need.brought_by, need.earliest, str(need.deciding)) == (None, known("2027-02-01"), "model-1.yaml:15:10")


# Consumers ----------------------------------------------------------------------------------------------------


def test_a_consumer_needs_all_open_work_that_is_for_it_or_that_it_asks_for() -> None:
    plan = model(
        "---\n".join(
            [
                "kind: consumer\nid: shop\naliases: [store]\n",
                work("far", "2027-03-01 2027-03-31", more="for: store"),
                work("near", "2027-01-04 2027-01-08", more="requested_by: [shop]"),
                work("nowhere", more="requested_by: [shop]"),
                work("past", "2026-01-04 2026-01-08", more="for: shop", status="done"),
                work("gone", more="for: shop", status="parked"),
                work("other", "2027-01-04 2027-01-08"),
            ]
        )
    )
    report = ask(plan, "shop", "consumer")
    assert [each.initiative.id for each in report.features] == ["near", "far", "nowhere"]
    assert [each.consumer is not None for each in report.features] == [False, True, False]


VERSIONS = """\
kind: component
id: identity
versions:
  - {version: 2.4.0, lifecycle: deprecated, sunset: 2027-03-31, successor: 3.0.0}
  - version: 3.0.0
"""
OLD = 'kind: consumer\nid: shop\nuses: [{component: identity, requires: ">=2,<3", migration: 4}]\n'


def test_a_deprecated_version_in_use_is_to_be_left_before_its_sunset() -> None:
    (move,) = ask(model(f"{OLD}---\n{VERSIONS}"), "shop", "consumer").moves
    assert (move.gone, move.uses, move.move_to, move.weeks) == (day("2027-03-31"), ("2.4.0",), ("3.0.0",), 4)
    assert (str(move.deciding), str(move.span)) == ("model-1.yaml:8:53", "model-1.yaml:3:20")
    passed = ask(model(f"{OLD}---\n{VERSIONS}"), "shop", "consumer", today=day("2027-06-01"))
    assert passed.moves == ()
    assert [each.requires for each in passed.requirements] == [">=2,<3"]


def test_who_can_stay_on_another_version_need_not_move() -> None:
    wide = OLD.replace("<3", "<4")
    assert ask(model(f"{wide}---\n{VERSIONS}"), "shop", "consumer").moves == ()


REPLACES = """changes:
  - {component: identity, effect: breaking, version: 3.0.0}
  - {component: identity, effect: removal, version: "<3"}
"""


def test_planned_work_that_takes_a_version_away_forces_a_move_too() -> None:
    plan = model(
        f"{OLD}---\nkind: component\nid: identity\nversion: 2.4.0\n---\n"
        + work("three", "2027-01-04 2027-04-30", more=REPLACES)
    )
    (move,) = ask(plan, "shop", "consumer").moves
    assert (move.gone, move.by and move.by.id, move.move_to) == (day("2027-04-30"), "three", ("3.0.0",))
    unwritten = VERSIONS.replace(", sunset: 2027-03-31", "")
    (move,) = ask(model(f"{OLD}---\n{unwritten}"), "shop", "consumer").moves
    assert (move.gone, str(move.deciding)) == (None, "model-1.yaml:8:33")


# A slow and obvious oracle ------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> dict[str, tuple[int, int, int | None, bool, list[str]]]:
    """By name: offset of the start, days, offset of `earliest`, whether it is done, what it waits for."""
    names = [f"w{number}" for number in range(draw(st.integers(1, 6)))]
    return {
        name: (
            draw(st.integers(-10, 30)),
            draw(st.integers(1, 10)),
            draw(st.none() | st.integers(-5, 40)),
            draw(st.booleans()) and name != names[-1],
            [other for other in names[:index] if draw(st.booleans())],
        )
        for index, name in enumerate(names)
    }


def in_days(offset: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=offset)


@given(plans())
def test_the_earliest_day_is_that_of_the_longest_of_all_paths(
    plan: dict[str, tuple[int, int, int | None, bool, list[str]]],
) -> None:
    def longest(name: str, so_far: int) -> int:
        """The latest end of all paths to this work, followed by as many days of other work."""
        start, days, earliest, _, before = plan[name]
        begin = max(0, start, earliest if earliest is not None else 0)
        open_ = [other for other in before if not plan[other][3]]
        return max([begin + days + so_far, *(longest(other, days + so_far) for other in open_)])

    texts = [
        work(
            name,
            f"{in_days(start)} {in_days(start + days - 1)}",
            ", ".join(before),
            f"earliest: {in_days(earliest)}" if earliest is not None else "",
            "done" if done else "planned",
        )
        for name, (start, days, earliest, done, before) in plan.items()
    ]
    last = list(plan)[-1]
    found = feature(*texts, of=last)
    assert found.earliest.ready == When(Certainty.KNOWN, in_days(longest(last, 0) - 1))
    assert found.chain[-1].id == last
    first = step(found, found.chain[0].id)
    assert first.decided_by is not Decider.PREREQUISITE
    assert first.begins
    assert found.earliest.ready.date
    lengths = [plan[each.id][1] for each in found.chain]
    assert (found.earliest.ready.date - first.begins).days + 1 == sum(lengths)
    assert all((each.slack == 0) for each in found.steps if each.is_critical)


def test_a_removal_without_a_day_is_named_behind_what_is_deprecated() -> None:
    plan = model(
        "kind: component\nid: auth\nversions: [{version: 2.4.0, lifecycle: deprecated}]",
        "kind: consumer\nid: app\nuses: [{component: auth, requires: '>=2,<3'}]",
        "kind: initiative\nid: retire\nstatus: planned\nchanges: [{component: auth, effect: removal, version: <3}]",
        "kind: initiative\nid: other\nstatus: planned\nchanges: [{component: auth, effect: removal, version: '>=3'}]",
    )
    (move,) = ask(plan, "app", "consumer").moves
    assert (move.gone, move.by and move.by.id) == (None, "retire")
