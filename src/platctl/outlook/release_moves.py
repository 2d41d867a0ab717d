"""Releases whose day differs between two states, and everything that moves with them: one cause, told once."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.entity.release import Release
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.release_day import RELEASE, release_of
from platctl.outlook.difference import Modified, Pairing
from platctl.record import record


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
        for ref, was in sorted(former.items()):
            now = self.head.entities.get(ref)
            if isinstance(now, Release) and was.date != now.date:
                before = {self.pairing.head(each) for each in _users(self.base).get(was.ref, ())}
                hanging = [each for each in _users(self.head).get(ref, ()) if each in before]
                work = tuple(named(self.head, each) for each in hanging if each.kind == "initiative")
                others = tuple(named(self.head, each) for each in hanging if each.kind != "initiative")
                span = self.head.at(ref, (now.first_written("date"),))
                yield ReleaseMove(named(self.head, ref), was.date, now.date, work, others, span)

    @cached_property
    def _named(self) -> Mapping[tuple[Ref, str], Ref]:
        """By entity and field: the release that it names there, in a version that it lists as well."""
        found: dict[tuple[Ref, str], Ref] = {}
        for each in self.head.references:
            if each.target.kind == RELEASE:
                found.setdefault((each.source, str(each.route[-1])), self.head.canonical(each.target))
        return found

    def of(self, ref: Ref, field: str) -> ReleaseMove | None:
        """The release because of which a field of an entity has another day."""
        move = self._by_release.get(self._named.get((ref, field), ref))
        return move if move and ref in {each.ref for each in (*move.work, *move.others)} else None

    def tells(self, change: Modified) -> bool:
        """Whether a difference is that of such a release, or follows from it."""
        if change.ref in self._by_release and change.route == ("date",):
            return True
        release = release_of(change.after) or release_of(change.before)
        move = self._by_release.get(self.head.canonical(release)) if release else None
        return move is not None and change.ref in {each.ref for each in (*move.work, *move.others)}


def _users(model: Model) -> Mapping[Ref, list[Ref]]:
    """By release: what names it."""
    found: dict[Ref, dict[Ref, None]] = {}
    for each in model.references:
        if each.target.kind == RELEASE:
            found.setdefault(model.canonical(each.target), {})[each.source] = None
    return {ref: [*sources] for ref, sources in found.items()}
