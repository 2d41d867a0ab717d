"""`platctl discover`: where does a platform emerge, and where does one lose its users?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    AudienceOption,
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.discover.report import DiscoverReport


class DiscoverViews(ReportViews):
    """Where platforms emerge, or would have been seen in the past."""

    report: "DiscoverReport"
    kind = "discover"

    def page(self) -> "Page":
        from platctl.questions.discover.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.discover.table import HEADER, HEADER_OF_BACKTEST, rows, rows_of_backtest

        if self.report.backtest:
            return HEADER_OF_BACKTEST, rows_of_backtest(self.report)
        return HEADER, rows(self.report)


def discover(
    context: typer.Context,
    backtest: Annotated[
        bool,
        typer.Option(
            "--backtest", help="Show instead what it would have found each past quarter, and what became of it."
        ),
    ] = False,
    audience: AudienceOption = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(DiscoverViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Show where a platform emerges by what teams share, and which platform components lose their users."""
    from platctl.outlook.choosing import chooser
    from platctl.questions.discover.derive import DiscoverOptions
    from platctl.questions.discover.derive import discover as derive
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(DiscoverViews, format_, output, reports)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head)
    seen = seen_in(session, audience)
    before = base_of(session, wish, base)
    was = seen.of(before) if before else None
    choose = chooser(seen.open, was, today=session.today)
    question = DiscoverOptions(
        today=session.today,
        only=wish.entities(choose),
        excluded=wish.excluded(choose),
        said=wish.label,
        audience=seen.audience,
        backtest=backtest,
    )
    report = derive(session.model, seen.model, session.tree.label, question, seen.history())
    deliver(DiscoverViews(report, options), wanted)
    return 0
