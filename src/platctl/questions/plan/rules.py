"""Rules between pieces of work: what excludes each other, what comes first, and which shares have to be kept."""

from collections.abc import Iterator, Mapping, Sequence

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.balance import Band, Stage
from platctl.model.settings.scoring import ScoringModel
from platctl.model.vocabulary import Measure, Status
from platctl.questions.balance.bands import Bands
from platctl.questions.balance.division import BalanceOptions, Divided
from platctl.ranking.criteria import Criteria
from platctl.record import record
from platctl.scheduling.placing import Bound

_SHARES = 1000
"""Steps of a share in a band."""


@record
class PlanRules:
    """The rules of a model on what a plan may choose among."""

    criteria: Criteria
    method: ScoringModel
    today: Date
    candidates: Mapping[Ref, Initiative]

    @property
    def model(self) -> Model:
        return self.criteria.model

    def one_of(self) -> Iterator[tuple[Ref, ...]]:
        """Sets of which at most one is done."""
        groups: dict[str, list[Ref]] = {}
        for ref, each in self.candidates.items():
            if each.one_of:
                groups.setdefault(each.one_of.casefold(), []).append(ref)
            for other in self.model.canonical_all(each.conflicts_with):
                if other in self.candidates and other != ref:
                    yield tuple(sorted((ref, other)))
        yield from (tuple(refs) for refs in groups.values() if len(refs) > 1)

    def order(self) -> Iterator[tuple[Ref, Ref]]:
        """What decisions put first."""
        for decision in self.model.decisions.values():
            is_over = decision.expires is not None and decision.expires < self.today
            chose = self.model.canonical(decision.chose) if decision.chose else None
            if chose in self.candidates and not is_over and chose is not None:
                for other in self.model.canonical_all(decision.over):
                    if other in self.candidates and self.candidates[other].status is not Status.ACTIVE:
                        yield chose, other

    def bounds(self) -> Iterator[Bound[Ref]]:
        """Bands on the planned or open work, as sums over what is chosen."""
        divided = Divided(self.criteria, BalanceOptions(self.method, self.today))
        bands = Bands(divided)
        for index, band in enumerate(self.model.config.balance.bands):
            if band.in_ is Stage.DELIVERED or (band.measure is Measure.VALUE and self.method.classes):
                continue
            rows = [row.id for row in bands.meant(band)]
            for keys in [rows] if band.is_together else [[key] for key in rows]:
                yield from self._band(f"balance.bands[{index}]", band, keys, divided)

    def _band(self, name: str, band: Band, keys: Sequence[str | None], divided: Divided) -> Iterator[Bound[Ref]]:
        """A share of the whole within bounds is a sum in which the whole counts against the part."""
        amounts = divided.amounts[band.measure]
        parts, wholes = {}, {}
        for ref, each in self.candidates.items():
            split = divided.split(band.by, each)
            wholes[ref] = round(amounts.get(ref, 0.0) * _SHARES)
            parts[ref] = round(amounts.get(ref, 0.0) * _SHARES * sum(split.get(key, 0.0) for key in keys))
        for share, is_lower in ((band.at_least, True), (band.at_most, False)):
            if share is not None:
                limit = round(share * _SHARES)
                terms = tuple((ref, _SHARES * parts[ref] - limit * wholes[ref]) for ref in parts)
                yield Bound(name, terms, lower=0 if is_lower else None, upper=None if is_lower else 0)
        if band.served:
            yield Bound(name, tuple((ref, 1) for ref in parts if parts[ref]), lower=1)
