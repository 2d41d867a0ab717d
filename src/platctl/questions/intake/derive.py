"""Ideas and proposals by stage: what each still needs, whom it would help, and what is similar."""

from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import all_named, named
from platctl.model.ref import Ref
from platctl.model.stage import INTAKE, missing, stage_after
from platctl.model.vocabulary import Status
from platctl.outlook.benefit import Benefits
from platctl.questions.intake.gaps import Gaps
from platctl.questions.intake.likeness import Likeness
from platctl.questions.intake.report import Alike, Candidate, IntakeReport, IntakeStage
from platctl.record import record

_MOST_ALIKE = 5


@record
class IntakeOptions:
    """The request. Ages are counted to `today`, None if unknown; `only` limits what is shown."""

    today: Date | None = None
    only: frozenset[Ref] | None = None


def intake(model: Model, state: str, options: IntakeOptions) -> IntakeReport:
    """All initiatives not yet planned, by stage."""
    seen = _Intake(model, options)
    return IntakeReport(state, options.today, tuple(seen.stage(status) for status in INTAKE))


@record(slots=False)
class _Intake:
    model: Model
    options: IntakeOptions

    @cached_property
    def _benefits(self) -> Benefits:
        return Benefits(Graph(self.model), self.options.today)

    @cached_property
    def _gaps(self) -> Gaps:
        return Gaps(self.model, self.options.today)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self.model)

    def stage(self, status: Status) -> IntakeStage:
        """The initiatives at a stage, the oldest first."""
        only = self.options.only
        found = [
            self._candidate(ref, initiative, status)
            for ref, initiative in self.model.initiatives.items()
            if initiative.status is status and (only is None or ref in only)
        ]
        return IntakeStage(status, tuple(sorted(found, key=_oldest_first)))

    def _candidate(self, ref: Ref, initiative: Initiative, status: Status) -> Candidate:
        following = stage_after(status)
        alike, more = self._alike(ref)
        return Candidate(
            initiative=named(self.model, ref),
            status=status,
            proposed_by=initiative.proposed_by,
            proposed_on=initiative.proposed_on,
            age=self._age(initiative.proposed_on),
            requested_by=all_named(self.model, initiative.requested_by),
            helps=all_named(self.model, self._benefits.of(ref).reach),
            next=following,
            lacks=self._gaps.of(initiative, following) if following else (),
            overdue=tuple(missing(initiative, status)),
            alike=alike,
            more_alike=more,
        )

    def _age(self, since: Date | None) -> int | None:
        today = self.options.today
        return None if since is None or today is None or since > today else (today - since).days

    def _alike(self, ref: Ref) -> tuple[tuple[Alike, ...], int]:
        matches = self._likeness.of(ref)
        shown = tuple(matches[:_MOST_ALIKE])
        same = sum(each.is_duplicate for each in matches)
        return shown, len(matches) - len(shown) + max(0, self._likeness.same_title(ref) - same)


def _oldest_first(candidate: Candidate) -> tuple[bool, int, Ref]:
    return candidate.age is None, -(candidate.age or 0), candidate.initiative.ref
