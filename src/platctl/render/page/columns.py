"""Tables for a terminal: columns that share its width, or stacked rows where it is too narrow."""

from platctl.page import Line, Run, Table, Tone, joined, line
from platctl.render.cells import cells, indented, padded, plain, shown, wrapped

_GAP = 2
_GAP_BEFORE_PLACE = 3
_HANG = 4
_SHORT_WORD = 16
_READABLE = 15


def table_lines(table: Table, room: int) -> list[Line]:
    """A table in `room` columns; words are broken only where one alone is too long.

    Only optional columns are hidden where they don't fit, and a note lists them.
    """
    if not table.rows:
        return []
    table = table.with_titles
    dropped: list[str] = []
    while table.optional and not _has_room(table, room):
        dropped.append(table.header[table.optional[0]].lower())
        table = _without(table, table.optional[0])
    notes = [line(Run(f"hidden to fit: {', '.join(dropped)}", Tone.DIM))] if dropped else []
    if table.short and not _has_room(table, room):
        notes.insert(0, table.short.legend)
        table = Table(table.short.rows, table.short.header)
    return [*_lines(table, room), *(each for note in notes for each in wrapped(note, room))]


def _lines(table: Table, room: int) -> list[Line]:
    header, rows, gaps = _parts(table)
    widths = _widths([header, *rows] if header else rows, room - sum(gaps))
    if widths is None or (not header and _is_cramped(rows, widths)):
        return _stacked(header, rows, room)
    right = table.numbers
    top = [*_side_by_side(header, widths, gaps, right), _rule(widths, gaps)] if header else []
    return [*top, *(each for row in rows for each in _side_by_side(row, widths, gaps, right))]


def _parts(table: Table) -> tuple[list[Line], list[list[Line]], list[int]]:
    """The cells of the header and of the rows, all equally many, and the gap before each column."""
    count = max(len(table.header), *(len(row) for row in table.rows))
    titles = tuple(line(Run(text, Tone.STRONG)) for text in table.header)
    return (_row(titles, count) if titles else []), [_row(row, count) for row in table.rows], _gaps(table, count)


def _has_room(table: Table, room: int) -> bool:
    header, rows, gaps = _parts(table)
    widths = _widths([header, *rows], room - sum(gaps))
    return widths is not None and not _is_cramped(rows, widths)


def _without(table: Table, column: int) -> Table:
    """The table without a column."""

    def kept(number: int) -> int:
        return number - (number > column)

    return Table(
        tuple((*row[:column], *row[column + 1 :]) for row in table.rows),
        (*table.header[:column], *table.header[column + 1 :]),
        frozenset(kept(each) for each in table.numbers if each != column),
        tuple(kept(each) for each in table.optional[1:]),
        table.short,
    )


def _row(row: tuple[Line, ...], count: int) -> list[Line]:
    return [shown(cell) for cell in row] + [()] * (count - len(row))


def _gaps(table: Table, count: int) -> list[int]:
    """The gap before each column. A last column of places, in dim, gets a wider one."""
    last = [row[-1] for row in table.rows if len(row) == count and row[-1]]
    is_place = bool(last) and not table.header and all(run.tone is Tone.DIM for cell in last for run in cell)
    gaps = [0, *[_GAP] * (count - 1)]
    if is_place and count > 1:
        gaps[-1] = _GAP_BEFORE_PLACE
    return gaps


def _widths(rows: list[list[Line]], room: int) -> list[int] | None:
    """The width of each column, shrinking the widest first; None if not even single words fit."""
    columns = list(zip(*rows, strict=True))
    widths = [min(room, max(map(cells, column))) for column in columns]
    longest = [max(map(_longest_word, column)) for column in columns]
    least = [min(word, max(_SHORT_WORD, room // 2)) for word in longest]
    if sum(least) > room:
        return None
    for _ in range(sum(widths) - room):
        slack, column = max((width, at) for at, width in enumerate(widths) if width > least[at])
        widths[column] = slack - 1
    return widths


def _is_cramped(rows: list[list[Line]], widths: list[int]) -> bool:
    """Whether a column had to shrink so much that it reads like a list of words."""
    wanted = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return any(width < min(want, _READABLE) for width, want in zip(widths, wanted, strict=True))


def _longest_word(cell: Line) -> int:
    return max((cells((Run(word),)) for word in plain(cell).split(" ")), default=0)


def _side_by_side(row: list[Line], widths: list[int], gaps: list[int], right: frozenset[int]) -> list[Line]:
    columns = [wrapped(cell, width) if width else [] for cell, width in zip(row, widths, strict=True)]
    result: list[Line] = []
    for at in range(max(map(len, columns))):
        parts: Line = ()
        for nth, (column, width, gap) in enumerate(zip(columns, widths, gaps, strict=True)):
            cell = column[at] if at < len(column) else ()
            parts = (*parts, Run(" " * gap), *padded(cell, width, is_number=nth in right))
        result.append(parts)
    return result


def _rule(widths: list[int], gaps: list[int]) -> Line:
    return line(*(Run(" " * gap + "─" * width, Tone.DIM) for width, gap in zip(widths, gaps, strict=True)))


def _stacked(header: list[Line], rows: list[list[Line]], room: int) -> list[Line]:
    """Rows below each other: named values under the first one, or all in one wrapped line without names."""
    result: list[Line] = []
    for row in rows:
        if not header:
            result += wrapped(joined((cell for cell in row if cell), "  "), room, _HANG)
            continue
        result += wrapped(row[0], room, _HANG)
        for name, cell in zip(header[1:], row[1:], strict=True):
            named = line(f"{plain(name)}: " if name else "", cell)
            result += [indented(each, 2) for each in wrapped(named, room - 2, 2)] if cell else []
    return result
