"""Makes plans and schedules, several of them in the same way."""

from functools import partial

from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.questions.plan.approvals import unapproved
from platctl.questions.plan.asked import TypedWishes
from platctl.questions.plan.derive import PlanShown, plan
from platctl.questions.plan.futures import Future
from platctl.questions.plan.options import PlanOptions
from platctl.questions.plan.report import PlanReport
from platctl.questions.plan.solvers import Solvers
from platctl.questions.plan.weeks.report import ScheduleReport
from platctl.record import record
from platctl.scheduling.serial import Aim
from platctl.shell.session import Session


@record(slots=False)
class PlanMaking:
    """How plans are made in a call. With an `aim` they are in weeks, otherwise in periods."""

    session: Session
    method: ScoringModel
    horizon: int
    running: Solvers
    aim: Aim | None = None
    with_migration: bool = False

    def report(
        self, future: Future, typed: TypedWishes, shown: PlanShown, only: frozenset[Ref] | None = None
    ) -> PlanReport | ScheduleReport:
        """The plan or schedule of a future, with what is asked besides. Raises SourceError for what does not exist."""
        model, today, state = future.model, self.session.day, self.session.tree.label
        question = PlanOptions(
            method=self.method,
            today=today,
            horizon=self.horizon,
            only=only,
            wishes=typed.of(model, today, self.horizon),
            with_migration=self.with_migration,
            unapproved=unapproved(model, today),
        )
        if self.aim is None:
            return plan(model, state, question, shown, self.running.planner)
        from platctl.questions.plan.weeks.derive import ScheduleQuestion, schedule

        asked = ScheduleQuestion(question, partial(typed.of, model, today), self.aim, shown)
        return schedule(model, state, asked, self.running.planner, self.running.scheduler)
