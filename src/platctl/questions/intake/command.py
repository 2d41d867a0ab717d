"""`platctl intake`: which ideas are there, what do they still need, and which are alike?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    entities,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.intake.report import IntakeReport


class IntakeViews(ReportViews):
    """Ideas and proposals."""

    report: "IntakeReport"
    kind = "intake"

    def page(self) -> "Page":
        from platctl.questions.intake.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.intake.table import HEADER, rows

        return HEADER, rows(self.report)


def intake(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SELECTOR]...",
            help="The initiatives, or what they concern.",
            show_default="all",
            autocompletion=entities(),
        ),
    ] = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(IntakeViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """List ideas and proposals with what each still needs, and those that are alike."""
    from functools import partial

    from platctl.outlook.choosing import chooser, concerned
    from platctl.questions.intake.derive import IntakeOptions
    from platctl.questions.intake.derive import intake as derive
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(IntakeViews, format_, output, reports)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty, what=what)
    session = open_session(options, today=today, head=head, notes_unread=True)
    was = base_of(session, wish, base)
    only = wish.entities(chooser(session.model, was, today=session.today), partial(concerned, session.model))
    report = derive(session.model, wish.said_of(session.tree.label), IntakeOptions(session.today, only))
    deliver(IntakeViews(report, options), wanted)
    return 0
