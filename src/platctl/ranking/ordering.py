"""The order of open work by a scoring model, prerequisites and decisions."""

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.decision import Decision
from platctl.model.model import Model
from platctl.model.named import all_named, named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.ranking.criteria import Criteria
from platctl.ranking.decisions import Decisions
from platctl.ranking.inputs import Score
from platctl.ranking.items import DecisionStanding, Member, Optimum, RankedDecision, RankedItem, WorkFacts
from platctl.ranking.scoring import Scoring
from platctl.record import record
from platctl.scheduling.cycles import cycles
from platctl.scheduling.order import Job, Ordering, sequence
from platctl.scheduling.score_order import Lifted, by_score


@record(slots=False)
class Ranking:
    """The order of some work by one scoring model.

    Work without a score is part of the order only if scored work waits for it. `today` is for decisions that expire.
    Without `decisions`, only scores and prerequisites determine the order.
    """

    graph: Graph
    criteria: Criteria
    method: ScoringModel
    work: tuple[Ref, ...]
    today: Date | None = None
    decisions: bool = True

    @property
    def model(self) -> Model:
        return self.graph.model

    @cached_property
    def scores(self) -> Mapping[Ref, Score]:
        scoring = Scoring(self.method, self.criteria, self.work)
        return {ref: scoring.score(ref) for ref in self.work}

    @cached_property
    def ordered(self) -> tuple[Ref, ...]:
        """The work that is ranked, in order."""
        return self._ordering.order if self.method.is_ratio else self._lifted.order

    @cached_property
    def apart(self) -> tuple[Ref, ...]:
        """The work that can't be ranked."""
        return tuple(ref for ref in sorted(self.work) if ref not in self._ranked)

    @cached_property
    def _ranked(self) -> frozenset[Ref]:
        """Work with a score, and its prerequisites."""
        scored = {ref for ref, score in self.scores.items() if score.value is not None}
        needed = {each for ref in scored for each in self.criteria.plan.upstream(ref)}
        return frozenset(scored | (needed & self.scores.keys()))

    @cached_property
    def _edges(self) -> tuple[tuple[Ref, Ref], ...]:
        """Pairs of work, the prerequisite first."""
        return tuple(
            (earlier, ref)
            for ref in sorted(self._ranked)
            for earlier in self.criteria.plan.open_prerequisites.get(ref, ())
            if earlier in self._ranked
        )

    @property
    def before(self) -> tuple[tuple[Ref, Ref], ...]:
        """Pairs of work that prerequisites or decisions put in order."""
        return (*self._edges, *self._decided_edges)

    @cached_property
    def jobs(self) -> Mapping[Ref, Job[Ref]]:
        """The ranked work as gain and size. Work without a score has no gain."""
        return {ref: Job(ref, self.scores[ref].gain or 0.0, self._work(ref)) for ref in sorted(self._ranked)}

    def _work(self, ref: Ref) -> float:
        return self.scores[ref].work or self._usual_work

    @cached_property
    def _usual_work(self) -> float:
        """The size assumed for work without one: the median of the others."""
        return statistics.median([score.work for score in self.scores.values() if score.work] or [1.0])

    @cached_property
    def _ordering(self) -> Ordering[Ref]:
        return sequence(list(self.jobs.values()), self.before)

    @cached_property
    def _lifted(self) -> Lifted[Ref]:
        scores = {ref: self.scores[ref].value for ref in sorted(self._ranked)}
        lowest = float("-inf")
        known = {ref: lowest if value is None else value for ref, value in scores.items()}
        return by_score(known, self.before)

    @cached_property
    def decided(self) -> tuple[RankedDecision, ...]:
        """Every decision about the work, and its effect."""
        return (*map(self._decided, self._decisions.about), *self._unjudged())

    def _unjudged(self) -> Iterator[RankedDecision]:
        """Decisions about open work in which one side has no rank."""
        judged = {each.ref for each in self._decisions.about}
        for decision in sorted(self.model.decisions.values(), key=lambda each: each.ref):
            chose, over = self._decisions.chosen(decision), tuple(map(self.model.canonical, decision.over))
            if decision.ref in judged or chose is None or {chose, *over} - self.scores.keys():
                continue
            names = [named(self.model, ref) for ref in dict.fromkeys((chose, *over))]
            missing = [each.label for each in names if each.ref not in self._ranked]
            standing = DecisionStanding.EXPIRED if self._decisions.is_over(decision) else DecisionStanding.UNRANKED
            note = f"not ranked: {', '.join(missing)}" if missing else ""
            place = self.model.name_at(decision.ref)
            own, why = named(self.model, decision.ref), decision.why or ""
            yield RankedDecision(own, names[0], tuple(names[1:]), standing, why, note, place)

    @cached_property
    def _decisions(self) -> Decisions:
        return Decisions(self.model, self._ranked, self._edges, self.today, self.decisions)

    @property
    def _decided_edges(self) -> tuple[tuple[Ref, Ref], ...]:
        return self._decisions.settled[0]

    @cached_property
    def _undecided(self) -> Mapping[Ref, int]:
        """The order without decisions."""
        plain = self if not self._decided_edges else replace(self, decisions=False)
        return {ref: place for place, ref in enumerate(plain.ordered)}

    def _decided(self, decision: Decision) -> RankedDecision:
        chose = self._decisions.chosen(decision)
        over = self._decisions.over(decision)
        standing, note = self._standing(decision, chose, over)
        return RankedDecision(
            named(self.model, decision.ref),
            named(self.model, chose) if chose else named(self.model, decision.ref),
            tuple(named(self.model, ref) for ref in over),
            standing,
            decision.why or "",
            note,
            self.model.name_at(decision.ref),
        )

    def _standing(self, decision: Decision, chose: Ref | None, over: Iterable[Ref]) -> tuple[DecisionStanding, str]:
        if self._decisions.is_over(decision):
            return DecisionStanding.EXPIRED, f"ended on {decision.expires}"
        if decision.ref in self._decisions.settled[1]:
            return DecisionStanding.AGAINST, self._decisions.settled[1][decision.ref]
        place = {ref: at for at, ref in enumerate(self.ordered)}
        ahead = [named(self.model, ref).label for ref in over if chose and place[ref] < place[chose]]
        if ahead:
            return DecisionStanding.AGAINST, f"by score, {ahead[0]} comes first"
        moved = chose and any(self._undecided[ref] < self._undecided[chose] for ref in over)
        return (
            (DecisionStanding.MOVED, "without the decision, it would rank lower")
            if moved
            else (DecisionStanding.KEPT, "")
        )

    @cached_property
    def items(self) -> tuple[RankedItem, ...]:
        """The ranked work, in order."""
        return tuple(self._item(ref, rank) for rank, ref in enumerate(self.ordered, start=1))

    def item_apart(self, ref: Ref) -> RankedItem:
        """Work without a rank."""
        return self._item(ref, None)

    def _item(self, ref: Ref, rank: int | None) -> RankedItem:
        lifted_by = None if rank is None or self.method.is_ratio else self._lifted.lifted_by.get(ref)
        return RankedItem(
            named(self.model, ref),
            rank,
            self.scores[ref],
            self._priority(ref) if rank else None,
            self._block(ref) if rank and self.method.is_ratio else (),
            named(self.model, lifted_by) if lifted_by else None,
            tuple(named(self.model, each) for each in self.criteria.plan.waiting_for.get(ref, ())),
            tuple(named(self.model, each) for each in self.criteria.plan.open_prerequisites.get(ref, ())),
            rank is not None and ref in self._tied,
            self._facts(ref),
        )

    def _priority(self, ref: Ref) -> float | None:
        if self.method.is_ratio:
            members = self._block(ref)
            return math.fsum(each.gain for each in members) / math.fsum(each.work for each in members)
        lifting = self._lifted.lifted_by.get(ref, ref)
        return self.scores[lifting].value

    def _block(self, ref: Ref) -> tuple[Member, ...]:
        return self._blocks[ref]

    @cached_property
    def _blocks(self) -> Mapping[Ref, tuple[Member, ...]]:
        found: dict[Ref, tuple[Member, ...]] = {}
        for block in self._ordering.blocks:
            members = tuple(
                Member(named(self.model, ref), self.jobs[ref].weight, self.jobs[ref].size, not self.scores[ref].work)
                for ref in block.members
            )
            found.update(dict.fromkeys(block.members, members))
        return found

    @cached_property
    def _tied(self) -> frozenset[Ref]:
        """Neighbours with the same priority and score, in no required order."""
        linked = {*self._edges, *self._decided_edges}
        tied = set()
        for one, other in pairwise(self.ordered):
            same = (self._priority(one), self.scores[one].value) == (self._priority(other), self.scores[other].value)
            if same and (one, other) not in linked:
                tied |= {one, other}
        return frozenset(tied)

    @cached_property
    def cycles(self) -> tuple[tuple[Ref, ...], ...]:
        """Ranked work that waits for itself through others."""
        needs: dict[Ref, list[Ref]] = {}
        for earlier, ref in self._edges:
            if earlier != ref:
                needs.setdefault(ref, []).append(earlier)
        return tuple(map(tuple, cycles(needs)))

    @property
    def optimum(self) -> Optimum | None:
        """How good the order is; None for a model without a best order."""
        if not self.method.is_ratio or not self._ranked:
            return None
        return Optimum(self._ordering.cost, self._ordering.bound, self._ordering.is_exact)

    def _facts(self, ref: Ref) -> WorkFacts:
        initiative, benefit = self.model.initiatives[ref], self.criteria.benefit(ref)
        reach = self.criteria.known(ref, "reach")
        names = partial(all_named, self.model)
        return WorkFacts(
            initiative.status.value,
            names(initiative.owner_and_teams),
            names(share.goal for share in initiative.goals),
            names(change.component.component for change in initiative.changes),
            names(benefit.gains),
            names(initiative.waiting),
            _value(self.criteria, ref, "effort"),
            reach.value if reach else None,
            benefit.cost,
            len(benefit.harmed),
            self.model.name_at(ref),
            reach.harmed if reach else (),
        )


def _value(criteria: Criteria, ref: Ref, name: str) -> float | None:
    known = criteria.known(ref, name)
    return known.value if known else None


def ranked(model: Model, method: ScoringModel, today: Date | None, *, decisions: bool = True) -> Ranking:
    """All open work of a model, ranked."""
    graph = Graph(model)
    criteria = Criteria(graph, today)
    return Ranking(graph, criteria, method, tuple(sorted(criteria.plan.open_work)), today, decisions)
