"""What a roadmap shows about a consumer, a team, a goal or a component itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.entity.goal import Goal
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.entity.team import Team
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.audience import Precision
from platctl.outlook.demands import Demands, ForcedMove, Requirement
from platctl.outlook.overload import Overload, overloads
from platctl.questions.goals.report import Gap
from platctl.questions.goals.tree import GoalTree
from platctl.questions.roadmap.facts_report import (
    About,
    Ask,
    ComponentFacts,
    ConsumerFacts,
    GoalFacts,
    MetricFacts,
    TeamFacts,
    VersionFacts,
    Wait,
)
from platctl.questions.roadmap.items import Items
from platctl.record import record


@record(slots=False)
class SubjectFacts:
    """Facts for one audience."""

    items: Items

    @property
    def model(self) -> Model:
        return self.items.model

    @cached_property
    def _demands(self) -> Demands:
        return Demands(self.items.outlook)

    @cached_property
    def _known(self) -> dict[Ref, About]:
        return {}

    def about(self, ref: Ref) -> About:
        """An entity, and the facts of its kind."""
        if ref not in self._known:
            self._known[ref] = self._about(ref)
        return self._known[ref]

    def _about(self, ref: Ref) -> About:
        entity = self.model.entities[ref]
        return About(
            self.items.named(ref),
            entity.description,
            self.items.named(entity.owner) if entity.owner else None,
            self._facts(entity),
        )

    def _facts(self, entity: Entity) -> ConsumerFacts | TeamFacts | GoalFacts | ComponentFacts:
        match entity:
            case Consumer():
                return self._consumer(entity)
            case Component():
                return self._component(entity)
            case Team():
                return TeamFacts(entity.lead, tuple(each for each in self.overloads if each.team.ref == entity.ref))
            case Goal():
                return self._goal(entity)
        raise AssertionError(f"a roadmap has no facts about a {entity.kind_name}")

    @cached_property
    def overloads(self) -> tuple[Overload, ...]:
        """The teams over capacity; none for an audience without exact days, because effort is spread over days."""
        is_exact = self.items.dates.precision is Precision.DAY
        return tuple(overloads(self.items.outlook.plan)) if is_exact else ()

    @cached_property
    def _tree(self) -> GoalTree:
        return GoalTree(self.model, self.items.dates.today)

    @property
    def goals(self) -> Mapping[Ref, int]:
        """All goals from the top down, and how many are above each."""
        return self._tree.depths

    def _goal(self, goal: Goal) -> GoalFacts:
        tree, parent = self._tree, self._tree.parents[goal.ref]
        return GoalFacts(
            parent=self.items.named(parent) if parent else None,
            due=self.items.moment(tree.due(goal.ref)),
            weight=goal.weight,
            progress=tree.progress[goal.ref].share,
            metrics=tuple(
                MetricFacts(each.label, each.unit, each.baseline, each.current, each.target, each.progress)
                for each in tree.metrics[goal.ref]
            ),
            is_served=tree.gap(goal.ref) is not Gap.UNSERVED if self.items.audience.reads("goals") else None,
        )

    def _consumer(self, consumer: Consumer) -> ConsumerFacts:
        ref = consumer.ref
        asks = self._demands.moves(ref)
        harming = self._harming.get(ref, ())
        direct = {each for each in harming if any(self._touches(each, move) for move in asks)}
        is_told = self.items.audience.reads("uses")
        return ConsumerFacts(
            tier=consumer.tier,
            product_manager=consumer.product_manager,
            asks=tuple(map(self._ask, asks)) if is_told else None,
            waits=tuple(map(self._wait, self._demands.requirements(ref))) if self._knows_offers else (),
            gains=tuple(self._gaining.get(ref, ())),
            requests=tuple(self._requested.get(ref, ())),
            reached=tuple(each for each in harming if each not in direct),
            maybe=tuple(self._possible.get(ref, ())),
        )

    @property
    def _knows_offers(self) -> bool:
        """Whether the audience sees versions and planned changes; otherwise unmet needs can't be shown."""
        return all(map(self.items.audience.reads, ("version", "versions", "interfaces", "changes")))

    @cached_property
    def _gaining(self) -> Mapping[Ref, list[Ref]]:
        return self._of_each(lambda each: self.items.benefit(each.ref).reach if each.status.is_committed else ())

    @cached_property
    def _harming(self) -> Mapping[Ref, list[Ref]]:
        return self._of_each(lambda each: self.items.benefit(each.ref).harmed if each.status.is_committed else ())

    @cached_property
    def _requested(self) -> Mapping[Ref, list[Ref]]:
        return self._of_each(lambda each: map(self.model.canonical, each.requested_by))

    @cached_property
    def _possible(self) -> Mapping[Ref, list[Ref]]:
        def concerned(each: Initiative) -> Iterable[Ref]:
            if each.status.is_committed or not each.status.is_open:
                return ()
            benefit = self.items.benefit(each.ref)
            return (*benefit.reach, *benefit.harmed)

        return self._of_each(concerned)

    def _of_each(self, concerned: Callable[[Initiative], Iterable[Ref]]) -> Mapping[Ref, list[Ref]]:
        """By consumer: the work that concerns it, in order."""
        found: dict[Ref, list[Ref]] = {}
        for ref in self._in_order:
            for each in dict.fromkeys(concerned(self.model.initiatives[ref])):
                found.setdefault(each, []).append(ref)
        return found

    @cached_property
    def _in_order(self) -> list[Ref]:
        return sorted(self.model.initiatives, key=self.items.order)

    def _touches(self, initiative: Ref, move: ForcedMove) -> bool:
        """Whether work changes the component that a consumer has to move away from."""
        return any(True for _ in self._changes_of(initiative, move))

    def _changes_of(self, initiative: Ref, move: ForcedMove) -> Iterator[Change]:
        component = move.on.partition("#")[0].lower()
        for change in self.model.initiatives[initiative].changes:
            if self.model.canonical(change.component.component).name == component:
                yield change

    def _ask(self, move: ForcedMove) -> Ask:
        """What to move off, because of which work, and the note of that work."""
        by = move.by.ref if move.by else None
        notes = (change.note for change in (self._changes_of(by, move) if by else ()) if change.note)
        return Ask(
            on=move.on.shown,
            requires=move.requires,
            uses=move.uses,
            gone=self.items.moment(move.gone),
            kind=move.kind,
            move_to=move.move_to,
            weeks=move.weeks,
            by=self.items.named(by) if by else None,
            note=next(notes, None),
        )

    def _wait(self, requirement: Requirement) -> Wait:
        planned = requirement.planned.date if requirement.brought_by else None
        return Wait(
            on=requirement.on.shown,
            requires=requirement.requires,
            need_by=self.items.moment(requirement.need_by),
            by=requirement.brought_by,
            planned=self.items.moment(planned),
            is_late=requirement.is_late,
        )

    def _component(self, component: Component) -> ComponentFacts:
        users = self.items.graph.users_of.get(component.ref, ())
        consumers = dict.fromkeys(use.source for use in users if use.source in self.model.consumers)
        successor = component.successor
        return ComponentFacts(
            type=component.type,
            layer=component.layer,
            lifecycle=component.lifecycle.value if self.items.audience.reads("lifecycle") else None,
            ends=self.items.moment(component.sunset),
            successor=self.items.named(successor) if successor else None,
            versions=tuple(self._versions(component)),
            used_by=tuple(map(self.items.named, consumers)),
        )

    def _versions(self, component: Component) -> Iterator[VersionFacts]:
        for interface, offering in component.offerings():
            for each in offering.offered:
                yield VersionFacts(
                    interface=interface or None,
                    version=each.version.text,
                    lifecycle=each.lifecycle.value,
                    ends=self.items.moment(each.sunset),
                    successor=each.successor,
                    migration=each.migration,
                )


SUBJECTS = (Consumer.kind_name, Team.kind_name, Goal.kind_name, Component.kind_name)
"""The kinds that a page of a roadmap can be about."""
