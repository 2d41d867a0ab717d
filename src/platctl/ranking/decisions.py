"""The order that decisions require."""

from collections.abc import Mapping
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.entity.decision import Decision
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.record import record
from platctl.scheduling.reachable import reachable


@record(slots=False)
class Decisions:
    """Decisions about ranked work. `edges` are the pairs that prerequisites put in order."""

    model: Model
    ranked: frozenset[Ref]
    edges: tuple[tuple[Ref, Ref], ...]
    today: Date | None
    are_followed: bool

    @cached_property
    def about(self) -> list[Decision]:
        """The decisions about ranked work, the latest first."""
        known = self.model.decisions.values()
        about = [each for each in known if self.chosen(each) in self.ranked and self.over(each)]
        return sorted(about, key=lambda each: (each.date or Date.min, each.ref), reverse=True)

    def chosen(self, decision: Decision) -> Ref | None:
        """The initiative that a decision puts first, by its current name."""
        return self.model.canonical(decision.chose) if decision.chose else None

    def over(self, decision: Decision) -> list[Ref]:
        """The ranked initiatives that a decision puts second."""
        refs = self.model.canonical_all(decision.over)
        return [ref for ref in refs if ref in self.ranked and ref != self.chosen(decision)]

    @cached_property
    def settled(self) -> tuple[tuple[tuple[Ref, Ref], ...], Mapping[Ref, str]]:
        """The pairs that decisions put in order, and by decision why some of its pairs are not possible."""
        later: dict[Ref, list[Ref]] = {}
        for earlier, ref in self.edges:
            later.setdefault(earlier, []).append(ref)
        pairs: list[tuple[Ref, Ref]] = []
        against: dict[Ref, str] = {}
        for decision in self.about if self.are_followed else ():
            first = self.chosen(decision)
            if first is None or self.is_over(decision):
                continue
            for other in self.over(decision):
                if first in reachable([other], lambda ref: later.get(ref, ())):
                    against[decision.ref] = f"{named(self.model, other).label} has to come first"
                else:
                    pairs.append((first, other))
                    later.setdefault(first, []).append(other)
        return tuple(pairs), against

    def is_over(self, decision: Decision) -> bool:
        """Whether a decision has expired."""
        return decision.expires is not None and self.today is not None and decision.expires < self.today
