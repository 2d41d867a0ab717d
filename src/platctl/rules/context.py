"""The input of every rule."""

from functools import cached_property
from typing import TYPE_CHECKING

from platctl.finding import Label, Span
from platctl.graph.graph import Graph, Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Component
from platctl.model.model import Model
from platctl.model.named import name_of
from platctl.model.ref import Ref
from platctl.outlook.effects import Standing, need_of, standing
from platctl.outlook.offers import Offers, selected
from platctl.outlook.plan import Plan
from platctl.outlook.timeline import Timeline
from platctl.record import record
from platctl.rules.unread import Unread

if TYPE_CHECKING:
    from platctl.model.scenarios import Misfit


@record(slots=False)
class Context:
    """A model, and facts derived from it that several rules share. `today` is None if the date is unknown."""

    model: Model
    graph: Graph
    timeline: Timeline
    today: Date | None = None

    @cached_property
    def plan(self) -> Plan:
        """The schedule of the initiatives."""
        return Plan(self.model, self.today)

    @cached_property
    def unread(self) -> Unread:
        """The names in parts of the model that could not be read."""
        return Unread(self.model)

    @cached_property
    def misfits(self) -> "tuple[Misfit, ...]":
        """Where scenarios no longer fit the model."""
        if not self.model.scenarios:
            return ()
        from platctl.model.scenarios import supposed  # few models have any

        found = (supposed(self.model, ref, self.today).misfits for ref in self.model.scenarios)
        return tuple(each for misfits in found for each in misfits)

    @cached_property
    def offers(self) -> dict[Ref, Offers]:
        """The versions each component provides today."""
        return {ref: self.timeline.offers(ref) for ref in self.model.components}

    @cached_property
    def standings(self) -> tuple[tuple[Use, Standing], ...]:
        """How well each dependency is met, for targets that exist and could be read."""
        known: dict[tuple[Ref, str | None, str | None], Standing] = {}
        result: list[tuple[Use, Standing]] = []
        for use in self.graph.uses:
            target = self.model.components.get(use.target)
            if target is None or not self.is_offer_read(target, use.interface):
                continue
            # Nothing else of a need decides how well it is met.
            key = (use.target, use.interface, use.dependency.requires.text if use.dependency.requires else None)
            if key not in known:
                known[key] = standing(self.offers[use.target], need_of(use))
            result.append((use, known[key]))
        return tuple(result)

    def offered_to(self, use: Use) -> Offers:
        """The versions available to a dependency."""
        return selected(self.offers[use.target], use.interface)

    def is_offer_read(self, component: Component, interface: str | None) -> bool:
        """Whether a component has this interface, and all fields about its versions could be read."""
        exists = interface is None or component.has_interface(interface)
        return exists and self.is_read(component.ref, *OFFERING)

    def is_read(self, ref: Ref, *fields: str) -> bool:
        """Whether these fields of an entity could be read completely."""
        return not any(route[:1] == (field,) for route in self.model.documents[ref].removed for field in fields)

    def name(self, ref: Ref, interface: str | None = None) -> str:
        """The id of an entity, or of one of its interfaces, as spelled in its file."""
        return name_of(self.model, ref, interface)

    def use_span(self, use: Use, field: str = "component") -> Span:
        """The place of a field of a dependency."""
        return self.model.at(use.source, (*use.route, field))

    def label(self, ref: Ref, text: str, *route: str | int) -> Label:
        """A label for a field of another entity, or for its id."""
        return Label(self.model.at(ref, route or ("id",)), text)


OFFERING = ("version", "versions", "interfaces", "lifecycle", "sunset")
"""The fields that define which versions a component offers."""


def counted(items: list[str], most: int = 5, word: str = "and") -> str:
    """Names as a list in a sentence; those beyond `most` are counted."""
    shown = [f"`{item}`" for item in items[:most]]
    if len(items) > most:
        shown.append(f"{len(items) - most} more")
    return f" {word} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
