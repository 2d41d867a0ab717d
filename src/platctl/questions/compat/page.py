"""Who works with which version, and what breaks when, as a page."""

from collections.abc import Callable, Iterator, Sequence

from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.page import (
    Block,
    Entries,
    Entry,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    ShortTable,
    Table,
    Tone,
    joined,
    line,
    row,
)
from platctl.questions.compat import words
from platctl.questions.compat.chart import chart
from platctl.questions.compat.report import (
    Break,
    Cell,
    CompatReport,
    Edge,
    Hit,
    MoveStep,
    StepKind,
    Together,
    TogetherDays,
    Unfit,
    VersionRow,
    VersionTable,
    WhatIf,
    WordChange,
)
from platctl.writing.asides import already_broken
from platctl.writing.phrases import counted, in_state, listed, place
from platctl.writing.sections import entries_section, table_section

_CALENDAR = ("Day", "In days", "What", "Affected", "By")
_CHANGES = ("Who", "Requires", "Before", "After")


def page(report: CompatReport, *, quiet: bool = False) -> Page:
    """Everything, or only the next day on which something ends and what follows from the question."""
    if quiet:
        return Page((Paragraph((_title(report), *_lead(report))),))
    return Page((Paragraph((_title(report),)), *_body(report)))


def _title(report: CompatReport) -> Line:
    asked = report.tables or report.together or report.what_if
    text = "Who works with which version" if asked else "What breaks when, if no one acts"
    days = [f"today: {report.today}"] if report.today else []
    if report.last:
        days.append(f"{report.first} to {report.last}")
    elif report.first != report.today:
        days.append(f"from {report.first}")
    if report.within:
        days.append(f"until {report.within}")
    only = f", only {report.only}" if report.only else ""
    told = f" ({', '.join(days)})" if days else ""
    return line(Run(text, Tone.STRONG), f", {in_state(report.state)}{only}{told}")


def _lead(report: CompatReport) -> Iterator[Line]:
    """The answer in a few sentences."""
    if report.what_if:
        yield _what_if_lead(report.what_if)
    if report.together:
        yield _together_lead(report.together)
    yield from _ahead(report)


def _ahead(report: CompatReport) -> Iterator[Line]:
    """The next days on which something ends."""
    if not report.breaks:
        until = f" until {report.within or report.last}" if report.within or report.last else ""
        what = "Nothing that was asked about" if report.tables else "Nothing"
        yield line(f"{what} ends or weakens{until}.")
    else:
        first = report.breaks[0].day
        yield line("The next day is ", *_day(report, first))
        breaking = next((each.day for each in report.breaks if each.level is Level.BREAKS), first)
        if breaking != first:
            yield line("The next day on which something breaks is ", *_day(report, breaking))
    if report.later:
        yield line(f"{counted(report.later, 'more end')} after {report.within or report.last}.")


def _day(report: CompatReport, day: Date) -> Iterator[Line]:
    """`2027-03-31, in 128 days: Identity (identity#rest) 2.4.0 is removed. 3 break, 1 must act.`"""
    of_day = [each for each in report.breaks if each.day == day]
    worst = min(of_day, key=lambda each: each.level.rank)
    when = f", {words.in_days(worst)}" if words.in_days(worst) else ""
    also = f" ({len(of_day) - 1:,} more on that day)" if len(of_day) > 1 else ""
    yield line(Run(str(day), Tone.STRONG), f"{when}: {words.subject(worst)}{also}. ", words.counts(of_day), ".")


def _body(report: CompatReport) -> Iterator[Block]:
    if report.what_if:
        yield from _what_if(report.what_if)
    yield from (_matrix(each, is_in_days=report.last is not None) for each in report.tables)
    if report.together:
        yield Section(line("Together"), tuple(_together(report.together)))
    yield Paragraph(tuple(_ahead(report)))
    if report.breaks:
        rows = tuple(map(_calendar_row, report.breaks))
        title = "What ends" if report.tables else "Calendar of breaks"
        drawn = chart(report)
        table = Table(rows, _CALENDAR, frozenset({1}))
        yield Section(line(f"{title} ({len(report.breaks):,})"), (drawn, table) if drawn else (table,), "breaks")
    yield from map(_break, report.breaks)
    found = (Entry(line(already_broken(each), place(each.span))) for each in report.already_broken)
    yield from entries_section("Already broken", found)
    frozen = (row(each.who.label_with_id, f"{each.start} to {each.end}", each.reason or "") for each in report.freezes)
    yield from table_section("Freezes of those affected", frozen)


