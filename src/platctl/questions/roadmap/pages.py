"""A roadmap as linked pages: an index, one with all initiatives, and one for each subject."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.page import (
    Block,
    Entries,
    Entry,
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
from platctl.questions.roadmap.facts_page import Links, linked
from platctl.questions.roadmap.page import untitled
from platctl.questions.roadmap.report import Item, ItemChange, RoadmapPages, RoadmapReport, key_of
from platctl.record import record
from platctl.writing.numbers import person_weeks
from platctl.writing.phrases import prose

INITIATIVES = "initiatives"
_KINDS = {"consumer": "Consumers", "team": "Teams", "goal": "Goals", "component": "Components"}


@record
class SetPage:
    """One page of a set: its name, which others link to, and its heading."""

    key: str
    title: str
    page: Page


def pages(found: RoadmapPages, index: str) -> tuple[SetPage, ...]:
    """All pages; `index` is the name of the first one."""
    titles = _titles(found)
    links = _links(found.index.items, titles.keys())
    return (
        SetPage(index, "Roadmap", _index(found, links)),
        SetPage(INITIATIVES, "Initiatives", details(found.index, links)),
        *(SetPage(key_of(ref), titles[ref], untitled(each, links)) for ref, each in found.subjects.items()),
    )


def _titles(found: RoadmapPages) -> Mapping[Ref, str]:
    """A unique heading for each page, ignoring case: some wikis identify pages by their heading."""
    labels = {ref: f"{named.label} ({ref.kind})" for ref, named in found.named.items()}
    often = Counter(text.casefold() for text in labels.values())
    return {
        ref: text if often[text.casefold()] == 1 else f"{text.removesuffix(')')} {ref.name})"
        for ref, text in labels.items()
    }


def _links(items: Sequence[Item], subjects: Collection[Ref]) -> Links:
    shown = {item.initiative.ref for item in items}

    def to(named: Named) -> Target | None:
        if named.ref in shown:
            return Target(INITIATIVES, key_of(named.ref))
        return Target(key_of(named.ref)) if named.ref in subjects else None

    return to


def _index(found: RoadmapPages, links: Links) -> Page:
    """The roadmap itself, and below it links to all other pages."""
    return Page((*untitled(found.index, links).blocks, *_directory(found, links)))


def _directory(found: RoadmapPages, links: Links) -> Iterator[Block]:
    for kind, heading in _KINDS.items():
        named = [each for ref, each in found.named.items() if ref.kind == kind]
        named.sort(key=lambda each: (each.label.casefold(), each.ref))
        if named:
            names = tuple(Entry(line(linked(each, links))) for each in named)
            yield Section(line(heading), (Entries(names),), kind + "s")


def details(report: RoadmapReport, links: Links) -> Page:
    """All that may be read about each initiative."""
    words = _Details(links, is_vague=report.is_vague)
    sections = tuple(words.section(item) for item in report.items)
    return Page(sections)


@record(slots=False)
class _Details:
    """`is_vague`: the audience sees only now, next and later, and must not infer more from status."""

    links: Links
    is_vague: bool

    def section(self, item: Item) -> Section:
        texts = dict.fromkeys(text for text in (item.outcome, item.description) if text)
        said = [line(prose(text)) for text in texts if text != item.initiative.label]
        facts = Table(tuple((line(Run(name, Tone.DIM)), cell) for name, cell in self.facts(item) if cell))
        blocks: list[Block] = [Paragraph(tuple(said))] if said else []
        if facts.rows:
            blocks.append(facts)
        if item.changes:
            blocks.append(Section(line("What changes"), (Table(tuple(map(self.change, item.changes)), _CHANGES),)))
        if item.risks:
            blocks.append(Section(line("Risks"), (Entries(tuple(Entry(line(prose(risk))) for risk in item.risks)),)))
        return Section(line(item.initiative.label), tuple(blocks), key_of(item.initiative.ref))

    def facts(self, item: Item) -> Iterator[tuple[str, Line]]:
        yield "When", line(item.when)
        yield "Earliest end", line(item.earliest.text if item.earliest else "")
        yield "Status", line("" if self.is_vague else item.status or "")
        yield "Type", line(item.type or "")
        yield "Team", self.all([item.owner] if item.owner else [])
        yield "For", self.all([item.for_] if item.for_ else [])
        yield "Requested by", self.all(item.requested_by)
        yield "Goals", self.all(item.goals)
        yield "Waits for", self.all(item.waits_for)
        yield "Deadline", line(item.deadline.text if item.deadline else "")
        efforts = (line(linked(each.team, self.links), f" {person_weeks(each.weeks)}") for each in item.effort)
        yield "Effort", joined(efforts)
        yield "Approved by", self.all(item.approvals)

    def all(self, names: Iterable[Named]) -> Line:
        return joined(linked(each, self.links) for each in names)

    def change(self, change: ItemChange) -> tuple[Line, ...]:
        return row(
            line(linked(change.component, self.links), f"#{change.interface}" if change.interface else ""),
            change.effect,
            change.version or "",
            change.sunset.text if change.sunset else "",
            prose(change.note or ""),
        )


_CHANGES = ("Component", "Effect", "Version", "Sunset", "Note")
