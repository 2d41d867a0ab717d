"""From changes of the available versions to what they mean for each consumer, with the paths."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.graph.propagation import Propagation, Seed, Witness, propagate
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.named import Named, Spelling, name_of, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.cause import Cause, Step
from platctl.outlook.comparison import TwoTimelines
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import Effect, EffectStretch, Reason, need_of
from platctl.outlook.events import Event
from platctl.outlook.offers import Offer, Offers, listed_offers
from platctl.record import record


@record
class PassedOn:
    """A component that an effect reached."""

    component: Named
    level: Level


@record
class Direct:
    """A stretch of days of an effect on one dependency."""

    use: Use
    effect: Effect
    told: EffectStretch | None


@record(slots=False)
class Spread:
    """All direct effects of a comparison, and how they propagate. In a what-if, `base` and `head` are the same."""

    base: Graph
    head: Graph
    pairing: Pairing
    comparison: TwoTimelines

    @cached_property
    def base_uses(self) -> Mapping[EdgeKey, Use]:
        """The dependencies of base, by their keys in head."""
        head = self.pairing.head
        return {use.key._replace(source=head(use.source), target=head(use.target)): use for use in self.base.uses}

    @cached_property
    def standing_uses(self) -> Mapping[Ref, list[Use]]:
        """By component: the dependencies that exist in both states, as head has them."""
        users: dict[Ref, list[Use]] = {}
        for use in self.head.uses:
            if use.key in self.base_uses:
                users.setdefault(use.target, []).append(use)
        return users

    def standing(self) -> Iterator[tuple[Use, Use]]:
        """The dependencies that exist in both states, as head and as base have them."""
        for use in self.head.uses:
            if use.key in self.base_uses:
                yield use, self.base_uses[use.key]

    @cached_property
    def _base_name(self) -> Mapping[Ref, Ref]:
        return {head: base for base, head in self.pairing.head_of.items() if base in self.base.model.components}

    def base_name(self, component: Ref) -> Ref:
        """What base calls a component of head."""
        return self._base_name.get(component, component)

    def apart(self, comparison: TwoTimelines) -> "Spread":
        """What another comparison of the same states does."""
        part = replace(self, comparison=comparison)
        vars(part).update(base_uses=self.base_uses, standing_uses=self.standing_uses, _base_name=self._base_name)
        return part

    @cached_property
    def touched(self) -> tuple[Ref, ...]:
        """The components whose timelines differ, or of which something else is asked."""
        return tuple(sorted({each.use.target for each in self.direct} | set(self.changed)))

    @cached_property
    def changed(self) -> tuple[Ref, ...]:
        touched = self.comparison.touched
        if touched is None:
            touched = frozenset([*map(self.pairing.head, self.base.model.components), *self.head.model.components])
        return tuple(ref for ref in sorted(touched) if self.comparison.is_changed(self.base_name(ref), ref))

    @cached_property
    def direct(self) -> tuple[Direct, ...]:
        """Every direct effect, including those that mean nothing."""
        return tuple(self._found())

    def _found(self) -> Iterator[Direct]:
        changed = frozenset(self.changed)
        for target in self.standing_uses if self.comparison.touched is None else self.changed:
            for use in self.standing_uses.get(target, ()):
                base_use = self.base_uses[use.key]
                if target not in changed and base_use.dependency is use.dependency:
                    continue
                before, after = need_of(base_use), need_of(use)
                if target in changed or after.moves_from(before):
                    for effect, told in self.comparison.told(self.base_name(target), target, before, after):
                        yield Direct(use, effect, told)

    @cached_property
    def gaining(self) -> Propagation:
        """How gains alone propagate: who gains, whatever else happens to it."""
        gains = (each for each in enumerate(self.direct) if each[1].told and each[1].told.level is Level.GAINS)
        return self.of(gains, Level.GAINS)

    @cached_property
    def propagation(self) -> Propagation:
        """How the direct effects spread over dependencies that exist in both states."""
        return self.reaching(Level.INFORMED)

    def reaching(self, weakest: Level) -> Propagation:
        """How those propagate that are no weaker than a level."""
        return self.of(enumerate(self.direct), weakest)

    def of(self, directs: Iterable[tuple[int, Direct]], weakest: Level = Level.INFORMED) -> Propagation:
        """How some of the direct effects propagate, given with their places among all of them."""
        seeds = [
            Seed(direct.use, direct.told.level, (*_order(direct.use, direct.told), index))
            for index, direct in directs
            if direct.told
        ]
        return propagate(seeds, self.standing_uses, weakest)

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
        return tuple(self.told_by(witness) for witness in (strongest, *others))

    def stronger(self, other: "Spread", consumer: Ref) -> list[Witness]:
        """Of each dependency of a consumer: the harm that is stronger than in another spread, the strongest first."""
        if consumer not in self.propagation:
            return []
        there: dict[EdgeKey, Level] = {}
        if consumer in other.propagation:
            there = {each.path[0].key: each.state.level for each in other.propagation.causes(consumer)}
        return [
            each
            for each in self.propagation.causes(consumer)
            if each.state.level.is_harm and each.state.level.rank < _rank(there.get(each.path[0].key))
        ]

    def cause(self, ref: Ref) -> Cause:
        """The strongest and nearest cause for which something is affected."""
        return self.told_by(self.propagation.strongest(ref))

    def gain(self, consumer: Ref) -> Cause | None:
        """What a consumer gains, whatever else happens to it."""
        return self.told_by(self.gaining.strongest(consumer)) if consumer in self.gaining else None

    @property
    def consumers(self) -> list[Ref]:
        """The consumers that an effect reached, sorted."""
        return [ref for ref in self.propagation.nodes if ref.kind == "consumer"]

    def told_by(self, witness: Witness) -> Cause:
        """Why an effect arrives, with all that is told of it."""
        direct = self._direct_of(witness.seed)
        effect, use, told = direct.effect, direct.use, direct.told
        assert told is not None  # noqa: S101  it is a seed
        absorbed = witness.absorbed_by
        announced = self._announced(use, told)
        event, moved_from = self.comparison.behind(self.base_name(use.target), use.target, told, need_of(use))
        return Cause(
            level=witness.state.level,
            reason=told.reason,
            subject=self.target(use),
            component=use.target,
            steps=self._steps(witness),
            requires=use.dependency.requires.text if use.dependency.requires else None,
            offered=_versions(told.was),
            left=_versions(told.left),
            date=told.start,
            until=told.until,
            detail=told.detail,
            is_met_again=told.is_met_again,
            by=told.by,
            announced=announced,
            days_early=self._days_early(told, announced),
            initiative=self._initiative(event),
            moved_from=moved_from,
            overdue_since=self.comparison.overdue_since(event) if event else None,
            is_contradicted=event is not None and event.status is Status.DONE and not event.is_in_place,
            hard_level=told.hard_level,
            is_range_known=effect.is_range_known,
            absorbed_by=named(self.head.model, absorbed) if absorbed else None,
            migration=use.dependency.migration,
            others=effect.others,
        )

    def _initiative(self, event: Event | None) -> Named | None:
        return self.present(self.pairing.head(event.initiative)) if event and event.initiative else None

    def _days_early(self, told: EffectStretch, announced: Date | None) -> int | None:
        """By how many days it ends before its announced sunset; None where the first day is not known."""
        day = told.start or (self.comparison.first if self.comparison.first > Date.min else None)
        return (announced - day).days if announced and day and announced > day else None

    @cached_property
    def _base_listed(self) -> Mapping[Ref, Offers]:
        """What base lists of the components that change."""
        names = map(self.base_name, self.touched)
        components = self.base.model.components
        return {ref: listed_offers(components[ref]) for ref in names if ref in components}

    def _announced(self, use: Use, told: EffectStretch) -> Date | None:
        """The sunset that base had already set for what the dependency used, where it goes before that."""
        if told.reason is not Reason.RANGE_UNMET:
            return None
        used = {offer.identity for offer in told.was}
        offers = self._base_listed.get(self.base_name(use.target), ())
        return max((each.gone for each in offers if each.gone and each.identity in used), default=None)

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

    def present(self, ref: Ref) -> Named:
        return named(self.head.model if self.head.model.get(ref) else self.base.model, ref)


def _rank(level: Level | None) -> int:
    return len(Level) if level is None else level.rank


def _order(use: Use, told: EffectStretch) -> tuple[object, ...]:
    date = told.by or told.start
    return (date.isoformat() if date else "", str(use.target))


def _versions(offers: Iterable[Offer]) -> tuple[str, ...]:
    return tuple(offer.version.text for offer in offers if offer.version)


def _levels(witness: Witness) -> Iterator[Level]:
    """The level at each step, recomputed from the change upwards."""
    level, passes_on = witness.seed.level, witness.path[-1].exposes
    levels = [level]
    for use in reversed(witness.path[:-1]):
        onward = level if passes_on else level.absorbed or Level.INFORMED
        level, passes_on = (onward.softened if use.is_soft else onward), use.exposes
        levels.append(level)
    return reversed(levels)


def edited(spread: Spread) -> Iterator[Ref]:
    """The components whose catalog entry differs."""
    base, head = spread.base.model.components, spread.head.model.components
    for ref, each in base.items():
        now = spread.pairing.head(ref)
        if listed_offers(each) != (listed_offers(head[now]) if now in head else ()):
            yield now
