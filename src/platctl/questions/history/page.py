"""What has happened to an entity, and how well plans held, as pages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line
from platctl.questions.history.report import Chapter, Happening, StoryEvent, StoryReport
from platctl.questions.history.words import author_of, broken, cells, cut_off, day_of, looked_at, revision
from platctl.writing.moves import DETOURS, done_unpromised
from platctl.writing.phrases import counted, dim, listed, ordinal

_TONES = {
    Happening.SLIPPED: Tone.BAD,
    Happening.REMOVED: Tone.WARN,
    Happening.PULLED_IN: Tone.GOOD,
    Happening.DROPPED: Tone.BAD,
    Happening.DONE_EARLY: Tone.GOOD,
    Happening.DONE_ON_TIME: Tone.GOOD,
    Happening.DONE_LATE: Tone.BAD,
    Happening.ADDED: Tone.GOOD,
    Happening.RETURNED: Tone.GOOD,
    Happening.STATUS: Tone.STRONG,
    Happening.LIFECYCLE: Tone.STRONG,
}
_LONGEST = 60

HEADER_OF_STORY = ("date", "commit", "author", "what", "field", "was", "now", "days", "nth", "detour")


def story_page(report: StoryReport, *, quiet: bool = False) -> Page:
    """The whole story, or only the current state."""
    head = Paragraph(tuple(_story_head(report)))
    return Page((head,)) if quiet else Page((head, *_story_body(report)))


def _story_head(report: StoryReport) -> Iterator[Line]:
    entity = report.entity
    name = f"{entity.ref.kind} {entity.id}" if entity.title else entity.ref.kind
    yield line("History of ", Run(entity.label, Tone.STRONG), f" ({name}), {looked_at(report.look)}")
    was_there = " (or earlier)" if report.look.is_cut and report.first == report.look.first else ""
    known_as = f"; formerly {listed(report.former)}" if report.former else ""
    yield line(
        f"first seen {day_of(report.first)} in {report.first.short}{was_there}, by {author_of(report.first)}{known_as}"
    )
    yield line(*_standing(report))
    yield from cut_off(report.look)


def _standing(report: StoryReport) -> Iterator[Run]:
    if report.is_gone:
        yield Run("removed", Tone.WARN)
        yield Run(f", last in {report.path}")
    else:
        status = f"{report.phases[-1].status}, " if report.phases else ""
        end = f"ends {report.planned_end}, " if report.planned_end else ""
        end = f"since {report.done_on}, " if report.done_on else end
        yield Run(f"now {status}{end}in {report.path}")
    if report.slips:
        yield Run("; ")
        yield Run(f"slipped {_times(report.slips)}, by {counted(report.slipped_days, 'day')} in total", Tone.BAD)
    if report.drops:
        again = f", planned again {_times(report.replans)}" if report.replans else ""
        yield Run("; ")
        yield Run(f"dropped {_times(report.drops)}{again}", Tone.WARN)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _story_body(report: StoryReport) -> Iterator[Block]:
    if len(report.phases) > 1:
        rows = tuple((line(Run(each.status, Tone.STRONG)), *revision(each.since)) for each in report.phases)
        yield Section(line("Status"), (Table(rows, ("Status", "Since", "Commit", "By")),))
    title = f"What happened ({len(report.chapters)})"
    if report.earlier:
        title += f"; {counted(report.earlier, 'commit')} before {report.look.since} omitted"
    if report.chapters:
        yield Section(line(title), (Entries(tuple(map(_chapter, report.chapters))),))
    else:
        yield Paragraph((line(title),))
    yield from broken(report.broken)


def _chapter(chapter: Chapter) -> Entry:
    at = chapter.at
    head = line(Run(day_of(at), Tone.STRONG), "  ", Run(at.short, Tone.CODE), dim(f"  {author_of(at)}"))
    return Entry(head, tuple(map(_event, chapter.events)))


def _event(event: StoryEvent) -> Line:
    return line(Run(told(event), _TONES.get(event.what, Tone.PLAIN)))


def told(event: StoryEvent) -> str:
    """What happened, in words."""
    return _WORDS.get(event.what, _changed)(event)


def _day_moved(word: str, note: str = "") -> Callable[[StoryEvent], str]:
    def words(event: StoryEvent) -> str:
        times = f", {ordinal(event.nth)} slip" if event.nth else ""
        way = f", {DETOURS[event.detour]}" if event.detour else ""
        return f"{word} by {counted(event.days or 0, 'day')}{times}{way}{note}: {event.was} -> {event.now}"

    return words


def _dropped(event: StoryEvent) -> str:
    return "dropped" + (f"; was to end {event.was}" if event.was else "")


def _replanned(event: StoryEvent) -> str:
    return "planned again" + (f", ends {event.now}" if event.now else "") + (f" (was {event.was})" if event.was else "")


def _done(event: StoryEvent) -> str:
    return done_unpromised(event.now, event.end, event.days)


def _done_apart(word: str) -> Callable[[StoryEvent], str]:
    return lambda event: f"done {counted(event.days or 0, 'day')} {word}: planned {event.was}, done {event.now}"


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
        return f"{event.field}: rewritten"
    return f"{event.field}: {was} -> {now}"


def _is_long(text: str | None) -> bool:
    return text is not None and len(text) > _LONGEST


def _short(text: str | None) -> str | None:
    return f"{text[: _LONGEST - 1]}…" if text and _is_long(text) else text


_WORDS: Final[Mapping[Happening, Callable[[StoryEvent], str]]] = {
    Happening.ADDED: lambda event: f"added in {event.now}",
    Happening.RETURNED: lambda event: f"added again in {event.now}",
    Happening.REMOVED: lambda event: f"removed from {event.was}",
    Happening.RENAMED: _from_to("renamed"),
    Happening.MOVED: _from_to("moved"),
    Happening.STATUS: _from_to("status"),
    Happening.LIFECYCLE: _from_to("lifecycle"),
    Happening.OWNER: _from_to("owner"),
    Happening.SLIPPED: _day_moved("slipped"),
    Happening.PULLED_IN: _day_moved("moved earlier"),
    Happening.RESCHEDULED: _day_moved("rescheduled", ", not committed"),
    Happening.MERGED: lambda event: f"became part of {event.now}",
    Happening.DROPPED: _dropped,
    Happening.REPLANNED: _replanned,
    Happening.DONE: _done,
    Happening.DONE_EARLY: _done_apart("early"),
    Happening.DONE_ON_TIME: lambda event: f"done on time, {event.now}",
    Happening.DONE_LATE: _done_apart("late"),
}


def story_rows(report: StoryReport) -> Iterator[tuple[str | float | None, ...]]:
    """Each event as a row for spreadsheets."""
    for chapter in report.chapters:
        for each in chapter.events:
            yield (
                *cells(chapter.at),
                each.what.value,
                each.field,
                each.was,
                each.now,
                each.days,
                each.nth,
                each.detour,
            )
