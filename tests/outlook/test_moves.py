"""What becomes of a promised end: on sequences of states by hand, and against a slow and obvious second opinion."""

import datetime
import random

import pytest

from builders import model
from pasts import on
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.deliveries import deliveries
from platctl.outlook.difference import pair
from platctl.outlook.lifelines import lives
from platctl.outlook.moves import MoveKind, Track, WorkState, moves
from platctl.outlook.plan import Plan
from platctl.outlook.work_states import states_of
from second_opinion import opinion

FIRST = datetime.date(2027, 1, 1)


def state(at: int, text: str) -> WorkState:
    """`planned 03-31`, `proposed`, or `-` for work that is absent; a commit each month."""
    status, _, end = text.partition(" ")
    day = datetime.date(2027 + at // 12, at % 12 + 1, 1)
    last = datetime.date.fromisoformat(end if len(end) > 5 else f"2027-{end}") if end else None
    return WorkState(at, day, None if status == "-" else Status(status), last)


def said(*texts: str) -> list[str]:
    """`2 slipped 2027-03-31 -> 2027-12-31 uncommitted`, for each move."""
    return [
        " ".join(
            (f"{each.at} {each.kind}", *([f"{each.was} -> {each.now}"] if each.was or each.now else []))
            + ((each.detour.value,) if each.detour else ())
            + ((each.punctuality.value,) if each.kind is MoveKind.DELIVERED else ())
        )
        for each in moves(state(at, text) for at, text in enumerate(texts))
    ]


def test_a_slip_by_way_of_no_date_is_one_slip_from_the_promised_end() -> None:
    assert said("planned 03-31", "planned", "planned 12-31") == [
        "0 added None -> 2027-03-31",
        "1 undated 2027-03-31 -> None",
        "2 slipped 2027-03-31 -> 2027-12-31 undated",
    ]


@pytest.mark.parametrize("detour", ["proposed", "proposed 10-31", "shaped 06-30", "parked", "dropped 01-01", "idea"])
def test_a_slip_by_way_of_an_earlier_stage_is_a_drop_a_plan_again_and_one_slip(detour: str) -> None:
    found = [each for each in said("planned 03-31", detour, "active 12-31") if "rescheduled" not in each]
    assert found[1:] == [
        "1 dropped 2027-03-31 -> None",
        "2 replanned 2027-03-31 -> 2027-12-31",
        "2 slipped 2027-03-31 -> 2027-12-31 uncommitted",
    ]


def test_what_vanishes_and_comes_back_was_not_dropped_and_is_judged_by_its_promise() -> None:
    assert said("planned 03-31", "-", "planned 03-31")[1:] == ["2 returned 2027-03-31 -> 2027-03-31"]
    assert said("planned 03-31", "-", "planned 12-31")[1:] == [
        "2 returned 2027-03-31 -> 2027-12-31",
        "2 slipped 2027-03-31 -> 2027-12-31 absent",
    ]
    assert said("planned 03-31", "-", "proposed", "planned 03-31")[1:] == [
        "1 dropped 2027-03-31 -> None",
        "3 replanned 2027-03-31 -> 2027-03-31",
    ]
    assert said("planned 03-31", "-")[1:] == ["1 dropped 2027-03-31 -> None"]


def test_a_long_detour_is_judged_by_the_last_promise() -> None:
    texts = ("planned 03-31", "planned 06-30", "planned", "shaped", "-", "proposed 11-30", "planned", "planned 05-31")
    assert [each for each in said(*texts) if "slipped" in each or "pulled" in each] == [
        "1 slipped 2027-03-31 -> 2027-06-30",
        "7 pulled-in 2027-06-30 -> 2027-05-31 undated",
    ]


@pytest.mark.parametrize(
    ("before", "done", "told"),
    [
        ("active 2026-02-08", "done 2026-02-08", "1 delivered 2026-02-08 -> 2027-02-01 late"),
        ("active 02-01", "done 02-01", "1 delivered 2027-02-01 -> 2027-02-01 on-time"),
        ("active 03-31", "done 03-31", "1 delivered 2027-03-31 -> 2027-02-01 early"),
        ("active 01-20", "done 01-22", "1 delivered 2027-01-20 -> 2027-01-22 late"),
        ("active 01-20", "done 01-18", "1 delivered 2027-01-20 -> 2027-01-18 early"),
        ("active 01-20", "done 08-13", "1 delivered 2027-01-20 -> 2027-02-01 late"),
        ("active 01-20", "done", "1 delivered 2027-01-20 -> 2027-02-01 late"),
        ("active", "done 01-22", "1 delivered None -> 2027-01-22 unplanned"),
        ("idea 01-22", "done 01-22", "1 delivered None -> 2027-02-01 unplanned"),
    ],
)
def test_work_is_done_on_the_day_that_its_commit_declares_or_else_on_that_of_the_commit(
    before: str, done: str, told: str
) -> None:
    assert said(before, done)[-1] == told


def test_what_is_recorded_as_done_when_it_is_first_written_was_done_on_its_end() -> None:
    assert moves([state(5, "done 2020-03-31")])[0].now == datetime.date(2020, 3, 31)


def test_work_that_is_opened_again_has_not_kept_its_promise() -> None:
    assert said("active 01-20", "done 01-20", "active 06-30")[2:] == [
        "2 replanned 2027-01-20 -> 2027-06-30",
        "2 slipped 2027-01-20 -> 2027-06-30 uncommitted",
    ]
    assert said("active 01-20", "done 01-20", "-", "planned 12-31")[2:] == ["3 added None -> 2027-12-31"]


@pytest.mark.parametrize(
    ("known_on", "today", "done", "now"),
    [
        ("2027-01-10", "2027-05-01", "done 03-31", "2027-03-31"),
        (None, "2027-05-01", "done 03-31", "2027-03-31"),
        ("2027-04-10", "2027-05-01", "done 03-31", "2027-05-01"),
        ("2027-01-10", "2027-03-01", "done 03-31", "2027-03-01"),
        ("2027-01-10", "2027-05-01", "done 04-03", "2027-04-03"),
        ("2027-01-10", "2027-05-01", "done", "2027-05-01"),
    ],
)
def test_between_two_states_without_a_history_the_end_counts_unless_it_can_t_be_true(
    known_on: str | None, today: str, done: str, now: str
) -> None:
    day = datetime.date.fromisoformat
    first = WorkState(0, day(known_on) if known_on else None, Status.ACTIVE, day("2027-03-31"))
    last = state(1, done)
    track, _ = Track().to(first)
    _, found = track.to(WorkState(1, day(today), last.status, last.end, after_gap=True))
    assert found[-1].now == day(now)


# By name --------------------------------------------------------------------------------------------------------


def work(name: str, status: str, end: str = "", aliases: str = "") -> str:
    more = (f"end: {end}\n" if end else "") + (f"aliases: [{aliases}]\n" if aliases else "")
    return f"kind: initiative\nid: {name}\nstatus: {status}\n{more}---\n"


def of_history(found: Past) -> list[str]:
    """The moves of all work: `2 b slipped`."""
    known = lives(found)
    told = [(each.at, life.ref.id, each.kind.value) for life in known.all for each in moves(states_of(life, found))]
    return [f"{at} {name} {kind}" for at, name, kind in sorted(told) if at]


MERGED = {
    "renamed": (work("a", "planned", "2027-03-31"), work("b", "planned", "2027-06-30", "a"), ["1 b slipped"]),
    "renamed twice": (work("a", "planned", "2027-03-31"), work("c", "planned", "2027-03-31", "b, a"), []),
    "split": (
        work("a", "planned", "2027-03-31"),
        work("b", "planned", "2027-06-30", "a") + work("c", "planned", "2027-09-30"),
        ["1 b slipped", "1 c added"],
    ),
    "merged into new work": (
        work("a", "planned", "2027-03-31") + work("b", "active", "2027-06-30"),
        work("c", "active", "2027-06-30", "a, b"),
        ["1 c slipped"],
    ),
    "merged into work that was there": (
        work("a", "planned", "2027-03-31") + work("b", "active", "2027-06-30"),
        work("b", "active", "2027-06-30", "a"),
        ["1 a slipped"],
    ),
    "merged with proposals": (
        work("a", "idea", "2027-03-31") + work("b", "active", "2027-06-30"),
        work("b", "active", "2027-06-30", "a"),
        [],
    ),
    "two names become one other": (
        work("a", "planned", "2027-03-31") + work("b", "planned", "2027-03-31"),
        work("c", "dropped", "2027-06-30", "a, b"),
        ["1 b dropped", "1 c dropped", "1 c rescheduled"],
    ),
}


@pytest.mark.parametrize(("before", "after", "told"), MERGED.values(), ids=MERGED)
def test_a_promise_is_followed_under_other_names(before: str, after: str, told: list[str]) -> None:
    assert of_history(on(("2027-01-01", before), ("2027-02-01", after))) == told


@pytest.mark.parametrize(("before", "after", "told"), MERGED.values(), ids=MERGED)
def test_two_states_are_judged_like_two_commits(before: str, after: str, told: list[str]) -> None:
    base, head = model(before), model(after)
    found = deliveries(Plan(base), Plan(head), pair(base, head))
    words = {"delayed": "slipped", "earlier": "pulled-in"}
    kinds = sorted(words.get(each.verdict, each.verdict) for each in found)
    assert kinds == sorted(each.split()[2] for each in told if "rescheduled" not in each)


def test_a_merge_that_is_declared_later_is_no_drop() -> None:
    first = work("a", "planned", "2027-03-31") + work("b", "active", "2027-03-31")
    texts = (first, work("b", "active", "2027-03-31"), work("b", "active", "2027-03-31", "a"))
    assert of_history(on(*((f"2027-0{at}-01", text) for at, text in enumerate(texts, 1)))) == []


# A second opinion -----------------------------------------------------------------------------------------------


def random_states(chance: random.Random) -> list[WorkState]:
    ends = [None, *(FIRST + datetime.timedelta(days=90 * step) for step in range(8))]
    statuses = [None, *Status, Status.PLANNED, Status.ACTIVE, Status.PLANNED]
    found = []
    for at in range(chance.randint(1, 9)):
        day = FIRST + datetime.timedelta(days=60 * at)
        status = chance.choice(statuses)
        found.append(WorkState(at, day, status, chance.choice(ends) if status else None))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_random_stories_are_judged_like_the_second_opinion(seed: int) -> None:
    chance = random.Random(seed)
    counted = {"slipped", "pulled-in", "dropped", "replanned", "delivered"}
    for _ in range(200):
        states = random_states(chance)
        mine = sorted((each.at, each.kind.value) for each in moves(states) if each.kind.value in counted)
        assert mine == opinion(states), states


@pytest.mark.parametrize("seed", range(5))
def test_states_without_a_change_change_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        states = random_states(chance)
        kept = [each for each in states for _ in range(2)]
        twice = [WorkState(at, each.day, each.status, each.end) for at, each in enumerate(kept)]
        assert [(each.at // 2, each.kind) for each in moves(twice)] == [(each.at, each.kind) for each in moves(states)]


def test_the_names_of_initiatives_are_those_of_their_kind() -> None:
    known = lives(on(("2027-01-01", work("a", "planned")), ("2027-02-01", "kind: goal\nid: b\naliases: [a]\n")))
    assert known.named[Ref("initiative", "default", "a")].heir is None
