"""The answer to: is what we wrote down consistent?"""

from platctl.finding import Finding, Severity, Span
from platctl.record import record


@record
class SourceLine:
    """A line of a file that a finding points at."""

    span: Span
    text: str
    label: str = ""


@record
class Diagnostic:
    """A finding with the lines it points at, the primary one first."""

    finding: Finding
    lines: tuple[SourceLine, ...]


@record
class Waived:
    """A finding that a waiver accepts."""

    finding: Finding
    reason: str


@record
class Counts:
    """How many findings there are by severity, how many are waived or known from before, and how many fail the check.

    Those that are waived or known are not among the others.
    """

    error: int
    warning: int
    info: int
    waived: int
    known: int
    failing: int


@record
class ValidationReport:
    """Everything that `platctl validate` has to say. `is_complete` is False where something could not be read.

    `anchor` is a place for what has none of its own.
    """

    state: str
    summary: Counts
    files: int
    entities: int
    diagnostics: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]
    is_complete: bool
    anchor: Span
    fail_on: Severity | None
