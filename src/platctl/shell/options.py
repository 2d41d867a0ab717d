"""Options that several commands share."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from platctl.finding import Severity
from platctl.model.level import Level
from platctl.model.settings.usual_scoring import USUAL
from platctl.model.vocabulary import BuiltIn
from platctl.record import record


@record
class Globals:
    """The options of all commands."""

    directory: Path
    color: str
    quiet: bool


def completions(values: Iterable[str]) -> Callable[[], list[str]]:
    """What a shell offers where a value is one of these."""
    known = [str(value) for value in values]
    return lambda: known


def rule_names() -> list[str]:
    """All rules, looked up only when somebody completes one."""
    from platctl.rules.registry import NAMES

    return list(NAMES)


THRESHOLDS = tuple(each for each in Level if each.is_harm)
"""What `--fail-on` takes: the levels that do harm."""

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to a file instead.")
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option("--report", metavar="FORMAT=FILE", help="Also write the report in this format; may stand repeatedly."),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="What counts as today; the day of the last commit if left out."),
]
LevelOption = Annotated[
    str,
    typer.Option(
        metavar="LEVEL",
        help="Exit 1 from this level on: breaks, must-act, at-risk or never.",
        autocompletion=completions([*THRESHOLDS, "never"]),
    ),
]
SeverityOption = Annotated[
    str,
    typer.Option(
        metavar="SEVERITY",
        help="Exit 1 from this severity on: error, warning, info or never.",
        autocompletion=completions([*Severity, "never"]),
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", "-s", metavar="SELECTOR", help="Only what concerns these entities, such as `tag:pci+`."),
]
ExcludeOption = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="SELECTOR", help="Not what concerns these entities.")
]
FailOnEmptyOption = Annotated[
    bool, typer.Option("--fail-on-empty", help="Exit 2 if a selector names nothing, instead of saying so.")
]
MethodOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="MODEL",
        help="Rank by this scoring model; `scoring.model` of platctl.yaml if left out, else rice.",
        autocompletion=completions(USUAL),
    ),
]
AudienceOption = Annotated[
    str | None,
    typer.Option(
        "--audience",
        "-a",
        metavar="NAME",
        help="As this audience may see it: developers, product-managers, customers, or one of platctl.yaml.",
        autocompletion=completions(BuiltIn),
    ),
]
RefOrFolderOption = Annotated[
    str | None,
    typer.Option(metavar="REF|DIR", help="Compare with the merge base with this ref, or with a folder."),
]
BaseOption = Annotated[
    str | None, typer.Option("--base", metavar="REF", help="Compare with the merge base with this ref.")
]
NewOnlyOption = Annotated[bool, typer.Option("--new-only", help="Only findings that the base does not have.")]
BaselineOption = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Not the findings in this file, which `platctl baseline` wrote."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", "-n", help="Only show what would be written.")]