# The calendar


def _calendar_row(of: Break) -> tuple[Line, ...]:
    return row(
        Run(str(of.day), Tone.STRONG),
        "" if of.days_left is None else f"{of.days_left:,}",
        words.subject(of),
        words.hits(of),
        words.behind(of),
    )


def _break(of: Break) -> Section:
    """One end with those who have to move, and whom they carry with them."""
    movers: dict[object, list[Hit]] = {}
    for hit in of.hits:
        movers.setdefault((hit.mover.ref, hit.span), []).append(hit)
    announced = words.announced(of)
    about = line(words.behind(of), f"; {announced}" if announced else "", place(of.span))
    entries = Entries(tuple(_mover(hits) for hits in movers.values()))
    return Section(line(f"{of.day}: {words.subject(of)}"), (Paragraph((about,)), entries))


def _mover(hits: Sequence[Hit]) -> Entry:
    own = next((each for each in hits if each.is_direct), None)
    first = own or hits[0]
    head = line(Run(first.mover.label_with_id, Tone.STRONG), ": ", words.why(first), place(first.span))
    notes = [line(words.to_do(first))]
    if own:
        notes.insert(0, words.verdict(own))
    through = [each for each in hits if not each.is_direct]
    notes += [line("through it: ", words.through(each)) for each in through[: words.MOST]]
    if (more := len(through) - words.MOST) > 0:
        notes.append(line(f"through it: {more:,} more"))
    return Entry(head, tuple(notes))


# The matrix


def _matrix(of: VersionTable, *, is_in_days: bool) -> Section:
    shown = [index for index, each in enumerate(of.columns) if not each.is_over]
    is_alone = len({of.columns[index].interface for index in shown}) < 2
    heads = tuple(words.head(of.columns[index], is_alone=is_alone) for index in shown)
    cell = words.cell_in_days if is_in_days else words.cell
    rows = tuple(_matrix_row(each, shown, cell) for each in of.rows)
    header = ("Who", "Requires", *heads, "Works until", "Declared in")
    short = _short_matrix(of, shown, is_in_days=is_in_days)
    blocks: list[Block] = [Table(rows, header, optional=(len(header) - 1,), short=short)] if rows else []
    if notes := tuple(_matrix_notes(of)):
        blocks.append(Paragraph(notes))
    return Section(line(of.component.label_with_id), tuple(blocks))


def _short_matrix(of: VersionTable, shown: Sequence[int], *, is_in_days: bool) -> ShortTable:
    """Marks alone; the days of the versions are below the table."""
    cell = words.short_cell_in_days if is_in_days else words.short_cell
    heads = tuple(words.version(of.columns[index]) for index in shown)
    rows = tuple(
        row(each.who.label, _required(each), *(cell(each.cells[index]) for index in shown), words.ends(each.whole))
        for each in of.rows
    )
    return ShortTable(rows, ("Who", "Requires", *heads, "Works until"), words.legend())


def _matrix_row(of: VersionRow, shown: Sequence[int], cell: Callable[[Cell], Line]) -> tuple[Line, ...]:
    return row(
        line(Run(of.who.label_with_id, Tone.STRONG)),
        _required(of),
        *(cell(of.cells[index]) for index in shown),
        words.ends(of.whole),
        joined(str(each.span) for each in of.edges),
    )


def _required(of: VersionRow) -> Line:
    requires = joined(_requires(each, is_alone=len(of.edges) == 1) for each in of.edges)
    soft = Run(" soft", Tone.DIM) if of.edges and all(each.is_soft for each in of.edges) else ""
    return line(requires, soft) if requires else line(Run("no relation", Tone.DIM))


def _requires(of: Edge, *, is_alone: bool) -> Line:
    interface = of.on.partition("#")[2]
    name = "" if is_alone or not interface else f"{interface} "
    return line(name, Run(of.requires, Tone.CODE) if of.requires else Run("no range", Tone.DIM))


