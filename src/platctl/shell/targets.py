"""The requested formats of a report, and the output file of each."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from platctl.record import record
from platctl.render.data.part_of_json import WHOLE
from platctl.shell.errors import CliError
from platctl.shell.formats import ReportViews, formats_of, rendered
from platctl.shell.options import Globals
from platctl.shell.output import write
from platctl.shell.values import one_of


@record
class OutputTarget:
    """One format and its output file; None is standard output."""

    format: str
    file: Path | None


def targets(
    views: type[ReportViews], format_: str, output: Path | None, reports: Iterable[str] | None = None
) -> tuple[OutputTarget, ...]:
    """The formats and files requested by the options. Raises CliError for an unsupported format."""
    formats = formats_of(views)
    found = [OutputTarget(one_of("--format", format_, formats), _file(output))]
    for text in reports or ():
        name, equals, file = text.partition("=")
        if not equals or not file:
            raise CliError(
                f"`--report {text}` does not name a file", "use `--report FORMAT=FILE`, such as `sarif=p.sarif`"
            )
        found.append(OutputTarget(one_of("--report", name, formats), _file(Path(file))))
    files = [target.file for target in found if target.file]
    if twice := next((file for file in files if sum(is_same(file, each) for each in files) > 1), None):
        raise CliError(f"two reports have the same file: `{twice.name}`", "give each report a different file")
    return tuple(found)


def check_part(options: Globals, formats: Iterable[str]) -> None:
    """Raises CliError if a part of JSON is wanted of another format."""
    if options.part != WHOLE and "json" not in formats:
        raise CliError("only JSON can be shortened", "use `--format json` with `--fields`, `--brief` and `--limit`")


def _file(written: Path | None) -> Path | None:
    """The file that an option names; None for `-`, standard output."""
    return None if written is None or str(written) == "-" else written


def is_same(one: Path, other: Path) -> bool:
    """Whether both names lead to the same file, even if it does not exist yet."""
    return os.path.realpath(one) == os.path.realpath(other)


def deliver(views: ReportViews, wanted: Sequence[OutputTarget], more: Iterable[tuple[str, Path]] = ()) -> None:
    """Print or write a report in all requested formats; all are rendered before the first is written.

    `more` are files to write together with the report, or not at all.
    """
    check_part(views.options, [each.format for each in wanted])
    write([*((rendered(views, each.format, each.file), each.file) for each in wanted), *more])
