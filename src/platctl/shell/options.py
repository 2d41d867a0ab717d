"""Options that several commands share, each with one meaning."""

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.types import IntRange
from typer.core import TyperOption

from platctl.finding import Severity
from platctl.model.level import Level
from platctl.model.settings.usual_scoring import USUAL
from platctl.model.vocabulary import BuiltIn
from platctl.record import record
from platctl.render.data.part_of_json import WHOLE, JsonPart
from platctl.shell.errors import CliError


@record
class Globals:
    """The options of all commands."""

    directory: Path
    color: str
    quiet: bool
    bom: bool = False
    cache: bool = True
    part: JsonPart = WHOLE
    """What is wanted of a report in JSON."""


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    """The fields that are asked for. Raises CliError for one without a name."""
    names = tuple(name.strip() for text in texts for name in text.split(","))
    if not all(step for name in names for step in name.split(".")):
        raise CliError("`--fields` has an empty name", "use a form such as `--fields verdicts.consumer,summary`")
    return names


def json_options(taken: Container[str]) -> list[TyperOption]:
    """The options of every command with JSON, but for those whose name is `taken`. They are part of `Globals`."""

    def keeping(field: str) -> Callable[..., None]:
        def keep(context: typer.Context, _: object, value: Any) -> None:
            if value not in (None, False, ()):
                given = _names(value) if field == "fields" else value
                context.obj = replace(context.obj, part=replace(context.obj.part, **{field: given}))

        return keep

    limit, fields, brief = (
        TyperOption(
            param_decls=["--limit"],
            type=IntRange(min=1),
            metavar="N",
            help="JSON: only the first N entries of each list.",
            callback=keeping("limit"),
            expose_value=False,
        ),
        TyperOption(
            param_decls=["--fields"],
            type=str,
            multiple=True,
            metavar="A,B.C",
            help="JSON: only these fields.",
            callback=keeping("fields"),
            expose_value=False,
        ),
        TyperOption(
            param_decls=["--brief"],
            is_flag=True,
            help="JSON: the gist, in 32 kB at most.",
            callback=keeping("brief"),
            expose_value=False,
        ),
    )
    return [each for each in (limit, fields, brief) if each.opts[0] not in taken]


def completions(values: Iterable[str]) -> Callable[[], list[str]]:
    """What a shell suggests for a value that is one of these."""
    known = [str(value) for value in values]
    return lambda: known


def rule_names() -> list[str]:
    """All rules, looked up only when a rule name is completed."""
    from platctl.rules.registry import NAMES

    return list(NAMES)


def entities(*kinds: str) -> Callable[[typer.Context, str], list[str]]:
    """What a shell suggests for an entity of these kinds, or of any kind; read only when it is completed."""

    def offered(context: typer.Context, incomplete: str) -> list[str]:
        from platctl.shell.completion import references

        return references(context.find_root().params.get("directory"), kinds, incomplete)

    return offered


THRESHOLDS = tuple(each for each in Level if each.is_harm)
"""What `--fail-on` takes: the levels that do harm."""

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file instead of stdout.")
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option("--report", metavar="FORMAT=FILE", help="Also write the report to a file in this format."),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="Date to use as today.", show_default="day of the commit, in UTC"),
]
LevelOption = Annotated[
    str,
    typer.Option(
        metavar="LEVEL",
        help="Exit 1 at this level or a worse one: breaks, must-act, at-risk or never.",
        autocompletion=completions([*THRESHOLDS, "never"]),
    ),
]
ComponentLevelOption = Annotated[
    str,
    typer.Option(
        "--fail-on-component",
        metavar="LEVEL",
        help="Exit 1 if a component has to be ported at this level or a worse one: breaks, must-act, at-risk or never.",
        autocompletion=completions([*THRESHOLDS, "never"]),
    ),
]
SeverityOption = Annotated[
    str,
    typer.Option(
        metavar="SEVERITY",
        help="Exit 1 at this severity or a higher one: error, warning, info or never.",
        autocompletion=completions([*Severity, "never"]),
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        "-s",
        metavar="SELECTOR",
        help="Report only what concerns these entities, such as `tag:pci+`.",
        autocompletion=entities(),
    ),
]
ExcludeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="SELECTOR",
        help="Leave out anything about these entities.",
        autocompletion=entities(),
    ),
]
FailOnEmptyOption = Annotated[
    bool, typer.Option("--fail-on-empty", help="Exit 2 if a selector matches nothing, instead of printing a note.")
]
MethodOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="MODEL",
        help="Rank by this scoring model.",
        show_default="scoring.model in platctl.yaml, or rice",
        autocompletion=completions(USUAL),
    ),
]
AudienceOption = Annotated[
    str | None,
    typer.Option(
        "--audience",
        "-a",
        metavar="NAME",
        help="Show only what this audience may see: developers, product-managers, customers, or one from platctl.yaml.",
        autocompletion=completions(BuiltIn),
    ),
]
BaseOption = Annotated[
    str | None,
    typer.Option(
        "--base", metavar="REF|DIR", help="Compare with the merge base of this ref and the head, or with a folder."
    ),
]
HeadOption = Annotated[
    str | None,
    typer.Option("--head", metavar="REF|DIR", help="Read this ref or folder instead of the working tree."),
]
AtOption = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help="Judge by the versions available on this day.")
]
FetchOption = Annotated[
    bool, typer.Option("--fetch/--no-fetch", help="Fetch missing commits from origin to find the base.")
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="Show only the first N.")]
NoDecisionsOption = Annotated[
    bool, typer.Option("--no-decisions", help="Rank by scores alone, ignoring recorded decisions.")
]
NewOnlyOption = Annotated[bool, typer.Option("--new-only", help="Report only findings that the base does not have.")]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help="Leave out the findings recorded in this file by `platctl baseline`."
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", "-n", help="Show what would be written, and write nothing.")]
