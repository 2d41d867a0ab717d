"""`platctl plan compare`: which of two futures is better, for whom, and what is different?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.questions.plan.choices import (
    GapOption,
    GranularityOption,
    HorizonOption,
    MinimizeOption,
    TimeLimitOption,
    WithMigrationOption,
    WorkersOption,
    aim_of,
)
from platctl.questions.plan.views import DatedViews
from platctl.shell.formats import CalendarDays, CsvTable, format_option
from platctl.shell.options import (
    AudienceOption,
    Globals,
    HeadOption,
    MethodOption,
    OutputOption,
    ReportOption,
    TodayOption,
    entities,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.plan.compare.report import ComparisonReport


class ComparisonViews(DatedViews):
    """Two plans for two futures."""

    report: "ComparisonReport"
    kind = "plan-comparison"

    def page(self) -> "Page":
        from platctl.questions.plan.compare.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.plan.compare.table import HEADER, rows

        return HEADER, rows(self.report)

    def days(self) -> "CalendarDays":
        from platctl.questions.plan.compare.entries import entries

        return entries(self.report), "Two plans", self.report.today, self.series()


def compare(
    context: typer.Context,
    first: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="The first scenario.", autocompletion=entities("scenario"))
    ],
    second: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCENARIO]",
            help="The second one; without it, the first one is compared with the plan as it is.",
            autocompletion=entities("scenario"),
        ),
    ] = None,
    horizon: HorizonOption = 4,
    granularity: GranularityOption = "period",
    minimize: MinimizeOption = "lateness",
    model_name: MethodOption = None,
    with_migration: WithMigrationOption = False,
    gap: GapOption = 1.0,
    time_limit: TimeLimitOption = None,
    workers: WorkersOption = 1,
    audience: AudienceOption = None,
    head: HeadOption = None,
    format_: Annotated[str, format_option(ComparisonViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Plan for two scenarios, and compare: the value, who gains and who waits, what moves, and what goals get."""
    from platctl.questions.plan.asked import TypedWishes
    from platctl.questions.plan.compare.derive import FuturePlan, compared
    from platctl.questions.plan.derive import PlanShown
    from platctl.questions.plan.futures import future
    from platctl.questions.plan.making import PlanMaking
    from platctl.questions.plan.solvers import solvers
    from platctl.scheduling.milp import SearchLimits
    from platctl.shell.scoring import method_named
    from platctl.shell.seen import seen_in
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(ComparisonViews, format_, output, reports)
    aim = aim_of(granularity, minimize)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    names = (first, second) if second else (None, first)
    futures = [future(seen, name) for name in names]
    method = method_named(futures[0].model, "--model", model_name)
    shown = PlanShown(why=0, audience=seen.audience.id if seen.audience else None)
    plans: list[FuturePlan] = []
    with solvers(SearchLimits(gap / 100, seconds=time_limit, workers=workers), weeks=aim is not None) as running:
        making = PlanMaking(session, method, horizon, running, aim, with_migration)
        for each in futures:
            report = making.report(each, TypedWishes(scenario=each.scenario), shown)
            plans.append(FuturePlan(each.model, each.scenario, each.name, report))
    deliver(ComparisonViews(compared(*plans), options, session.series), wanted)
    return 0
