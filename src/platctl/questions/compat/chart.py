"""The calendar of breaks as a chart."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.page import DayChart, DayMarks, Stretch, Tone
from platctl.questions.compat.report import Break, CompatReport, FrozenDays
from platctl.questions.compat.words import counts, worst
from platctl.writing.levels import LEVELS

_TONES: Final[Mapping[Level, Tone]] = {Level.BREAKS: Tone.BAD, Level.MUST_ACT: Tone.WARN, Level.AT_RISK: Tone.RISK}
_MONTHS = 24
"""The number of months up to which each has a tick; beyond, each year has one."""


def chart(report: CompatReport) -> DayChart | None:
    """One mark for each consumer that is hit on a day; None if the first day is not known, or nothing ends."""
    if report.first is None or not report.breaks:
        return None
    start, last = report.first.replace(day=1), report.breaks[-1].day
    end = Date(last.year + last.month // 12, last.month % 12 + 1, 28)
    by_day = {day: list(found) for day, found in groupby(report.breaks, key=lambda each: each.day)}
    levels = {level for found in by_day.values() for level in worst(found).values()}
    key = [(_TONES[level], f"a consumer that {LEVELS[level].one}") for level in _TONES if level in levels]
    bands = [_band(each) for each in report.freezes]
    return DayChart(
        title="Consumers affected, by day",
        start=start,
        end=end,
        ticks=tuple(_ticks(start, end)),
        days=tuple(_marks(day, found) for day, found in by_day.items()),
        bands=tuple(bands),
        key=(*key, *([(Tone.DIM, "a freeze of one of them")] if bands else [])),
        today=report.today,
    )


def _marks(day: Date, found: Sequence[Break]) -> DayMarks:
    """The consumers, the worst level first."""
    levels = sorted(worst(found).values(), key=lambda level: level.rank)
    return DayMarks(day, tuple(_TONES[level] for level in levels), "".join(run.text for run in counts(found)))


def _band(each: FrozenDays) -> Stretch:
    return Stretch(f"{each.who.label} is frozen", each.start, each.end, Tone.DIM, each.reason or "")


def _ticks(start: Date, end: Date) -> Iterator[tuple[str, Date]]:
    """The months, or the years if there are many months."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    for nth in range(months):
        year, month = start.year + (start.month - 1 + nth) // 12, (start.month - 1 + nth) % 12 + 1
        if months <= _MONTHS:
            yield f"{year}-{month:02}", Date(year, month, 1)
        elif month == 1:
            yield str(year), Date(year, 1, 1)
