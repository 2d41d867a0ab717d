"""One state of the model with what its past says of every user."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.entity.entity import Entity
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.lifelines import Life
from platctl.questions.discover.official import Official
from platctl.questions.discover.visits import Visit, Visits, is_retired
from platctl.record import record

YEAR = timedelta(days=365)


@record(slots=False)
class Scene:
    """A state as it is at the end of a day, after the moment `index`; `names` has the life of each entity."""

    model: Model
    visits: Visits
    index: int
    day: Date | None
    names: Mapping[Ref, Life]

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def official(self) -> Official:
        return Official(self.model)

    @cached_property
    def components(self) -> tuple[Ref, ...]:
        """Those that are there: neither retired, nor past their sunset."""
        return tuple(ref for ref, each in self.model.components.items() if not self.why_dead(each))

    def why_dead(self, entity: Entity) -> str | None:
        """Why something is no longer there, though it is still listed: it is `retired` or `past its sunset`."""
        if is_retired(entity):
            return "retired"
        if isinstance(entity, Component) and entity.sunset and self.day and entity.sunset <= self.day:
            return "past its sunset"
        return None

    @cached_property
    def users_of(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """By component: what uses it directly, each once, without what is dead."""
        dead = {ref for ref, _ in self.dead}
        return {
            ref: tuple(sorted({use.source for use in uses} - dead - {ref}))
            for ref, uses in self.graph.users_of.items()
            if ref in self.model.components
        }

    def users(self, ref: Ref) -> tuple[Ref, ...]:
        return self.users_of.get(ref, ())

    @cached_property
    def dead(self) -> tuple[tuple[Ref, str], ...]:
        """The users that are no longer there, each with the reason."""
        found = ((ref, self.why_dead(self.model.entities[ref])) for ref in self.graph.uses_of)
        return tuple((ref, why) for ref, why in found if why)

    @cached_property
    def users_by_type(self) -> Mapping[str | None, frozenset[Ref]]:
        """By type: the users of any component of that type."""
        found: dict[str | None, set[Ref]] = {}
        for ref in self.components:
            found.setdefault(type_of(self.model.components[ref]), set()).update(self.users(ref))
        return {type_: frozenset(users) for type_, users in found.items()}

    def owner(self, ref: Ref) -> Ref | None:
        return self.model.owner_of(self.model.entities[ref])

    def owners(self, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """Their owners, each once."""
        return tuple(sorted({owner for ref in refs if (owner := self.owner(ref))}))

    def is_open(self, ref: Ref) -> bool:
        """Whether a component may still become a platform: it isn't called one, and doesn't end."""
        component = self.model.components[ref]
        return self.official.calls(ref) is None and not is_ending(component)

    # The past of its users

    def first(self, ref: Ref) -> int:
        """The moment in which it was first there."""
        return self.names[ref].turns[0].index if ref in self.names else self.index

    def history(self, component: Ref) -> Iterator[tuple[Life, tuple[Visit, ...]]]:
        """All that ever used it up to this moment, each with its visits, by its last name."""
        life = self.names.get(component)
        found = self.visits.of.get(life, {}) if life else {}
        for user in sorted(found, key=lambda each: each.ref):
            known = tuple(self._known(visit) for visit in found[user] if visit.came <= self.index)
            if known:
                yield user, known

    def _known(self, visit: Visit) -> Visit:
        is_over = visit.left is not None and visit.left <= self.index
        return visit if is_over or visit.left is None else Visit(visit.came, visit.how)

    def visits_of(self, component: Ref, user: Ref) -> tuple[Visit, ...]:
        """The visits of one user."""
        life, own = self.names.get(component), self.names.get(user)
        if life is None or own is None:
            return ()
        return tuple(self._known(each) for each in self.visits.of.get(life, {}).get(own, ()) if each.came <= self.index)

    def news(self, component: Ref) -> tuple[Ref, ...]:
        """The users of which it is known when they came."""
        return tuple(user for user in self.users(component) if self._is_news(component, user))

    def _is_news(self, component: Ref, user: Ref) -> bool:
        found = self.visits_of(component, user)
        return bool(found) and found[0].how.is_news

    def gained(self, component: Ref) -> tuple[Life, ...]:
        """The users that came in the year up to the day, also if they left again."""
        return tuple(
            user for user, found in self.history(component) if found[0].how.is_news and self._is_recent(found[0].came)
        )

    def lost(self, component: Ref) -> tuple[Life, ...]:
        """The users that left in that year, and neither came back nor died."""
        return tuple(user for user, found in self.history(component) if self._is_lost(found[-1]))

    def _is_lost(self, last: Visit) -> bool:
        return last.left is not None and last.why is not None and last.why.is_loss and self._is_recent(last.left)

    def _is_recent(self, index: int) -> bool:
        return self.day is not None and self.visits.past.days[index] > self.day - YEAR


def entity_at(life: Life, index: int) -> Entity | None:
    """What something was after a moment; None if it was not there."""
    at = bisect_right(life.turns, index, key=lambda turn: turn.index)
    state = life.turns[at - 1].after if at else None
    return state.entity if state else None


def type_of(component: Component) -> str | None:
    """Its type, however it is capitalized."""
    return component.type.casefold() if component.type else None


def is_ending(component: Component) -> bool:
    """Whether it is decided that it ends."""
    return component.lifecycle in (Lifecycle.DEPRECATED, Lifecycle.RETIRED) or bool(
        component.sunset or component.successor
    )
