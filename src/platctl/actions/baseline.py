"""`platctl baseline`: write down which findings are there, so that only new ones count from now on."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.questions.validate.known_findings import baseline as derive
from platctl.render.data.json import render
from platctl.shell.errors import CliError, note
from platctl.shell.options import Globals, TodayOption, day
from platctl.shell.output import write
from platctl.workspace.baseline import BASELINE_FILE
from platctl.workspace.workspace import Workspace, open_workspace


def baseline(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=f"Where to; {BASELINE_FILE} beside the model if left out."),
    ] = None,
    today: TodayOption = None,
) -> int:
    """Write down the findings that are there, for `validate --baseline FILE`."""
    options: Globals = context.obj
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    found = derive(workspace.model(tree), day("--today", today) or tree.date)
    file = output or _default(workspace)
    write([(render(found, "baseline", indented=True), file)])
    number = len(found.findings)
    note(f"wrote {number:,} {'finding' if number == 1 else 'findings'} to {file}")
    return 0


def _default(workspace: Workspace) -> Path:
    """The usual file, its folder made. Relative where that reads better."""
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
