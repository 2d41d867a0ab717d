"""What changes asked about do: who works differently, and in which order all can move without breaking anyone."""

from collections.abc import Iterator
from functools import cached_property

from platctl.graph.graph import Use
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.outlook.contacts import contacts_for
from platctl.outlook.fits import Fit
from platctl.outlook.offers import Offers, selected
from platctl.questions.compat.asked import Asked, AskedKind
from platctl.questions.compat.matrix import Matrix
from platctl.questions.compat.report import Step, StepKind, WhatIf, WordChange
from platctl.record import record


@record(slots=False)
class Moves:
    """A model without and with what is asked; both matrices begin on the day of the changes."""

    before: Matrix
    after: Matrix
    asked: tuple[Asked, ...]

    def answer(self) -> WhatIf:
        steps = tuple(self._steps())
        stuck = [use for use in self._movers if not self._targets(use)]
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

    def _first(self, matrix: Matrix, use: Use) -> Fit:
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

    def _targets(self, use: Use) -> tuple[str, ...]:
        """The versions that stay and that are there before anything is dropped: what it can move to."""
        ref = use.target
        before = {each.identity for each in self._offers(self.before, use)}
        added = {
            (each.interface, each.version)
            for each in self.asked
            if each.kind is AskedKind.ADD and each.component == ref
        }
        stay = [each for each in self._offers(self.after, use) if each.identity in before | added]
        best = [each for each in stay if not each.is_deprecated] or stay
        return tuple(str(each.version) for each in best if each.version)

    def _offers(self, matrix: Matrix, use: Use) -> Offers:
        return selected(matrix.ahead.head.offers(use.target, matrix.ahead.first), use.interface)

    def _steps(self) -> Iterator[Step]:
        yield from (self._change(each) for each in self.asked if each.kind is AskedKind.ADD)
        for use in self._movers:
            targets = self._targets(use)
            if targets:
                yield self._move(use, targets)
        yield from (self._change(each) for each in self.asked if each.kind is not AskedKind.ADD)

    def _change(self, each: Asked) -> Step:
        taken = each.kind is not AskedKind.ADD
        stuck = taken and any(_concerns(use, each.place) and not self._targets(use) for use in self._movers)
        return Step(StepKind(each.kind.value), each.on, each.version, None, None, (), None, (), None, stuck)

    def _move(self, use: Use, targets: tuple[str, ...]) -> Step:
        model, edge = self.before.model, self.before.edge(use)
        contacts = contacts_for(model, use.source)
        weeks = use.dependency.migration
        return Step(
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


def _concerns(use: Use, place: tuple[Ref, str]) -> bool:
    """Whether a dependency may be on an interface."""
    return use.target == place[0] and use.interface in (None, place[1])
