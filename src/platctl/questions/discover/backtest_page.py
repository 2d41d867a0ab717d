"""What would have been said at past quarters, as blocks of a page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from platctl.page import Block, Entries, Entry, Line, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.discover.report import Backtest, PastCandidate, PastQuarter, Pattern, YearLater
from platctl.questions.discover.words import ONE
from platctl.writing.phrases import counted

_LATER: Final[Mapping[YearLater, str]] = {
    YearLater.STILL: "still one a year later",
    YearLater.OFFICIAL: "official a year later",
    YearLater.ENDED: "none a year later",
    YearLater.NOT_YET: "less than a year ago",
}
_TONES: Final = {YearLater.STILL: Tone.GOOD, YearLater.OFFICIAL: Tone.GOOD, YearLater.ENDED: Tone.BAD}
_HEADER = ("Quarter", "Shared", "Core", "Twins", "Losing", "Still", "Official", "None", "Not yet")


def backtest(found: Backtest) -> Iterator[Block]:
    """The counts of each quarter with candidates, and what became of each candidate."""
    yield Paragraph((line(Run(_verdict(found), Tone.STRONG)),))
    told = [each for each in found.quarters if each.candidates]
    if told:
        numbers = frozenset(range(1, len(_HEADER)))
        table = Table(tuple(map(_quarter, told)), _HEADER, numbers, (8,))
        yield Section(line(f"Candidates by the end of each quarter, and a year later ({len(told):,})"), (table,))
    empty = len(found.quarters) - len(told)
    if empty:
        yield Paragraph((line(f"{counted(empty, 'quarter')} without a candidate"),))
    for each in reversed(told):
        yield Section(line(each.quarter), (Entries(tuple(map(_entry, each.candidates))),))


def _verdict(found: Backtest) -> str:
    if not found.judged:
        return "Nothing was told a year ago or earlier, so nothing can be judged yet"
    return (
        f"Told {counted(found.judged, 'time')} a year ago or earlier; a year later still one: {found.still:,}, "
        f"official: {found.official:,}, neither: {found.ended:,}"
    )


def _quarter(each: PastQuarter) -> tuple[Line, ...]:
    patterns = Counter(candidate.pattern for candidate in each.candidates)
    later = Counter(candidate.later for candidate in each.candidates)
    return row(each.quarter, *(f"{patterns[one]:,}" for one in Pattern), *(f"{later[one]:,}" for one in YearLater))


def _entry(each: PastCandidate) -> Entry:
    name = each.component.label_with_id + (f" and {each.twin.label_with_id}" if each.twin else "")
    later = Run(_LATER[each.later], _TONES.get(each.later, Tone.DIM))
    return Entry(line(Run(name, Tone.STRONG), f", {ONE[each.pattern]}: ", later))
