"""`platctl init`: writes a first model, or unpacks an example."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.shell.options import DryRunOption, Globals, completions
from platctl.workspace.examples import example_names


def init(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder to create it in.",
            show_default="the current folder, or the one given by -C",
        ),
    ] = None,
    example: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=f"Unpack an example as a git repository: {', '.join(example_names())}.",
            autocompletion=completions(example_names()),
        ),
    ] = None,
    dry_run: DryRunOption = False,
) -> int:
    """Create a first model, or unpack an example."""
    from platctl.shell.errors import note
    from platctl.workspace.examples import unpack
    from platctl.workspace.starter import write_starter

    options: Globals = context.obj
    target = options.directory / (folder or Path())
    if example is None:
        for path in write_starter(target, dry_run=dry_run):
            note(f"{'would write' if dry_run else 'wrote'} {path}")
        if dry_run:
            return 0
        note(f"next: platctl -C {target} validate")
        return 0
    where = target if folder else options.directory / example
    base, change = unpack(example, where, dry_run=dry_run)
    if dry_run:
        note(f"would unpack {example} into {where}: `{base}`, then `{change}`")
        return 0
    note(f"unpacked {example} into {where}: `{base}`, then `{change}`")
    note(f"next: platctl -C {where} impact --base HEAD~1")
    return 0
