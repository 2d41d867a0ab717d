"""Pages for a terminal or a log."""

from collections.abc import Iterator

from platctl.page import (
    Bars,
    Block,
    Conclusion,
    DayChart,
    DependencyMatrix,
    Diagram,
    Entries,
    Excerpt,
    Fold,
    Line,
    Matrix,
    Page,
    Paragraph,
    Periods,
    Run,
    Schedule,
    Section,
    Table,
    Tone,
)
from platctl.render.cells import indented, plain, shown, wrapped
from platctl.render.escape import guarded
from platctl.render.page.ansi import colored
from platctl.render.page.columns import table_lines
from platctl.render.page.excerpt import excerpt_lines, gutter
from platctl.render.page.terminal import MIN_WIDTH
from platctl.render.picture.bars_text import bar_lines
from platctl.render.picture.cells_text import cell_lines
from platctl.render.picture.in_words import conclusion_blocks
from platctl.render.picture.matrix_text import matrix_lines
from platctl.render.picture.schedule_text import schedule_lines

_STEP = 2
_HANG = 4


def render(page: Page, *, width: int, color: bool) -> str:
    """A page in `width` columns; nothing is cut off, and every line is safe to print in a CI log."""
    lines = _stack(page.blocks, max(width, MIN_WIDTH), is_top=True)
    while lines and _is_blank(lines[-1]):
        lines.pop()
    return colored(lines) if color else "".join(f"{guarded(plain(line)).rstrip()}\n" for line in lines)


def _stack(
    blocks: tuple[Block, ...], room: int, *, above: Line = (), step: int = 0, is_top: bool = False
) -> list[Line]:
    """Blocks below a title. At the top, blank lines separate all blocks, below that only groups."""
    lines = wrapped(above, room, _HANG)
    numbers = gutter([block for block in blocks if isinstance(block, Excerpt)])
    was_group = False
    for block in blocks:
        is_group = isinstance(block, Section | Fold)
        body = list(_block(block, room, step, numbers))
        if all(map(_is_blank, body)):
            continue
        if lines and (is_top or is_group or was_group):
            lines.append(())
        lines += body
        was_group = is_group
    return lines


def _is_blank(line: Line) -> bool:
    return not plain(line).strip()


def _block(block: Block, room: int, step: int, numbers: int) -> Iterator[Line]:
    if isinstance(block, Excerpt):
        # Line numbers are in the margin, so that carets and titles stay aligned.
        yield from excerpt_lines(block, numbers, room)
        return
    for line in _lines(block, room - step):
        yield indented(line, step)


def _lines(block: Block, room: int) -> list[Line]:
    match block:
        case Paragraph():
            return [each for line in block.lines for each in wrapped(shown(line), room, _STEP)]
        case Table():
            return table_lines(block, room)
        case Entries():
            return list(_entries(block, room))
        case Bars():
            return bar_lines(block, room)
        case Schedule():
            return schedule_lines(block, room)
        case Matrix():
            return matrix_lines(block, room)
        case DependencyMatrix():
            return cell_lines(block, room)
        case Conclusion():
            return [each for one in conclusion_blocks(block) for each in _lines(one, room)]
        case Section() | Fold():
            return _group(block, room)
    return []


def _entries(entries: Entries, room: int) -> Iterator[Line]:
    for entry in entries.items:
        yield from wrapped(shown(entry.head), room, _HANG) or ([] if entry.notes else [()])
        for note in entry.notes:
            for each in wrapped(shown(note), room - _STEP, _STEP):
                yield indented(each, _STEP)


def _group(group: Section | Fold, room: int) -> list[Line]:
    if _is_silent(group):
        return []
    title = tuple(Run(run.text, Tone.STRONG if run.tone is Tone.PLAIN else run.tone) for run in shown(group.title))
    return _stack(group.blocks, room, above=title, step=_STEP if title else 0)


def _is_silent(block: Block) -> bool:
    """Whether there is nothing but a chart."""
    if isinstance(block, Section | Fold):
        return bool(block.blocks) and all(map(_is_silent, block.blocks))
    return isinstance(block, Diagram | DayChart | Periods)
