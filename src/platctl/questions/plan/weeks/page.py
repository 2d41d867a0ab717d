"""The schedule as a page: when it ends and how good that is, what is late, and every piece of work in its weeks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from platctl.model.calendar import Date
from platctl.page import (
    Block,
    Entry,
    Lane,
    Line,
    Page,
    Paragraph,
    Run,
    Schedule,
    Section,
    Stretch,
    Table,
    Tone,
    line,
    row,
)
from platctl.questions.plan.page import asked, broken_commitment, names_of, not_known, tone_of
from platctl.questions.plan.report import Proof
from platctl.questions.plan.weeks.report import ScheduledWork, ScheduleReport, TeamWeeks, UnscheduledWork
from platctl.questions.plan.weeks.weeks import monday_of
from platctl.scheduling.serial import Aim
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, dim, in_state, listed, place
from platctl.writing.sections import entries_section, table_section

_CHOSEN: Final[Mapping[Proof, str]] = {
    Proof.OPTIMAL: "the optimal plan",
    Proof.FEASIBLE: "the best plan found",
    Proof.UNPROVEN: "a plan that is not proven",
}
_TICKS = 8
"""How many weeks are named above a chart at most."""


def page(report: ScheduleReport, *, quiet: bool = False) -> Page:
    """Everything, or only how good the schedule is."""
    head = Paragraph(tuple(_head(report)))
    return Page((head,)) if quiet else Page((head, *_body(report)))


def _head(report: ScheduleReport) -> Iterator[Line]:
    span = f"{report.weeks[0]} to {report.weeks[-1]}" if report.weeks else "no weeks"
    yield line(Run(f"Schedule for {span}", Tone.STRONG), f", {in_state(report.state)} ({asked(report)})")
    yield line(Run(_status(report), Tone.GOOD if report.proof is Proof.OPTIMAL else Tone.WARN), f": {_reached(report)}")
    left = f", which leaves out {report.left_out:,}" if report.left_out else ""
    yield line(
        f"the work of {_CHOSEN[report.chosen]} for {report.horizon}: "
        f"a value of {number(report.value)} by {report.method}{left}"
    )


def _status(report: ScheduleReport) -> str:
    match report.proof:
        case Proof.OPTIMAL:
            return "optimal"
        case Proof.FEASIBLE:
            return f"feasible, gap {100 * (report.gap or 0):.1f} %"
    return "not proven"


def _reached(report: ScheduleReport) -> str:
    """When it ends and how late work is, with what is possible at least."""
    if not report.work:
        return "no work"
    late = f"{counted(report.lateness, 'week')} late in all" if report.lateness else "nothing is late"
    if report.least_lateness is not None and report.least_lateness < report.lateness:
        late += f" ({report.least_lateness:,} at least)"
    finish = f"{counted(len(report.work), 'initiative')} in {counted(len(report.weeks), 'week')}, until {report.finish}"
    if report.least_weeks is not None and report.least_weeks < len(report.weeks):
        finish += f" ({report.least_weeks:,} at least)"
    return f"{finish}; {late}" if report.aim is Aim.FINISH else f"{late}; {finish}"


def _body(report: ScheduleReport) -> Iterator[Block]:
    late = sorted(report.late, key=lambda each: (-each.late, each.initiative.ref))
    yield from entries_section("Commitments that can't hold", map(broken_commitment, report.broken))
    yield from entries_section("Late", map(_late, late))
    yield from entries_section("No weeks found", map(_unscheduled, report.unscheduled))
    if report.work:
        yield Section(line("Weeks"), (chart(report),))
    header = ("Starts", "Weeks", "Work", "Status", "Ends", "Late", "Slack", "Starts after")
    yield from table_section("Schedule", map(_scheduled, report.work), header, frozenset({1, 5, 6}), (3, 6))
    if report.loads and report.weeks:
        yield _loads(report.loads)
    if report.strays:
        names = listed([each.label_with_id for each in report.strays])
        yield Paragraph((line(f"Files that say something else ({len(report.strays):,}): {names}."),))
    else:
        yield Paragraph((line(Run("The files say the same as the schedule.", Tone.GOOD)),))
    yield from _unknown(report)


def _late(each: ScheduledWork) -> Entry:
    head = line(
        Run(each.initiative.label_with_id, Tone.STRONG), f": ends {each.last}, due {each.due}", place(each.span)
    )
    why = [f"late by {counted(each.late, 'week')}"]
    why += [f"it starts after {_after(each)}"] if each.after or each.teams else []
    return Entry(head, (line("; ".join(why)),))


def _unscheduled(each: UnscheduledWork) -> Entry:
    no_time = "its teams have no time for it, or its own days leave none"
    why = f"it waits for {names_of(each.by)}" if each.by else no_time
    return Entry(line(Run(each.initiative.label_with_id, Tone.STRONG), place(each.span)), (line(why),))


def _after(each: ScheduledWork) -> str:
    """What it waits for: other work, or the time of teams."""
    if each.after:
        return listed([other.label for other in each.after], 3)
    return f"other work of {listed([team.label for team in each.teams], 3)}" if each.teams else ""


def _scheduled(each: ScheduledWork) -> tuple[Line, ...]:
    return row(
        each.first_week,
        str(each.length),
        Run(each.initiative.label_with_id, Tone.STRONG if each.is_commitment else Tone.PLAIN),
        each.status,
        str(each.last),
        Run(str(each.late), Tone.BAD if each.is_broken else Tone.WARN) if each.late else "",
        "" if each.slack is None else str(each.slack),
        _after(each),
    )


def _loads(loads: Sequence[TeamWeeks]) -> Section:
    header = ("Team", "Running", "Planned", "Capacity", "Used")
    rows = []
    for each in loads:
        running, planned, capacity = (
            sum(amounts)
            for amounts in zip(*((week.running, week.planned, week.capacity) for week in each.weeks), strict=True)
        )
        used = percent(round((running + planned) / capacity, 3)) if capacity else ""
        rows.append(
            row(
                each.team.label,
                *(number(round(amount, 1)) or "0" for amount in (running, planned, capacity)),
                used,
            )
        )
    note = Paragraph((dim("Person-weeks until the last work ends."),))
    return Section(line("Load"), (Table(tuple(rows), header, frozenset({1, 2, 3, 4})), note))


def _unknown(report: ScheduleReport) -> Iterator[Block]:
    yield from not_known(
        ("neither effort nor duration, so they take no time", report.without_effort),
        ("no capacity, so nothing limits their work", report.unlimited),
        ("no capacity until the finish, so that of the last known period goes on", report.carried),
    )


def chart(report: ScheduleReport) -> Schedule:
    """Every piece of work on the axis of weeks."""
    start, end = report.today, max(report.finish or report.today, report.today)
    stretches = tuple(
        Stretch(each.initiative.label, max(each.first, start), max(each.last, start), _tone(each))
        for each in report.work
    )
    return Schedule("", start, end, tuple(ticks(report.weeks, start)), (Lane("", stretches),), report.today)


def _tone(each: ScheduledWork) -> Tone:
    if each.late:
        return Tone.BAD if each.is_broken else Tone.WARN
    return tone_of(each)


def ticks(weeks: Sequence[str], start: Date) -> Iterator[tuple[str, Date]]:
    """The names of some weeks with their first days; the year only where it is another one."""
    year, step = "", max(1, -(-len(weeks) // _TICKS))
    for name in weeks[::step]:
        yield name[5:] if name[:4] == year else name, max(start, monday_of(name))
        year = name[:4]
