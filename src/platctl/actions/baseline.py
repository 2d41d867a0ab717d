"""`platctl baseline`: record current findings, so that later runs report only new ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.options import DryRunOption, Globals, TodayOption

if TYPE_CHECKING:
    from platctl.workspace.workspace import Workspace

BASELINE_FILE = ".platctl/baseline.json"


def baseline(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write.",
            show_default=f"{BASELINE_FILE} in the model's folder",
        ),
    ] = None,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Record current findings, for `validate --baseline FILE`."""
    from platctl.questions.validate.known_findings import baseline as derive
    from platctl.render.data.json import render
    from platctl.shell.errors import note
    from platctl.shell.output import write
    from platctl.shell.session import open_session

    options: Globals = context.obj
    session = open_session(options, today=today)
    found = derive(session.model, session.today)
    file = output or _default(session.workspace)
    number = len(found.findings)
    findings = f"{number:,} {'finding' if number == 1 else 'findings'}"
    if dry_run:
        note(f"nothing was written: `--dry-run`; {findings} would go to {file}")
        return 0
    if output is None:
        _make(file.parent)
    write([(render(found, "baseline", indented=True), file)])
    note(f"wrote {findings} to {file}")
    return 0


def _default(workspace: "Workspace") -> Path:
    """The usual file, relative where that reads better."""
    from platctl.shell.errors import CliError

    file = workspace.source.root / workspace.source.prefix / BASELINE_FILE
    if file.parent.is_symlink():
        raise CliError(f"`{file.parent}` is a symbolic link", "name a file: `-o FILE`")
    here = Path.cwd().resolve()
    return file.relative_to(here) if file.is_relative_to(here) else file


def _make(folder: Path) -> None:
    from platctl.shell.errors import CliError

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CliError(f"can't create the folder `{folder}`: {(error.strerror or 'unknown error').lower()}") from error
