"""The options that leave out findings which were there before."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.rules.report import ValidationReport
from platctl.shell.errors import note

NewOnlyOption = Annotated[bool, typer.Option("--new-only", help="Only findings that the base does not have.")]
BaselineOption = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Not the findings in this file, which `platctl baseline` wrote."),
]
BaseOption = Annotated[
    str | None, typer.Option("--base", metavar="REF", help="Compare with the merge base with this ref.")
]


def note_unneeded(known: frozenset[str], report: ValidationReport) -> None:
    """Says how many entries of a baseline fit to nothing any more. Only of use where everything was looked at."""
    if rest := len(known) - report.summary.known:
        entries = "1 entry" if rest == 1 else f"{rest:,} entries"
        note(f"note: nothing needs {entries} of the baseline any more; `platctl baseline -o FILE` writes it anew")
