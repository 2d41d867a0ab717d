"""Goals as a page: their progress, their metrics, the work that serves them, and gaps without work."""

from collections.abc import Iterator, Mapping
from typing import Final

from platctl.page import Bars, Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Tone, joined, line
from platctl.questions.goals.changes_page import changes
from platctl.questions.goals.metrics_report import Measured
from platctl.questions.goals.progress_page import OUTLOOKS, bar, explained, metric_row
from platctl.questions.goals.report import Aimless, Closing, Gap, GoalsReport, GoalStatus, Serving, WorkPhase
from platctl.writing.numbers import number, percent, person_weeks
from platctl.writing.phrases import counted, in_state, place
from platctl.writing.sections import table_section

_GAPS: Final[Mapping[Gap, tuple[str, Tone]]] = {
    Gap.UNSERVED: ("no work is planned or proposed", Tone.BAD),
    Gap.UNPROMISED: ("work is proposed, but not planned", Tone.WARN),
    Gap.LATE: ("all planned work ends after the due date", Tone.WARN),
}
_HEADER: Final = ("Metric", "Baseline", "Now", "Target", "Done", "At this pace", "Measured")
_PHASES: Final = (WorkPhase.PLANNED, WorkPhase.OPEN, WorkPhase.DONE)


def page(report: GoalsReport, *, quiet: bool = False, explains: bool = False) -> Page:
    """Everything, or only the verdict; with `explains`, also how the progress is calculated."""
    body = () if quiet else tuple(_body(report, explains=explains))
    return Page((Paragraph((_title(report),)), *body, Paragraph(tuple(_summary(report)))))


def _title(report: GoalsReport) -> Line:
    compared = report.compared
    how = f" ({compared.how})" if compared.how else ""
    base = f", compared with {compared.base}{how}" if compared.base else ""
    only = f", only {compared.only}" if compared.only else ""
    today = f", as of {report.today}" if report.today else ""
    return line(Run("Goals", Tone.STRONG), f" {in_state(compared.head)}{base}{only}{today}")


def _body(report: GoalsReport, *, explains: bool) -> Iterator[Block]:
    if report.changes:
        yield from changes(report.changes)
    if report.goals:
        top = min(each.depth for each in report.goals)
        yield Section(line("Progress"), (Bars(tuple(bar(each, top) for each in report.goals), most=1.0),))
    if report.goals and explains:
        yield Section(line("How progress is calculated"), (Entries(tuple(map(explained, report.goals))),))
    rows = (metric_row(each) for goal in report.goals for each in goal.metrics)
    yield from table_section("Metrics", rows, _HEADER, frozenset({1, 2, 3, 4}), (6,))
    if served := tuple(_work(each) for each in report.goals if any(each.below.values())):
        yield Section(line("Work for each goal"), (Entries(served),))
    if gaps := (*_gap_entries(report), *map(_aimless, report.aimless)):
        yield Section(line("Gaps"), (Entries(gaps),))
    if astray := tuple(map(_astray, (each for each in report.goals if each.is_in_circle or each.missing_parent))):
        yield Section(line("Invalid parents"), (Entries(astray),))


def _work(status: GoalStatus) -> Entry:
    due = f", due {status.due}" if status.due else ""
    share = f", {percent(status.effort_share)} of planned effort" if status.effort_share else ""
    name = Run(status.goal.label_with_id, Tone.STRONG)
    closing = [_closing(status.closing)] if status.closing else []
    return Entry(line(name, due, share, _below(status)), (*map(_serving, status.serving), *closing))


def _below(status: GoalStatus) -> str:
    """The number of initiatives including sub-goals, if these add any."""
    if all(status.below[phase] == status.sums[phase].initiatives for phase in WorkPhase):
        return ""
    counts = (f"{status.below[phase]} {phase.value}" for phase in _PHASES if status.below[phase])
    return f"; including sub-goals: {', '.join(counts)}"


def _serving(serving: Serving) -> Line:
    is_done = serving.phase is WorkPhase.DONE
    facts = [line(f"contributes {number(serving.contribution)}")] if serving.contribution is not None else []
    facts += [line(f"ends {serving.end}")] if serving.end and not is_done else []
    facts += [line("no end date")] if serving.phase is WorkPhase.PLANNED and not serving.end else []
    facts += [line(Run("after the due date", Tone.WARN))] if serving.is_late and not is_done else []
    return joined([f"{serving.status}: {serving.initiative.label_with_id}", *facts])


