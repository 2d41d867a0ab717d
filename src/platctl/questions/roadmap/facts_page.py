"""What a roadmap shows about a consumer, a team, a goal or a component itself, in words."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.outlook.endings import EndKind
from platctl.page import (
    Bar,
    Bars,
    Block,
    Entry,
    Line,
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
from platctl.questions.goals.progress_page import way
from platctl.questions.roadmap.facts_report import (
    About,
    Ask,
    ComponentFacts,
    ConsumerFacts,
    GoalFacts,
    MetricFacts,
    TeamFacts,
    VersionFacts,
    Wait,
)
from platctl.questions.roadmap.report import Heading, Item, RoadmapReport
from platctl.writing.endings import ending, to_do
from platctl.writing.numbers import number, person_weeks
from platctl.writing.phrases import counted, prose
from platctl.writing.sections import entries_section

Links = Callable[[Named], Target | None]
"""Where the name of an entity links to."""


class _TableOfItems(Protocol):
    def __call__(self, items: Sequence[Item], only: Collection[str] = ()) -> Block: ...


def facts(
    report: RoadmapReport,
    about: About,
    links: Links,
    table: _TableOfItems,
    items: Sequence[Item],
    *,
    is_brief: bool = False,
) -> Iterator[Block]:
    """What is known about the entity, and for a consumer the work that concerns it; brief where it is one of many."""
    head = [line(prose(about.description))] if about.description and not is_brief else []
    match about.facts:
        case ConsumerFacts():
            yield from _lines([] if is_brief else [*head, *_consumer_head(about.facts)])
            yield from _consumer(report, about.facts, links, table, items, is_brief=is_brief)
        case TeamFacts(lead=lead, over_capacity=over):
            contact = [line(f"Contact: {lead}")] if lead and not is_brief else []
            warnings = [line(Run("Over capacity", Tone.WARN), f": {each.text}") for each in over]
            yield from _lines([*head, *contact, *warnings])
        case GoalFacts():
            yield from _goal(about.facts, head, links, is_brief=is_brief)
        case ComponentFacts():
            yield from _component(about, head, links, is_brief=is_brief)


def _lines(lines: Sequence[Line]) -> Iterator[Block]:
    if lines:
        yield Paragraph(tuple(lines))


def linked(named: Named, links: Links) -> Run:
    """The name of an entity, linked to its page."""
    return Run(named.label, Tone.PLAIN, links(named))


def _consumer_head(facts: ConsumerFacts) -> Iterator[Line]:
    who = [f"tier {facts.tier}" if facts.tier else "", facts.product_manager or ""]
    if any(who):
        yield line(", ".join(filter(None, who)))


def _consumer(
    report: RoadmapReport,
    facts: ConsumerFacts,
    links: Links,
    table: _TableOfItems,
    items: Sequence[Item],
    *,
    is_brief: bool,
) -> Iterator[Block]:
    """What it gets, what it has to do, and the rest; the brief form omits empty parts."""

    def work(title: str, refs: Collection[Ref], only: Collection[str] = ()) -> Iterator[Block]:
        if found := report.of(refs):
            yield Section(line(f"{title} ({len(found)})"), (table(found, only),))

    gains = tuple(work(_GAINS, facts.gains))
    yield from gains or ([] if is_brief else [_empty(_GAINS, "Nothing committed.")])
    asks = tuple(_ask(each, links) for each in facts.asks or ())
    yield from entries_section(_ASKS, asks)
    if not asks and facts.asks is not None and not is_brief:
        yield _empty(_ASKS, "Nothing.")
    yield from entries_section("What you wait for", (_wait(each, links) for each in facts.waits))
    yield from work("What affects you indirectly", facts.reached)
    yield from work("What you asked for", facts.requests, ("When", "Status"))
    maybe = [ref for ref in facts.maybe if ref not in facts.requests]
    yield from work("Possible, but not committed", maybe, ("When", "Status", "Changes"))
    done = [item.initiative.ref for item in items if item.horizon is Heading.PAST]
    yield from work("Recently done", [ref for ref in done if ref not in facts.requests])


_GAINS, _ASKS = "What the platform does for you", "What the platform needs from you"


def _empty(title: str, text: str) -> Section:
    return Section(line(title), (Paragraph((line(text),)),))


def _ask(ask: Ask, links: Links) -> Entry:
    uses = f" {', '.join(ask.uses)}" if ask.uses else ""
    until = _until(ask.kind, ask.gone.text) if ask.gone else ", which is deprecated"
    head = line(to_do(ask.kind), " ", Run(f"{ask.on}{uses}", Tone.STRONG), until)
    notes = []
    if ask.move_to:
        effort = f", {person_weeks(ask.weeks)}" if ask.weeks is not None else ""
        notes.append(line("move to ", Run(", ".join(ask.move_to), Tone.STRONG), effort))
    elif ask.weeks is not None:
        notes.append(line(person_weeks(ask.weeks)))
    if ask.by:
        notes.append(line("because of ", linked(ask.by, links)))
    if ask.note:
        notes.append(line(prose(ask.note)))
    return Entry(head, tuple(notes))


def _until(kind: EndKind, day: str) -> str:
    return f" by {day}" if kind is EndKind.UNMET else f": {ending(kind, day)}"


def _wait(wait: Wait, links: Links) -> Entry:
    wanted = f"{wait.on} {wait.requires}" if wait.requires else wait.on
    need = f", needed by {wait.need_by.text}" if wait.need_by else ""
    head = line(Run(wanted, Tone.STRONG), need, Run(" (late)", Tone.WARN) if wait.is_late else "")
    if not wait.by:
        return Entry(head, (line("no work shown here provides it"),))
    when = f", {wait.planned.text}" if wait.planned else ""
    return Entry(head, (line("provided by ", linked(wait.by, links), when),))


def _goal(facts: GoalFacts, head: Sequence[Line], links: Links, *, is_brief: bool) -> Iterator[Block]:
    said = [f"due {facts.due.text}" if facts.due else ""]
    said.append(f"{way(facts.progress)} of the way" if facts.progress is not None else "")
    lines = [*head, line(", ".join(filter(None, said)))]
    if facts.parent and not is_brief:
        lines.append(line("part of ", linked(facts.parent, links)))
    if facts.is_served is False:
        lines.append(line(Run("No work shown here serves it.", Tone.WARN)))
    yield from _lines([each for each in lines if each])
    if facts.metrics:
        yield Bars(tuple(map(_bar, facts.metrics)), 1)


def _bar(metric: MetricFacts) -> Bar:
    unit = f", {metric.unit}" if metric.unit else ""
    now = "not measured" if metric.current is None else number(metric.current)
    target = f", target {number(metric.target)}" if metric.target is not None else ""
    share = f" ({way(metric.progress)})" if metric.progress is not None else ""
    return Bar(f"{metric.label}{unit}", max(0.0, metric.progress or 0.0), f"{now}{target}{share}")


def _component(about: About, head: Sequence[Line], links: Links, *, is_brief: bool) -> Iterator[Block]:
    facts = about.facts
    if not isinstance(facts, ComponentFacts):
        return
    kind = ", ".join(filter(None, (facts.type, facts.layer, facts.lifecycle)))
    lines = [*head, *([line(kind)] if kind and not is_brief else [])]
    if facts.ends or facts.successor:
        ends = Run(f"ends on {facts.ends.text}" if facts.ends else "", Tone.WARN)
        successor = line("successor: ", linked(facts.successor, links)) if facts.successor else ()
        lines.append(joined(filter(None, (line(ends), successor)), "; "))
    if facts.used_by and not is_brief:
        names = joined(linked(each, links) for each in facts.used_by)
        lines.append(line(f"used by {counted(len(facts.used_by), 'consumer')}: ", names))
    yield from _lines(lines)
    if facts.versions and not is_brief:
        header = ("Interface", "Version", "Lifecycle", "Ends", "Successor", "Migration")
        rows = tuple(map(_version, facts.versions))
        yield Section(line("Available versions"), (_without_empty(Table(rows, header)),))


def _version(version: VersionFacts) -> tuple[Line, ...]:
    tone = Tone.WARN if version.ends or version.lifecycle != "production" else Tone.PLAIN
    return row(
        version.interface or "",
        Run(version.version, Tone.STRONG),
        Run(version.lifecycle, tone),
        version.ends.text if version.ends else "",
        version.successor or "",
        person_weeks(version.migration) if version.migration is not None else "",
    )


def _without_empty(table: Table) -> Table:
    """Without empty columns."""
    kept = [place for place in range(len(table.header)) if any(row[place] for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(rows, tuple(table.header[place] for place in kept))
