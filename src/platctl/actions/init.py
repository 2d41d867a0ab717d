"""`platctl init`: a first model, or an example to try."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.shell.options import Globals, completions
from platctl.workspace.examples import example_names


def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where to; `-C` or here if left out.")] = None,
    example: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=f"Unpack an example with two commits: {', '.join(example_names())}.",
            autocompletion=completions(example_names()),
        ),
    ] = None,
) -> int:
    """Write a first model, or unpack an example."""
    from platctl.shell.errors import note
    from platctl.workspace.examples import unpack
    from platctl.workspace.starter import write_starter

    options: Globals = context.obj
    target = options.directory / (folder or Path())
    if example is None:
        for path in write_starter(target):
            note(f"wrote {path}")
        note(f"next: platctl -C {target} validate")
        return 0
    base, change = unpack(example, target if folder else options.directory / example)
    where = target if folder else options.directory / example
    note(f"unpacked {example} into {where}: `{base}`, then `{change}`")
    note(f"next: platctl -C {where} impact --base HEAD~1")
    return 0
