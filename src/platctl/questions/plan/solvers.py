"""The solvers of a call: those that are installed, and a note about those that are not."""

import contextlib
from collections.abc import Iterator

from platctl.questions.plan.solving import Planner, planner
from platctl.record import record
from platctl.scheduling import milp, project_search
from platctl.scheduling.milp import SearchLimits
from platctl.scheduling.project_search import ScheduleLimits, Scheduler, scheduler
from platctl.scheduling.solver_process import SolverError
from platctl.shell.errors import CliError, note
from platctl.shell.progress import PROGRESS
from platctl.writing.numbers import number

_NO_CHOOSER = "note: without a solver the plan is not proven; install one with `pip install 'platctl[plan]'`"
_NO_SCHEDULER = "note: without a solver the schedule is not proven; install one with `pip install 'platctl[schedule]'`"


@record(slots=False)
class Solvers:
    """What chooses work (None for a simple rule), and what puts it into weeks."""

    planner: Planner | None
    scheduler: Scheduler


@contextlib.contextmanager
def solvers(limits: SearchLimits, *, weeks: bool = False) -> Iterator[Solvers]:
    """The solvers, running. Raises CliError if one stops without an answer."""
    with contextlib.ExitStack() as running:
        chooser, dating = None, Scheduler()
        if milp.is_available():
            chooser = running.enter_context(planner(limits, _chosen_so_far))
        else:
            note(_NO_CHOOSER)
        if weeks and project_search.is_available():
            dating = running.enter_context(scheduler(ScheduleLimits(seconds=limits.seconds), _dated_so_far))
        elif weeks:
            note(_NO_SCHEDULER)
        try:
            yield Solvers(chooser, dating)
        except SolverError:
            message = "the solver stopped without an answer"
            raise CliError(message, "plan fewer periods with `--horizon`, or less work with `--select`") from None


def _chosen_so_far(value: float, bound: float) -> None:
    gap = 100 * max(bound - value, 0.0) / value if value > 0 else 100.0
    PROGRESS.say(f"planning: a value of {number(value)}, {number(bound)} at most, gap {gap:.1f} %")


def _dated_so_far(weeks: int, least: int) -> None:
    PROGRESS.say(f"scheduling: {weeks:,} weeks, {least:,} at least")
