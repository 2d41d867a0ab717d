"""Sections with a count in their heading; an empty section is omitted."""

from collections.abc import Iterable, Iterator

from platctl.page import Entries, Entry, Fold, Line, Paragraph, Run, Section, Table, Tone, line

_NONE: frozenset[int] = frozenset()


def entries_section(
    title: str, entries: Iterable[Entry], kind: type[Section | Fold] = Section
) -> Iterator[Section | Fold]:
    """A list of items; a Fold hides it until a reader opens it."""
    if found := tuple(entries):
        yield kind(line(f"{title} ({len(found):,})"), (Entries(found),))


def table_section(
    title: str,
    rows: Iterable[tuple[Line, ...]],
    header: tuple[str, ...] = (),
    numbers: frozenset[int] = _NONE,
    optional: tuple[int, ...] = (),
    kind: type[Section | Fold] = Section,
) -> Iterator[Section | Fold]:
    """A table; a Fold hides it too."""
    if found := tuple(rows):
        yield kind(line(f"{title} ({len(found):,})"), (Table(found, header, numbers, optional),))


def more(count: int, where: str) -> Iterator[Paragraph]:
    """A line that counts what is not shown, and says where all of it is."""
    if count > 0:
        yield Paragraph((line(Run(f"and {count:,} more; {where}", Tone.DIM)),))
