"""How well plans held, as a page."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from platctl.page import Bar, Bars, Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.history.report import (
    Figures,
    GroupFigures,
    Happening,
    OverviewReport,
    PeriodFigures,
    PlanMove,
    Slip,
)
from platctl.questions.history.words import broken, cells, counted_days, cut_off, looked_at, revision
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, dim, listed, ordinal

_FIGURES = ("Planned", "Delivered", "Share", "Slips", "Median days", "Moved earlier")
_MOST_SLIPS = 40

HEADER_OF_SLIPS = (
    *("date", "commit", "author", "period", "initiative", "title", "owner", "type"),
    *("was", "now", "days", "nth"),
)


def overview_page(report: OverviewReport, *, quiet: bool = False) -> Page:
    """How well plans held, or only a summary."""
    head = Paragraph(tuple(_overview_head(report)))
    return Page((head,)) if quiet else Page((head, *_overview_body(report)))


def _overview_head(report: OverviewReport) -> Iterator[Line]:
    only = f", only {report.look.only}" if report.look.only else ""
    since = f", since the period of {report.look.since}" if report.look.since else ""
    yield line(Run("History of the plan", Tone.STRONG), f", {looked_at(report.look)}{since}{only}")
    yield line(_slips_in_words(report))
    yield line(_share_in_words(report.total))
    if given_up := _given_up_in_words(report.total):
        yield line(given_up)
    if done := _done_in_words(report.total):
        yield line(done)
    yield from cut_off(report.look)


def _share_in_words(total: Figures) -> str:
    if total.share is None:
        return "no period with planned work has ended yet"
    were = "was" if total.delivered == 1 else "were"
    return f"{total.delivered:,} of {total.planned:,} ({percent(total.share)}) {were} delivered in the planned period"


def _given_up_in_words(total: Figures) -> str:
    if not total.dropped:
        return f"{total.replanned:,} planned again" if total.replanned else ""
    return f"{total.dropped:,} dropped" + (f", {total.replanned:,} planned again" if total.replanned else "")


def _done_in_words(total: Figures) -> str:
    is_any = total.early or total.on_time or total.late
    return f"{total.early:,} done early, {total.on_time:,} on time, {total.late:,} late" if is_any else ""


def _slips_in_words(report: OverviewReport) -> str:
    if not report.slips:
        return "no slips"
    several = len({slip.initiative.ref for slip in report.slips})
    return (
        f"{counted(len(report.slips), 'slip')} of {counted(several, 'initiative')}, "
        f"median {counted_days(report.total.median_days)}"
    )


def _overview_body(report: OverviewReport) -> Iterator[Block]:
    by_period = (row(_period_name(each), *_cells_of(each.figures, is_over=each.is_over)) for each in report.periods)
    yield from _table("By period", "Period", by_period)
    yield from _promises(report)
    if report.slips:
        bars = tuple(_slip_bar(each) for each in report.periods)
        yield Section(line("Slips by the period in which they were recorded"), (Bars(bars),))
    shares = tuple(_share_bar(each) for each in report.periods if each.is_over and each.figures.planned)
    if shares:
        yield Section(line("Planned work delivered in its period"), (Bars(shares, 1),))
    yield from _table("By team", "Team", map(_group, filter(_is_shown, report.teams)))
    yield from _table("By type", "Type", map(_group, filter(_is_shown, report.types)))
    if report.slips:
        yield Section(line(_slips_title(len(report.slips))), (_slips(report.slips[-_MOST_SLIPS:]),))
    for what, title in _LISTED.items():
        found = [each for each in report.moves if each.what is what]
        if found:
            shown = f"last {_MOST_SLIPS} of {len(found):,}; all with --format json" if len(found) > _MOST_SLIPS else ""
            heading = line(f"{title} ({shown or f'{len(found):,}'})")
            yield Section(heading, (_moves(found[-_MOST_SLIPS:]),))
    missed = tuple(_missed(each) for each in report.periods if each.missed)
    if missed:
        yield Section(line("Planned work not delivered in its period"), (Entries(missed),))
    yield from broken(report.broken)


def _promises(report: OverviewReport) -> Iterator[Block]:
    """How often work was dropped, planned again and done, in each period and by each team in which it was."""
    by_period = [(line(_period_name(each)), _counts(each.figures)) for each in report.periods]
    by_team = [(_group_name(each), _counts(each.figures)) for each in report.teams]
    for title, name, counts in (("by period", "Period", by_period), ("by team", "Team", by_team)):
        rows = tuple(row(head, *(f"{count:,}" for count in found)) for head, found in counts if any(found))
        if rows:
            header = (name, "Dropped", "Planned again", "Done early", "On time", "Late")
            table = Table(rows, header, frozenset(range(1, 6)))
            yield Section(line(f"Dropped, planned again and done, {title}"), (table,))


def _counts(figures: Figures) -> tuple[int, ...]:
    return (figures.dropped, figures.replanned, figures.early, figures.on_time, figures.late)


def _period_name(each: PeriodFigures) -> str:
    return each.period if each.is_over else f"{each.period} (so far)"


def _cells_of(figures: Figures, *, is_over: bool = True) -> tuple[Line, ...]:
    share = percent(figures.share) if is_over and figures.share is not None else ""
    texts = (figures.planned, figures.delivered, share, figures.slips, number(figures.median_days), figures.pulled_in)
    return tuple(line(text if isinstance(text, str) else f"{text:,}") for text in texts)


def _slip_bar(each: PeriodFigures) -> Bar:
    slips = each.figures.slips
    return Bar(_period_name(each), slips, f"{slips:,}", Tone.BAD)


def _share_bar(each: PeriodFigures) -> Bar:
    figures, share = each.figures, each.figures.share or 0
    return Bar(each.period, share, f"{percent(share)}, {figures.delivered:,} of {figures.planned:,}", Tone.GOOD)


def _is_shown(group: GroupFigures) -> bool:
    """Whether a table of slips and shares has a number for it."""
    figures = group.figures
    return any((figures.planned, figures.delivered, figures.slips, figures.pulled_in))


def _group_name(group: GroupFigures) -> Line:
    return line(group.title or group.name or dim("none"))


def _group(group: GroupFigures) -> tuple[Line, ...]:
    return row(_group_name(group), *_cells_of(group.figures))


def _table(title: str, name: str, rows: Iterable[tuple[Line, ...]]) -> Iterator[Block]:
    if found := tuple(rows):
        header = (name, *_FIGURES)
        yield Section(line(title), (Table(found, header, frozenset(range(1, len(header))), (6,)),))


def _slips_title(count: int) -> str:
    return (
        f"Slips ({count:,})"
        if count <= _MOST_SLIPS
        else f"Slips (last {_MOST_SLIPS} of {count:,}; all with --format csv)"
    )


def _slips(slips: Iterable[Slip]) -> Table:
    rows = tuple(
        row(
            *revision(each.at),
            Run(each.initiative.label_with_id, Tone.STRONG),
            str(each.was),
            str(each.now),
            str(each.days),
            ordinal(each.nth),
        )
        for each in slips
    )
    return Table(rows, ("Date", "Commit", "By", "Initiative", "From", "To", "Days", "Slip"), frozenset({6, 7}), (2,))


_LISTED: Final[Mapping[Happening, str]] = {
    Happening.DROPPED: "Dropped",
    Happening.REPLANNED: "Planned again",
    Happening.DONE_EARLY: "Done early",
    Happening.DONE_LATE: "Done late",
}


def _moves(found: Iterable[PlanMove]) -> Table:
    rows = tuple(
        row(
            *revision(each.at),
            Run(each.initiative.label_with_id, Tone.STRONG),
            str(each.was or ""),
            str(each.now or ""),
            str(abs(each.days)) if each.days else "",
        )
        for each in found
    )
    return Table(rows, ("Date", "Commit", "By", "Initiative", "Promised", "Now", "Days"), frozenset({6}), (2,))


def _missed(each: PeriodFigures) -> Entry:
    still = "" if each.is_over else " (period not over)"
    names = listed([missed.label for missed in each.missed])
    return Entry(line(Run(each.period, Tone.STRONG), f": {names}{still}"))


def slip_rows(report: OverviewReport) -> Iterator[tuple[str | float | None, ...]]:
    """Each slip as a row for spreadsheets."""
    for each in report.slips:
        owner = each.owner.id if each.owner else None
        initiative = (each.period, each.initiative.id, each.initiative.title, owner, each.type)
        yield (*cells(each.at), *initiative, str(each.was), str(each.now), each.days, each.nth)
