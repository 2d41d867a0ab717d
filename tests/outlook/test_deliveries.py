"""What becomes of promised work between two states, and what goals gain or lose by it."""

import pytest

from builders import model
from impacts import day
from platctl.outlook.deliveries import Delivery, deliveries, goal_moves
from platctl.outlook.difference import pair
from platctl.outlook.plan import Plan

OTHERS = """
kind: consumer
id: shop
---
kind: consumer
id: desk
---
kind: goal
id: trust
due: 2027-Q2
---
kind: initiative
id: next
status: planned
depends_on: [login]
---
kind: initiative
id: last
status: idea
depends_on: [next]
---
kind: initiative
id: given-up
status: dropped
depends_on: [login]
"""


def login(status: str, when: str = "end: 2027-03-31") -> str:
    return f"""---
kind: initiative
id: login
status: {status}
{when}
for: shop
requested_by: [desk, shop]
goals: [{{goal: trust, contribution: 5}}]
"""


def moved(before: str, after: str) -> tuple[Delivery, ...]:
    base, head = model(OTHERS + before), model(OTHERS + after)
    return deliveries(Plan(base), Plan(head), pair(base, head))


def told(before: str, after: str) -> list[str]:
    """Each delivery as `who: verdict, status`."""
    return [f"{each.initiative.id}: {each.verdict}, {each.status}" for each in moved(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", login("planned"), ["login: added, planned"]),
        ("", login("active"), ["login: added, active"]),
        (login("idea"), login("planned"), ["login: added, planned"]),
        (login("done"), login("active"), ["login: added, active"]),
        (login("planned"), login("done"), ["login: delivered, done"]),
        (login("active"), login("dropped"), ["login: dropped, dropped"]),
        (login("active"), login("shaped"), ["login: dropped, shaped"]),
        (login("planned"), "", ["login: dropped, removed"]),
        (login("planned"), login("active"), []),
        (login("planned"), login("planned"), []),
    ],
)
def test_promised_work_comes_goes_or_ends(before: str, after: str, expected: list[str]) -> None:
    assert told(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", login("idea")),
        ("", login("done")),
        (login("proposed"), ""),
        (login("idea"), login("done")),
        (login("shaped"), login("dropped")),
        (login("idea"), login("idea", "end: 2027-06-30")),
    ],
)
def test_what_nobody_had_promised_is_no_delivery(before: str, after: str) -> None:
    assert told(before, after) == []


@pytest.mark.parametrize(
    ("was", "now", "verdict", "days"),
    [
        ("end: 2027-03-31", "end: 2027-04-01", "delayed", 1),
        ("end: 2027-03-31", "end: 2027-03-30", "earlier", -1),
        ("period: 2027-Q1", "period: 2027-Q2", "delayed", 91),
    ],
)
def test_promised_work_is_moved_by_days(was: str, now: str, verdict: str, days: int) -> None:
    (found,) = moved(login("planned", was), login("active", now))
    assert (found.verdict, found.days) == (verdict, days)


@pytest.mark.parametrize(
    ("was", "now"),
    [("end: 2027-03-31", "tags: []"), ("tags: []", "end: 2027-03-31"), ("period: 2027-Q1", "end: 2027-03-31")],
)
def test_what_has_no_end_or_keeps_it_does_not_move(was: str, now: str) -> None:
    assert told(login("planned", was), login("planned", now)) == []


def test_a_delivery_names_who_waits_what_is_downstream_and_both_ends() -> None:
    (found,) = moved(login("planned"), login("planned", "end: 2027-06-30"))
    assert [each.id for each in found.waiting] == ["desk", "shop"]
    assert [each.id for each in found.downstream] == ["next", "last"]
    assert (found.was, found.now, found.days) == (day("2027-03-31"), day("2027-06-30"), 91)
    (new,) = moved(login("idea"), login("planned"))
    assert (new.was, new.now, new.days) == (None, day("2027-03-31"), None)


def test_a_delivery_is_shown_at_the_line_of_its_end_or_where_what_is_removed_was() -> None:
    (late,) = moved(login("planned"), login("planned", "end: 2027-06-30"))
    (open_,) = moved(login("idea", "tags: []"), login("planned", "tags: []"))
    (gone,) = moved(login("planned"), "")
    lines = (OTHERS + login("planned")).lstrip("\n").splitlines()
    assert [lines[each.span.line - 1] for each in (late, open_, gone) if each.span] == [
        "end: 2027-03-31",
        "status: planned",
        "id: login",
    ]


def test_what_is_dropped_comes_first_and_what_is_delivered_last() -> None:
    names = ("a", "b", "c", "d")
    each = "---\nkind: initiative\nid: {}\nstatus: {}\nend: {}\n"
    before = "".join(each.format(name, "planned", "2027-03-31") for name in names)
    now = (("done", "2027-03-31"), ("active", "2027-03-01"), ("active", "2027-04-30"), ("parked", "2027-03-31"))
    after = "".join(each.format(name, *how) for name, how in zip(names, now, strict=True))
    assert told(before, after) == [
        "d: dropped, parked",
        "c: delayed, active",
        "b: earlier, active",
        "a: delivered, done",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (login("planned"), "", [("trust", "dropped", 5)]),
        (login("planned"), login("planned", "end: 2027-06-30"), [("trust", "delayed", 5)]),
        ("", login("planned"), [("trust", "added", 5)]),
        (login("planned"), login("done"), []),
    ],
)
def test_a_goal_is_told_what_moves_but_not_what_it_has_got(
    before: str, after: str, expected: list[tuple[str, str, float]]
) -> None:
    base, head = model(OTHERS + before), model(OTHERS + after)
    found = goal_moves(base, head, moved(before, after))
    assert [(each.goal.id, each.verdict, each.contribution) for each in found] == expected
    assert {each.due for each in found} <= {day("2027-06-30")}
