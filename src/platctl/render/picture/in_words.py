"""Charts as text, for formats that can't draw them and readers who can't see them."""

from platctl.page import Bars, Block, DayChart, Diagram, Entries, Entry, Matrix, Periods, Run, Schedule, Table, line

Picture = Diagram | Bars | Schedule | DayChart | Periods | Matrix


def in_words(picture: Picture) -> tuple[Block, ...]:
    """The content of a chart as blocks. Empty for charts whose content is on the page as text."""
    match picture:
        case Diagram():
            return (_diagram(picture),)
        case Bars():
            return (Table(tuple((line(bar.label), line(bar.text)) for bar in picture.bars)),)
        case Schedule():
            return (_schedule(picture),) if any(lane.stretches for lane in picture.lanes) else ()
        case DayChart() | Periods() | Matrix():
            return ()


def _diagram(diagram: Diagram) -> Entries:
    """Each edge, and then the nodes without edges."""
    names = {node: Run(label or node, tone) for node, label, tone in diagram.nodes}
    edges = [each for each in diagram.edges if each[0] in names and each[1] in names]
    joined = {end for start, end, _ in edges for end in (start, end)}
    alone = [Entry(line(names[node])) for node, _, _ in diagram.nodes if node not in joined]
    items = [
        Entry(line(names[start], " → ", names[end], f" ({label})" if label.strip() else ""))
        for start, end, label in edges
    ]
    return Entries((*items, *alone))


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
