"""`platctl plan`: what fits into the people we have, and when?"""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.questions.plan.views import PlanViews, ScheduleViews
from platctl.shell.formats import format_option
from platctl.shell.options import (
    AudienceOption,
    BaseOption,
    DryRunOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    MethodOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    completions,
    entities,
)

if TYPE_CHECKING:
    from platctl.model.model import Model
    from platctl.questions.plan.asked import TypedWishes
    from platctl.questions.plan.derive import PlanShown
    from platctl.questions.plan.options import PlanOptions
    from platctl.questions.plan.report import PlanReport
    from platctl.questions.plan.weeks.report import ScheduleReport
    from platctl.scheduling.milp import SearchLimits
    from platctl.shell.session import Session

GRANULARITIES = ("period", "week")
AIMS = ("lateness", "finish")


def plan(
    context: typer.Context,
    horizon: Annotated[
        int, typer.Option("--horizon", metavar="N", min=1, max=40, help="Plan N periods, the running one included.")
    ] = 4,
    granularity: Annotated[
        str,
        typer.Option(
            "--granularity",
            metavar="UNIT",
            help="period, or week: in which weeks the work of the plan is done.",
            autocompletion=completions(GRANULARITIES),
        ),
    ] = "period",
    minimize: Annotated[
        str,
        typer.Option(
            "--minimize",
            metavar="AIM",
            help="What a schedule in weeks has first: the least `lateness`, or the earliest `finish`.",
            autocompletion=completions(AIMS),
        ),
    ] = "lateness",
    model_name: MethodOption = None,
    pin: Annotated[
        list[str] | None,
        typer.Option("--pin", metavar="ID[=PERIOD]", help="This initiative must be done, or end in this period."),
    ] = None,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="ID", help="What if this initiative is done?")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="ID", help="What if this initiative is not done?")
    ] = None,
    delay: Annotated[
        tuple[str, int] | None,
        typer.Option("--delay", metavar="ID N", help="What if this initiative ends N periods later than written?"),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="CAPACITY",
            help="What if a team can do more or less? Such as `capacity:identity+4@2027-Q1`.",
        ),
    ] = None,
    with_migration: Annotated[
        bool, typer.Option("--with-migration", help="Count the migrations that work causes for other teams.")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="ENTITY",
            help="A team: what one more person-week is worth. An initiative: what it would displace.",
            autocompletion=entities("team", "initiative"),
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 if files say something else than the plan.")
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Write the plan into the files of its initiatives.")] = False,
    dry_run: DryRunOption = False,
    gap: Annotated[
        float, typer.Option("--gap", metavar="PERCENT", min=0, max=100, help="Stop when the plan is proven this good.")
    ] = 1.0,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            min=1,
            help="Search this long at most; the plan may then differ by machine.",
        ),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, max=64, help="Threads of the solver.")] = 1,
    audience: AudienceOption = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(PlanViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Choose and place the work that is worth most within every team's capacity, and prove how good that is."""
    from platctl.model.lookup import find_any
    from platctl.outlook.choosing import chooser
    from platctl.questions.plan.approvals import unapproved
    from platctl.questions.plan.asked import TypedWishes
    from platctl.questions.plan.derive import PlanShown
    from platctl.questions.plan.options import PlanOptions
    from platctl.scheduling.milp import SearchLimits
    from platctl.shell.errors import CliError
    from platctl.shell.scoring import method_named
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import one_of

    options: Globals = context.obj
    wanted = targets(PlanViews, format_, output, reports)
    in_weeks = one_of("--granularity", granularity, GRANULARITIES) == "week"
    aim = one_of("--minimize", minimize, AIMS)
    if apply and (audience or head):
        raise CliError("`--apply` writes into the files on disk", "omit `--audience` and `--head`")
    if in_weeks and explain:
        raise CliError("`--explain` explains a plan in periods", "omit `--granularity week`")
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    was = base_of(session, wish, base)
    model, day = session.model, session.day
    if not any(each.status.is_open for each in model.initiatives.values()):
        raise CliError("there is nothing to plan: no initiative is open", "add one with `platctl new initiative ID`")
    typed = TypedWishes(pin or (), with_ or (), without or (), delay, what_if or ())
    question = PlanOptions(
        method=method_named(seen.model, "--model", model_name),
        today=day,
        horizon=horizon,
        only=wish.entities(chooser(seen.open, seen.of(was) if was else None, today=day)),
        wishes=typed.of(seen.model, day, horizon),
        with_migration=with_migration,
        unapproved=unapproved(seen.model, day),
    )
    shown = PlanShown(
        explained=find_any(seen.model, explain, ("team", "initiative")) if explain else None,
        asked=typed.options,
        checks=check,
        said=wish.label,
        audience=seen.audience.id if seen.audience else None,
    )
    limits = SearchLimits(gap / 100, seconds=time_limit, workers=workers)
    views: PlanViews | ScheduleViews
    if in_weeks:
        schedule = _in_weeks(seen.model, session, question, typed, aim, shown, limits)
        views = ScheduleViews(schedule, options, session.series)
    else:
        views = PlanViews(_in_periods(seen.model, session, question, shown, limits), options, session.series)
    if apply:
        return _apply(session, views.report, options, dry_run=dry_run)
    deliver(views, wanted)
    return int(views.report.fails)


def _in_periods(
    model: "Model", session: "Session", question: "PlanOptions", shown: "PlanShown", limits: "SearchLimits"
) -> "PlanReport":
    from platctl.questions.plan.derive import plan as derive
    from platctl.questions.plan.solvers import solvers

    with solvers(limits) as running:
        return derive(model, session.tree.label, question, shown, running.planner)


def _in_weeks(
    model: "Model",
    session: "Session",
    question: "PlanOptions",
    typed: "TypedWishes",
    aim: str,
    shown: "PlanShown",
    limits: "SearchLimits",
) -> "ScheduleReport":
    from platctl.questions.plan.solvers import solvers
    from platctl.questions.plan.weeks.derive import ScheduleQuestion, schedule
    from platctl.scheduling.serial import Aim

    asked = ScheduleQuestion(question, partial(typed.of, model, session.day), Aim(aim), shown)
    with solvers(limits, weeks=True) as running:
        return schedule(model, session.tree.label, asked, running.planner, running.scheduler)


def _apply(session: "Session", report: "PlanReport | ScheduleReport", options: Globals, *, dry_run: bool) -> int:
    """Write the plan into the files; returns the exit code."""
    from platctl.questions.plan.applying import edits
    from platctl.shell.editing import carry_out
    from platctl.shell.errors import note

    found = edits(session.model, session.tree, report.work, report.strays)
    if not found:
        note("nothing to do: the files say the same as the plan")
        return int(report.is_broken)
    return carry_out(session, found, options, dry_run=dry_run) or int(report.is_broken)
