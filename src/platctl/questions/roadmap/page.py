"""The roadmap as a page: which work when, for whom, and what it asks of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from platctl.model.named import Named
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Target, Tone, joined, line
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.facts_page import Links, facts, linked
from platctl.questions.roadmap.facts_report import ConsumerFacts
from platctl.questions.roadmap.pictures import CONFIDENCE, pictures
from platctl.questions.roadmap.report import (
    Confidence,
    Group,
    Heading,
    Item,
    ItemChange,
    RoadmapDecision,
    RoadmapReport,
)
from platctl.record import record
from platctl.writing.changes import change_words as words_of_change
from platctl.writing.conflicts import overload
from platctl.writing.numbers import brief, number
from platctl.writing.phrases import counted, dim, listed, prose
from platctl.writing.sections import entries_section, more

_TITLES = {
    View.TIMELINE: "Timeline",
    View.NOW_NEXT_LATER: "Now, next, later",
    View.BY_GOAL: "By goal",
    View.BY_TEAM: "By team",
    View.BY_COMPONENT: "By component",
    View.BY_CONSUMER: "By consumer",
}


def nowhere(_named: Named) -> Target | None:
    """A single page has no links."""
    return None


_MOST_ITEMS = 40
"""In a terminal, of more work only so much is shown, and no chart."""


def page(report: RoadmapReport, links: Links = nowhere, *, quiet: bool = False, is_short: bool = False) -> Page:
    """The whole roadmap, or only what it covers. With `is_short`, of much work only the beginning of each group."""
    heading = Paragraph((line(Run(title(report), Tone.STRONG)),))
    words = _RoadmapBody(report, links, most=_MOST_ITEMS if is_short else None)
    body = () if quiet else tuple(words.body())
    return Page((heading, *body, Paragraph(tuple(words.summary()))))


def untitled(report: RoadmapReport, links: Links = nowhere, *, is_even: bool = False) -> Page:
    """The same without its heading, for a page that has one. With `is_even`, the counts come first, and the tables of
    all groups have the same columns.
    """
    words = _RoadmapBody(report, links, is_even)
    summary = Paragraph(tuple(words.summary()))
    return Page((summary, *words.body()) if is_even else (*words.body(), summary))


def title(report: RoadmapReport) -> str:
    """The heading of a roadmap."""
    if report.about:
        return report.about.entity.label
    grouped = f"by {report.grouping.value}"
    found = _TITLES[report.view].lower()
    if report.grouping in (Grouping.HORIZON, Grouping.PERIOD) or found == grouped:
        return f"Roadmap: {found}"
    return f"Roadmap: {grouped}" if found.startswith("by ") else f"Roadmap: {found}, {grouped}"


def _is_consumer(report: RoadmapReport) -> bool:
    """Whether it is the page of a consumer, which has its own sections instead of groups."""
    return report.about is not None and isinstance(report.about.facts, ConsumerFacts)


@record(slots=False)
class _RoadmapBody:
    report: RoadmapReport
    links: Links
    is_even: bool = False
    most: int | None = None
    """The number of rows of all groups together, from which groups are cut and no chart is drawn."""

    @property
    def is_cut(self) -> bool:
        return self.most is not None and len(self.report.items) > self.most

    def name(self, named: Named) -> Run:
        """The name of an entity, with a link to what there is about it."""
        return Run(named.label, Tone.STRONG, self.links(named))

    def all(self, names: Iterable[Named], most: int = 3) -> Line:
        """Names with commas; those beyond `most` are counted."""
        known = list(names)
        rest = f" and {len(known) - most:,} more" if len(known) > most else ""
        return line(joined(linked(each, self.links) for each in known[:most]), rest)

    def body(self) -> Iterator[Block]:
        report = self.report
        if report.about:
            yield from facts(report, report.about, self.links, self.table, report.items)
        elif report.strategy:
            yield from (Paragraph((line(prose(part)),)) for part in report.strategy.split("\n\n"))
        if report.view in (View.TIMELINE, View.NOW_NEXT_LATER) and not report.about and not self.is_cut:
            yield from pictures(report)
        if not report.items:
            yield Paragraph((line("No work to show."),))
        elif not _is_consumer(report):
            is_whole = report.about is None
            yield from self.groups([each for each in report.groups if each.items or is_whole])
        if not report.about and report.grouping is not Grouping.TEAM:
            yield from entries_section("Teams over capacity", map(overload, report.over_capacity))
        if report.decisions:
            decided = Entries(tuple(map(self.decided, report.decisions)))
            yield Section(line("Decisions"), (decided,), "decisions")

    def groups(self, groups: Sequence[Group]) -> Iterator[Block]:
        """Groups in order, goals inside their parent goals. Empty groups are only listed."""
        empty: list[Named] = []
        index = 0
        while index < len(groups):
            after = index + 1
            while after < len(groups) and groups[after].depth > groups[index].depth:
                after += 1
            group, inside = groups[index], tuple(self.inside(groups[index]))
            blocks = (*inside, *self.groups(groups[index + 1 : after]))
            if blocks or not group.about:
                yield self.group(group, blocks)
            else:
                empty.append(group.about.entity)
            index = after
        if empty:
            yield Paragraph((line("No work to show for ", self.all(empty, len(empty))),))

    def inside(self, group: Group) -> Iterator[Block]:
        """What there is to show for a group itself."""
        items, about = self.report.of(group.items), group.about
        if about:
            yield from facts(self.report, about, self.links, self.table, items, is_brief=True)
        if items and not (about and isinstance(about.facts, ConsumerFacts)):
            few = items
            if self.is_cut and self.most:
                filled = sum(bool(each.items) for each in self.report.groups)
                few = items[: max(self.most // (filled or 1), 1)]
            yield self.table(few)
            yield from more(len(items) - len(few), "all with `--format csv` or `--output roadmap.html`")

    def group(self, group: Group, blocks: Sequence[Block]) -> Section:
        items = self.report.of(group.items)
        count = f" ({len(items)})" if items else ""
        title_ = line(linked(group.about.entity, self.links) if group.about else group.title, count)
        return Section(title_, tuple(blocks) or (Paragraph((dim("none"),)),), group.key)

    def table(self, items: Sequence[Item], only: Collection[str] = ()) -> Block:
        """Work in rows; a column that is empty or repeats the heading is omitted."""
        names = [line(self.name(item.initiative)) for item in items]
        wanted = [each for each in self.columns if not only or each.title in only]
        cells = {each: [each.cell(item) for item in items] for each in wanted}
        others = self.report.items if self.is_even and self.report.about is None else ()
        columns = [each for each in wanted if any(cells[each]) or any(map(each.cell, others))]
        if not columns:
            return Entries(tuple(map(Entry, names)))
        rows = tuple(zip(names, *(cells[each] for each in columns), strict=True))
        header = ("Initiative", *(each.title for each in columns))
        places = list(enumerate(columns, 1))
        numbers = frozenset(place for place, each in places if each.is_number)
        optional = tuple(place for place, each in sorted(places, key=lambda pair: -pair[1].order) if each.order)
        return Table(rows, header, numbers, optional)

    @property
    def columns(self) -> "list[_Column]":
        left_out = self.said
        all_ = [
            _Column("When", self.when),
            _Column("Status", lambda item: line(item.status or "")),
            _Column("Team", lambda item: self.all([item.owner] if item.owner else []), order=2),
            _Column("For", lambda item: self.all([item.for_] if item.for_ else item.requested_by, 2), order=3),
            _Column("Changes", self.changes, order=1 if self.is_about_components else 5),
            _Column("Goals", lambda item: self.all(item.goals, 2), order=4),
            _Column("Waits for", lambda item: self.all(item.waits_for, 2), order=6),
            _Column("Weeks", lambda item: line(brief(item.weeks)), is_number=True, order=7),
            _Column("Rank", lambda item: line(number(item.rank)), is_number=True, order=8),
        ]
        return [each for each in all_ if each.title not in left_out]

    @property
    def is_about_components(self) -> bool:
        about = self.report.about
        return about.entity.ref.kind == "component" if about else self.report.grouping is Grouping.COMPONENT

    @property
    def said(self) -> Collection[str]:
        """The columns that would repeat the headings or the page."""
        report = self.report
        said = {_SAID.get(report.about.entity.ref.kind if report.about else report.grouping.value, "")}
        # An audience that sees only now, next and later has that in the headings, and must not infer more from status.
        if report.is_vague:
            said |= {"Status"} | ({"When"} if self.is_in_headings else set())
        return said

    @property
    def is_in_headings(self) -> bool:
        """Whether headings say what is overdue, now, next and later."""
        return self.report.grouping is Grouping.HORIZON and not _is_consumer(self.report)

    def when(self, item: Item) -> Line:
        """The days, and how certain they are."""
        if not item.when:
            return ()
        if item.is_early:
            return line(item.when, ", done early")
        if item.is_lapsed:
            return line(Run(f"{item.when}, past", Tone.DIM))
        overdue = ", overdue" if item.horizon is Heading.OVERDUE and not self.is_in_headings else ""
        if item.confidence is Confidence.DOUBTFUL and item.earliest and item.earliest != item.end:
            return line(Run(f"{item.when}{overdue}", Tone.WARN), f", earliest end {item.earliest.text}")
        if overdue:
            return line(Run(f"{item.when}{overdue}", Tone.WARN))
        if item.status and item.confidence in (Confidence.DOUBTFUL, Confidence.TENTATIVE):
            return line(f"{item.when}, ", Run(item.confidence.value, CONFIDENCE[item.confidence]))
        return line(item.when)

    def changes(self, item: Item) -> Line:
        return line(listed([change_words(each) for each in item.changes], 2))

    def decided(self, decided: RoadmapDecision) -> Entry:
        head = line(self.name(decided.chose), " before ", self.all(decided.over))
        by = f" ({', '.join(filter(None, (decided.by, decided.date.text if decided.date else None)))})"
        return Entry(head, (line(prose(decided.why or ""), by if len(by) > 3 else ""),))

    def summary(self) -> Iterator[Line]:
        report = self.report
        is_limited = report.start or report.end
        outside = "outside the days shown" if is_limited else "done before"
        left = [
            f"{report.outside:,} {outside}" if report.outside else "",
            f"{report.undated:,} without a date" if report.undated else "",
        ]
        more = ", ".join(filter(None, left))
        yield dim(f"{counted(len(report.items), 'initiative')}{', not shown: ' + more if more else ''}")


@record
class _Column:
    """A column; the highest `order` is hidden first where space is short, 0 never."""

    title: str
    cell: Callable[[Item], Line]
    is_number: bool = False
    order: int = 0


_SAID = {"team": "Team", "goal": "Goals", "status": "Status", "consumer": "For"}


def change_words(change: ItemChange) -> str:
    """`adds Identity 3.1.0`, `removes Identity rest <3`, `breaks Gateway with 5.0.0`."""
    return _change_of(f"{change.component.label} {change.interface or ''}".rstrip(), change)


def _change_typed(change: ItemChange) -> str:
    """The same with ids, as people type them: `removes identity#rest <3`."""
    return _change_of(change.component.id + (f"#{change.interface}" if change.interface else ""), change)


def _change_of(subject: str, change: ItemChange) -> str:
    return words_of_change(change.effect, subject, change.version, change.sunset.text if change.sunset else None)


HEADER_OF_CSV = (
    *("initiative", "title", "status", "type", "horizon", "when", "start", "end", "confidence", "can_end"),
    *("deadline", "owner", "for", "requested_by", "gains", "goals", "changes", "waits_for", "weeks", "rank", "outcome"),
)


def csv_rows(report: RoadmapReport) -> Iterator[tuple[str | float | None, ...]]:
    """A row for each piece of work; lists are separated by spaces."""
    for item in report.items:
        moments = (item.earliest, item.deadline)
        days = (each.day.isoformat() if each and each.day else None for each in (item.start, item.end))
        yield (
            *(item.initiative.id, item.initiative.title, item.status, item.type, item.horizon.value, item.when),
            *days,
            item.confidence.value if item.confidence else None,
            *(each.text if each else None for each in moments),
            item.owner.id if item.owner else None,
            item.for_.id if item.for_ else None,
            *(" ".join(each.id for each in names) for names in (item.requested_by, item.gains, item.goals)),
            "; ".join(map(_change_typed, item.changes)),
            " ".join(each.id for each in item.waits_for),
            *(item.weeks, item.rank, item.outcome),
        )
