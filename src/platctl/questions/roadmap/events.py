"""The dates of a roadmap."""

from collections.abc import Iterable, Iterator

from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.roadmap.facts import SubjectFacts
from platctl.questions.roadmap.facts_report import About, ComponentFacts, GoalFacts
from platctl.questions.roadmap.report import Heading, Item, RoadmapEvent, RoadmapEventKind


def events(facts: SubjectFacts, items: Iterable[Item], about: Ref | None) -> tuple[RoadmapEvent, ...]:
    """Ends and deadlines of work, due dates of goals, and sunsets of versions, by day.

    The page of a component has only its own sunsets; that of a consumer those of the components it uses.
    """
    found = [*_of_items(items), *(each for ref in _concerned(facts.model, about) for each in _of(facts.about(ref)))]
    return tuple(sorted(found, key=lambda each: (str(each.day.day), each.entity.ref, each.kind, each.subject)))


def _of_items(items: Iterable[Item]) -> Iterator[RoadmapEvent]:
    for item in items:
        if item.end and item.horizon is not Heading.PAST:
            yield RoadmapEvent(RoadmapEventKind.RELEASE, item.initiative, item.end)
        if item.deadline:
            yield RoadmapEvent(RoadmapEventKind.DEADLINE, item.initiative, item.deadline)


def _concerned(model: Model, about: Ref | None) -> Iterator[Ref]:
    """The goals and components whose dates belong on a page."""
    if about is None:
        yield from (*model.goals, *model.components)
    elif about in model.consumers:
        uses = (use.component.component for use in model.consumers[about].uses)
        yield from (ref for ref in model.canonical_all(uses) if ref in model.components)
    elif about in model.goals or about in model.components:
        yield about


def _of(about: About) -> Iterator[RoadmapEvent]:
    match about.facts:
        case GoalFacts(due=due) if due:
            yield RoadmapEvent(RoadmapEventKind.GOAL_DUE, about.entity, due)
        case ComponentFacts(ends=ends, versions=versions):
            if ends:
                yield RoadmapEvent(RoadmapEventKind.SUNSET, about.entity, ends)
            for each in versions:
                if each.ends:
                    name = f"{each.interface} {each.version}" if each.interface else each.version
                    yield RoadmapEvent(RoadmapEventKind.SUNSET, about.entity, each.ends, name)
