"""Which products a change affects, how badly, why, and whom to ask."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from platctl.finding import Finding, Span, fingerprint
from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.language.selector import SelectorError, parse_selector
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.settings.config import Config
from platctl.outlook.cause import Cause
from platctl.outlook.choosing import Chooser
from platctl.outlook.compared import Compared
from platctl.outlook.conflicts import Conflict, new_conflicts
from platctl.outlook.contacts import contacts_of
from platctl.outlook.deliveries import Delivery, GoalMove, deliveries, goal_moves
from platctl.outlook.difference import Difference, Pairing, diff, pair
from platctl.outlook.offer_changes import ask, compare_offers
from platctl.outlook.offers import Event
from platctl.outlook.plan import Plan
from platctl.outlook.shifts import ChangeSet, Shift
from platctl.outlook.spread import Aside, PassedOn, Spread
from platctl.outlook.totals import Total, total_of
from platctl.questions.impact.other_changes import Reported
from platctl.questions.impact.people import People
from platctl.questions.impact.policy_findings import policy_changes, policy_findings
from platctl.questions.impact.report import Failure, ImpactReport, Summary, Verdict
from platctl.questions.impact.ruling import Judge, Ruling
from platctl.questions.impact.severity import severity_of, waiver_for
from platctl.questions.impact.unknown import Ignorance
from platctl.record import record


@record
class ImpactOptions:
    """The question: the day to judge (None: as the catalog declares), today's date for ages, and the threshold.

    `settings` replace those of head, with their policies, waivers and levels. Only results that
    concern entities of `only` are reported; None means all.
    """

    at: Date | None = None
    today: Date | None = None
    fail_on: Level | None = Level.BREAKS
    settings: Config | None = None
    only: frozenset[Ref] | None = None


def impact(base: Model, head: Model, compared: Compared, options: ImpactOptions) -> ImpactReport:
    """What changes between two states, and whom it affects."""
    pairing, was, now = pair(base, head), Plan(base), Plan(head)
    changes = compare_offers(base, head, pairing, options.at)
    spread = Spread(was.graph, now.graph, pairing, changes.shifts)
    moved = deliveries(was, now, pairing)
    goals = goal_moves(base, head, moved)
    broken = new_conflicts(was, now, pairing)
    return _Report(spread, changes, compared, options).build(moved, broken, goals, diff(base, head))


def what_if(model: Model, events: Sequence[Event], compared: Compared, options: ImpactOptions) -> ImpactReport:
    """What would follow from the given events, without comparing two states."""
    changes = ask(model, events, options.at)
    graph = Graph(model)
    spread = Spread(graph, graph, Pairing({ref: ref for ref in model.entities}), changes.shifts)
    return _Report(spread, changes, compared, options).build((), (), (), ())


@record(slots=False)
class _Report:
    spread: Spread
    changes: ChangeSet
    compared: Compared
    options: ImpactOptions
    _chosen: dict[str, frozenset[Ref]] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        return self.spread.head.model

    @property
    def settings(self) -> Config:
        return self.options.settings or self.model.config

    @cached_property
    def judge(self) -> Judge:
        return Judge(
            self.settings.policies,
            self.spread.base.model,
            self.model,
            self.spread.pairing,
            self.changes,
            self._initiatives_on,
            self._selected,
            self.options.today,
        )

    @cached_property
    def _chooser(self) -> Chooser:
        states = self.spread.head, self.spread.base, self.spread.pairing
        return Chooser(*states, lambda: frozenset(self.spread.propagation.nodes), self.settings.selectors)

    def _selected(self, selector: str) -> frozenset[Ref]:
        """What a selector of a policy names in either state. One that names nothing is a finding of `validate`."""
        if selector not in self._chosen:
            try:
                self._chosen[selector] = self._chooser.of([parse_selector(selector)])
            except SelectorError:
                self._chosen[selector] = frozenset()
        return self._chosen[selector]

    def build(
        self,
        moved: tuple[Delivery, ...],
        broken: tuple[Conflict, ...],
        goals: tuple[GoalMove, ...],
        differences: Iterable[Difference],
    ) -> ImpactReport:
        verdicts = tuple(sorted(map(self._verdict, self._affected()), key=_verdict_order))
        left = _unless(verdicts, self._left)
        reported = Reported(self.spread.base.model, self.model, self.changes, moved, verdicts, left)
        moved = tuple(each for each in moved if self._concerns(each.initiative, *each.waiting, *each.downstream))
        broken = tuple(each for each in broken if self._concerns(each.subject, each.other, *each.work, *each.waiting))
        return ImpactReport(
            compared=self.compared,
            summary=self._summary(verdicts),
            changes=self.changes.lines,
            verdicts=verdicts,
            components=self._components,
            already_broken=_unless(verdicts, self._already_broken),
            left=left,
            deliveries=moved,
            conflicts=broken,
            goals=tuple(each for each in goals if self._concerns(each.goal, each.initiative)),
            told=People(self.model, self.settings.impact.tell).told(verdicts, self._components, moved, broken),
            totals=self._totals(verdicts),
            whole=total_of(self._consumers.values()),
            unknown=tuple(Ignorance(self.spread, self.changes, self.settings, self.options.today).all()),
            others=tuple(each for each in reported.others(differences) if self._concerns(each.entity)),
            findings=tuple(self._findings(verdicts)),
            anchor=self.model.anchor,
            fail_on=self.options.fail_on,
        )

    def _summary(self, verdicts: tuple[Verdict, ...]) -> Summary:
        seen = {verdict.consumer.ref for verdict in verdicts}
        broken = {aside.consumer.ref for aside in self._already_broken} - seen
        left = {aside.consumer.ref for aside in self._left} - seen - broken
        levels = [verdict.level for verdict in verdicts]
        failed = [verdict for verdict in verdicts if verdict.fails]
        approvals = [approval for verdict in verdicts if not verdict.waived for approval in verdict.approvals]
        return Summary(
            consumers=len(self._consumers.keys() | left),
            breaks=levels.count(Level.BREAKS),
            must_act=levels.count(Level.MUST_ACT),
            at_risk=levels.count(Level.AT_RISK),
            gains=levels.count(Level.GAINS),
            informed=levels.count(Level.INFORMED),
            already_broken=len(broken),
            left=len(left),
            not_affected=len(self._consumers.keys() - seen - broken - left),
            approvals_missing=sum(not approval.is_given for approval in approvals),
            waived=sum(bool(verdict.waived) for verdict in verdicts),
            failing=len(failed),
            fails=bool(failed),
        )

    def _affected(self) -> list[Ref]:
        return [ref for ref in self.spread.consumers if ref in self._consumers]

    def _concerns(self, *named: Named) -> bool:
        return self.options.only is None or any(each.ref in self.options.only for each in named)

    @cached_property
    def _consumers(self) -> Mapping[Ref, Consumer]:
        only = self.options.only
        return {ref: each for ref, each in self.model.consumers.items() if only is None or ref in only}

    @cached_property
    def _components(self) -> tuple[PassedOn, ...]:
        return tuple(each for each in self.spread.components() if self._concerns(each.component))

    @cached_property
    def _already_broken(self) -> tuple[Aside, ...]:
        return tuple(each for each in self.spread.already_broken() if self._concerns(each.consumer))

    @cached_property
    def _left(self) -> tuple[Aside, ...]:
        return tuple(each for each in self.spread.left() if self._concerns(each.consumer))

    def _verdict(self, ref: Ref) -> Verdict:
        consumer = self.model.consumers[ref]
        cause, *others = self.spread.causes(ref)
        ruling = self.judge.ruling(ref, (cause, *others, *self._causes_apart(ref)))
        severity, because = severity_of(consumer, cause, ruling.forbidden, self.options.today)
        waiver = waiver_for(self.model, self.settings, ref, self.options.today)
        return Verdict(
            consumer=named(self.model, ref),
            tier=consumer.tier,
            level=cause.level,
            severity=severity,
            because=because,
            cause=cause,
            others=tuple(others),
            contacts=contacts_of(self.model, consumer),
            approvals=ruling.approvals,
            forbidden=ruling.forbidden,
            told=ruling.told,
            fails=None if waiver else self._failure(cause.level, ruling),
            span=self._place(cause),
            fingerprint=_mark(ref, cause),
            waived=waiver.reason if waiver else None,
        )

    def _causes_apart(self, consumer: Ref) -> Iterator[Cause]:
        """The causes hidden by stronger ones: approving one initiative does not approve another on the same path."""
        for part in self._parts:
            if consumer in part.propagation:
                yield from part.causes(consumer)

    @cached_property
    def _parts(self) -> list[Spread]:
        """The shifts in groups that policies can distinguish; empty where that makes no difference."""
        groups: dict[object, list[Shift]] = {}
        for shift in self.changes.shifts if self.settings.policies else ():
            groups.setdefault((shift.initiative, self.judge.concerns(shift)), []).append(shift)
        return [self.spread.only(tuple(shifts)) for shifts in groups.values()] if len(groups) > 1 else []

    def _failure(self, level: Level, ruling: Ruling) -> Failure | None:
        """Why an effect fails the check: forbidden, not approved, or too strong where no policy requires approval."""
        threshold = self.options.fail_on
        if threshold is None:
            return None
        if ruling.forbidden:
            return Failure.FORBIDDEN
        if not all(approval.is_given for approval in ruling.approvals):
            return Failure.APPROVAL
        return Failure.LEVEL if level.is_harm and level.reaches(threshold) and not ruling.approvals else None

    def _place(self, cause: Cause) -> Span:
        """The changed line behind a cause, if head has it, or else the dependency that decides."""
        there = (line.span for line in self.changes.behind(cause) if line.span and line.span.path in self.model.files)
        return next(there, None) or cause.span.resolve()

    @cached_property
    def _initiatives_on(self) -> Mapping[Ref, list[Ref]]:
        """By component: the initiatives that change it and are not given up."""
        found: dict[Ref, list[Ref]] = {}
        for initiative in self.model.initiatives.values():
            if not initiative.status.is_given_up:
                for change in initiative.changes:
                    found.setdefault(self.model.canonical(change.component.component), []).append(initiative.ref)
        return found

    def _totals(self, verdicts: Iterable[Verdict]) -> tuple[tuple[Level, Total], ...]:
        groups: dict[Level, list[Consumer]] = {}
        for verdict in verdicts:
            groups.setdefault(verdict.level, []).append(self.model.consumers[verdict.consumer.ref])
        return tuple((level, total_of(groups[level])) for level in Level if level in groups)

    def _findings(self, verdicts: Iterable[Verdict]) -> Iterator[Finding]:
        for verdict in verdicts:
            yield from policy_findings(verdict)
        if self.options.settings is not None:
            yield from policy_changes(self.spread.base.model, self.model)


def _mark(consumer: Ref, cause: Cause) -> str:
    return fingerprint("impact", cause.subject, cause.level.value, str(consumer))


def _verdict_order(verdict: Verdict) -> tuple[int, int, Ref]:
    return (verdict.level.rank, verdict.tier or 99, verdict.consumer.ref)


def _unless(verdicts: Iterable[Verdict], asides: Iterable[Aside]) -> tuple[Aside, ...]:
    affected = {verdict.consumer.ref for verdict in verdicts}
    return tuple(aside for aside in asides if aside.consumer.ref not in affected)
