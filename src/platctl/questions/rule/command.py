"""`platctl rule`: what a rule finds, why, and what to write instead."""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import Globals, OutputOption, ReportOption, rule_names

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.rule.report import RuleReport


class RuleViews(ReportViews):
    """Rules."""

    report: "RuleReport"
    kind = "rules"

    def page(self) -> "Page":
        from platctl.questions.rule.page import list_page, page

        return list_page(self.report.rules) if self.report.is_list else page(self.report.rules[0])

    def sheet(self) -> "Page":
        from platctl.questions.rule.page import list_sheet

        return list_sheet(self.report.rules) if self.report.is_list else self.page()

    def comment(self) -> "Page":
        return self.page()

    def table(self) -> CsvTable:
        from platctl.questions.rule.table import HEADER, rows

        return HEADER, rows(self.report)


def rule(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The rule.", show_default="all", autocompletion=rule_names),
    ] = None,
    format_: Annotated[str, format_option(RuleViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
) -> int:
    """Explain a rule, or list all rules."""
    from platctl.questions.rule.report import report_of
    from platctl.rules.registry import rules
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import one_of

    options: Globals = context.obj
    wanted = targets(RuleViews, format_, output, reports)
    known = {each.id: each for each in rules()}
    chosen = tuple(known.values()) if name is None else (known[one_of("NAME", name, known)],)
    deliver(RuleViews(report_of(chosen, is_list=name is None), options), wanted)
    return 0
