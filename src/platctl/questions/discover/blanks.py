"""States that list almost nothing, such as placeholders: they say nothing about what is gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.past import EntityState, Moment
from platctl.model.ref import Ref
from platctl.record import record

_ALMOST = 10
"""A state lists almost nothing if it has at most one in ten of what the state before has."""
_FEW_COMPONENTS, _FEW_DEPENDENCIES = 4, 10
"""Of fewer, that can't be told."""


@record
class Blank:
    """A state that lists almost nothing: it `has` so many components, or dependencies, where the state before `had`
    more. It lasts from the moment `first` on, and is over at `until`."""

    first: int
    until: int | None
    has: int
    had: int
    is_dependencies: bool


@dataclass
class Blanks:
    """Leaves out such states: a moment with one changes nothing, and the next one that counts has all changes since."""

    found: list[Blank] = field(default_factory=list)
    _now: dict[Ref, EntityState] = field(default_factory=dict)
    _waiting: dict[Ref, EntityState | None] = field(default_factory=dict)
    _components: int = 0
    _dependencies: int = 0
    _had: tuple[int, int] = (0, 0)

    def without(self, moments: Iterable[Moment]) -> tuple[Moment, ...]:
        return tuple(self._counting(index, moment) for index, moment in enumerate(moments))

    def _counting(self, index: int, moment: Moment) -> Moment:
        for ref, state in moment.changed.items():
            self._waiting.setdefault(ref, self._now.get(ref))
            self._replace(ref, state)
        blank, is_open = self._blank(index), bool(self.found) and self.found[-1].until is None
        if blank:
            self.found += [] if is_open else [blank]
            return Moment(moment.at, {})
        if is_open:
            last = self.found[-1]
            self.found[-1] = Blank(last.first, index, last.has, last.had, last.is_dependencies)
        self._had = (self._components, self._dependencies)
        changed = {ref: self._now.get(ref) for ref, was in sorted(self._waiting.items()) if self._now.get(ref) != was}
        self._waiting.clear()
        return Moment(moment.at, changed)

    def _replace(self, ref: Ref, state: EntityState | None) -> None:
        before = self._now.pop(ref, None)
        if state:
            self._now[ref] = state
        for each, sign in ((before, -1), (state, 1)):
            if each:
                self._components += sign * isinstance(each.entity, Component)
                self._dependencies += sign * _dependencies(each.entity)

    def _blank(self, index: int) -> Blank | None:
        components, dependencies = self._had
        if components and (self._components == 0 or _is_little(self._components, components, _FEW_COMPONENTS)):
            return Blank(index, None, self._components, components, is_dependencies=False)
        if _is_little(self._dependencies, dependencies, _FEW_DEPENDENCIES):
            return Blank(index, None, self._dependencies, dependencies, is_dependencies=True)
        return None


def _is_little(now: int, before: int, few: int) -> bool:
    return before >= few and now <= max(1, before // _ALMOST)


def _dependencies(entity: Entity) -> int:
    if isinstance(entity, Component):
        return len(entity.depends_on)
    return len(entity.uses) if isinstance(entity, Consumer) else 0
