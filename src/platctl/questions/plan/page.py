"""The plan as a page: how good it is, what is in it and when, what is not and why, and how full the teams are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from platctl.model.named import Named
from platctl.page import (
    Block,
    Entries,
    Entry,
    Fold,
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
from platctl.questions.plan.facts import PlanLimit
from platctl.questions.plan.report import (
    AskedPlan,
    BrokenCommitment,
    DatedWork,
    LackingTeam,
    LeftOut,
    MoreCapacity,
    PeriodLoad,
    PlacedWork,
    PlanDifference,
    PlanReport,
    Proof,
    TeamLoad,
    WrittenBreak,
)
from platctl.writing.numbers import number, percent, person_weeks
from platctl.writing.phrases import counted, dim, in_state, listed, place
from platctl.writing.sections import entries_section, table_section

_MOST = 15
_LIMITS: Final[Mapping[PlanLimit, str]] = {
    PlanLimit.GIVEN_UP: "it is given up",
    PlanLimit.WAITS: "it waits for {by}, which no plan can bring",
    PlanLimit.APPROVAL: "an approval is missing",
    PlanLimit.BANNED: "left out, as asked",
    PlanLimit.TIME: "it can't end in time",
    PlanLimit.NO_END: "it has no end",
    PlanLimit.CIRCLE: "it waits for itself",
}


def page(report: PlanReport, *, quiet: bool = False, short: bool = True) -> Page:
    """Everything, or only how good the plan is."""
    head = Paragraph(tuple(_head(report)))
    return Page((head,)) if quiet else Page((head, *_body(report, short=short)))


def _head(report: PlanReport) -> Iterator[Line]:
    first, last = report.periods[0].name, report.periods[-1].name
    yield line(Run(f"Plan for {first} to {last}", Tone.STRONG), f", {in_state(report.state)} ({asked(report)})")
    yield line(Run(_status(report), Tone.GOOD if report.proof is Proof.OPTIMAL else Tone.WARN), _value(report))
    compared = [
        f"{what} would lose {percent(max(lost, 0.0))}"
        for what, lost in (
            ("ranking by score alone", report.comparison.by_score),
            ("each with what it needs in turn", report.comparison.by_bundle),
        )
        if lost is not None and report.proof is not Proof.UNPROVEN
    ]
    if compared:
        yield line("; ".join(compared))


def asked(report: AskedPlan) -> str:
    """The day, the reader, and what is planned for."""
    told = [f"today: {report.today}"]
    told += [f"for {report.audience}"] if report.audience else []
    told += [f"only {report.only}"] if report.only else []
    told += [f"scenario: {report.scenario.label_with_id}"] if report.scenario else []
    return ", ".join(told)


def _status(report: PlanReport) -> str:
    match report.proof:
        case Proof.OPTIMAL:
            return "optimal, gap 0 %"
        case Proof.FEASIBLE:
            return f"feasible, gap {100 * (report.gap or 0):.1f} %"
    return "not proven"


def _value(report: PlanReport) -> str:
    bound = ""
    if report.bound is not None and report.proof is Proof.FEASIBLE:
        bound = f", of {number(report.bound)} at most"
    return (
        f": {counted(len(report.work), 'initiative')} with a value of {number(report.value)} by {report.method}{bound}"
    )


def _body(report: PlanReport, *, short: bool) -> Iterator[Block]:
    yield from entries_section("Commitments that can't hold", map(broken_commitment, report.broken))
    if report.unkept:
        yield Paragraph((line(Run("Not kept beside the commitments: ", Tone.BAD), ", ".join(report.unkept)),))
    if report.difference:
        yield Section(line(f"With {' and '.join(report.difference.asked)}"), (_difference(report.difference),))
    header = ("Period", "Work", "Status", "Ends", "Moves", "Weeks", "Value")
    yield from table_section("Plan", map(_placed, report.work), header, frozenset({5, 6}), (6, 2))
    shown = report.left_out[:_MOST] if short else report.left_out
    rest = len(report.left_out) - len(shown)
    more = [Entry(dim(f"and {rest:,} more, with `--format json`"))] if rest else []
    title = f"Left out ({len(report.left_out):,})"
    if entries := (*map(_left_out, shown), *more):
        yield Section(line(title), (Entries(entries),))
    if report.loads:
        yield _loads(report.loads)
    if report.more and report.explained:
        yield Section(
            line(f"One more person-week of {report.explained.label}"),
            (Table(tuple(map(_more, report.more)), ("Period", "Adds"), frozenset({1})),),
        )
    yield from _files(report)
    yield from _unknown(report)
    yield Fold(line("Chart"), (_schedule(report),))


def broken_commitment(each: BrokenCommitment) -> Entry:
    """A commitment, and why it can't hold."""
    until = f", by {each.until}" if each.until else ""
    if not each.is_proven:
        why = "not in this plan; whether another one keeps it is not proven"
    elif each.limit is PlanLimit.WAITS:
        why = f"it waits for {names_of(each.by)}, which no plan can bring"
    elif each.limit is not None:
        why = _LIMITS[each.limit].format(by=names_of(each.by))
    else:
        why = _clash(each)
    return Entry(line(Run(each.initiative.label_with_id, Tone.STRONG), until, place(each.span)), (line(why),))


