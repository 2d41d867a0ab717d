"""What a roadmap says about a consumer, a team, a goal or a component itself, in words."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from platctl.page import (
    Bar,
    Bars,
    Block,
    Entries,
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
)
from platctl.report.impact import Named
from platctl.report.roadmap import (
    About,
    Ask,
    ComponentFacts,
    ConsumerFacts,
    GoalFacts,
    Item,
    MetricFacts,
    RoadmapReport,
    TeamFacts,
    VersionFacts,
    Wait,
)
from platctl.view.numbers import number, percent
from platctl.view.words import counted

_Links = Callable[[Named], Target | None]


class _Table(Protocol):
    def __call__(self, items: Sequence[Item], only: Collection[str] = ()) -> Block: ...


def facts(
    report: RoadmapReport, about: About, links: _Links, table: _Table, *, is_brief: bool = False
) -> Iterator[Block]:
    """What is known about the entity; brief where it is one of many."""
    head = [line(about.description)] if about.description and not is_brief else []
    match about.facts:
        case ConsumerFacts():
            yield from _lines([*head, *_consumer_head(about.facts)] if not is_brief else [])
            yield from _consumer(report, about.facts, links, table, is_brief=is_brief)
        case TeamFacts(lead):
            yield from _lines([*head, *([line(f"Ask {lead}")] if lead and not is_brief else [])])
        case GoalFacts():
            yield from _goal(about.facts, head, links)
        case ComponentFacts():
            yield from _component(about, head, links, is_brief=is_brief)


def _lines(lines: Sequence[Line]) -> Iterator[Block]:
    if lines:
        yield Paragraph(tuple(lines))


def _named(named: Named, links: _Links) -> Run:
    return Run(named.label, Tone.PLAIN, links(named))


# Consumers --------------------------------------------------------------------------------------------------


def _consumer_head(facts: ConsumerFacts) -> Iterator[Line]:
    who = [f"tier {facts.tier}" if facts.tier else "", facts.product_manager or ""]
    if any(who):
        yield line(", ".join(filter(None, who)))


def _consumer(
    report: RoadmapReport, facts: ConsumerFacts, links: _Links, table: _Table, *, is_brief: bool
) -> Iterator[Block]:
    gains, asks = report.of(facts.gains), tuple(_ask(each, links) for each in facts.asks)
    if not is_brief:
        nothing = Paragraph((line("Nothing is promised."),))
        yield Section(line(f"What the platform does for you ({len(gains)})"), (table(gains) if gains else nothing,))
    if asks or not is_brief:
        block = Entries(asks) if asks else Paragraph((line("Nothing."),))
        yield Section(line(f"What it needs from you ({len(asks)})"), (block,))
    if facts.waits:
        waits = Entries(tuple(_wait(each, links) for each in facts.waits))
        yield Section(line(f"What you wait for ({len(facts.waits)})"), (waits,))
    if not is_brief:
        yield from _lists(report, facts, table)


def _lists(report: RoadmapReport, facts: ConsumerFacts, table: _Table) -> Iterator[Block]:
    for title, refs, only in (
        ("What reaches you through something else", facts.reached, ()),
        ("What you asked for", facts.requests, ("When", "Status")),
        ("What may come, but nobody has promised", facts.maybe, ("When", "Status", "Brings")),
    ):
        if items := report.of(refs):
            yield Section(line(f"{title} ({len(items)})"), (table(items, only),))


def _ask(ask: Ask, links: _Links) -> Entry:
    uses = f" {', '.join(ask.uses)}" if ask.uses else ""
    until = f" by {ask.gone.text}" if ask.gone else ", which is deprecated"
    head = line("Leave ", Run(f"{ask.on}{uses}", Tone.STRONG), until)
    notes = []
    if ask.move_to:
        notes.append(line("move to ", Run(", ".join(ask.move_to), Tone.STRONG), _weeks(ask.weeks)))
    elif ask.weeks is not None:
        notes.append(line(_weeks(ask.weeks).removeprefix(", ")))
    if ask.by:
        notes.append(line("because of ", _named(ask.by, links)))
    if ask.note:
        notes.append(line(ask.note))
    return Entry(head, tuple(notes))


def _weeks(weeks: float | None) -> str:
    return f", {counted_weeks(weeks)}" if weeks is not None else ""


def counted_weeks(weeks: float) -> str:
    """`1 person-week`, `2.5 person-weeks`."""
    return f"{number(weeks)} person-week{'' if weeks == 1 else 's'}"


def _wait(wait: Wait, links: _Links) -> Entry:
    wanted = f"{wait.on} {wait.requires}" if wait.requires else wait.on
    need = f", needed by {wait.need_by.text}" if wait.need_by else ""
    head = line(Run(wanted, Tone.STRONG), need, Run(" (late)", Tone.WARN) if wait.is_late else "")
    if not wait.by:
        return Entry(head, (line("nothing planned brings it"),))
    when = f", {wait.planned.text}" if wait.planned else ""
    return Entry(head, (line("comes with ", _named(wait.by, links), when),))


# Goals ------------------------------------------------------------------------------------------------------


def _goal(facts: GoalFacts, head: Sequence[Line], links: _Links) -> Iterator[Block]:
    said = [f"due {facts.due.text}" if facts.due else ""]
    said.append(f"{percent(facts.progress)} of the way" if facts.progress is not None else "")
    lines = [*head]
    if any(said):
        lines.append(line(", ".join(filter(None, said))))
    if facts.parent:
        lines.append(line("part of ", _named(facts.parent, links)))
    if not facts.is_served:
        lines.append(line(Run("Nobody works on it, and nothing is planned.", Tone.WARN)))
    yield from _lines(lines)
    bars = [_bar(metric) for metric in facts.metrics]
    if bars:
        yield Bars(tuple(bars), 1)


def _bar(metric: MetricFacts) -> Bar:
    unit = f" {metric.unit}" if metric.unit else ""
    now = "not measured" if metric.current is None else number(metric.current)
    to = f" of {number(metric.target)}" if metric.target is not None else ""
    share = f" ({percent(metric.progress)})" if metric.progress is not None else ""
    return Bar(metric.label, max(0.0, metric.progress or 0.0), f"{now}{to}{unit}{share}")


# Components -------------------------------------------------------------------------------------------------


def _component(about: About, head: Sequence[Line], links: _Links, *, is_brief: bool) -> Iterator[Block]:
    facts = about.facts
    if not isinstance(facts, ComponentFacts):
        return
    kind = ", ".join(filter(None, (facts.type, facts.layer, facts.lifecycle)))
    lines = [*head, *([line(kind)] if kind and not is_brief else [])]
    if facts.ends or facts.successor:
        after = line("; its successor is ", _named(facts.successor, links)) if facts.successor else ""
        ends = f"gone on {facts.ends.text}" if facts.ends else "it goes"
        lines.append(line(Run(ends, Tone.WARN), after))
    if facts.used_by and not is_brief:
        names = joined(_named(each, links) for each in facts.used_by)
        lines.append(line(f"used by {counted(len(facts.used_by), 'consumer')}: ", names))
    yield from _lines(lines)
    if facts.versions and not is_brief:
        header = ("Interface", "Version", "Lifecycle", "Gone", "Successor", "Migration")
        rows = tuple(map(_version, facts.versions))
        yield Section(line("On offer"), (_without_empty(Table(rows, header)),))


def _version(version: VersionFacts) -> tuple[Line, ...]:
    tone = Tone.WARN if version.ends or version.lifecycle != "production" else Tone.PLAIN
    return (
        line(version.interface or ""),
        line(Run(version.version, Tone.STRONG)),
        line(Run(version.lifecycle, tone)),
        line(version.ends.text if version.ends else ""),
        line(version.successor or ""),
        line(counted_weeks(version.migration) if version.migration is not None else ""),
    )


def _without_empty(table: Table) -> Table:
    """Without columns in which nothing stands."""
    kept = [place for place in range(len(table.header)) if any(row[place] for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(rows, tuple(table.header[place] for place in kept))
