"""Consumers that a change concerns without counting: unmet before, or no longer dependent."""

from collections.abc import Iterable
from dataclasses import replace

from platctl.finding import Span
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, OfferedVersion
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.named import Named, Spelling, named
from platctl.outlook.effects import Need, Reason, need_of
from platctl.outlook.offers import Offer, listed_offers
from platctl.outlook.spread import Spread
from platctl.record import record


@record
class Aside:
    """A consumer whose dependency was broken before, or is no longer there in head.

    `ended` is the sunset on which what it used ended in base, `announced` the day from which that was deprecated.
    """

    consumer: Named
    tier: int | None
    on: Spelling
    requires: str | None
    span: Span | None
    ended: Date | None = None
    announced: Date | None = None


@record(slots=False)
class Asides:
    """What a comparison lists apart."""

    spread: Spread

    def already_broken(self) -> tuple[Aside, ...]:
        """Consumers whose dependency on something that changes was not met before and is not met now."""
        unmet = (each.use for each in self.spread.direct if each.effect.reason is Reason.PRE_EXISTING)
        return _asides(self._ended(self._aside(self.spread.head.model, use), use) for use in unmet if _is_consumer(use))

    def _ended(self, aside: Aside, use: Use) -> Aside:
        """With the sunset after which nothing was left in base, if it has passed."""
        component = self.spread.base.model.components.get(self.spread.base_name(use.target))
        if component is None:
            return aside
        return with_end(aside, component, need_of(self.spread.base_uses[use.key]), self.spread.comparison.first)

    def left(self) -> tuple[Aside, ...]:
        """Consumers that no longer use something that changes."""
        touched = frozenset(self.spread.changed)
        head_keys = {use.key for use in self.spread.head.uses}
        return _asides(
            replace(self._aside(self.spread.base.model, use), consumer=self.spread.present(key.source))
            for key, use in self.spread.base_uses.items()
            if key not in head_keys and key.target in touched and key.source.kind == "consumer"
        )

    def _aside(self, model: Model, use: Use) -> Aside:
        return aside_of(model, use, self.spread.target(use))


def aside_of(model: Model, use: Use, on: Spelling) -> Aside:
    """A dependency that is listed apart."""
    entity = model.consumers.get(use.source)
    requires = use.dependency.requires
    span = model.at(use.source, use.route)
    tier = entity.tier if entity else None
    return Aside(named(model, use.source), tier, on, requires.text if requires else None, span)


def with_end(aside: Aside, component: Component, need: Need, first: Date) -> Aside:
    """With the sunset in the catalog after which nothing was left for a need, if that has passed on a day."""
    last = max(need.meets(listed_offers(component)), key=lambda each: each.gone or Date.max, default=None)
    if last is None or last.gone is None or last.gone > first:
        return aside
    version = _listed(component, last)
    return replace(aside, ended=last.gone, announced=version.deprecated if version else None)


def _listed(component: Component, offer: Offer) -> OfferedVersion | None:
    """The entry of the catalog for a version."""
    found = (each.offered for each in listed(component) if each.interface == offer.interface)
    return next((each for each in found if each.version == offer.version), None)


def _is_consumer(use: Use) -> bool:
    return use.source.kind == "consumer"


def _asides(found: Iterable[Aside]) -> tuple[Aside, ...]:
    unique = {(aside.consumer.ref, aside.on, aside.requires): aside for aside in found}
    return tuple(sorted(unique.values(), key=lambda aside: (aside.tier or 99, aside.consumer.ref, aside.on)))
