"""What has happened to an entity, and how well plans held, as pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from platctl.model.past import Broken
from platctl.page import Bar, Bars, Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line
from platctl.questions.history.report import (
    Chapter,
    Figures,
    GroupFigures,
    Happening,
    Look,
    OverviewReport,
    PeriodFigures,
    Slip,
    StoryEvent,
    StoryReport,
)
from platctl.source.git.history import Revision
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, dim, listed

_TONES = {
    Happening.SLIPPED: Tone.BAD,
    Happening.REMOVED: Tone.WARN,
    Happening.PULLED_IN: Tone.GOOD,
    Happening.ADDED: Tone.GOOD,
    Happening.RETURNED: Tone.GOOD,
    Happening.STATUS: Tone.STRONG,
    Happening.LIFECYCLE: Tone.STRONG,
}
_LONGEST = 60
_FIGURES = ("Planned", "Delivered", "Share", "Slips", "Median days", "Pulled in")
_MOST_BROKEN = 20
_MOST_SLIPS = 40

HEADER_OF_STORY = ("date", "commit", "author", "what", "field", "was", "now", "days", "nth")
HEADER_OF_SLIPS = (
    *("date", "commit", "author", "period", "initiative", "title", "owner", "type"),
    *("was", "now", "days", "nth"),
)


# One entity -------------------------------------------------------------------------------------------------


def story_page(report: StoryReport, *, quiet: bool = False) -> Page:
    """The whole story, or only how it stands."""
    head = Paragraph(tuple(_story_head(report)))
    return Page((head,)) if quiet else Page((head, *_story_body(report)))


def _story_head(report: StoryReport) -> Iterator[Line]:
    entity = report.entity
    name = f"{entity.ref.kind} {entity.id}" if entity.title else entity.ref.kind
    yield line("History of ", Run(entity.label, Tone.STRONG), f" ({name}), {_looked(report.look)}")
    was_there = " (or earlier)" if report.look.is_cut and report.first == report.look.first else ""
    known_as = f"; formerly {listed(report.former)}" if report.former else ""
    yield line(
        f"first seen {_day(report.first)} in {report.first.short}{was_there}, by {_author(report.first)}{known_as}"
    )
    yield line(*_standing(report))
    yield from _cut(report.look)


def _standing(report: StoryReport) -> Iterator[Run]:
    if report.is_gone:
        yield Run("removed", Tone.WARN)
        yield Run(f", last in {report.path}")
    else:
        status = f"{report.phases[-1].status}, " if report.phases else ""
        end = f"ends {report.planned_end}, " if report.planned_end else ""
        yield Run(f"now {status}{end}in {report.path}")
    if report.slips:
        yield Run("; ")
        yield Run(f"slipped {_times(report.slips)}, by {counted(report.slipped_days, 'day')} in all", Tone.BAD)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _story_body(report: StoryReport) -> Iterator[Block]:
    if len(report.phases) > 1:
        rows = tuple((line(Run(each.status, Tone.STRONG)), *_revision(each.since)) for each in report.phases)
        yield Section(line("Status"), (Table(rows, ("Status", "Since", "Commit", "By")),))
    title = f"What happened ({len(report.chapters)})"
    if report.earlier:
        title += f", without {counted(report.earlier, 'commit')} before {report.look.since}"
    if report.chapters:
        yield Section(line(title), (Entries(tuple(map(_chapter, report.chapters))),))
    else:
        yield Paragraph((line(title),))
    yield from _broken(report.broken)


def _chapter(chapter: Chapter) -> Entry:
    at = chapter.at
    head = line(Run(_day(at), Tone.STRONG), "  ", Run(at.short, Tone.CODE), dim(f"  {_author(at)}"))
    return Entry(head, tuple(map(_event, chapter.events)))


def _event(event: StoryEvent) -> Line:
    return line(Run(_WORDS.get(event.what, _changed)(event), _TONES.get(event.what, Tone.PLAIN)))


def _day_moved(word: str) -> Callable[[StoryEvent], str]:
    def words(event: StoryEvent) -> str:
        times = f", for the {_nth(event.nth)} time" if event.nth else ""
        return f"{word} by {counted(event.days or 0, 'day')}{times}: {event.was} -> {event.now}"

    return words


def _nth(number: int) -> str:
    """`1st`, `12th`, `23rd`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def _from_to(word: str) -> Callable[[StoryEvent], str]:
    return lambda event: f"{word} {event.was or 'none'} -> {event.now or 'none'}"


