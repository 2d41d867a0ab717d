"""`platctl plan`: what fits into the people we have, and when?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
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
    from platctl.model.model import Model
    from platctl.page import Page
    from platctl.questions.plan.derive import PlanShown
    from platctl.questions.plan.options import PlanOptions
    from platctl.questions.plan.report import PlanReport
    from platctl.scheduling.milp import SearchLimits
    from platctl.shell.session import Session


class PlanViews(ReportViews):
    """The best plan, and why it is not better."""

    report: "PlanReport"
    kind = "plan"

    def page(self) -> "Page":
        from platctl.questions.plan.page import page

        return page(self.report, quiet=self.options.quiet)

    def sheet(self) -> "Page":
        from platctl.questions.plan.page import page

        return page(self.report, quiet=self.options.quiet, short=False)

    def table(self) -> "CsvTable":
        from platctl.questions.plan.table import HEADER, rows

        return HEADER, rows(self.report)


def plan(
    context: typer.Context,
    horizon: Annotated[
        int, typer.Option("--horizon", metavar="N", min=1, max=40, help="Plan N periods, the running one included.")
    ] = 4,
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
    from platctl.questions.plan.asked import wishes
    from platctl.questions.plan.derive import PlanShown
    from platctl.questions.plan.options import PlanOptions
    from platctl.scheduling.milp import SearchLimits
    from platctl.shell.errors import CliError
    from platctl.shell.scoring import method_named
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(PlanViews, format_, output, reports)
    if apply and (audience or head):
        raise CliError("`--apply` writes into the files on disk", "omit `--audience` and `--head`")
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    was = base_of(session, wish, base)
    model, day = session.model, session.day
    if not any(each.status.is_open for each in model.initiatives.values()):
        raise CliError("there is nothing to plan: no initiative is open", "add one with `platctl new initiative ID`")
    asked = wishes(
        seen.model,
        day,
        horizon,
        pins=pin or (),
        with_=with_ or (),
        without=without or (),
        delay=delay,
        what_if=what_if or (),
    )
    question = PlanOptions(
        method=method_named(seen.model, "--model", model_name),
        today=day,
        horizon=horizon,
        only=wish.entities(chooser(seen.open, seen.of(was) if was else None, today=day)),
        wishes=asked,
        with_migration=with_migration,
        unapproved=unapproved(seen.model, day),
    )
    said = [f"`--with {each}`" for each in with_ or ()] + [f"`--without {each}`" for each in without or ()]
    said += [f"`--delay {delay[0]} {delay[1]}`"] if delay else []
    said += [f"`--what-if {each}`" for each in what_if or ()]
    shown = PlanShown(
        explained=find_any(seen.model, explain, ("team", "initiative")) if explain else None,
        asked=tuple(said),
        checks=check,
        said=wish.label,
        audience=seen.audience.id if seen.audience else None,
    )
    report = _solved(
        seen.model, session.tree.label, question, shown, SearchLimits(gap / 100, seconds=time_limit, workers=workers)
    )
    if apply:
        return _apply(session, report, options, dry_run=dry_run)
    deliver(PlanViews(report, options), wanted)
    return int(report.fails)


def _solved(
    model: "Model", state: str, question: "PlanOptions", shown: "PlanShown", limits: "SearchLimits"
) -> "PlanReport":
    """The plan by the solver, or by simple rules where there is none."""
    from platctl.questions.plan.derive import plan as derive
    from platctl.questions.plan.solving import planner
    from platctl.scheduling.milp import is_available
    from platctl.scheduling.solver_process import SolverError
    from platctl.shell.errors import CliError, note

    if not is_available():
        note("note: without a solver the plan is not proven; install one with `pip install 'platctl[plan]'`")
        return derive(model, state, question, shown, None)
    try:
        with planner(limits, _progress) as found:
            return derive(model, state, question, shown, found)
    except SolverError:
        message = "the solver stopped without an answer"
        raise CliError(message, "plan fewer periods with `--horizon`, or less work with `--select`") from None


def _progress(value: float, bound: float) -> None:
    from platctl.shell.progress import PROGRESS
    from platctl.writing.numbers import number

    gap = 100 * max(bound - value, 0.0) / value if value > 0 else 100.0
    PROGRESS.say(f"planning: a value of {number(value)}, {number(bound)} at most, gap {gap:.1f} %")


def _apply(session: "Session", report: "PlanReport", options: Globals, *, dry_run: bool) -> int:
    """Write the plan into the files; returns the exit code."""
    from platctl.questions.plan.applying import edits
    from platctl.shell.editing import carry_out
    from platctl.shell.errors import note

    found = edits(session.model, session.tree, report)
    if not found:
        note("nothing to do: the files say the same as the plan")
        return int(bool(report.broken))
    return carry_out(session, found, options, dry_run=dry_run) or int(bool(report.broken))
