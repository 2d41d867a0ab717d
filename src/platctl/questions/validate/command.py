"""`platctl validate`: is what we wrote down consistent?"""

import os
from pathlib import Path
from typing import Annotated

import typer

from platctl.alert import Alerts
from platctl.finding import Severity
from platctl.outlook.choosing import chooser
from platctl.page import Page
from platctl.questions.validate.known_findings import known_before
from platctl.rules.registry import RULES
from platctl.rules.report import ValidationReport
from platctl.rules.validation import ValidationOptions
from platctl.rules.validation import validate as derive
from platctl.shell.errors import CliError
from platctl.shell.formats import FormatOption, ReportOption, ReportViews, deliver, targets
from platctl.shell.known import BaselineOption, BaseOption, NewOnlyOption, note_unneeded
from platctl.shell.options import Globals, OutputOption, TodayOption, completions, day, one_of, threshold
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.source.base import find_base
from platctl.workspace.base import base_model
from platctl.workspace.baseline import read_baseline
from platctl.workspace.workspace import Workspace, open_workspace

_RULE_NAMES = completions(rule.id for rule in RULES)


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
        typer.Option(
            metavar="SEVERITY",
            help="Exit 1 from this severity on: error, warning, info or never.",
            autocompletion=completions([*Severity, "never"]),
        ),
    ] = "error",
    rule: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Only these rules.", autocompletion=_RULE_NAMES)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Not these rules.", autocompletion=_RULE_NAMES)
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    new_only: NewOnlyOption = False,
    base: BaseOption = None,
    baseline: BaselineOption = None,
    today: TodayOption = None,
) -> int:
    """Check that what is written down is consistent."""
    options: Globals = context.obj
    wanted = targets(format_, output, reports)
    workspace = open_workspace(options.directory)
    limit = threshold(fail_on, Severity, Severity)
    rules, ignored = _rules("--rule", rule), _rules("--ignore", ignore)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    compares = wish.needs_base
    where = tuple(_inside(workspace, path) for path in paths or ())
    tree = workspace.source.working_tree()
    model, date, state = workspace.model(tree), day("--today", today) or tree.date, tree.label
    known = read_baseline(baseline) if baseline else frozenset()
    before = None
    if new_only or compares:
        found = find_base(workspace.source, base, None, os.environ)
        before = base_model(workspace, found)
        if new_only:
            known, state = known | known_before(before, model, date), f"{state}, new since {found.short}, {found.how}"
    elif base:
        raise CliError("`--base` is what `--new-only` and `state:` compare with", "add `--new-only`")
    entities = wish.entities(chooser(model, before if compares else None))
    state = f"{state}, only {wish.label}" if wish.label else state
    report = derive(model, state, ValidationOptions(date, rules, ignored, where, entities, limit, known))
    if baseline and entities is None and not (new_only or rules or ignored or where):
        note_unneeded(known, report)
    deliver(_answer(report, options), wanted, options)
    return 1 if report.summary.failing else 0


def _answer(report: ValidationReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.validate.page import page

        return page(report, quiet=options.quiet)

    def alerts() -> Alerts:
        from platctl.questions.validate.alerts import from_validation

        return from_validation(report)

    return ReportViews("validation", report, shown, alerts=alerts)


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
