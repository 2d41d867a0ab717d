"""What depends on what, as a page: the counts, the picture, and the same as a table."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from platctl.model.level import Level
from platctl.page import (
    Arrow,
    Block,
    Box,
    CellKind,
    Conclusion,
    DependencyMatrix,
    Diagram,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Target,
    Tone,
    joined,
    line,
    row,
)
from platctl.questions.graph.report import CellMeaning, DrawnBox, DrawnLine, GraphPicture, GraphReport, StructureMatrix
from platctl.writing.levels import LEVELS, level_run
from platctl.writing.phrases import counted, dim, in_state, level_words, listed

_GRAPH = "What uses what"
_MATRIX = "Design structure matrix"
_MEANINGS = {
    CellMeaning.USES: "the row uses the column",
    CellMeaning.EXPOSES: "and passes on what breaks there",
    CellMeaning.SOFT: "works without it, less well",
    CellMeaning.REACHES: "reached through others",
}
_MOST_NAMES = 12
_MOST_CYCLES = 20


def page(report: GraphReport, *, quiet: bool = False) -> Page:
    """The counts, then the table of the picture; or only the counts."""
    opening = (Paragraph((_title(report),)), Conclusion(_counts(report)))
    return Page(opening if quiet else (*opening, *body(report)))


def body(report: GraphReport) -> Iterator[Block]:
    """The picture and its table."""
    if not report.nodes:
        return
    drawing = report.matrix.drawing if report.matrix else report.drawing
    blocks = (picture(report), table(report, drawing), *_notes(report, drawing))
    yield Section(line(_MATRIX if report.matrix else _GRAPH), blocks)
    yield from _cycles(report)


def _title(report: GraphReport) -> Line:
    about = f" of {listed([each.label_with_id for each in report.subjects])}" if report.subjects else ""
    told = [f"impact of {report.compared}"] if report.compared else []
    told += [f"for {report.audience}"] if report.audience else []
    told += [f"only {report.only}"] if report.only else []
    return line(
        Run(f"Graph{about}", Tone.STRONG), f", {in_state(report.state)}", f" ({', '.join(told)})" if told else ""
    )


def _counts(report: GraphReport) -> Line:
    """`2 break, 1 must act; 11 consumers and 17 components, 84 dependencies, no cycle`."""
    affected = Counter(node.level for node in report.nodes if node.entity.ref.kind == "consumer" and node.level)
    told = [
        level_run(level, f"{count:,} {LEVELS[level].one if count == 1 else LEVELS[level].many}")
        for level in Level
        if (count := affected[level])
    ]
    change = line(*joined(told), ". ") if told else "No consumer is affected. " if report.compared else ""
    consumers = sum(node.entity.ref.kind == "consumer" for node in report.nodes)
    components = len(report.nodes) - consumers
    edges = sum(edge.dependencies for edge in report.edges)
    cycles = counted(len(report.cycles), "cycle") if report.cycles else "no cycle"
    known = ((consumers, "consumer"), (components, "component"))
    entities = " and ".join(counted(number, name) for number, name in known if number) or "no components"
    return line(change, f"{entities}, {counted(edges, 'dependency', 'dependencies')}, {cycles}.")


# The pictures


def picture(report: GraphReport) -> Diagram | DependencyMatrix:
    """The picture that is asked for."""
    return matrix(report.matrix) if report.matrix else diagram(report)


def matrix(found: StructureMatrix) -> DependencyMatrix:
    """Rows and columns in the same order, with lines between layers."""
    boxes = found.drawing.boxes
    meanings = {each.meaning for each in found.cells}
    return DependencyMatrix(
        title=_MATRIX,
        names=tuple(Run(_label(box, found.drawing), to=Target(anchor=box.name)) for box in boxes),
        bands=tuple((layer, sum(box.band == nth for box in boxes)) for nth, layer in enumerate(found.drawing.layers)),
        cells=tuple((each.row, each.column, CellKind(each.meaning.value)) for each in found.cells),
        key=tuple((CellKind(meaning.value), text) for meaning, text in _MEANINGS.items() if meaning in meanings),
    )


def diagram(report: GraphReport) -> Diagram:
    """The picture of the report."""
    drawing = report.drawing
    subjects = {str(each.ref) for each in report.subjects}
    return Diagram(
        boxes=tuple(_box(each, is_subject=each.name in subjects) for each in drawing.boxes),
        arrows=tuple(
            Arrow(
                start=each.source,
                end=each.target,
                label=f"{each.dependencies:,}" if drawing.is_folded and each.dependencies > 1 else "",
                tone=LEVELS[each.level].tone if each.level else Tone.PLAIN,
                is_soft=each.is_soft,
            )
            for each in drawing.lines
        ),
        title=_GRAPH,
        bands=drawing.layers,
        is_told=True,
        key=tuple(_key(report)),
    )


def _box(box: DrawnBox, *, is_subject: bool) -> Box:
    worst = box.levels[0].level if box.levels else None
    stands_out = is_subject or (box.is_changed and not box.is_group)
    tone = LEVELS[worst].tone if worst else Tone.STRONG if stands_out else Tone.PLAIN
    return Box(
        name=box.name,
        label=box.label,
        tone=tone,
        note=_note(box),
        band=box.band,
        ring=f"cycle {box.cycle}" if box.cycle and not box.is_group else "",
        is_group=box.is_group,
        to=Target(anchor=box.name),
        names=tuple(name for each in box.entities for name in (each.id, each.title) if name),
    )


def _note(box: DrawnBox) -> str:
    """`? at risk`, `12, ✕ 3 break`; what a box says in its second line."""
    parts = [f"{len(box.entities):,}"] if box.is_group else []
    if box.levels:
        first = box.levels[0]
        words = LEVELS[first.level]
        known = f"{first.entities:,} {words.many}" if box.is_group else level_words(first.level)
        parts.append(f"{words.mark} {known}")
    if box.is_changed:
        parts.append("changed")
    return ", ".join(parts)


def _key(report: GraphReport) -> Iterator[tuple[Arrow, str]]:
    """What the kinds of lines mean that are there."""
    lines = report.drawing.lines
    yield Arrow("", ""), "whoever stands above uses what stands below; an arrowhead leads up or within a row"
    if any(each.is_soft for each in lines):
        yield Arrow("", "", is_soft=True), "works without it, less well"
    for level in Level:
        if level is not Level.INFORMED and any(each.level is level for each in lines):
            yield Arrow("", "", tone=LEVELS[level].tone), level_words(level)


# The table


def table(report: GraphReport, drawing: GraphPicture) -> Table:
    """A row for each box, by layer: whom it stands for, what it uses, and how many use it."""
    boxes = {box.name: box for box in drawing.boxes}
    uses: dict[str, list[DrawnLine]] = {}
    for each in drawing.lines:
        uses.setdefault(each.source, []).append(each)
    columns: list[tuple[str, Callable[[DrawnBox], Line]]] = [("Who", _name)]
    # An audience that may not know owners gets no column in which all have none.
    if not report.audience or any(box.owners for box in drawing.boxes):
        columns.append(("Owner", _owners))
    if report.compared is not None:
        columns.append(("Effect", _levels))
    columns.append(("Uses", lambda box: _uses(uses.get(box.name, ()), boxes, drawing)))
    columns.append(("Used by", lambda box: line(f"{box.users:,}")))
    rows = tuple(tuple(cell(box) for _, cell in columns) for box in drawing.boxes)
    first: dict[int, int] = {}
    for nth, box in enumerate(drawing.boxes):
        first.setdefault(box.band, nth)
    groups = tuple((nth, line(drawing.layers[band])) for band, nth in first.items())
    return Table(rows, tuple(title for title, _ in columns), frozenset({len(columns) - 1}), groups=groups)


def _owners(box: DrawnBox) -> Line:
    return line(listed([each.label for each in box.owners], 3) or "none")


def _name(box: DrawnBox) -> Line:
    if not box.is_group:
        only = box.entities[0]
        title = dim(f"  {only.title}") if only.title and only.title != only.id else ()
        return line(Run(only.id, Tone.STRONG, anchor=box.name), title)
    names = listed([each.id for each in box.entities], _MOST_NAMES)
    inside = f", {counted(box.inside, 'dependency', 'dependencies')} among them" if box.inside else ""
    return line(Run(f"{box.label} ({len(box.entities):,})", Tone.STRONG, anchor=box.name), f": {names}{inside}")


def _levels(box: DrawnBox) -> Line:
    told: list[str | Run] = ["changed"] if box.is_changed else []
    for each in box.levels:
        text = f"{each.entities:,} {LEVELS[each.level].many}" if box.is_group else ""
        told.append(level_run(each.level, text))
    return joined(told)


def _uses(lines: Sequence[DrawnLine], boxes: Mapping[str, DrawnBox], drawing: GraphPicture) -> Line:
    parts = []
    for each in lines:
        target = boxes[each.target]
        notes: list[str | Run] = [f"{each.dependencies:,}"] if each.dependencies > 1 else []
        notes += ["soft"] if each.is_soft else []
        notes += ["exposes"] if each.exposes else []
        notes += [level_run(each.level)] if each.level else []
        link = Run(_label(target, drawing), to=Target(anchor=target.name))
        parts.append(line(link, " (", *joined(notes), ")") if notes else line(link))
    return joined(parts)


def _label(box: DrawnBox, drawing: GraphPicture) -> str:
    return f"{drawing.layers[box.band]}: {box.label}" if box.is_group and not box.cycle else box.label


def _notes(report: GraphReport, drawing: GraphPicture) -> Iterator[Block]:
    lines = []
    if report.removed:
        names = listed([f"{each.ref.kind} {each.label_with_id}" for each in report.removed], _MOST_NAMES)
        lines.append(line(f"Removed, so not in the picture: {names}"))
    if report.missing:
        names = listed([each.name for each in report.missing], _MOST_NAMES)
        count = sum(each.dependencies for each in report.missing)
        told = counted(count, "dependency leads", "dependencies lead")
        lines.append(line(f"{told} to what does not exist: {names}"))
    if drawing.is_folded:
        told = "a line the number of dependencies; JSON, CSV, DOT and GraphML have each of them"
        lines.append(dim(f"A group has the number of its entities, {told}."))
    if lines:
        yield Paragraph(tuple(lines))


def _cycles(report: GraphReport) -> Iterator[Block]:
    if not report.cycles:
        return
    rows = tuple(
        row(f"{nth}", listed([each.id for each in members], _MOST_NAMES))
        for nth, members in enumerate(report.cycles[:_MOST_CYCLES], start=1)
    )
    rest = len(report.cycles) - len(rows)
    more = (Paragraph((dim(f"{counted(rest, 'more cycle')} in JSON."),)),) if rest > 0 else ()
    title = line(f"Depend on each other ({len(report.cycles):,})")
    yield Section(title, (Table(rows, ("Cycle", "Who"), frozenset({0})), *more))
