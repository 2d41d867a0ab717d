"""What changes asked about do: who works differently, and in which order all can move without breaking anyone."""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from platctl.graph.graph import EdgeKey, Use
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.version import Range, Version
from platctl.outlook.contacts import contacts_for
from platctl.outlook.fits import Fit
from platctl.outlook.offers import Offers, covers, selected
from platctl.questions.compat.asked import AskedChange, AskedKind
from platctl.questions.compat.matrix import VersionMatrix
from platctl.questions.compat.report import MoveStep, StepKind, WhatIf, WordChange
from platctl.record import record

Provided = tuple[Ref, str, str | None]
"""A component, an interface of it, and a version."""
_ORDER = (AskedKind.ADD, AskedKind.SET, AskedKind.DROP)
"""What adds something comes first, since it gives others something to move to."""


@record(slots=False)
class Moves:
    """A model without and with what is asked; both matrices begin on the day of the changes."""

    before: VersionMatrix
    after: VersionMatrix
    asked: tuple[AskedChange, ...]

    def answer(self) -> WhatIf:
        stuck: list[Use] = []
        steps = tuple(self._steps(stuck))
        model = self.before.model
        return WhatIf(
            asked=tuple(each.text for each in self.asked),
            changes=tuple(self._changes()),
            steps=steps,
            stuck=tuple(named(model, ref) for ref in dict.fromkeys(use.source for use in stuck)),
            unclear=tuple(named(model, ref) for ref in dict.fromkeys(use.source for use in self._unclear)),
        )

    @cached_property
    def _uses(self) -> tuple[Use, ...]:
        """The dependencies on what is asked about."""
        places = {each.place for each in self.asked}
        return tuple(use for use in self.before.graph.uses if any(_concerns(use, place) for place in places))

    def _changes(self) -> Iterator[WordChange]:
        for use in self._uses:
            was, now = self.before.whole(use), self.after.whole(use)
            if (was.word, was.until, was.why) != (now.word, now.until, now.why):
                edge = self.before.edge(use)
                yield WordChange(named(self.before.model, use.source), edge.on, edge.requires, was, now, edge.span)

    def _first(self, matrix: VersionMatrix, use: Use) -> Fit:
        """Whether it works on the day of the changes."""
        return matrix.fits(use).whole[0].fit

    @cached_property
    def _movers(self) -> tuple[Use, ...]:
        """Who works before and not after, those first through which others get it."""
        found = [each for each in self._uses if self._first(self.before, each).is_met]
        found = [each for each in found if self._first(self.after, each) is Fit.FAILS]
        sources = {use.source for use in found}
        graph = self.before.graph
        below = {ref: len(sources.intersection(graph.dependencies([ref])) - {ref}) for ref in sources}
        consumers = self.before.model.consumers
        return tuple(sorted(found, key=lambda use: (below[use.source], use.source in consumers, use.source, use.key)))

    @cached_property
    def _unclear(self) -> tuple[Use, ...]:
        """Those of whom it is not known whether they have to move, since something may go that they use."""
        taken = {each.place for each in self.asked if each.kind is not AskedKind.ADD}
        concerned = (use for use in self._uses if any(_concerns(use, place) for place in taken))
        return tuple(use for use in concerned if self._first(self.after, use) is Fit.UNKNOWN)

    # In which order

    def _steps(self, stuck: list[Use]) -> Iterator[MoveStep]:
        """What adds something is done as soon as that breaks no one, then all move that can, and then the rest is done.

        Where every change left would break someone, the first of them is made all the same; `stuck` are those.
        """
        there, waiting = set(self._first_offers), list(self._movers)
        left = sorted(self.asked, key=lambda each: _ORDER.index(each.kind))
        while left:
            change = next((each for each in self._safe(left, waiting, there) if each.kind is not AskedKind.DROP), None)
            if change is None:
                moves = {use.key: self._targets(use, there) for use in waiting}
                yield from (self._move(use, moves[use.key]) for use in waiting if moves[use.key])
                waiting = [use for use in waiting if not moves[use.key]]
                change = next(self._safe(left, waiting, there), left[0])
            there = self._applied(there, change)
            broken = self._broken(waiting, there)
            yield _step(change, is_stuck=bool(broken))
            stuck += broken
            waiting = [use for use in waiting if use not in broken]
            left.remove(change)

    def _safe(self, left: Sequence[AskedChange], waiting: Sequence[Use], there: Set[Provided]) -> Iterator[AskedChange]:
        """The changes that break no one."""
        return (each for each in left if not self._broken(waiting, self._applied(there, each)))

    @cached_property
    def _first_offers(self) -> frozenset[Provided]:
        """What is there before the changes."""
        head, first = self.before.ahead.head, self.before.ahead.first
        components = {use.target for use in self._movers}
        return frozenset((ref, *each.identity) for ref in components for each in head.offers(ref, first))

    def _applied(self, there: Set[Provided], each: AskedChange) -> set[Provided]:
        """What is there after a change."""
        mine = (each.component, each.interface, each.version)
        if each.kind is AskedKind.ADD:
            return {*there, mine}
        kept = {other for other in there if other[:2] != each.place}
        if each.kind is AskedKind.SET:
            return {*kept, mine}
        wanted = Range(each.version, each.scheme) if each.version else None
        others = {other: Version(other[2], each.scheme) if other[2] else None for other in there if other not in kept}
        return kept | {other for other, version in others.items() if not covers(wanted, version)}

    def _broken(self, waiting: Sequence[Use], there: Set[Provided]) -> list[Use]:
        """Those that have not moved, and that nothing is left for."""
        return [use for use in waiting if there.isdisjoint(self._works_with[use.key])]

    @cached_property
    def _works_with(self) -> Mapping[EdgeKey, frozenset[Provided]]:
        """By dependency: what it works with without a move, be it before or after."""
        return {use.key: frozenset(self._met(use)) for use in self._movers}

    def _met(self, use: Use) -> Iterator[Provided]:
        for matrix in (self.before, self.after):
            fits = matrix.fits(use)
            for each in self._offers(matrix, use):
                if fits.with_version(each.identity)[0].fit.is_met:
                    yield (use.target, *each.identity)

    def _targets(self, use: Use, there: Set[Provided]) -> tuple[str, ...]:
        """The versions that are there and stay, without the deprecated ones if there are others."""
        stay = [each for each in self._offers(self.after, use) if (use.target, *each.identity) in there]
        best = [each for each in stay if not each.is_deprecated] or stay
        return tuple(str(each.version) for each in best if each.version)

    def _offers(self, matrix: VersionMatrix, use: Use) -> Offers:
        return selected(matrix.ahead.head.offers(use.target, matrix.ahead.first), use.interface)

    def _move(self, use: Use, targets: tuple[str, ...]) -> MoveStep:
        model, edge = self.before.model, self.before.edge(use)
        contacts = contacts_for(model, use.source)
        weeks = use.dependency.migration
        return MoveStep(
            StepKind.MOVE,
            edge.on,
            None,
            named(model, use.source),
            edge.requires,
            targets,
            weeks,
            contacts,
            edge.span,
            is_stuck=False,
        )


def _step(change: AskedChange, *, is_stuck: bool) -> MoveStep:
    kind = StepKind(change.kind.value)
    return MoveStep(kind, change.on, change.version, None, None, (), None, (), None, is_stuck)


def _concerns(use: Use, place: tuple[Ref, str]) -> bool:
    """Whether a dependency may be on an interface."""
    return use.target == place[0] and use.interface in (None, place[1])
