"""Two states compared, a what-if, and what each part of a change does alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.comparison import TwoTimelines
from platctl.outlook.difference import Pairing
from platctl.outlook.events import Event
from platctl.outlook.spread import Spread, edited
from platctl.outlook.timeline import Timeline


def compare(
    base: Graph,
    head: Graph,
    pairing: Pairing,
    timelines: tuple[Timeline, Timeline],
    notice: int,
    at: Date | None = None,
) -> Spread:
    """What the difference between the timelines of base and head does; the settings that judge give the notice."""
    return Spread(base, head, pairing, TwoTimelines(*timelines, notice, at))


def what_if(graph: Graph, timeline: Timeline, events: Sequence[Event], at: Date | None) -> Spread:
    """What some work does, compared with the same model without it. Planned work counts as it is planned."""
    pairing = Pairing({ref: ref for ref in graph.model.entities})
    return Spread(graph, graph, pairing, with_and_without(timeline, events, at))


def with_and_without(timeline: Timeline, events: Sequence[Event], at: Date | None) -> TwoTimelines:
    """The timelines of a model with and without some work; costs what the work touches."""
    own = frozenset(each.initiative for each in events if each.initiative)
    asked = [replace(each, status=Status.PLANNED if each.initiative and each.date else None) for each in events]
    touched = frozenset(each.component for each in events)
    with_, without = timeline.with_work(asked, own), timeline.with_work((), own)
    return TwoTimelines(without, with_, timeline.model.config.impact.notice, at, touched)


def apart(spread: Spread) -> Iterator[Spread]:
    """What each piece of work that differs does to one component, alone, and what each edit of the catalog does.

    Approving one does not approve another. Nothing where there is but one.
    """
    whole, head = spread.comparison, spread.pairing.head
    base, now = whole.base, whole.head
    planned = list(base.planned())
    was = _by_work(planned, head)
    will = _by_work(now.planned(), lambda ref: ref)
    works = [key for key in dict.fromkeys([*was, *will]) if _facts(was.get(key)) != _facts(will.get(key))]
    edits = list(edited(spread))
    if now.asked or len(works) + len(edits) < 2:
        return
    for key in works:
        initiative, component = key
        theirs = [each for each in planned if head(each.initiative or component) == initiative]
        others = [each for each in theirs if head(each.component) != component]
        mine = [replace(each, component=spread.base_name(component)) for each in will.get(key, ())]
        gone = frozenset(each.initiative for each in theirs if each.initiative)
        part = base.with_work([*others, *mine], gone)
        yield spread.apart(replace(whole, head=part, touched=frozenset([component]), is_of_base=True))
    renamed = [replace(each, component=head(each.component)) for each in planned]
    catalog = now.with_work(renamed, frozenset(now.model.initiatives))
    for ref in edits:
        yield spread.apart(replace(whole, head=catalog, touched=frozenset([ref])))


_Work = tuple[Ref, Ref]
"""An initiative, and a component that it changes."""


def _by_work(events: Iterable[Event], head: Callable[[Ref], Ref]) -> dict[_Work, list[Event]]:
    found: dict[_Work, list[Event]] = {}
    for each in events:
        if each.initiative:
            found.setdefault((head(each.initiative), head(each.component)), []).append(each)
    return found


def _facts(events: Iterable[Event] | None) -> list[tuple[object, ...]]:
    return [(*each.content, each.date) for each in events or ()]
