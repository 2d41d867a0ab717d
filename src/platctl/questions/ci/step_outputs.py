"""What GitHub Actions reads from files: the summary and the outputs of a step."""

from collections.abc import Mapping
from pathlib import Path

from platctl.page import Page
from platctl.questions.ci.report import CheckOutcome, CiReport
from platctl.shell.errors import note

_MOST_BYTES = 1 << 20
"""Per step, including what is already in the file; GitHub shows nothing of a longer summary."""
_LEAST_BYTES = 1000
_AND_MORE = "\n"


def add_summary(file: Path, page: Page) -> None:
    """Appends as much of a page to the summary of the step as fits."""
    try:
        there = file.stat().st_size if file.exists() else 0
        text = _fitting(page, _MOST_BYTES - there - len(_AND_MORE))
        if text is None:
            note("note: the summary of this step is full")
            return
        with file.open("ab") as stream:
            stream.write(f"{_AND_MORE if there else ''}{text}".encode("utf-8", "backslashreplace"))
    except OSError as error:
        note(f"note: can't write the summary of this step: {(error.strerror or 'unknown error').lower()}")


def _fitting(page: Page, room: int) -> str | None:
    """The page in at most `room` bytes; a character may take four."""
    from platctl.render.page.markdown import render

    limit = room
    while limit >= _LEAST_BYTES:
        text = render(page, limit=limit)
        size = len(text.encode("utf-8", "backslashreplace"))
        if size <= room:
            return text
        limit = min(limit * room // size, limit - 1)
    return None


def add_outputs(file: Path, outputs: Mapping[str, str]) -> None:
    """Appends names with their values. All are counts or words from a fixed list, so that none has a line break."""
    lines = "".join(f"{name}={value}\n" for name, value in outputs.items())
    try:
        with file.open("ab") as stream:
            stream.write(lines.encode("ascii"))
    except OSError as error:
        note(f"note: can't write the outputs of this step: {(error.strerror or 'unknown error').lower()}")


def outputs_of(report: CiReport) -> dict[str, str]:
    """Values for later steps to act on."""
    impact, validation = report.impact.summary, report.validation.summary
    counts = {
        "breaks": impact.breaks,
        "must-act": impact.must_act,
        "at-risk": impact.at_risk,
        "gains": impact.gains,
        "informed": impact.informed,
        "escaped": impact.escaped,
        "approvals-missing": impact.approvals_missing,
        "errors": validation.error,
        "warnings": validation.warning,
        "new-findings": len(report.new),
    }
    return {"outcome": report.outcome.value, **{name: str(number) for name, number in counts.items()}}


NO_OUTPUTS: Mapping[str, str] = {"outcome": CheckOutcome.UNKNOWN.value}
"""The outputs of a check that could not run."""
