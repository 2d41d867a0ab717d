"""`platctl baseline`: write down which findings are there, so that only new ones count from now on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.options import Globals, TodayOption

if TYPE_CHECKING:
    from platctl.workspace.workspace import Workspace

BASELINE_FILE = ".platctl/baseline.json"


def baseline(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=f"Where to; {BASELINE_FILE} beside the model if left out."),
    ] = None,
    today: TodayOption = None,
) -> int:
    """Write down the findings that are there, for `validate --baseline FILE`."""
    from platctl.questions.validate.known_findings import baseline as derive
    from platctl.render.data.json import render
    from platctl.shell.errors import note
    from platctl.shell.output import write
    from platctl.shell.session import open_session

    options: Globals = context.obj
    session = open_session(options, today=today)
    found = derive(session.model, session.today)
    file = output or _default(session.workspace)
    write([(render(found, "baseline", indented=True), file)])
    number = len(found.findings)
    note(f"wrote {number:,} {'finding' if number == 1 else 'findings'} to {file}")
    return 0


def _default(workspace: "Workspace") -> Path:
    """The usual file, its folder made. Relative where that reads better."""
    from platctl.shell.errors import CliError

    file = workspace.source.root / workspace.source.prefix / BASELINE_FILE
    if file.parent.is_symlink():
        raise CliError(f"`{file.parent}` is a link", "name a file: `-o FILE`")
    try:
        file.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise CliError(
            f"can't make the folder `{file.parent}`: {(error.strerror or 'unknown error').lower()}"
        ) from error
    here = Path.cwd().resolve()
    return file.relative_to(here) if file.is_relative_to(here) else file
