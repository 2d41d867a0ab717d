"""Since when a component matches a pattern without a break, by the users, owners, layers and goals of each moment."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.entity.goal import Goal
from platctl.model.model import Model
from platctl.model.placement import Unplaced
from platctl.model.ref import Ref
from platctl.outlook.lifelines import Life
from platctl.questions.discover.official import Official, is_product, says_platform
from platctl.questions.discover.patterns import CONSUMERS, OWNERS, Match
from platctl.questions.discover.report import Pattern
from platctl.questions.discover.scene import Scene, entity_at, is_ending
from platctl.questions.discover.visits import Visit
from platctl.record import record

_GOALS = ("goal", "initiative")


@record(slots=False)
class Since:
    """The begins of the matches of one scene."""

    scene: Scene

    def of(self, match: Match) -> int | None:
        """The moment from which on a component matches; None if it is not known when the users came that it takes."""
        life = self.scene.names.get(match.component)
        if life is None or match.pattern not in (Pattern.SHARED, Pattern.CORE):
            return None
        known = list(self.scene.history(match.component))
        came, left = _by_moment(known)
        users = {user: None for user, found in known if found[-1].left is None}
        since: int | None = None
        for index in sorted(self._changes(life, known), reverse=True):
            if since is not None and not self._holds(match.pattern, life, users, index):
                break
            since = index
            there = users
            if index in came or index in left:
                users = {each: None for each in users if each not in came.get(index, ())}
                users.update(dict.fromkeys(left.get(index, ())))
        if since is None:
            return None
        needed = {user for user, _ in self._needed(match.pattern, life, there, since)}
        is_news = all(visit.how.is_news for user, visit in came.get(since, {}).items() if user in needed)
        return since if is_news else None

    def _changes(self, life: Life, known: Iterable[tuple[Life, tuple[Visit, ...]]]) -> set[int]:
        """The moments at which something may begin or cease to match."""
        found = {index for each in (life, *(user for user, _ in known)) for index in self._steps(each)[0]}
        found |= {at for _, visits in known for each in visits for at in (each.came, each.left) if at is not None}
        owners = {self._owner(turn.after.entity) for turn in life.turns if turn.after}
        found |= {at for owner in owners if owner for at, _ in self._products.get(owner, ())}
        return {index for index in (*found, *self._goal_moments) if index <= self.scene.index}

    def _holds(self, pattern: Pattern, life: Life, users: Iterable[Life], index: int) -> bool:
        component = self._at(life, index)
        if not isinstance(component, Component) or is_ending(component) or self._is_called(life, component, index):
            return False
        if pattern is Pattern.CORE:
            return self._is_product(component, index) and any(self._needed(pattern, life, users, index))
        owners = set[Ref]()
        for consumers, (_, owner) in enumerate(self._needed(pattern, life, users, index), start=1):
            owners |= {owner} if owner else set()
            if consumers >= CONSUMERS and len(owners) >= OWNERS:
                return True
        return False

    def _needed(
        self, pattern: Pattern, life: Life, users: Iterable[Life], index: int
    ) -> Iterator[tuple[Life, Ref | None]]:
        """Those of the users that count for the pattern, with their owners of then."""
        component = self._at(life, index)
        own = self._owner(component) if component else None
        for user in users:
            entity = self._at(user, index)
            if entity is None or self._is_dead(entity, index):
                continue
            owner = self._owner(entity)
            if isinstance(entity, Consumer) if pattern is Pattern.SHARED else own and owner not in (None, own):
                yield user, owner

    def _at(self, life: Life, index: int) -> Entity | None:
        """What something was after a moment, as far as that makes a difference here."""
        steps, entities = self._steps(life)
        at = bisect_right(steps, index)
        return entities[at - 1] if at else None

    def _steps(self, life: Life) -> tuple[list[int], list[Entity | None]]:
        """The moments at which something changed that makes a difference here, and what it was from then on."""
        if life not in self._stepped:
            steps: tuple[list[int], list[Entity | None]] = [], []
            last: object = None
            for turn in life.turns:
                entity = turn.after.entity if turn.after else None
                facts = _facts(entity)
                if facts != last:
                    steps[0].append(turn.index)
                    steps[1].append(entity)
                last = facts
            self._stepped[life] = steps
        return self._stepped[life]

    @cached_property
    def _stepped(self) -> dict[Life, tuple[list[int], list[Entity | None]]]:
        return {}

    def _is_dead(self, entity: Entity, index: int) -> bool:
        day = self.scene.visits.past.days[index]
        return isinstance(entity, Component) and bool(entity.sunset and entity.sunset <= day)

    def _owner(self, entity: Entity) -> Ref | None:
        return self.scene.model.owner_of(entity)

    def _is_product(self, component: Component, index: int) -> bool:
        if self.scene.official.is_of_product_layer(component):
            return True
        counts = self._products.get(self._owner(component) or component.ref, ())
        at = bisect_right(counts, index, key=lambda each: each[0])
        return at > 0 and counts[at - 1][1] > 0

    @cached_property
    def _products(self) -> Mapping[Ref, tuple[tuple[int, int], ...]]:
        """By team: how many products it owns, from which moment on."""
        changes: dict[Ref, dict[int, int]] = {}
        for life in self.scene.visits.past.lives:
            for turn in life.turns:
                for state, step in ((turn.before, -1), (turn.after, 1)):
                    if state and isinstance(state.entity, Consumer) and is_product(state.entity):
                        owner = self._owner(state.entity)
                        if owner:
                            own = changes.setdefault(owner, {})
                            own[turn.index] = own.get(turn.index, 0) + step
        return {owner: tuple(_sums(own)) for owner, own in changes.items()}

    # What called it platform

    def _is_called(self, life: Life, component: Component, index: int) -> bool:
        if self.scene.official.layer_calls(component):
            return True
        at = bisect_right(self._goal_moments, index)
        if at == 0:
            return False
        called = self._called(self._goal_moments[at - 1])
        return bool(called) and not called.isdisjoint(life.names)

    def _called(self, index: int) -> frozenset[Ref]:
        """What goals called platform after a moment, by the names that their work gives it."""
        if index not in self._known:
            there = {entity.ref: entity for life in self._goal_lives if (entity := entity_at(life, index))}
            model = Model(there, dict.fromkeys(there, Unplaced()), self.scene.model.config)
            self._known[index] = frozenset(Official(model).goals)
        return self._known[index]

    @cached_property
    def _known(self) -> dict[int, frozenset[Ref]]:
        return {}

    @cached_property
    def _goal_lives(self) -> tuple[Life, ...]:
        return tuple(each for each in self.scene.visits.past.lives if each.last.entity.kind_name in _GOALS)

    @cached_property
    def _goal_moments(self) -> tuple[int, ...]:
        """The moments at which a goal or an initiative changed; none if no goal ever called anything platform."""
        goals = (turn.after.entity for life in self._goal_lives for turn in life.turns if turn.after)
        if not any(isinstance(each, Goal) and says_platform(each) for each in goals):
            return ()
        return tuple(sorted({turn.index for life in self._goal_lives for turn in life.turns}))


def _by_moment(
    known: Iterable[tuple[Life, tuple[Visit, ...]]],
) -> tuple[dict[int, dict[Life, Visit]], dict[int, list[Life]]]:
    """Who came and who left in each moment."""
    came: dict[int, dict[Life, Visit]] = {}
    left: dict[int, list[Life]] = {}
    for user, visits in known:
        for each in visits:
            came.setdefault(each.came, {})[user] = each
            if each.left is not None:
                left.setdefault(each.left, []).append(user)
    return came, left


def _facts(entity: Entity | None) -> object:
    if isinstance(entity, Component):
        return entity.kind_name, entity.owner, entity.layer, entity.lifecycle, entity.sunset, entity.successor
    return (entity.kind_name, entity.owner) if entity else None


def _sums(changes: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    total = 0
    for index in sorted(changes):
        total += changes[index]
        yield index, total
