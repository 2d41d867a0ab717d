"""Which formats a report can be printed in, and where it goes: one line for a new format."""

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from platctl.alert import Alerts
from platctl.page import Page
from platctl.shell.errors import CliError
from platctl.shell.options import Globals, completions, one_of
from platctl.shell.output import as_text, write

ReportOption = Annotated[
    list[str] | None,
    typer.Option("--report", metavar="FORMAT=FILE", help="Also write the report in this format; may stand repeatedly."),
]


@dataclass(frozen=True, slots=True)
class ReportViews:
    """A report with its views, each made only when a format needs it. What is None can't be had.

    `own` are formats that no other report has.
    """

    kind: str
    report: object
    page: Callable[[], Page]
    comment: Callable[[], Page] | None = None
    alerts: Callable[[], Alerts] | None = None
    own: Mapping[str, Callable[[], str]] = field(default_factory=dict)


def _text(answer: ReportViews, options: Globals, output: Path | None) -> str:
    return as_text(answer.page(), options, output)


def _markdown(answer: ReportViews, options: Globals, output: Path | None) -> str:  # noqa: ARG001
    from platctl.render.page.markdown import render

    return render((answer.comment or answer.page)())


def _json(answer: ReportViews, options: Globals, output: Path | None) -> str:  # noqa: ARG001
    from platctl.render.data.json import render

    return render(answer.report, answer.kind, indented=output is None and sys.stdout.isatty())


def _html(answer: ReportViews, options: Globals, output: Path | None) -> str:  # noqa: ARG001
    from platctl.render.page.html import render

    return render(answer.page())


def _alerts(name: str) -> Callable[[ReportViews, Globals, Path | None], str]:
    """A format of alerts: `platctl.render.alerts.<name>` renders them."""

    def render(answer: ReportViews, options: Globals, output: Path | None) -> str:  # noqa: ARG001
        rendered: str = importlib.import_module(f"platctl.render.alerts.{name}").render((answer.alerts or _no_alerts)())
        return rendered

    return render


def _no_alerts() -> Alerts:
    raise AssertionError("a command offers only the formats that it has")


_RENDERERS: dict[str, Callable[[ReportViews, Globals, Path | None], str]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
    "html": _html,
    "github": _alerts("github"),
    "sarif": _alerts("sarif"),
    "gitlab": _alerts("gitlab"),
    "junit": _alerts("junit"),
}
FORMATS = tuple(_RENDERERS)
PAGE_FORMATS = FORMATS[:4]
"""What every report has; the others need places in files."""


def format_option(formats: Sequence[str]) -> Any:
    """`--format` of a command that has these formats."""
    help_ = f"{', '.join(formats[:-1])} or {formats[-1]}."
    return typer.Option("--format", "-f", metavar="FORMAT", help=help_, autocompletion=completions(formats))


FormatOption = Annotated[str, format_option(FORMATS)]
PageFormatOption = Annotated[str, format_option(PAGE_FORMATS)]


@dataclass(frozen=True, slots=True)
class OutputTarget:
    """One format, and the file that it goes to; None is standard output."""

    format: str
    file: Path | None


def targets(
    format_: str, output: Path | None, reports: Iterable[str] | None, formats: Sequence[str] = FORMATS
) -> tuple[OutputTarget, ...]:
    """What the options ask for. Raises CliError for what can't be."""
    found = [OutputTarget(one_of("--format", format_, formats), _file(output))]
    for text in reports or ():
        name, equals, file = text.partition("=")
        if not equals or not file:
            raise CliError(f"`--report {text}` names no file", "write `--report FORMAT=FILE`, such as `sarif=p.sarif`")
        found.append(OutputTarget(one_of("--report", name, formats), _file(Path(file))))
    files = [target.file for target in found if target.file]
    if twice := next((file for file in files if sum(is_same(file, each) for each in files) > 1), None):
        raise CliError(f"two reports can't be one file: `{twice.name}`", "give each its own name")
    return tuple(found)


def _file(written: Path | None) -> Path | None:
    """The file that an option names; `-` is standard output."""
    return None if written is None or str(written) == "-" else written


def is_same(one: Path, other: Path) -> bool:
    """Whether both names lead to one file, whether there is one yet or not."""
    return os.path.realpath(one) == os.path.realpath(other)


def deliver(
    answer: ReportViews, wanted: Iterable[OutputTarget], options: Globals, more: Iterable[tuple[str, Path]] = ()
) -> None:
    """Print a report, or write it, in all formats that are wanted; all are rendered before the first is written.

    `more` are files that are written together with the report, or not at all.
    """
    write([*((rendered(answer, each, options), each.file) for each in wanted), *more])


def rendered(answer: ReportViews, target: OutputTarget, options: Globals) -> str:
    """A report in one format."""
    own = answer.own.get(target.format)
    return own() if own else _RENDERERS[target.format](answer, options, target.file)
