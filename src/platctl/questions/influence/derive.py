"""Whom things move: dependents, slips, shares of the work, and what changed together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import compress

from platctl.graph.graph import Graph
from platctl.graph.reach import EdgeSet, Reachability
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Change
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.past import History
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.comparing import what_if
from platctl.outlook.earliest import Outlook
from platctl.outlook.effects import Reason
from platctl.outlook.events import Event, events_of
from platctl.outlook.timeline import Timeline
from platctl.outlook.totals import Totals
from platctl.questions.goals.report import Gap
from platctl.questions.goals.tree import GoalTree
from platctl.questions.influence.pull import migrations, pull
from platctl.questions.influence.push import push
from platctl.questions.influence.report import (
    Absence,
    ComponentInfluence,
    ConsumerInfluence,
    CountedKinds,
    DependentCounts,
    InfluenceReport,
    PropagationCost,
    TierCount,
)
from platctl.questions.influence.together import together
from platctl.record import record

_NO_WORK = (Gap.UNSERVED, Gap.UNPROMISED)


@record
class InfluenceOptions:
    """The question. Without a `subject`, it is about the whole model; `slip` is in days."""

    today: Date | None = None
    subject: Ref | None = None
    slip: int = 28
    at_least: int = 3
    only: frozenset[Ref] | None = None
    said: str = ""
    audience: str | None = None


def influence(
    model: Model, state: str, options: InfluenceOptions, base: tuple[Model, str] | None, history: History
) -> InfluenceReport:
    """The answer for one state of a model; `base` is another state and its label, for what has changed since."""
    return _Influence(model, options).report(state, base, history)


@record(slots=False)
class _Influence:
    model: Model
    options: InfluenceOptions

    def report(self, state: str, base: tuple[Model, str] | None, history: History) -> InfluenceReport:
        subject = self.options.subject
        return InfluenceReport(
            state=state,
            base=base[1] if base else None,
            today=self.options.today,
            audience=self.options.audience,
            only=self.options.said,
            subject=named(self.model, subject) if subject else None,
            components=tuple(sorted(map(self._component, self._components), key=_most_dependents)),
            consumers=tuple(map(self._consumer, self._consumers)),
            propagation=tuple(propagation(self.model, base[0] if base else None)),
            push=push(self._outlook, self._work, self.options.slip) if subject else None,
            without=self._without(subject) if subject else None,
            pull=pull(self._outlook.plan),
            migrations=migrations(self._graph, self._outlook.plan, self.options.today),
            together=together(self.model, history, self.options.at_least, self._about),
        )

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def _outlook(self) -> Outlook:
        return Outlook(self.model, self.options.today)

    @cached_property
    def _reaches(self) -> tuple[Reachability, ...]:
        return tuple(Reachability(self._graph, edges) for edges in EdgeSet)

    @cached_property
    def _totals(self) -> Totals:
        return Totals(self.model.consumers.values())

    @cached_property
    def _tiers(self) -> list[int | None]:
        return [each.tier for each in self.model.consumers.values()]

    # What it is about

    @cached_property
    def _about(self) -> frozenset[Ref] | None:
        """The entities whose rows are shown; None for all."""
        subject, only = self.options.subject, self.options.only
        if subject is None:
            return only
        found = {subject}
        if initiative := self.model.initiatives.get(subject):
            found |= {self.model.canonical(each.component.component) for each in initiative.changes}
        if subject in self.model.teams:
            found |= {ref for ref, each in self.model.entities.items() if self.model.owner_of(each) == subject}
        return frozenset(found if only is None else found & only)

    @property
    def _components(self) -> Iterator[Ref]:
        return (ref for ref in self.model.components if self._about is None or ref in self._about)

    @property
    def _consumers(self) -> Iterator[Ref]:
        return (ref for ref in self.model.consumers if self._about is None or ref in self._about)

    @cached_property
    def _work(self) -> tuple[Ref, ...]:
        """The open work that the subject stands for."""
        subject = self.options.subject
        open_ = self._outlook.plan.open_work
        if subject is None or subject in self.model.initiatives:
            return (subject,) if subject and subject in open_ else ()
        return tuple(ref for ref in open_ if subject in self._concerned(ref))

    def _concerned(self, ref: Ref) -> set[Ref]:
        """What a piece of work changes, serves, is for, or is done by."""
        each, plan = self.model.initiatives[ref], self._outlook.plan
        return {
            *(self.model.canonical(change.component.component) for change in each.changes),
            *(self.model.canonical(share.goal) for share in each.goals),
            *plan.asking(each),
            *self.model.canonical_all(each.owner_and_teams),
        }

    # Rows

    def _component(self, ref: Ref) -> ComponentInfluence:
        all_, owner = self._reaches[0], self.model.owner_of(self.model.entities[ref])
        above = all_.consumers_above(ref)
        tiers = Counter(compress(self._tiers, above))
        return ComponentInfluence(
            component=named(self.model, ref),
            layer=self.model.components[ref].layer,
            owner=named(self.model, owner) if owner else None,
            dependents=tuple(
                DependentCounts(
                    each.edges, each.count_dependents(ref, "component"), each.count_dependents(ref, "consumer")
                )
                for each in self._reaches
            ),
            dependencies=all_.count_dependencies(ref, "component"),
            reach=self._totals.of(above),
            tiers=tuple(TierCount(tier, tiers[tier]) for tier in sorted(tiers, key=lambda each: each or 99)),
        )

    def _consumer(self, ref: Ref) -> ConsumerInfluence:
        owner = self.model.owner_of(self.model.entities[ref])
        return ConsumerInfluence(
            named(self.model, ref),
            self.model.consumers[ref].tier,
            named(self.model, owner) if owner else None,
            self._reaches[0].count_dependencies(ref, "component"),
        )

    # Without it

    def _without(self, subject: Ref) -> Absence:
        return Absence(tuple(self._left_without(subject)), tuple(self._goals_without_work()))

    def _left_without(self, subject: Ref) -> Iterator[Named]:
        """The consumers that no version is left for; those of a component are what a removal of it breaks."""
        timeline = Timeline(self.model, self.options.today)
        if subject in self.model.components:
            spread = what_if(self._graph, timeline, (removal(subject),), None)
            found = [ref for ref in spread.consumers if spread.cause(ref).level is Level.BREAKS]
        else:
            events = tuple(event for ref in self._work for event in events_of(self.model, self.model.initiatives[ref]))
            spread = what_if(self._graph, timeline, events, None)
            gains = ((ref, spread.gain(ref)) for ref in self.model.consumers)
            found = [ref for ref, gain in gains if gain and gain.reason is Reason.RANGE_NOW_MET]
        return (named(self.model, ref) for ref in found)

    def _goals_without_work(self) -> Iterator[Named]:
        """The goals that have planned or proposed work now, and less of a kind without this work."""
        kept = {ref: each for ref, each in self.model.entities.items() if ref not in self._work}
        before, after = GoalTree(self.model), GoalTree(replace(self.model, entities=kept))
        for ref in self.model.goals if self._work else ():
            was, now = before.gap(ref), after.gap(ref)
            if now in _NO_WORK and was != now and was is not Gap.UNSERVED:
                yield named(self.model, ref)


def removal(component: Ref) -> Event:
    """What if a component is removed, with all its interfaces."""
    change = Change(
        component=InterfaceRef(component), effect=ChangeEffect.REMOVAL, version=None, sunset=None, note=None
    )
    return Event(component, change, None)


def propagation(model: Model, base: Model | None) -> Iterator[PropagationCost]:
    """The propagation cost of the components alone, and of components and consumers."""
    reach, was = Reachability(Graph(model)), Reachability(Graph(base)) if base else None
    for scope in CountedKinds:
        nodes, former = _nodes(model, scope), _nodes(base, scope) if base else []
        before = (was.pairs(former), len(former)) if was else (None, None)
        yield PropagationCost(scope, reach.pairs(nodes), len(nodes), *before)


def _nodes(model: Model, scope: CountedKinds) -> list[Ref]:
    consumers: Iterable[Ref] = model.consumers if scope is CountedKinds.ALL else ()
    return [*model.components, *consumers]


def _most_dependents(row: ComponentInfluence) -> tuple[int, int, Ref]:
    """Those that most consumers depend on first, then those that most components do."""
    all_ = row.dependents[0]
    return (-all_.consumers.transitive, -all_.components.transitive, row.component.ref)
