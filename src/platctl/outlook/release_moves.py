"""Releases whose day differs between two states, and everything that moves with them: one cause, told once."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.release import Release
from platctl.model.fields import naming
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.release_day import RELEASE
from platctl.outlook.difference import Modified, Pairing
from platctl.record import record
from platctl.source.yaml.document import Route


@record
class ReleaseMove:
    """A release that has another day, with what names it in both states: work, and all else."""

    release: Named
    was: Date | None
    now: Date | None
    work: tuple[Named, ...]
    others: tuple[Named, ...]
    span: Span | None

    @property
    def days(self) -> int | None:
        """By how many days it moves; later is positive."""
        return (self.now - self.was).days if self.was and self.now else None


class _At(NamedTuple):
    """A field that names a release, without list positions, which may differ between two states."""

    source: Ref
    field: tuple[str, ...]


@record(slots=False)
class ReleaseMoves:
    """What moves because releases do."""

    base: Model
    head: Model
    pairing: Pairing

    @cached_property
    def all(self) -> tuple[ReleaseMove, ...]:
        """The releases that have another day in head, by name."""
        return tuple(self._moves())

    @cached_property
    def _by_release(self) -> Mapping[Ref, ReleaseMove]:
        return {each.release.ref: each for each in self.all}

    def _moves(self) -> Iterator[ReleaseMove]:
        former = {self.pairing.head(ref): each for ref, each in self.base.entities.items() if isinstance(each, Release)}
        hanging_on: dict[Ref, dict[Ref, None]] = {}
        for at, release in self._kept.items():
            hanging_on.setdefault(release, {})[at.source] = None
        for ref, was in sorted(former.items()):
            now = self.head.entities.get(ref)
            if isinstance(now, Release) and was.date != now.date:
                hanging = hanging_on.get(ref, {})
                work = tuple(named(self.head, each) for each in hanging if each.kind == "initiative")
                others = tuple(named(self.head, each) for each in hanging if each.kind != "initiative")
                span = self.head.at(ref, (now.first_written("date"),))
                yield ReleaseMove(named(self.head, ref), was.date, now.date, work, others, span)

    @cached_property
    def _kept(self) -> Mapping[_At, Ref]:
        """The fields that name the same release in both states."""
        before = {
            _At(self.pairing.head(at.source), at.field): self.pairing.head(release)
            for at, release in _named(self.base).items()
        }
        return {at: release for at, release in _named(self.head).items() if before.get(at) == release}

    def of(self, ref: Ref, route: Route) -> ReleaseMove | None:
        """The release because of which a field of an entity has another day."""
        entity = self.head.entities.get(ref)
        return self._by_release.get(self._kept.get(_At(ref, _field(entity, route)), ref)) if entity else None

    def tells(self, change: Modified) -> bool:
        """Whether a difference is that of such a release, or follows from it."""
        if change.ref in self._by_release and change.route == ("date",):
            return True
        return self.of(change.ref, change.route) is not None


def _named(model: Model) -> Mapping[_At, Ref]:
    """By field: the release that it names."""
    return {
        _At(each.source, _field(model.entities[each.source], each.route)): model.canonical(each.target)
        for each in model.references
        if each.target.kind == RELEASE
    }


def _field(entity: Entity, route: Route) -> tuple[str, ...]:
    """The last field of a route, and of an item of a list what identifies it."""
    value: object = entity
    marks: list[str] = []
    for step in route[:-1]:
        if isinstance(value, tuple) and isinstance(step, int):
            value = value[step] if step < len(value) else None
            marks.append(str(naming(value)))
        else:
            value = getattr(value, str(step), None)
    return (str(route[-1]), *marks)
