"""A plan and a schedule, as the formats need them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from platctl.shell.formats import CalendarDays, CsvTable, ReportViews
from platctl.shell.options import Globals

if TYPE_CHECKING:
    from platctl.page import CalendarSeries, Page
    from platctl.questions.plan.report import PlanReport
    from platctl.questions.plan.weeks.report import ScheduleReport


class DatedViews(ReportViews):
    """A report with days for a calendar, which are those of a series."""

    def __init__(self, report: Any, options: Globals, series: "Callable[[], CalendarSeries]") -> None:
        super().__init__(report, options)
        self.series = series


class PlanViews(DatedViews):
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

    def days(self) -> "CalendarDays":
        from platctl.questions.plan.entries import entries

        return entries(self.report.work), "Plan", self.report.today, self.series()


class ScheduleViews(DatedViews):
    """A plan in weeks."""

    report: "ScheduleReport"
    kind = "schedule"

    def page(self) -> "Page":
        from platctl.questions.plan.weeks.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.plan.weeks.table import HEADER, rows

        return HEADER, rows(self.report)

    def days(self) -> "CalendarDays":
        from platctl.questions.plan.entries import entries

        return entries(self.report.work), "Schedule", self.report.today, self.series()