def _clash(each: BrokenCommitment | WrittenBreak) -> str:
    team = f"the time of {names_of(each.teams)}" if each.teams else ""
    if each.work:
        beside = f" and {team}" if team else ""
        return f"it can't hold together with {names_of(each.work)}{beside}"
    return f"{team} is not enough for it" if team else "it can't end in time"


def names_of(names: Sequence[Named]) -> str:
    """The first of some entities with their ids, and how many more there are."""
    return listed([each.label_with_id for each in names])


def _placed(each: PlacedWork) -> tuple[Line, ...]:
    moved = ""
    if each.moved is None:
        moved = "new" if each.written is None else "into the plan"
    elif each.moved:
        moved = f"{each.moved:+d}"
    return row(
        each.period,
        Run(each.initiative.label_with_id, Tone.STRONG if each.is_commitment else Tone.PLAIN),
        each.status,
        str(each.last),
        moved,
        number(each.weeks),
        number(each.value) if each.value is not None else "none",
    )


def _left_out(each: LeftOut) -> Entry:
    value = f", value {number(each.value)}" if each.value else ", no value"
    head = line(Run(each.initiative.label_with_id, Tone.STRONG), f", {each.status}{value}", place(each.span))
    return Entry(head, tuple(map(line, _why(each))))


def _why(each: LeftOut) -> Iterator[str]:
    if each.limit:
        yield _LIMITS[each.limit].format(by=names_of(each.by))
        return
    if each.instead:
        yield f"{names_of(each.instead)} is done instead"
    yield from map(_need, each.needs)
    if each.displaces:
        yield f"it would displace {names_of(each.displaces)}"
    if each.lacks and each.lacks[1] > 0:
        least, most = each.lacks
        amount = number(most) if abs(most - least) < 1e-9 else f"{number(least)} to {number(most)}"
        yield f"it would need {amount} more value"
    elif not each.value:
        yield "it is worth nothing to this scoring model"


def _need(need: LackingTeam) -> str:
    return (
        f"{need.team.label} has {person_weeks(need.left)} left for it, of {number(need.weeks)} that it needs; "
        f"{need.period} is the fullest"
    )


def _loads(loads: Sequence[TeamLoad]) -> Section:
    header = ("Team", *(each.period for each in loads[0].periods))
    rows = tuple(row(load.team.label, *map(_load, load.periods)) for load in loads)
    note = Paragraph((dim("Person-weeks of the plan, running work included, of the capacity that lies ahead."),))
    return Section(line("Load"), (Table(rows, header, frozenset(range(1, len(header)))), note))


