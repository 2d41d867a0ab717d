"""Notes on the options that omit known findings."""

from platctl.rules.report import ValidationReport
from platctl.shell.errors import note


def note_unneeded(known: frozenset[str], report: ValidationReport) -> None:
    """Print how many entries of a baseline match nothing any more. Only useful if everything was checked."""
    if rest := len(known) - report.summary.known:
        entries = "1 entry of the baseline is" if rest == 1 else f"{rest:,} entries of the baseline are"
        note(f"note: {entries} no longer needed; run `platctl baseline -o FILE` to update it")
