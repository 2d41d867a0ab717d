"""A line of a source file with carets under a part of it, as rustc shows it."""

from rich.cells import cell_len

from platctl.page import Excerpt, Line, Run, Tone, line
from platctl.render.cells import fitting, wrapped
from platctl.render.escape import visible

_TAB = "    "
_MORE = "…"
_MIN_GUTTER = 2


def gutter(excerpts: list[Excerpt]) -> int:
    """The width of the line numbers of excerpts in the same group."""
    return max([_MIN_GUTTER, *(len(str(each.line_number)) for each in excerpts)])


def excerpt_lines(excerpt: Excerpt, gutter: int, room: int) -> list[Line]:
    """The place, the source line and the carets, in `room` columns."""
    bar = Run(f"{'':{gutter}} | ", Tone.DIM)
    before, marked, after = _window(excerpt, room - gutter - len(" | "))
    place = line(Run(f"{'':{gutter}}--> ", Tone.DIM), Run(visible(excerpt.place, whole_line=False), Tone.DIM))
    number = Run(f"{excerpt.line_number:>{gutter}} | ", Tone.DIM)
    carets = Run(" " * cell_len(before) + "^" * max(1, cell_len(marked)), excerpt.tone)
    return [
        *wrapped(place, room, gutter + len("--> ")),
        line(bar),
        line(number, before, Run(marked, excerpt.tone), after),
        *_labelled(line(bar, carets), Run(visible(excerpt.label, whole_line=False), excerpt.tone), bar, room),
    ]


def _labelled(carets: Line, label: Run, bar: Run, room: int) -> list[Line]:
    """The label after the carets, or below them where it does not fit."""
    beside = line(carets, " ", label)
    if not label.text:
        return [carets]
    if cell_len("".join(run.text for run in beside)) <= room:
        return [beside]
    return [carets, *(line(bar, each) for each in wrapped((label,), room - len(bar.text)))]


def _window(excerpt: Excerpt, room: int) -> tuple[str, str, str]:
    """The text before, above and after the carets, cut to what fits around them."""
    text = excerpt.text.rstrip("\r\n")
    start = min(max(excerpt.column - 1, 0), len(text))
    end = min(max(excerpt.end_column - 1, start), len(text))
    enough = 4 * max(room, 1)
    parts = text[max(0, start - enough) : start], text[start:end][:enough], text[end : end + enough]
    before, marked, after = map(_displayed, parts)
    if cell_len(before) + cell_len(marked) + cell_len(after) + (not marked) <= room:
        return before, marked, after
    marked = _head(marked, room - 2 * len(_MORE))
    spare = room - max(1, cell_len(marked))
    behind = min(cell_len(after), max(spare // 2, spare - cell_len(before)))
    return _tail(before, spare - behind), marked, _head(after, behind)


def _displayed(text: str) -> str:
    return visible(text.replace("\t", _TAB), whole_line=False)


def _head(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    return text[: fitting(text, 0, len(text), room - 1)] + _MORE if room > 1 else _MORE[:room]


def _tail(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    at = max(0, len(text) - room)
    while at < len(text) and (cell_len(text[at:]) > room - 1 or cell_len(text[at]) == 0):
        at += 1
    return _MORE + text[at:] if room else ""
