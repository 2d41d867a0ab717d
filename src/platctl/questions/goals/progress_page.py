"""The progress of goals and their metrics, in words and bars."""

from collections.abc import Iterator, Mapping
from typing import Final

from platctl.page import Bar, Entry, Line, Run, Tone, joined, line, row
from platctl.questions.goals.metrics_report import Lack, Measured, MetricOutlook
from platctl.questions.goals.report import GoalStatus, ProgressPart
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, dim, listed

OUTLOOKS: Final[Mapping[MetricOutlook, tuple[str, Tone]]] = {
    MetricOutlook.MISSED: ("missed", Tone.BAD),
    MetricOutlook.AWAY: ("stalled", Tone.BAD),
    MetricOutlook.LATE: ("late", Tone.WARN),
    MetricOutlook.NO_TREND: ("no trend", Tone.NOTE),
    MetricOutlook.UNKNOWN: ("unknown", Tone.NOTE),
    MetricOutlook.COMING: ("expected", Tone.PLAIN),
    MetricOutlook.ON_TRACK: ("on track", Tone.GOOD),
    MetricOutlook.REACHED: ("reached", Tone.GOOD),
}
"""The worst first, because a goal shows the worst of its metrics."""

_LACKS: Final[Mapping[Lack, str]] = {
    Lack.NO_TARGET: "no target",
    Lack.NO_BASELINE: "no baseline",
    Lack.NO_VALUE: "not measured yet",
    Lack.AGAINST_DIRECTION: "target on the wrong side of the baseline for `direction: {direction}`",
}

MOST_SHOWN: Final = 99.99
_STEP: Final = "· "
_DEEPEST: Final = 8
"""Deeper goals are not indented further."""


def bar(status: GoalStatus, top: int) -> Bar:
    progress = status.progress
    worst = next((each for each in OUTLOOKS if any(each is metric.outlook for metric in status.metrics)), None)
    word, tone = OUTLOOKS[worst] if worst else ("" if progress.parts else "no metric", Tone.PLAIN)
    words = [
        way(progress.share),
        f"{percent(progress.known)} known" if 0 < progress.known < 1 else "",
        f"due {status.due}" if status.due else "",
        word,
    ]
    return Bar(
        _set_in(status.goal.label, status.depth - top), progress.share or 0.0, ", ".join(filter(None, words)), tone
    )


def _set_in(label: str, depth: int) -> str:
    return f"{_STEP * depth}{label}" if depth <= _DEEPEST else f"{_STEP * _DEEPEST}({depth}) {label}"


def way(share: float | None) -> str:
    """A share of the way: `19 %`, `130 %` beyond the target, `-5 %` behind the baseline."""
    if share is None:
        return ""
    if abs(share) > MOST_SHOWN:
        return f"{'less' if share < 0 else 'more'} than {'-' if share < 0 else ''}9,999 %"
    shown = f"{abs(share) * 100:,.0f} %" if abs(share) >= 10 else percent(abs(share))
    return f"{'-' if share < 0 else ''}{shown}"


def explained(status: GoalStatus) -> Entry:
    name = Run(status.goal.label, Tone.STRONG)
    progress = status.progress
    if progress.share is None:
        why = "the progress of its parts is unknown" if progress.parts else "it has no metric and no sub-goal"
        return Entry(line(name, f": unknown, because {why}"))
    known = [part for part in progress.parts if part.counts is not None]
    terms = joined((_term(part, len(known)) for part in known), " + ")
    over = number(sum(part.weight for part in known))
    notes = [line("(", terms, f") / {over}")] if len(known) > 1 else [line("from ", known[0].label)]
    unknown = [part.label for part in progress.parts if part.counts is None]
    notes += [line(f"not counted, progress unknown: {listed(unknown)}")] if unknown else []
    return Entry(line(name, f": {way(progress.share)}, {percent(progress.known)} known"), tuple(notes))


def _term(part: ProgressPart, count: int) -> Line:
    assert part.counts is not None  # noqa: S101  only what is known is a term
    weight = f"{number(part.weight)} x " if part.weight != 1 and count > 1 else ""
    return line(f"{weight}{percent(part.counts)} {part.label}")


def metric_row(metric: Measured) -> tuple[Line, ...]:
    unit = dim(f", {metric.unit}") if metric.unit else ()
    return row(
        line(metric.label, unit),
        number(metric.baseline) or "-",
        number(metric.current) or "-",
        number(metric.target) or "-",
        way(metric.progress) or "-",
        joined(_pace(metric), "; "),
        str(metric.on or ""),
    )


def _pace(metric: Measured) -> Iterator[Line]:
    word, tone = OUTLOOKS[metric.outlook]
    if metric.lack:
        yield line(Run(_LACKS[metric.lack].format(direction=metric.direction.value), Tone.NOTE))
    if metric.outlook is MetricOutlook.NO_TREND:
        yield line(Run("no trend yet: one value", tone))
    elif metric.outlook is not MetricOutlook.UNKNOWN:
        yield line(Run(word, tone), _reaching(metric))
    if metric.progress is not None and metric.progress > 1:
        yield line("beyond the target")
    if metric.progress is not None and metric.progress < 0:
        yield line(Run("worse than the baseline", Tone.BAD))
    if metric.later:
        yield line(f"{counted(metric.later, 'later value')} not counted")


def _reaching(metric: Measured) -> str:
    if metric.trend is None or metric.outlook in (MetricOutlook.REACHED, MetricOutlook.AWAY):
        return ""
    return f": {metric.trend.reaches}" if metric.trend.reaches else ": not before the year 10000"