def _matrix_notes(of: VersionTable) -> Iterator[Line]:
    """What the table has no room for: which versions are planned or gone, why something is not known."""
    for column in of.columns:
        if told := words.days(column):
            yield line(f"{words.version(column)}: {told}", place(column.span))
    for each in of.rows:
        yield from dict.fromkeys(
            line(f"{each.who.label_with_id}: ", reason, place(cell.span))
            for cell in (*each.cells, each.whole)
            if (reason := words.reason(cell))
        )
    if of.unrelated:
        yield line(
            f"{counted(of.unrelated, 'other consumer')} " + ("has" if of.unrelated == 1 else "have"),
            " no relation to it.",
        )


# Together


def _together_lead(of: Together) -> Line:
    names = listed([each.label for each in of.named])
    if not of.shared:
        return line(f"{names} share no interface.")
    if of.clash:
        return line(Run("They can't all work with one version of each shared interface", Tone.BAD), f": {names}.")
    first = of.days[0] if of.days else None
    if first is None:
        return line(Run("On no day do all work with one version of each shared interface", Tone.BAD), f": {names}.")
    until = f", until {first.until}" if first.until else ""
    return line(f"{names}: ", Run(f"all work together from {first.start}{until}", Tone.GOOD), ".")


def _together(of: Together) -> Iterator[Block]:
    yield Paragraph((_together_lead(of),))
    if of.days:
        yield Table(tuple(map(_together_row, of.days)), ("From", "Until", "With"))
    if of.clash:
        size = "A smallest set that can't hold together" if of.is_smallest else "A set that can't hold together"
        yield from entries_section(size, map(_unfit, of.clash))


def _unfit(of: Unfit) -> Entry:
    return Entry(line(Run(of.who.label_with_id, Tone.STRONG), f": {words.unfit(of)}", place(of.span)))


def _together_row(of: TogetherDays) -> tuple[Line, ...]:
    shared = joined(f"{each.on.shown} {listed(each.versions) or 'unversioned'}" for each in of.shared)
    return row(str(of.start), str(of.until or "no end ahead"), shared)


# What if


def _what_if_lead(of: WhatIf) -> Line:
    asked = " ".join(of.asked)
    moves = sum(step.kind is StepKind.MOVE for step in of.steps)
    if of.stuck:
        names = listed([each.label_with_id for each in of.stuck])
        return line(
            Run(asked, Tone.CODE), ": ", Run(f"no order of moves keeps all working: {names} can't move", Tone.BAD), "."
        )
    if moves:
        first = f"{counted(moves, 'dependent')} must move first"
        return line(Run(asked, Tone.CODE), ": ", Run(first, Tone.WARN), "; in the order below no one is broken.")
    return line(Run(asked, Tone.CODE), ": ", Run("no one has to move", Tone.GOOD), ".")


def _what_if(of: WhatIf) -> Iterator[Block]:
    yield Paragraph((_what_if_lead(of),))
    yield from table_section("Who works differently", map(_change_row, of.changes), _CHANGES)
    yield from entries_section("Order of moves", (_step(nth, each) for nth, each in enumerate(of.steps, 1)))
    if of.unclear:
        names = listed([each.label_with_id for each in of.unclear])
        yield Paragraph((line(f"Not known whether they have to move: {names}."),))


def _change_row(of: WordChange) -> tuple[Line, ...]:
    on = f"{of.on.shown} " if of.on else ""
    requires = line(on, Run(of.requires, Tone.CODE) if of.requires else Run("no range", Tone.DIM))
    return row(Run(of.who.label_with_id, Tone.STRONG), requires, words.cell(of.before), words.cell(of.after))


def _step(nth: int, of: MoveStep) -> Entry:
    notes = []
    if of.is_stuck:
        notes.append(line(Run("this can't be done without breaking someone", Tone.BAD)))
    if people := ", ".join(f"{each.name} ({each.role})" for each in of.contacts):
        notes.append(line(f"ask {people}"))
    return Entry(line(f"{nth}. ", words.step(of), place(of.span)), tuple(notes))
