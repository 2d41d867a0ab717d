"""`platctl validate`: is what we wrote down consistent?"""

from pathlib import Path
from typing import Annotated

import typer

from platctl.alert import Alerts
from platctl.analysis.validation import ValidationOptions
from platctl.analysis.validation import validate as derive
from platctl.cli.app import Globals
from platctl.cli.errors import CliError
from platctl.cli.formats import Answer, FormatOption, ReportOption, deliver, targets
from platctl.cli.options import OutputOption, TodayOption, day, one_of, threshold
from platctl.finding import Severity
from platctl.page import Page
from platctl.report.validation import ValidationReport
from platctl.rules.registry import RULES
from platctl.workspace.workspace import Workspace, open_workspace


def validate(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Only findings in these files and folders."),
    ] = None,
    format_: FormatOption = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: Annotated[
        str,
        typer.Option(metavar="SEVERITY", help="Exit 1 from this severity on: error, warning, info or never."),
    ] = "error",
    rule: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Only these rules.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Not these rules.")] = None,
    today: TodayOption = None,
) -> int:
    """Check that what is written down is consistent."""
    options: Globals = context.obj
    wanted = targets(format_, output, reports)
    workspace = open_workspace(options.directory)
    limit = threshold(fail_on, Severity, Severity)
    chosen, left_out = _rules("--rule", rule), _rules("--ignore", ignore)
    where = tuple(_inside(workspace, path) for path in paths or ())
    tree = workspace.source.working_tree()
    asked = ValidationOptions(day("--today", today) or tree.date, chosen, left_out, where, limit)
    report = derive(workspace.model(tree), tree.label, asked)
    deliver(_answer(report, options), wanted, options)
    return 1 if report.summary.failing else 0


def _answer(report: ValidationReport, options: Globals) -> Answer:
    def shown() -> Page:
        from platctl.view.validation import page

        return page(report, quiet=options.quiet)

    def alerts() -> Alerts:
        from platctl.view.alerts import from_validation

        return from_validation(report)

    return Answer("validation", report, shown, alerts=alerts)


def _rules(option: str, names: list[str] | None) -> frozenset[str]:
    known = {rule.id for rule in RULES}
    given = [name for text in names or () for name in text.split(",")]
    return frozenset(one_of(option, name, known) for name in given)


def _inside(workspace: Workspace, path: Path) -> str:
    """A path as findings have it. Raises CliError for what is not part of the model."""
    if not path.exists():
        raise CliError(f"`{path}` does not exist", "name a file or folder of the model")
    try:
        inside = path.resolve().relative_to(workspace.source.root.resolve()).as_posix()
    except ValueError:
        raise CliError(f"`{path}` is outside of `{workspace.source.root}`", "use `-C` for another model") from None
    return "" if inside == "." else inside
