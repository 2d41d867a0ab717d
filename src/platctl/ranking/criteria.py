"""The value of a criterion for an initiative: derived from the graph, declared, voted, or a default."""

from dataclasses import replace
from typing import Final

from platctl.model.entity.initiative import Initiative
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion
from platctl.ranking.graph_values import FROM_GRAPH, KnownValue, lacking
from platctl.ranking.inputs import Input, Origin
from platctl.ranking.known_work import KnownWork

_DELAY_COST: Final = "delay_cost"


class Criteria(KnownWork):
    """Looks criteria up. Derived values take precedence, then declared ones, then votes, then the default."""

    def of(self, ref: Ref, criterion: Criterion) -> Input:
        """A criterion of an initiative."""
        initiative = self.model.initiatives[ref]
        said = self.said.of(initiative, criterion)
        known = self.known(ref, criterion.id)
        if known is not None:
            found = self._from_graph(initiative, criterion, known)
            return replace(found, written=said.value) if said and said.value != known.value else found
        if said is not None:
            return said
        if criterion.instead and (known := self.known(ref, criterion.instead)) is not None:
            note = f"{criterion.instead} used instead" + (f"; {known.note}" if known.note else "")
            return self._from_graph(initiative, criterion, replace(known, note=note))
        value = criterion.default
        note = lacking(self, initiative) if _DELAY_COST in (criterion.id, criterion.instead) else ""
        origin = Origin.MISSING if value is None else Origin.DEFAULT
        return Input(criterion.id, criterion.label, value, origin, value, unit=criterion.unit, note=note)

    def known(self, ref: Ref, name: str) -> KnownValue | None:
        """The value that the graph gives for an initiative; None if there is none."""
        derive = FROM_GRAPH.get(name)
        return derive(self, self.model.initiatives[ref]) if derive else None

    def _from_graph(self, initiative: Initiative, criterion: Criterion, known: KnownValue) -> Input:
        return Input(
            criterion.id,
            criterion.label,
            known.value,
            Origin.GRAPH,
            known.value,
            unit=known.unit or criterion.unit,
            low=known.low,
            high=known.high,
            span=self.model.at(initiative.ref, (known.field,)) if known.field else None,
            note=known.note,
            portions=known.portions,
            harmed=known.harmed,
        )
