"""From changes of the available versions to what they mean for each consumer, with the paths."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.finding import Span
from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.graph.propagation import Propagation, Seed, Witness, propagate
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named, Spelling, name_of, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.outlook.cause import Cause, Step
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import Effect, Need, Reason, Standing, Transition, effect_of, standing
from platctl.outlook.offers import Catalog, catalog_offers
from platctl.outlook.shifts import Shift
from platctl.record import record


@record
class PassedOn:
    """A component that an effect reached."""

    component: Named
    level: Level


@record
class Aside:
    """A consumer whose dependency was broken before, or is no longer there in head."""

    consumer: Named
    tier: int | None
    on: Spelling
    requires: str | None
    span: Span | None


@record
class Direct:
    """What one shift means for one dependency."""

    use: Use
    shift: Shift
    effect: Effect


@record(slots=False)
class Spread:
    """All direct effects of a change set and how they spread. `base` and `head` are the same in a what-if."""

    base: Graph
    head: Graph
    pairing: Pairing
    shifts: tuple[Shift, ...]
    has_moves: bool = True

    @cached_property
    def _base_uses(self) -> Mapping[EdgeKey, Use]:
        """Dependencies of base by their names in head."""
        head = self.pairing.head
        return {use.key._replace(source=head(use.source), target=head(use.target)): use for use in self.base.uses}

    @cached_property
    def _standing_uses(self) -> Mapping[Ref, list[Use]]:
        """By component: the dependencies that exist in both states, as in head."""
        users: dict[Ref, list[Use]] = {}
        for use in self.head.uses:
            if use.key in self._base_uses:
                users.setdefault(use.target, []).append(use)
        return users

    def only(self, shifts: tuple[Shift, ...]) -> "Spread":
        """The effects of some of the shifts alone, without dependencies that require something else now."""
        part = replace(self, shifts=shifts, has_moves=False)
        vars(part).update(_base_uses=self._base_uses, _standing_uses=self._standing_uses)  # no need to build them again
        return part

    @cached_property
    def direct(self) -> tuple[Direct, ...]:
        """Every direct effect, including those without a level."""
        found = [
            Direct(use, shift, effect)
            for shift in self.shifts
            for use in self._standing_uses.get(shift.transition.component, ())
            for effect in [self._effect(shift, use)]
        ]
        return (*found, *self._moves()) if self.has_moves else tuple(found)

    def _effect(self, shift: Shift, use: Use) -> Effect:
        before = self._base_uses[use.key]
        # A plan is judged by what head requires; only an edit of the catalog affects what base required.
        need = _need(use) if shift.transition.date or shift.initiative else _need(before)
        effect = effect_of(shift.transition, need, _need(use))
        if shift.is_withdrawn:
            return _taken_back(effect)
        return _rescheduled(effect, shift) if shift.moved_from else effect

    def _moves(self) -> Iterator[Direct]:
        """Dependencies that require something else now, on components with an unchanged catalog entry."""
        edited = {shift.transition.component for shift in self.shifts if shift.transition.date is None}
        catalog = Catalog(self.head.model)
        for uses in self._standing_uses.values():
            for use in uses:
                need, before = _need(use), _need(self._base_uses[use.key])
                if need.moves_from(before) and use.target not in edited:
                    offers = catalog.offers(use.target)
                    shift = Shift(Transition(use.target, offers, offers))
                    yield Direct(use, shift, effect_of(shift.transition, before, need))

    @cached_property
    def propagation(self) -> Propagation:
        """How the direct effects spread over dependencies that exist in both states."""
        return self.reaching(Level.INFORMED)

    def reaching(self, weakest: Level) -> Propagation:
        """How effects of at least a level spread."""
        seeds = [
            Seed(direct.use, direct.effect.level, (*_order(direct), index))
            for index, direct in enumerate(self.direct)
            if direct.effect.level
        ]
        return propagate(seeds, self._standing_uses, weakest)

    def _direct_of(self, seed: Seed) -> Direct:
        return self.direct[int(str(seed.order[-1]))]

    def components(self) -> tuple[PassedOn, ...]:
        """The components that an effect reached, the strongest first."""
        reached = [
            PassedOn(named(self.head.model, ref), self.propagation.strongest(ref).state.level)
            for ref in self.propagation.nodes
            if ref.kind == "component"
        ]
        return tuple(sorted(reached, key=lambda each: (each.level.rank, each.component.ref)))

    def causes(self, consumer: Ref) -> tuple[Cause, ...]:
        """Why a consumer is affected: the strongest and nearest cause first, then one for each other dependency."""
        strongest = self.propagation.strongest(consumer)
        others = [each for each in self.propagation.causes(consumer) if each.path[0] != strongest.path[0]]
        return tuple(self._cause(witness) for witness in (strongest, *others))

    @property
    def consumers(self) -> list[Ref]:
        """The consumers that an effect reached, sorted."""
        return [ref for ref in self.propagation.nodes if ref.kind == "consumer"]

    def _cause(self, witness: Witness) -> Cause:
        direct = self._direct_of(witness.seed)
        effect, use = direct.effect, direct.use
        absorbed = witness.absorbed_by
        return Cause(
            level=witness.state.level,
            reason=effect.reason,
            subject=self.target(use),
            component=use.target,
            steps=self._steps(witness),
            requires=use.dependency.requires.text if use.dependency.requires else None,
            offered=_versions(effect.was),
            left=_versions(effect.offers),
            date=direct.shift.transition.date,
            until=effect.until,
            announced=self._announced(use, effect) if effect.reason is Reason.RANGE_UNMET else None,
            initiative=self._initiative(direct.shift),
            moved_from=direct.shift.moved_from,
            hard_level=effect.hard_level,
            is_range_known=effect.is_range_known,
            absorbed_by=named(self.head.model, absorbed) if absorbed else None,
            migration=use.dependency.migration,
        )

    def _initiative(self, shift: Shift) -> Named | None:
        return self._present(shift.initiative) if shift.initiative else None

    def _announced(self, use: Use, effect: Effect) -> Date | None:
        """The sunset that base already declared for what the dependency used."""
        used = {offer.identity for offer in effect.was}
        component = self.base.model.components.get(use.target)
        offers = catalog_offers(component) if component else ()
        return max((each.ends for each in offers if each.ends and each.identity in used), default=None)

    def target(self, use: Use) -> Spelling:
        """The target of a dependency, as its author spells it: `identity#rest`."""
        model = self.head.model if self.head.model.get(use.target) else self.base.model
        return name_of(model, use.target, use.interface)

    def _steps(self, witness: Witness) -> tuple[Step, ...]:
        """From the consumer down to the change; the level of a step is that of its source."""
        last = len(witness.path) - 1
        return tuple(
            self._step(use, level, decides=index == last)
            for index, (use, level) in enumerate(zip(witness.path, _levels(witness), strict=True))
        )

    def _step(self, use: Use, level: Level, *, decides: bool) -> Step:
        known = self._known_steps.get((use.key, level, decides))
        if known is None:
            known = self._known_steps[use.key, level, decides] = Step(
                entity=named(self.head.model, use.source),
                on=self.target(use),
                span=LazySpan(self.head.model.documents[use.source], use.route),
                requires=use.dependency.requires.text if use.dependency.requires else None,
                strength=use.dependency.strength,
                exposes=use.exposes,
                level=level,
                decides=decides,
            )
        return known

    @cached_property
    def _known_steps(self) -> dict[tuple[EdgeKey, Level, bool], Step]:
        """Steps shared by several paths are made once."""
        return {}

    def already_broken(self) -> tuple[Aside, ...]:
        """Consumers whose dependency on something that changes was not met before and is not met now."""
        return _asides(
            self._aside(self.head.model, direct.use)
            for direct in self.direct
            if direct.effect.reason is Reason.PRE_EXISTING and direct.use.source.kind == "consumer"
        )

    def left(self) -> tuple[Aside, ...]:
        """Consumers that no longer use something that changes."""
        touched = {shift.transition.component for shift in self.shifts}
        head_keys = {use.key for use in self.head.uses}
        return _asides(
            replace(self._aside(self.base.model, use), consumer=self._present(key.source))
            for key, use in self._base_uses.items()
            if key not in head_keys and key.target in touched and key.source.kind == "consumer"
        )

    def _present(self, ref: Ref) -> Named:
        return named(self.head.model if self.head.model.get(ref) else self.base.model, ref)

    def _aside(self, model: Model, use: Use) -> Aside:
        entity = model.consumers.get(use.source)
        requires = use.dependency.requires
        span = model.at(use.source, use.route)
        tier = entity.tier if entity else None
        return Aside(named(model, use.source), tier, self.target(use), requires.text if requires else None, span)


def _need(use: Use) -> Need:
    return Need(use.interface, use.dependency.requires, use.is_soft)


def _order(direct: Direct) -> tuple[object, ...]:
    date = direct.effect.until or direct.shift.transition.date
    return (date.isoformat() if date else "", str(direct.use.target))


def _versions(offers: Iterable[object]) -> tuple[str, ...]:
    return tuple(offer.version.text for offer in offers if getattr(offer, "version", None))  # type: ignore[attr-defined]


def _levels(witness: Witness) -> Iterator[Level]:
    """The level at each step, recomputed from the change upwards."""
    level, passes_on = witness.seed.level, witness.path[-1].exposes
    levels = [level]
    for use in reversed(witness.path[:-1]):
        onward = level if passes_on else level.absorbed or Level.INFORMED
        level, passes_on = (onward.softened if use.is_soft else onward), use.exposes
        levels.append(level)
    return reversed(levels)


def _asides(found: Iterable[Aside]) -> tuple[Aside, ...]:
    unique = {(aside.consumer.ref, aside.on, aside.requires): aside for aside in found}
    return tuple(sorted(unique.values(), key=lambda aside: (aside.tier or 99, aside.consumer.ref, aside.on)))


def _taken_back(effect: Effect) -> Effect:
    """A plan that head withdraws: its harm becomes a gain; a lost gain is reported as a delivery."""
    if effect.level and effect.level.is_harm:
        return replace(effect, level=Level.GAINS, reason=Reason.WITHDRAWN, hard_level=None)
    return replace(effect, level=None)


def _rescheduled(effect: Effect, shift: Shift) -> Effect:
    """A plan that only moves: sooner harm requires action, later harm is a gain; gains are reported as deliveries."""
    due = max((each for each in (effect.until, shift.transition.date) if each), default=None)
    is_later = due is not None and shift.moved_from is not None and due > shift.moved_from
    if effect.level is None or not effect.level.is_harm:
        return replace(effect, level=None)
    if is_later:
        return replace(effect, level=Level.GAINS, reason=Reason.POSTPONED, hard_level=None)
    if effect.level is Level.BREAKS:
        return replace(effect, level=Level.MUST_ACT, reason=Reason.SOONER, until=due)
    return replace(effect, reason=Reason.SOONER)


def unmet(graph: Graph, catalog: Catalog) -> Iterator[Use]:
    """Dependencies with a readable range that no version available today meets."""
    for use in graph.uses:
        need = _need(use)
        if need.is_readable and use.target in graph.model.components:
            offers = catalog.offers(use.target)
            if standing(offers, need) is Standing.NONE:
                yield use
