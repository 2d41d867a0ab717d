"""The report of `platctl validate`: whether the model is consistent."""

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
    """The number of findings by severity, of waived findings, of findings in the baseline, and of those that fail
    the check.

    Waived and known findings are not included in the counts by severity.
    """

    error: int
    warning: int
    info: int
    waived: int
    known: int
    failing: int


@record
class ValidationReport:
    """The complete answer of `platctl validate`. `is_complete` is False if something could not be read.

    `anchor` is the place to use for findings without one.
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
