"""How a history names commits, days and unreadable files."""

from collections.abc import Iterator

from platctl.model.past import Broken
from platctl.page import Block, Entries, Entry, Line, Run, Section, Tone, line, row
from platctl.questions.history.report import Look
from platctl.source.git.history import Revision
from platctl.writing.numbers import number
from platctl.writing.phrases import counted

_MOST_BROKEN = 20


def counted_days(days: float | None) -> str:
    """`1 day`, `45.5 days`."""
    return f"{number(days)} {'day' if days == 1 else 'days'}"


def looked_at(look: Look) -> str:
    between = f", {day_of(look.first)} to {day_of(look.last)}" if look.commits > 1 else ""
    return f"in {counted(look.commits, 'commit')} up to {look.last.short}{between}"


def cut_off(look: Look) -> Iterator[Line]:
    if look.is_cut:
        text = f"Shallow clone: history before {look.first.short} is missing; run `git fetch --unshallow`"
        yield line(Run(text, Tone.WARN))


def day_of(revision: Revision) -> str:
    return str(revision.date) if revision.date else "on an unknown day"


def author_of(revision: Revision) -> str:
    return revision.author or "an unknown author"


def revision(at: Revision) -> tuple[Line, ...]:
    return row(day_of(at), Run(at.short, Tone.CODE), author_of(at))


def cells(at: Revision) -> tuple[str | None, str, str]:
    return str(at.date) if at.date else None, at.commit, at.author


def broken(broken: tuple[Broken, ...]) -> Iterator[Block]:
    """The files that could not be read, whose last readable content was used."""
    if broken:
        entries = tuple(map(_broken_entry, broken[:_MOST_BROKEN]))
        rest = len(broken) - len(entries)
        more = (Entry(line(f"and {rest:,} more: use --format json")),) if rest else ()
        title = f"Not readable ({len(broken)}); the last readable content is used instead"
        yield Section(line(title), (Entries((*entries, *more)),))


def _broken_entry(each: Broken) -> Entry:
    place = f"{each.path}:{each.line}" if each.line else each.path
    until = f"until {each.until.short}" if each.until else "until now"
    head = line(Run(day_of(each.at), Tone.STRONG), "  ", Run(each.at.short, Tone.CODE), f"  {place}, {until}")
    return Entry(head, (line(each.what),))