def _closing(closing: Closing) -> Line:
    start = "from the baseline" if closing.is_from_baseline else "to go"
    of = f"{number(closing.planned)} planned of {number(closing.gap)} {start}"
    if closing.is_enough:
        return line(Run("enough", Tone.GOOD), f": {of}")
    silent = counted(closing.silent, "planned initiative", "planned initiatives")
    more = [f"{number(closing.late)} too late"] if closing.late else []
    more += [f"{number(closing.open)} only proposed"] if closing.open else []
    more += [f"{silent} without a contribution"] if closing.silent else []
    verdict = "may not be enough" if closing.silent else "not enough"
    return line(Run(verdict, Tone.WARN), f": {', '.join([of, *more])}")


def _gap_entries(report: GoalsReport) -> Iterator[Entry]:
    """Goals with a gap; a gap that a sub-goal shares with its parent is listed at the parent."""
    gaps = {each.goal.ref: each.gap for each in report.goals}
    below: dict[object, int] = {}
    for each in reversed(report.goals):
        if each.parent:
            below[each.parent.ref] = below.get(each.parent.ref, 0) + below.get(each.goal.ref, 0) + 1
    for each in report.goals:
        if each.gap and not (each.parent and gaps.get(each.parent.ref) is each.gap):
            text, tone = _GAPS[each.gap]
            rest = f", nor for {counted(below[each.goal.ref], 'goal')} below it" if _is_whole(each, below) else ""
            yield Entry(line(each.goal.label_with_id, ": ", Run(text, tone), rest, place(each.span)))


def _is_whole(status: GoalStatus, below: Mapping[object, int]) -> bool:
    return status.gap is Gap.UNSERVED and status.goal.ref in below


def _astray(status: GoalStatus) -> Entry:
    missing = f"its parent `{status.missing_parent}` does not exist"
    text = "its parents lead back to it" if status.is_in_circle else missing
    return Entry(line(status.goal.label_with_id, ": ", Run(text, Tone.BAD), place(status.span)))


def _aimless(work: Aimless) -> Entry:
    weeks = f" ({person_weeks(work.effort)})" if work.effort is not None else ""
    text = f"{work.initiative.label_with_id} is {work.status}{weeks} but serves no goal"
    return Entry(line(Run(text, Tone.WARN), place(work.span)))


def _summary(report: GoalsReport) -> Iterator[Line]:
    metrics = [metric for goal in report.goals for metric in goal.metrics]
    said = [
        f"{found:,} {word}"
        for outlook, (word, _) in OUTLOOKS.items()
        if (found := sum(metric.outlook is outlook for metric in metrics))
    ]
    gaps = [
        f"{found:,} {word}"
        for gap, word in (
            (Gap.UNSERVED, "without work"),
            (Gap.UNPROMISED, "with only proposed work"),
            (Gap.LATE, "planned too late"),
        )
        if (found := sum(goal.gap is gap for goal in report.goals))
    ]
    yield line(f"{counted(len(report.goals), 'goal')}", f": {', '.join(gaps)}" if gaps else "")
    if metrics:
        yield line(f"{counted(len(metrics), 'metric')}: {', '.join(said)}")
    if not report.is_complete:
        yield line(Run("Some files could not be read completely, so there may be more work than this.", Tone.WARN))
    if report.failing and report.fail_on:
        new = "new " if report.changes else ""
        yield line(Run(f"FAIL: {counted(report.failing, f'{new}gap')} (--fail-on {report.fail_on.value})", Tone.BAD))


HEADER_OF_CSV = (
    *("goal", "title", "parent", "depth", "weight", "due", "progress", "known"),
    *("done", "planned", "open", "effort", "effort_share", "gap"),
    *("metric", "metric_title", "unit", "direction", "baseline", "current", "measured_on", "target"),
    *("metric_progress", "lack", "a_day", "reaches", "outlook"),
)
_OF_METRIC: Final = 13


def csv_rows(report: GoalsReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row per metric; a goal without metrics has one row."""
    for goal in report.goals:
        facts = (
            *(goal.goal.ref.name, goal.goal.label, goal.parent.ref.name if goal.parent else None, goal.depth),
            *(goal.weight, _day(goal.due), goal.progress.share, goal.progress.known),
            *(goal.below[phase] for phase in WorkPhase),
            *(goal.effort, goal.effort_share, goal.gap.value if goal.gap else None),
        )
        for each in goal.metrics:
            yield (*facts, *_metric_cells(each))
        if not goal.metrics:
            yield (*facts, *(None,) * _OF_METRIC)


def _metric_cells(metric: Measured) -> tuple[str | float | None, ...]:
    trend = metric.trend
    return (
        *(metric.id, metric.label, metric.unit, metric.direction.value),
        *(metric.baseline, metric.current, _day(metric.on), metric.target, metric.progress),
        metric.lack.value if metric.lack else None,
        *((trend.a_day, _day(trend.reaches)) if trend else (None, None)),
        metric.outlook.value,
    )


def _day(day: object) -> str | None:
    return str(day) if day else None
