"""`platctl validate`: is what we wrote down consistent?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    BaselineOption,
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    FetchOption,
    Globals,
    HeadOption,
    NewOnlyOption,
    OutputOption,
    ReportOption,
    SelectOption,
    SeverityOption,
    TodayOption,
    rule_names,
)

if TYPE_CHECKING:
    from platctl.alert import Alerts
    from platctl.page import Page
    from platctl.rules.report import ValidationReport
    from platctl.workspace.workspace import Workspace


class ValidationViews(ReportViews):
    """What is not consistent."""

    report: "ValidationReport"
    kind = "validation"
    is_of_rules = False
    """Whether rules are chosen, so that all of their findings are shown."""

    def page(self) -> "Page":
        from platctl.questions.validate.page import page

        return page(self.report, quiet=self.options.quiet, is_short=not self.is_of_rules)

    def sheet(self) -> "Page":
        from platctl.questions.validate.page import sheet

        return self.page() if self.options.quiet else sheet(self.report)

    def comment(self) -> "Page":
        from platctl.questions.validate.page import page

        return page(self.report, quiet=self.options.quiet)

    def alerts(self) -> "Alerts":
        from platctl.questions.validate.alerts import from_validation

        return from_validation(self.report)

    def table(self) -> "CsvTable":
        from platctl.questions.validate.table import HEADER, rows

        return HEADER, rows(self.report)


def validate(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Report only findings in these files and folders."),
    ] = None,
    format_: Annotated[str, format_option(ValidationViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: SeverityOption = "error",
    rule: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Apply only these rules.", autocompletion=rule_names)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Skip these rules.", autocompletion=rule_names)
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    new_only: NewOnlyOption = False,
    base: BaseOption = None,
    head: HeadOption = None,
    baseline: BaselineOption = None,
    fetch: FetchOption = False,
    today: TodayOption = None,
) -> int:
    """Check that the model is consistent."""
    from platctl.finding import Severity
    from platctl.outlook.choosing import chooser
    from platctl.questions.validate.known_findings import known_before
    from platctl.rules.validation import ValidationOptions
    from platctl.rules.validation import validate as derive
    from platctl.shell.errors import CliError
    from platctl.shell.known import note_unneeded
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import threshold
    from platctl.workspace.baseline import read_baseline
    from platctl.workspace.workspace import no_model

    options: Globals = context.obj
    wanted = targets(ValidationViews, format_, output, reports)
    limit = threshold(fail_on, Severity)
    session = open_session(options, today=today, head=head, fetches=fetch, may_be_empty=True)
    rules, ignored = _rules("--rule", rule), _rules("--ignore", ignore)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    compares = wish.needs_base
    if base and not (new_only or compares):
        raise CliError("`--base` is only used by `--new-only` and `state:` selectors", "add `--new-only`")
    where = tuple(_inside(session.workspace, path) for path in paths or ())
    model, date, state = session.model, session.today, session.tree.label
    nothing = None if model.entities else no_model(session.tree, model)
    if nothing and not model.findings:
        raise nothing
    known = read_baseline(baseline) if baseline else frozenset()
    before = session.judging(base) if new_only or compares else None
    if before and new_only:
        known |= known_before(before.model, model, date)
        state = f"{state}, new since {before.label}, {before.how}"
    entities = wish.entities(chooser(model, before.model if before and compares else None, today=date))
    asked = ValidationOptions(date, rules, ignored, where, entities, limit, known)
    report = derive(model, wish.said_of(state), asked)
    if baseline and entities is None and not (new_only or rules or ignored or where):
        note_unneeded(known, report)
    views = ValidationViews(report, options)
    views.is_of_rules = bool(rules)
    deliver(views, wanted)
    if nothing:
        raise nothing  # after the findings that say why
    return 1 if report.summary.failing else 0


def _rules(option: str, names: list[str] | None) -> frozenset[str]:
    from platctl.shell.values import one_of

    given = [name for text in names or () for name in text.split(",")]
    return frozenset(one_of(option, name, sorted(rule_names())) for name in given)


def _inside(workspace: "Workspace", path: Path) -> str:
    """A path as findings have it. Raises CliError for what is not part of the model."""
    from platctl.shell.errors import CliError

    if not path.exists():
        raise CliError(f"`{path}` does not exist", "name a file or folder of the model")
    try:
        inside = path.resolve().relative_to(workspace.source.root.resolve()).as_posix()
    except ValueError:
        raise CliError(f"`{path}` is outside of `{workspace.source.root}`", "use `-C` for another model") from None
    return "" if inside == "." else inside