def _changed(event: StoryEvent) -> str:
    """`owner access -> core`, `changes: added identity#rest, effect removal`."""
    was, now = _short(event.was), _short(event.now)
    if was is None and now is None:
        return f"{event.field} changed"
    if was is None:
        return f"{event.field}: added {now}"
    if now is None:
        return f"{event.field}: removed {was}"
    if _is_long(event.was) or _is_long(event.now):
        return f"{event.field}: written anew"
    return f"{event.field}: {was} -> {now}"


def _is_long(text: str | None) -> bool:
    return text is not None and len(text) > _LONGEST


def _short(text: str | None) -> str | None:
    return f"{text[: _LONGEST - 1]}…" if text and _is_long(text) else text


_WORDS: Final[Mapping[Happening, Callable[[StoryEvent], str]]] = {
    Happening.ADDED: lambda event: f"added in {event.now}",
    Happening.RETURNED: lambda event: f"there again, in {event.now}",
    Happening.REMOVED: lambda event: f"removed from {event.was}",
    Happening.RENAMED: _from_to("renamed"),
    Happening.MOVED: _from_to("moved"),
    Happening.STATUS: _from_to("status"),
    Happening.LIFECYCLE: _from_to("lifecycle"),
    Happening.OWNER: _from_to("owner"),
    Happening.SLIPPED: _day_moved("slipped"),
    Happening.PULLED_IN: _day_moved("pulled in"),
    Happening.RESCHEDULED: _day_moved("rescheduled, without a promise,"),
}


def story_rows(report: StoryReport) -> Iterator[tuple[str | float | None, ...]]:
    """Each event as a row for spreadsheets."""
    for chapter in report.chapters:
        for each in chapter.events:
            yield (*_cells(chapter.at), each.what.value, each.field, each.was, each.now, each.days, each.nth)


# All of them ------------------------------------------------------------------------------------------------


def overview_page(report: OverviewReport, *, quiet: bool = False) -> Page:
    """How well plans held, or only in two sentences."""
    head = Paragraph(tuple(_overview_head(report)))
    return Page((head,)) if quiet else Page((head, *_overview_body(report)))


def _overview_head(report: OverviewReport) -> Iterator[Line]:
    only = f", only {report.look.only}" if report.look.only else ""
    since = f", from the period of {report.look.since} on" if report.look.since else ""
    yield line(Run("History of the plan", Tone.STRONG), f", {_looked(report.look)}{since}{only}")
    yield line(_slips_in_words(report))
    yield line(_share_in_words(report.total))
    yield from _cut(report.look)


def _share_in_words(total: Figures) -> str:
    if total.share is None:
        return "nothing was planned for a period that is over"
    were = "was" if total.delivered == 1 else "were"
    return f"{total.delivered:,} of {total.planned:,} ({percent(total.share)}) {were} delivered in the period planned"


def _slips_in_words(report: OverviewReport) -> str:
    if not report.slips:
        return "no slips"
    several = len({slip.initiative.ref for slip in report.slips})
    return (
        f"{counted(len(report.slips), 'slip')} of {counted(several, 'initiative')}, "
        f"median {counted_days(report.total.median_days)}"
    )


def counted_days(days: float | None) -> str:
    """`1 day`, `45.5 days`."""
    return f"{number(days)} {'day' if days == 1 else 'days'}"


