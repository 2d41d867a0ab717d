"""`platctl plan`: what fits into the people we have, and when?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.questions.plan.choices import (
    GapOption,
    GranularityOption,
    HorizonOption,
    MinimizeOption,
    ScenarioOption,
    TimeLimitOption,
    WithMigrationOption,
    WorkersOption,
    aim_of,
)
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
    entities,
)

if TYPE_CHECKING:
    from platctl.questions.plan.report import PlanReport
    from platctl.questions.plan.weeks.report import ScheduleReport
    from platctl.shell.session import Session


def plan(
    context: typer.Context,
    horizon: HorizonOption = 4,
    granularity: GranularityOption = "period",
    minimize: MinimizeOption = "lateness",
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
    scenario: ScenarioOption = None,
    with_migration: WithMigrationOption = False,
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
    gap: GapOption = 1.0,
    time_limit: TimeLimitOption = None,
    workers: WorkersOption = 1,
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
    from platctl.questions.plan.asked import TypedWishes
    from platctl.questions.plan.derive import PlanShown
    from platctl.questions.plan.futures import future
    from platctl.questions.plan.making import PlanMaking
    from platctl.questions.plan.report import PlanReport
    from platctl.questions.plan.solvers import solvers
    from platctl.scheduling.milp import SearchLimits
    from platctl.shell.errors import CliError
    from platctl.shell.scoring import method_named
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(PlanViews, format_, output, reports)
    aim = aim_of(granularity, minimize)
    if apply and (audience or head):
        raise CliError("`--apply` writes into the files on disk", "omit `--audience` and `--head`")
    if scenario and (apply or check):
        raise CliError("a scenario is no fact, so that files don't follow it", "omit `--apply` and `--check`")
    if aim and explain:
        raise CliError("`--explain` explains a plan in periods", "omit `--granularity week`")
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    was = base_of(session, wish, base)
    found = future(seen, scenario)
    typed = TypedWishes(pin or (), with_ or (), without or (), delay, what_if or (), found.scenario)
    shown = PlanShown(
        explained=find_any(found.model, explain, ("team", "initiative")) if explain else None,
        asked=typed.options,
        checks=check,
        said=wish.label,
        audience=seen.audience.id if seen.audience else None,
        scenario=found.name,
        given=TypedWishes(scenario=found.scenario).of(found.model, session.day, horizon),
    )
    method = method_named(found.model, "--model", model_name)
    chosen = wish.entities(chooser(found.open, seen.of(was) if was else None, today=session.day))
    with solvers(SearchLimits(gap / 100, seconds=time_limit, workers=workers), weeks=aim is not None) as running:
        making = PlanMaking(session, method, horizon, running, aim, with_migration)
        report = making.report(found, typed, shown, chosen)
    views: PlanViews | ScheduleViews
    if isinstance(report, PlanReport):
        views = PlanViews(report, options, session.series)
    else:
        views = ScheduleViews(report, options, session.series)
    if apply:
        return _apply(session, views.report, options, dry_run=dry_run)
    deliver(views, wanted)
    return int(views.report.fails)


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
