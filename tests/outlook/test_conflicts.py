"""What in a plan does not fit together: derived once, and told alike by every command that tells it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from costs import calls
from impacts import compared
from platctl.model.model import Model
from platctl.outlook.compared import Compared
from platctl.outlook.conflicts import Conflict, ConflictKind, conflicts
from platctl.outlook.plan import Plan
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.questions.needs.derive import NeedsOptions, needs
from platctl.rules.validation import ValidationOptions, validate

TEAM = """
kind: team
id: t
capacity: {capacity}
"""
WORK = """
kind: consumer
id: shop
product_manager: Hanna
---
kind: initiative
id: a
title: A
status: planned
owner: t
effort: {t: 6}
requested_by: [shop]
start: 2027-01-04
end: 2027-03-26
---
kind: initiative
id: b
title: B
status: planned
owner: t
effort: {t: 6}
start: 2027-02-01
end: 2027-04-30
"""
DAYS = st.dates(datetime.date(2027, 1, 1), datetime.date(2027, 3, 1))
STATUSES = st.sampled_from(("idea", "shaped", "planned", "active", "done", "dropped"))


@st.composite
def plans(draw: st.DrawFn) -> Model:
    """A few pieces of work that wait for each other, without circles."""
    texts = []
    for number in range(draw(st.integers(2, 5))):
        lines = ["kind: initiative", f"id: w{number}", "title: W", f"status: {draw(STATUSES)}"]
        if draw(st.booleans()):
            lines.append(f"start: {draw(DAYS)}")
        if draw(st.booleans()):
            lines.append(f"end: {draw(DAYS)}")
        if lines[4:] == [] and draw(st.booleans()):
            lines += ["period: 2027-Q1", f"earliest: {draw(DAYS)}"]
        if draw(st.booleans()):
            lines.append(f"deadline: {draw(DAYS)}")
        if before := draw(st.sets(st.integers(0, number), max_size=2)) - {number}:
            lines.append(f"depends_on: [{', '.join(f'w{each}' for each in sorted(before))}]")
        texts.append("\n".join(lines))
    return model("\n---\n".join(texts))


def of(found: Model, kind: ConflictKind) -> set[tuple[str, str]]:
    return pairs(conflicts(Plan(found)), kind)


def pairs(all_: tuple[Conflict, ...], kind: ConflictKind) -> set[tuple[str, str]]:
    return {(each.subject.id, each.other.id) for each in all_ if each.kind is kind}


def told_by_needs(found: Model, kind: ConflictKind, today: datetime.date | None = None) -> set[tuple[str, str]]:
    reports = (needs(found, "", ref, NeedsOptions(today)) for ref in found.initiatives)
    return set().union(*(pairs(feature.conflicts, kind) for report in reports for feature in report.features))


@given(plans())
def test_work_that_starts_before_what_it_waits_for_ends_is_the_same_for_all(found: Model) -> None:
    kind, expected = ConflictKind.STARTS_BEFORE_DEPENDENCY, set()
    over = ("done", "dropped", "parked")
    for later in found.initiatives.values():
        start = later.start or (max(later.earliest or datetime.date.min, day("2027-01-01")) if later.period else None)
        for ref in later.depends_on:
            earlier = found.initiatives[ref]
            end = earlier.end or (day("2027-03-31") if earlier.period else None)
            if start and end and start <= end and not {later.status.value, earlier.status.value} & {*over}:
                expected.add((later.id, earlier.id))
    diagnostics = validate(found, "", ValidationOptions()).diagnostics
    messages = [each.finding.message for each in diagnostics if each.finding.rule == kind.value]
    assert {(each.split("`")[1], each.split("`")[3]) for each in messages} == expected
    assert of(found, kind) == told_by_needs(found, kind) == expected
    report = compared(model("kind: team\nid: t"), found)
    assert pairs(report.conflicts, kind) == expected


@given(plans(), DAYS)
def test_what_needs_says_beyond_the_written_days_is_no_second_answer(found: Model, today: datetime.date) -> None:
    written, can = ConflictKind.STARTS_BEFORE_DEPENDENCY, ConflictKind.HELD_UP
    assert not told_by_needs(found, written, today) & told_by_needs(found, can, today)
    late, misses = ConflictKind.AFTER_DEADLINE, ConflictKind.MISSES_DEADLINE
    assert told_by_needs(found, late, today) == of(found, late)
    assert not told_by_needs(found, misses, today) & of(found, late)


def test_a_cut_of_capacity_names_the_work_and_those_who_wait_for_it_and_who_is_told() -> None:
    report = compared(model(TEAM.format(capacity=20), WORK), model(TEAM.format(capacity=8), WORK))
    (conflict,) = report.conflicts
    assert (conflict.kind, conflict.detail) == (ConflictKind.OVER_CAPACITY, "10.0 of 8 person-weeks in 2027-Q1")
    assert [each.id for each in conflict.work] == ["a", "b"]
    assert [each.id for each in conflict.waiting] == ["shop"]
    assert [(each.contact.name, [why.id for why in each.because]) for each in report.told] == [
        ("Hanna", ["shop"]),
        ("t", ["t", "a", "b"]),
    ]
    assert [each.what for each in report.others] == ["capacity: 20 -> 8"]


def test_a_team_that_gets_fuller_is_news_and_one_that_stays_as_full_is_not() -> None:
    full = TEAM.format(capacity=8)
    assert not compared(model(full, WORK), model(full, WORK + "description: B")).conflicts
    assert compared(model(full, WORK), model(TEAM.format(capacity=7), WORK)).conflicts
    assert not compared(model(full, WORK), model(TEAM.format(capacity=9), WORK)).conflicts


def test_open_work_counts_against_days_but_only_committed_work_against_people() -> None:
    text = WORK.replace("status: planned", "status: shaped") + "depends_on: [a]\n"
    found = conflicts(Plan(model(TEAM.format(capacity=1), text)))
    assert [(each.kind, each.subject.id) for each in found] == [(ConflictKind.STARTS_BEFORE_DEPENDENCY, "b")]


def test_what_is_written_twice_is_told_once() -> None:
    text = WORK + "depends_on: [a, A]\n"
    kinds = [each.kind for each in conflicts(Plan(model(TEAM.format(capacity=20), text)))]
    assert kinds == [ConflictKind.STARTS_BEFORE_DEPENDENCY]


def test_work_that_moves_from_one_freeze_into_another_is_news() -> None:
    freezes = "uses: [c]\nfreezes: [{start: 2027-02-01, end: 2027-02-10}, {start: 2027-03-01, end: 2027-03-10}]"
    text = """
    kind: component
    id: c
    version: 1.0.0
    ---
    kind: initiative
    id: a
    title: A
    status: planned
    changes: [{{component: c, effect: addition, version: 1.1.0}}]
    start: 2027-01-04
    end: {end}
    """
    shop = f"kind: consumer\nid: shop\n{freezes}\n"
    before, after = (model(shop, text.format(end=end)) for end in ("2027-02-05", "2027-03-05"))
    assert [each.kind for each in compared(before, after).conflicts] == [ConflictKind.IN_FREEZE]


def test_whoever_waits_for_work_that_does_not_fit_sees_it_by_selection() -> None:
    base, head = model(TEAM.format(capacity=20), WORK), model(TEAM.format(capacity=8), WORK)
    only = frozenset({next(iter(head.consumers))})
    report = impact(base, head, Compared("head", "base"), ImpactOptions(only=only))
    assert [each.kind for each in report.conflicts] == [ConflictKind.OVER_CAPACITY]


@pytest.mark.parametrize(
    "calendar",
    ["cadence: quarter", "cadence: month", "cadence: sprint, sprint_weeks: 2, sprint_start: 2027-03-01"],
)
@pytest.mark.parametrize("days", ["2027-01-11 2027-02-14", "2026-12-07 2027-03-21", "9999-12-01 9999-12-31"])
def test_all_of_the_effort_lies_in_the_periods_that_the_work_touches(calendar: str, days: str) -> None:
    start, end = days.split()
    text = f"kind: initiative\nid: a\ntitle: A\nstatus: planned\neffort: {{t: 10}}\nstart: {start}\nend: {end}"
    found = Plan(model(TEAM.format(capacity=8), text, config=f"calendar: {{{calendar}}}"))
    (periods,) = found.load.values()
    shares = [weeks for work in periods.values() for weeks in work.values()]
    assert sum(shares) == pytest.approx(10)
    assert min(shares) > 0


def test_finding_what_does_not_fit_walks_to_nobody() -> None:
    def chain(size: int) -> Plan:
        days = "title: W\nstatus: planned\nstart: 2027-01-04\nend: 2027-03-26"
        works = [f"kind: initiative\nid: w{each}\n{days}\ndepends_on: [w{each + 1}]" for each in range(size)]
        return Plan(model("\n---\n".join(works)))

    small, large = (calls(lambda plan=plan: conflicts(plan)) for plan in map(chain, (40, 160)))
    assert len(conflicts(chain(40))) == 39
    assert large < 4.5 * small


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
