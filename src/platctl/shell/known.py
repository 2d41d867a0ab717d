"""The options that leave out findings which were there before."""

from platctl.rules.report import ValidationReport
from platctl.shell.errors import note


def note_unneeded(known: frozenset[str], report: ValidationReport) -> None:
    """Says how many entries of a baseline fit to nothing any more. Only of use where everything was looked at."""
    if rest := len(known) - report.summary.known:
        entries = "1 entry" if rest == 1 else f"{rest:,} entries"
        note(f"note: nothing needs {entries} of the baseline any more; `platctl baseline -o FILE` writes it anew")
