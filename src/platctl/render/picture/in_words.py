"""Charts as text, for formats that can't draw them and readers who can't see them."""

from collections import Counter

from platctl.page import (
    Arrow,
    Bars,
    Block,
    Conclusion,
    DayChart,
    DependencyMatrix,
    Diagram,
    Entries,
    Entry,
    Line,
    Matrix,
    Paragraph,
    Periods,
    Picture,
    Run,
    Schedule,
    Table,
    line,
)


def conclusion_blocks(block: Conclusion) -> tuple[Block, ...]:
    """The same as a paragraph and a list."""
    steps = (Entries(tuple(map(Entry, block.steps))),) if block.steps else ()
    return (Paragraph((block.text,)), *steps)


def in_words(picture: Picture) -> tuple[Block, ...]:
    """The content of a chart as blocks. Empty for charts whose content is on the page as text."""
    match picture:
        case Diagram():
            return () if picture.is_told else (_diagram(picture),)
        case Bars():
            return (Table(tuple((line(bar.label), line(bar.text)) for bar in picture.bars)),)
        case Schedule():
            return (_schedule(picture),) if any(lane.stretches for lane in picture.lanes) else ()
        case DayChart() | Periods() | Matrix() | DependencyMatrix():
            return ()


def _diagram(diagram: Diagram) -> Entries:
    """Each arrow, and then the boxes without any."""
    names = _names(diagram)
    arrows = [each for each in diagram.arrows if each.start in names and each.end in names]
    joined = {end for each in arrows for end in (each.start, each.end)}
    alone = [Entry(line(names[box.name])) for box in diagram.boxes if box.name not in joined]
    items = [Entry(line(names[each.start], " → ", names[each.end], _about(each))) for each in arrows]
    return Entries((*items, *alone))


def _names(diagram: Diagram) -> dict[str, Line]:
    """What each box is called: with its band, where others have the same label, and with its note."""
    often = Counter(box.label for box in diagram.boxes)
    found = {}
    for box in diagram.boxes:
        is_clear = often[box.label] == 1 or not diagram.bands
        name = box.label or box.name if is_clear else f"{diagram.bands[box.band]}: {box.label}"
        found[box.name] = line(Run(name, box.tone), f" ({box.note})" if box.note.strip() else "")
    return found


def _about(arrow: Arrow) -> str:
    told = [arrow.label, *(["soft"] if arrow.is_soft else [])]
    text = ", ".join(each for each in told if each.strip())
    return f" ({text})" if text else ""


def _schedule(schedule: Schedule) -> Table:
    rows = tuple(
        (line(each.label), line(lane.title), line(each.start.isoformat()), line(each.end.isoformat()), line(each.note))
        for lane in schedule.lanes
        for each in lane.stretches
    )
    header = ("What", "Where", "From", "To", "")
    if any(row[-1] for row in rows):
        return Table(rows, header)
    return Table(tuple(row[:-1] for row in rows), header[:-1])
