"""Which products a change affects, how badly, why, and whom to ask."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from platctl.finding import Finding, Span
from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.renames import recognized, with_aliases
from platctl.model.settings.config import Config
from platctl.outlook.asides import Aside, Asides
from platctl.outlook.cause import Cause
from platctl.outlook.compared import Compared
from platctl.outlook.comparing import compare
from platctl.outlook.comparing import what_if as ask
from platctl.outlook.conflicts import Conflict, new_conflicts
from platctl.outlook.contacts import team_contact
from platctl.outlook.deliveries import Delivery, GoalLink, GoalMove, deliveries, goal_links, goal_moves
from platctl.outlook.difference import Difference, diff, pair
from platctl.outlook.events import Event
from platctl.outlook.offer_changes import compare_offers, lines_of
from platctl.outlook.plan import Plan
from platctl.outlook.release_moves import ReleaseMoves
from platctl.outlook.shifts import ChangeSet
from platctl.outlook.spread import PassedOn, Spread
from platctl.outlook.timeline import Timeline
from platctl.outlook.totals import Total, total_of
from platctl.questions.impact.judging import Judging
from platctl.questions.impact.other_changes import Reported
from platctl.questions.impact.people import People
from platctl.questions.impact.policy_findings import Ways, policy_changes, policy_findings
from platctl.questions.impact.report import Exposed, ImpactReport, Incomplete, Port, Summary, Verdict
from platctl.questions.impact.reviewers import Reviewer
from platctl.questions.impact.unknown import Ignorance
from platctl.record import record


@record
class ImpactOptions:
    """The question: the day to judge (None: as the catalog declares), today's date for ages, and the threshold.

    `settings` replace those of head, with their policies, waivers and levels. Only results that
    concern entities of `only` are reported; None means all. `errors` are those that only head has. `reviewers`
    have approved the change; None if reviews are not looked at.
    """

    at: Date | None = None
    today: Date | None = None
    fail_on: Level | None = Level.BREAKS
    settings: Config | None = None
    only: frozenset[Ref] | None = None
    fail_on_component: Level | None = None
    errors: tuple[Finding, ...] = ()
    reviewers: tuple[Reviewer, ...] | None = None


def impact(base: Model, head: Model, compared: Compared, options: ImpactOptions) -> ImpactReport:
    """What changes between two states, and whom it affects."""
    renamed = recognized(base, head, pair(base, head).head_of)
    head = with_aliases(head, renamed)
    pairing, today = pair(base, head), options.today
    was, now = Plan(base, today), Plan(head, today)
    timelines = Timeline(base, today), Timeline(head, today)
    changes = compare_offers(*timelines, pairing, options.at)
    notice = (options.settings or head.config).impact.notice
    spread = compare(was.graph, now.graph, pairing, timelines, notice, options.at)
    releases = ReleaseMoves(base, head, pairing)
    moved = deliveries(was, now, pairing, releases)
    goals = goal_moves(base, head, moved)
    broken = new_conflicts(was, now, pairing)
    links = goal_links(base, head, pairing)
    report = _Report(spread, changes, compared, options, renamed, releases)
    return report.build(moved, broken, goals, links, diff(base, head))


def what_if(model: Model, events: Sequence[Event], compared: Compared, options: ImpactOptions) -> ImpactReport:
    """What would follow from the given events, without comparing two states."""
    spread = ask(Graph(model), Timeline(model, options.today), events, options.at)
    changes = lines_of(spread.comparison.head, spread.comparison.head.asked)
    return _Report(spread, changes, compared, options).build((), (), (), (), ())


@record(slots=False)
class _Report:
    spread: Spread
    changes: ChangeSet
    compared: Compared
    options: ImpactOptions
    renamed: Mapping[Ref, Ref] = field(default_factory=dict)
    releases: ReleaseMoves | None = None

    @property
    def model(self) -> Model:
        return self.spread.head.model

    @property
    def settings(self) -> Config:
        return self.options.settings or self.model.config

    @cached_property
    def _judging(self) -> Judging:
        asked = self.options
        return Judging(self.spread, self.changes, self.settings, asked.fail_on, asked.today, asked.reviewers)

    @property
    def _ways(self) -> Ways:
        return Ways(self._judging.trusts_files, self.options.reviewers is not None)

    def build(
        self,
        moved: tuple[Delivery, ...],
        broken: tuple[Conflict, ...],
        goals: tuple[GoalMove, ...],
        links: tuple[GoalLink, ...],
        differences: Iterable[Difference],
    ) -> ImpactReport:
        judging = self._judging
        escapes = judging.escapes(self.options.only)
        verdicts = judging.verdicts(self._affected(), escapes)
        judged = (*verdicts, *escapes)
        left = _unless(verdicts, self._left)
        exposed = tuple(each for each in self._exposed() if self._concerns(each.component, *each.dependents))
        reported = Reported(
            self.spread.base.model,
            self.model,
            self.changes,
            moved,
            verdicts,
            left,
            exposed,
            self.renamed,
            self.releases,
        )
        released = self.releases.all if self.releases else ()
        moved = tuple(each for each in moved if self._concerns(each.initiative, *each.waiting, *each.downstream))
        broken = tuple(each for each in broken if self._concerns(each.subject, each.other, *each.work, *each.waiting))
        return ImpactReport(
            compared=self.compared,
            summary=self._summary(verdicts, escapes),
            changes=self.changes.lines,
            incomplete=self._incomplete,
            is_first_model=self.spread.base.model.is_empty,
            verdicts=verdicts,
            escapes=escapes,
            components=self._components,
            ports=self._ports,
            exposed=exposed,
            already_broken=_unless(verdicts, self._already_broken),
            left=left,
            deliveries=moved,
            releases=tuple(each for each in released if self._concerns(each.release, *each.work, *each.others)),
            conflicts=broken,
            goals=tuple(each for each in goals if self._concerns(each.goal, each.initiative)),
            links=tuple(each for each in links if self._concerns(each.goal, each.initiative)),
            told=People(self.model, self.settings.impact.tell).told(judged, self._components, moved, broken),
            totals=self._totals(verdicts),
            whole=total_of(self._consumers.values()),
            unknown=tuple(Ignorance(self.spread, self.changes, self.settings, self.options.today).all()),
            others=tuple(each for each in reported.others(differences) if self._concerns(each.entity)),
            findings=tuple(self._findings(judged)),
            errors=self.options.errors,
            anchor=self.model.anchor,
            fail_on=self.options.fail_on,
            fail_on_component=self.options.fail_on_component,
        )

    def _summary(self, verdicts: tuple[Verdict, ...], escapes: tuple[Verdict, ...]) -> Summary:
        seen = {verdict.consumer.ref for verdict in verdicts}
        broken = {aside.consumer.ref for aside in self._already_broken} - seen
        left = {aside.consumer.ref for aside in self._left} - seen - broken
        levels = [verdict.level for verdict in verdicts]
        judged = (*verdicts, *escapes)
        failed = [verdict for verdict in judged if verdict.fails]
        approvals = [approval for verdict in judged if not verdict.waived for approval in verdict.approvals]
        return Summary(
            consumers=len(self._consumers.keys() | left),
            breaks=levels.count(Level.BREAKS),
            must_act=levels.count(Level.MUST_ACT),
            at_risk=levels.count(Level.AT_RISK),
            gains=levels.count(Level.GAINS),
            informed=levels.count(Level.INFORMED),
            already_broken=len(broken),
            left=len(left),
            escaped=len(escapes),
            not_affected=len(self._consumers.keys() - seen - broken - left),
            approvals_missing=sum(not approval.is_given for approval in approvals),
            waived=sum(bool(verdict.waived) for verdict in judged),
            failing=len(failed),
            ports=len(self._ports),
            ports_failing=sum(each.fails for each in self._ports),
            errors=len(self.options.errors),
            not_read=len({each.span.path for each in self._incomplete}),
            fails=bool(failed) or any(each.fails for each in self._ports) or self._fails_by_errors,
        )

    @property
    def _fails_by_errors(self) -> bool:
        return bool(self.options.errors) and self.options.fail_on is not None

    @cached_property
    def _incomplete(self) -> tuple[Incomplete, ...]:
        """What head could not read, by place and reason."""
        groups: dict[tuple[str, str], list[Ref]] = {}
        for each in self.model.not_read:
            groups.setdefault((each.path, each.why), []).append(each.entity)
        base = self.spread.base.model
        return tuple(
            Incomplete(Span(path), why, tuple(named(base, ref) for ref in refs))
            for (path, why), refs in sorted(groups.items())
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
    def _ports(self) -> tuple[Port, ...]:
        """The components that no other one absorbs the harm for, the strongest first."""
        reached = (each.component.ref for each in self._components if each.level.is_harm)
        causes = ((ref, self.spread.cause(ref)) for ref in reached)
        found = [self._port(ref, cause) for ref, cause in causes if cause.absorbed_by is None]
        return tuple(sorted(found, key=lambda each: (each.level.rank, each.component.ref)))

    def _port(self, ref: Ref, cause: Cause) -> Port:
        owner, limit = self.model.components[ref].owner, self.options.fail_on_component
        fails = limit is not None and cause.level.reaches(limit)
        contact = team_contact(self.model, owner) if owner else None
        return Port(named(self.model, ref), cause.level, cause, contact, fails)

    def _exposed(self) -> Iterator[Exposed]:
        """The dependencies that pass on more than before."""
        for use, before in self.spread.standing():
            if use.exposes and not before.exposes:
                above = (each for each in self.spread.head.dependents([use.source]) if each != use.source)
                consumers = tuple(named(self.model, each) for each in above if each in self.model.consumers)
                span = self.model.at(use.source, use.route)
                yield Exposed(named(self.model, use.source), self.spread.target(use), consumers, span)

    @cached_property
    def _already_broken(self) -> tuple[Aside, ...]:
        return tuple(each for each in Asides(self.spread).already_broken() if self._concerns(each.consumer))

    @cached_property
    def _left(self) -> tuple[Aside, ...]:
        return tuple(each for each in Asides(self.spread).left() if self._concerns(each.consumer))

    def _totals(self, verdicts: Iterable[Verdict]) -> tuple[tuple[Level, Total], ...]:
        groups: dict[Level, list[Consumer]] = {}
        for verdict in verdicts:
            groups.setdefault(verdict.level, []).append(self.model.consumers[verdict.consumer.ref])
        return tuple((level, total_of(groups[level])) for level in Level if level in groups)

    def _findings(self, verdicts: Iterable[Verdict]) -> Iterator[Finding]:
        for verdict in verdicts:
            yield from policy_findings(verdict, self._ways)
        if self.options.settings is not None:
            yield from policy_changes(self.spread.base.model, self.model)


def _unless(verdicts: Iterable[Verdict], asides: Iterable[Aside]) -> tuple[Aside, ...]:
    affected = {verdict.consumer.ref for verdict in verdicts}
    return tuple(aside for aside in asides if aside.consumer.ref not in affected)
