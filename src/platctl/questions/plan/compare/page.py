"""The comparison of two plans in words, with both on one timeline."""

from collections.abc import Callable, Iterator, Sequence

from platctl.model.calendar import Date
from platctl.outlook.deliveries import DeliveryVerdict, GoalMove
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
from platctl.questions.plan.compare.report import (
    ComparedWork,
    ComparisonReport,
    ConsumerTurn,
    Granularity,
    PlannedDays,
    PlannedFuture,
    WorkTurn,
)
from platctl.questions.plan.report import Proof
from platctl.questions.plan.weeks.page import ticks
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, dim, in_state, listed
from platctl.writing.sections import entries_section, table_section


def page(report: ComparisonReport, *, quiet: bool = False) -> Page:
    """Everything, or only how good both plans are."""
    head = (Paragraph(tuple(_head(report))), Table(tuple(_facts(report)), ("", *_labels(report)), frozenset({1, 2})))
    return Page(head) if quiet else Page((*head, *_body(report)))


def _labels(report: ComparisonReport) -> tuple[str, str]:
    return report.first.label, report.second.label


def _name(each: PlannedFuture) -> str:
    return each.scenario.label_with_id if each.scenario else each.label


def _head(report: ComparisonReport) -> Iterator[Line]:
    told = [f"today: {report.today}"]
    told += [f"for {report.audience}"] if report.audience else []
    title = f"{_name(report.first)} and {_name(report.second)}"
    yield line(Run(title, Tone.STRONG), f": plans for {report.horizon}, {in_state(report.state)} ({', '.join(told)})")
    better = report.second.value - report.first.value
    proven = "" if report.first.chosen is report.second.chosen is Proof.OPTIMAL else " (not proven)"
    if abs(better) < 1e-9:
        yield line(f"both are worth the same by {report.method}{proven}")
    else:
        best, other = (report.second, report.first) if better > 0 else (report.first, report.second)
        by = f" ({percent(abs(better) / other.value)})" if other.value else ""
        yield line(Run(best.label, Tone.GOOD), f" is worth {number(abs(better))} more{by} by {report.method}{proven}")
    if report.work:
        yield line(f"{counted(len(report.different), 'initiative')} of {len(report.work):,} differ")
    else:
        yield line("neither plan has any work")


def _facts(report: ComparisonReport) -> Iterator[tuple[Line, ...]]:
    """What is true of each plan, side by side."""

    def both(name: str, of: Callable[[PlannedFuture], str], tone: Tone = Tone.PLAIN) -> tuple[Line, ...]:
        return row(name, *(Run(of(each), tone) for each in (report.first, report.second)))

    yield both("value", lambda each: number(each.value))
    yield both("initiatives", lambda each: f"{each.work:,}")
    yield both("left out", lambda each: f"{each.left_out:,}")
    yield both("finish", lambda each: str(each.finish or ""))
    if report.granularity is Granularity.WEEK:
        yield both("late", lambda each: f"{each.late:,}")
    if report.first.broken or report.second.broken:
        yield both("commitments that can't hold", lambda each: f"{len(each.broken):,}", Tone.BAD)
    yield both("proof", lambda each: each.proof.value.replace("-", " ") if each.proof is not Proof.UNPROVEN else "none")


def _body(report: ComparisonReport) -> Iterator[Block]:
    for each in (report.first, report.second):
        if each.assumed:
            yield from entries_section(f"{each.label} assumes", (Entry(line(text)) for text in each.assumed))
    for each in (report.first, report.second):
        if each.broken:
            names = listed([one.label_with_id for one in each.broken])
            yield Paragraph((line(Run(f"Can't hold in {each.label}: ", Tone.BAD), names),))
    if report.work:
        note = Paragraph((dim("What is drawn lightly is the same in both."),))
        yield Section(line("Both plans"), (chart(report), note))
    unit = "Periods" if report.granularity is Granularity.PERIOD else "Weeks"
    header = ("Work", *_labels(report), unit, "Days")
    yield from table_section("What differs", map(_different, report.different), header, frozenset({3, 4}), (4,))
    second = report.second.label
    yield from entries_section(f"Gain in {second}", (_turn(each, each.sooner) for each in report.gaining))
    yield from entries_section(f"Wait in {second}", (_turn(each, each.later) for each in report.waiting))
    of_goals = ("Goal", "Work", *_labels(report), "Contribution", "Due")
    yield from table_section("Goals", map(_goal, report.goals), of_goals, frozenset({4}), (4, 5))


def _different(each: ComparedWork) -> tuple[Line, ...]:
    signed = [f"{by:+d}" if by else "" for by in (each.moved, each.days)]
    return row(
        Run(each.initiative.label_with_id, Tone.STRONG),
        _place(each.first),
        _place(each.second),
        *signed,
    )


def _place(days: PlannedDays | None) -> Run:
    return Run("left out", Tone.DIM) if days is None else Run(f"{days.ends_in}, {days.last}")


def _turn(each: ConsumerTurn, moved: Sequence[WorkTurn]) -> Entry:
    return Entry(line(Run(each.consumer.label_with_id, Tone.STRONG)), tuple(map(_moved, moved)))


def _moved(each: WorkTurn) -> Line:
    if each.verdict is DeliveryVerdict.ADDED:
        when = f": on {each.now}, otherwise not at all" if each.now else ""
        return line(f"{each.initiative.label}{when}")
    if each.verdict is DeliveryVerdict.DROPPED or not (each.was and each.now):
        return line(f"{each.initiative.label}: not at all, otherwise on {each.was}")
    days = abs((each.now - each.was).days)
    turn = "sooner" if each.now < each.was else "later"
    return line(f"{each.initiative.label}: on {each.now}, {counted(days, 'day')} {turn}")


def _goal(each: GoalMove) -> tuple[Line, ...]:
    is_late = each.due is not None and each.now is not None and each.now > each.due
    return row(
        each.goal.label_with_id,
        each.initiative.label,
        str(each.was or "left out") if each.verdict is not DeliveryVerdict.ADDED else "left out",
        Run(str(each.now or "left out"), Tone.BAD if is_late else Tone.PLAIN),
        "" if each.contribution is None else percent(each.contribution),
        str(each.due or ""),
    )


def chart(report: ComparisonReport) -> Schedule:
    """Both plans, one above the other."""
    ends = [days.last for each in report.work for days in (each.first, each.second) if days]
    lanes = (
        Lane(report.first.label, tuple(_stretches(report, [each.first for each in report.work]))),
        Lane(report.second.label, tuple(_stretches(report, [each.second for each in report.work]))),
    )
    return Schedule("", report.today, max([report.today, *ends]), tuple(_ticks(report)), lanes, report.today)


def _ticks(report: ComparisonReport) -> Iterator[tuple[str, Date]]:
    if report.granularity is Granularity.WEEK:
        yield from ticks([each.name for each in report.spans], report.today)
    else:
        yield from ((each.name, each.first) for each in report.spans)


def _stretches(report: ComparisonReport, places: Sequence[PlannedDays | None]) -> Iterator[Stretch]:
    for each, days in zip(report.work, places, strict=True):
        if days:
            start = min(max(days.first, report.today), max(days.last, report.today))
            tone = Tone.STRONG if each.differs else Tone.DIM
            yield Stretch(each.initiative.label, start, max(days.last, start), tone)