def _overview_body(report: OverviewReport) -> Iterator[Block]:
    if report.periods:
        rows = tuple(
            (line(_period_name(each)), *_cells_of(each.figures, is_over=each.is_over)) for each in report.periods
        )
        header = ("Period", *_FIGURES)
        yield Section(line("By period"), (Table(rows, header, frozenset(range(1, len(header))), (6,)),))
    if report.slips:
        bars = tuple(_slip_bar(each) for each in report.periods)
        yield Section(line("Slips by the period in which they were written down"), (Bars(bars),))
    shares = tuple(_share_bar(each) for each in report.periods if each.is_over and each.figures.planned)
    if shares:
        yield Section(line("Delivered of what was planned for the period"), (Bars(shares, 1),))
    yield from _groups("By team", "Team", report.teams)
    yield from _groups("By type", "Type", report.types)
    if report.slips:
        yield Section(line(_slips_title(len(report.slips))), (_slips(report.slips[-_MOST_SLIPS:]),))
    missed = tuple(_missed(each) for each in report.periods if each.missed)
    if missed:
        yield Section(line("Not delivered in its period"), (Entries(missed),))
    yield from _broken(report.broken)


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


def _groups(title: str, name: str, groups: Iterable[GroupFigures]) -> Iterator[Block]:
    rows = tuple((line(each.name or dim("none")), *_cells_of(each.figures)) for each in groups)
    if rows:
        header = (name, *_FIGURES)
        yield Section(line(title), (Table(rows, header, frozenset(range(1, len(header))), (6,)),))


def _slips_title(count: int) -> str:
    return f"Slips ({count:,})" if count <= _MOST_SLIPS else f"Slips (the last {_MOST_SLIPS} of {count:,}; csv has all)"


def _slips(slips: Iterable[Slip]) -> Table:
    rows = tuple(
        (
            *_revision(each.at),
            line(Run(each.initiative.label, Tone.STRONG)),
            line(str(each.was)),
            line(str(each.now)),
            line(str(each.days)),
            line(_nth(each.nth)),
        )
        for each in slips
    )
    return Table(rows, ("Date", "Commit", "By", "Initiative", "From", "To", "Days", "Time"), frozenset({6, 7}), (2,))


def _missed(each: PeriodFigures) -> Entry:
    still = "" if each.is_over else ", and it is not over"
    names = listed([missed.label for missed in each.missed])
    return Entry(line(Run(each.period, Tone.STRONG), f": {names}{still}"))


def slip_rows(report: OverviewReport) -> Iterator[tuple[str | float | None, ...]]:
    """Each slip as a row for spreadsheets."""
    for each in report.slips:
        owner = each.owner.id if each.owner else None
        initiative = (each.period, each.initiative.id, each.initiative.title, owner, each.type)
        yield (*_cells(each.at), *initiative, str(each.was), str(each.now), each.days, each.nth)


# Both -------------------------------------------------------------------------------------------------------


def _looked(look: Look) -> str:
    between = f", {_day(look.first)} to {_day(look.last)}" if look.commits > 1 else ""
    return f"in {counted(look.commits, 'commit')} up to {look.last.short}{between}"


def _cut(look: Look) -> Iterator[Line]:
    if look.is_cut:
        text = f"This shallow clone begins with {look.first.short}: what is older is not told; `git fetch --unshallow`"
        yield line(Run(text, Tone.WARN))


def _day(revision: Revision) -> str:
    return str(revision.date) if revision.date else "on an unknown day"


def _author(revision: Revision) -> str:
    return revision.author or "somebody without a name"


def _revision(at: Revision) -> tuple[Line, Line, Line]:
    return line(_day(at)), line(Run(at.short, Tone.CODE)), line(_author(at))


def _cells(at: Revision) -> tuple[str | None, str, str]:
    return str(at.date) if at.date else None, at.commit, at.author


def _broken(broken: tuple[Broken, ...]) -> Iterator[Block]:
    """What was not read, so that what stood there before counted meanwhile."""
    if broken:
        entries = tuple(map(_broken_entry, broken[:_MOST_BROKEN]))
        rest = len(broken) - len(entries)
        more = (Entry(line(f"and {rest:,} more: --format json has them")),) if rest else ()
        title = f"Not readable ({len(broken)}); what was there before counts meanwhile"
        yield Section(line(title), (Entries((*entries, *more)),))


def _broken_entry(each: Broken) -> Entry:
    place = f"{each.path}:{each.line}" if each.line else each.path
    until = f"until {each.until.short}" if each.until else "until now"
    head = line(Run(_day(each.at), Tone.STRONG), "  ", Run(each.at.short, Tone.CODE), f"  {place}, {until}")
    return Entry(head, (line(each.what),))