def _load(each: PeriodLoad) -> Line:
    used = each.running + each.planned
    tone = Tone.BAD if each.slack < -1e-9 else Tone.WARN if each.slack < 0.5 else Tone.PLAIN
    return line(Run(f"{number(round(used, 1))}/{number(round(each.capacity, 1)) or '0'}", tone))


def _more(each: MoreCapacity) -> tuple[Line, ...]:
    is_known = abs(each.most - each.least) < 1e-9
    return row(each.period, number(each.most) if is_known else f"{number(each.least)} to {number(each.most)}")


def _difference(found: PlanDifference) -> Paragraph:
    change = round(found.value - found.was, 6)
    signed = f"{'-' if change < 0 else '+'}{number(abs(change))}"
    proven = "" if found.is_proven else " (not proven)"
    lines = [line(f"value {number(found.was)} -> {number(found.value)}, {signed}{proven}")]
    lines += [line(f"enters: {names_of(found.enters)}")] if found.enters else []
    lines += [line(f"leaves: {names_of(found.leaves)}")] if found.leaves else []
    moves = listed([f"{each.label} {by:+d}" for each, by in found.moves])
    lines += [line(f"moves by periods: {moves}")] if found.moves else []
    return Paragraph(tuple(lines))


def _files(report: PlanReport) -> Iterator[Block]:
    if not report.strays:
        yield Paragraph((line(Run("The files say the same as the plan.", Tone.GOOD)),))
        return
    if report.written_value is None:
        lost = "what they say does not hold"
    else:
        lost = f"what they say is worth {number(report.written_value)}"
    names = listed([each.label_with_id for each in report.strays])
    yield Paragraph((line(f"Files that say something else ({len(report.strays):,}): {names}; {lost}."),))
    told = [_written_break(each) for each in report.written_breaks if each.is_explained]
    rest = len(report.written_breaks) - len(told)
    more = [Entry(dim(f"and {rest:,} more"))] if rest else []
    if told:
        yield Section(
            line(f"Written plans that can't hold ({len(report.written_breaks):,})"), (Entries((*told, *more)),)
        )


def _written_break(each: WrittenBreak) -> Entry:
    head = line(Run(each.initiative.label_with_id, Tone.STRONG), f", ends {each.end}", place(each.span))
    if each.work or each.teams:
        why = _clash(each)
    else:
        is_late = each.latest and each.end and each.latest < each.end
        why = f"it has to end by {each.latest}" if is_late else "it can't end then"
    return Entry(head, (line(why),))


def _unknown(report: PlanReport) -> Iterator[Block]:
    yield from not_known(
        ("no value", report.unscored),
        ("no effort, so they take no time", report.without_effort),
        ("no capacity, so nothing limits their work", report.unlimited),
    )


def not_known(*facts: tuple[str, Sequence[Named]]) -> Iterator[Block]:
    """What is lacking, and of what; nothing where all is known."""
    lines = [
        line(Run("Not known: ", Tone.NOTE), f"{what} ({len(names):,}): {names_of(names)}")
        for what, names in facts
        if names
    ]
    if lines:
        yield Paragraph(tuple(lines))


def tone_of(work: DatedWork) -> Tone:
    """How work is drawn: what is running, what is promised, and the rest."""
    return Tone.NOTE if work.is_running else Tone.STRONG if work.is_commitment else Tone.PLAIN


def _schedule(report: PlanReport) -> Schedule:
    lanes: dict[str, list[Stretch]] = {}
    for each in report.work:
        tone = tone_of(each)
        start = max(each.first, report.periods[0].first)
        lanes.setdefault(each.period, []).append(Stretch(each.initiative.label, min(start, each.last), each.last, tone))
    ticks = tuple((each.name, each.first) for each in report.periods)
    drawn = tuple(Lane(name, tuple(stretches)) for name, stretches in lanes.items())
    return Schedule("", report.periods[0].first, report.periods[-1].last, ticks, drawn, report.today)
