"""What tools show at a place in a file: a code host, an editor, a list of test results."""

from enum import StrEnum

from platctl.finding import Label, Severity, Span
from platctl.record import record


class Grade(StrEnum):
    """How urgent an alert is, the most urgent first; finer than a severity, for tools with five grades."""

    BLOCKER = "blocker"
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Grade).index(self)


@record
class Alert:
    """One thing to show. Texts are plain; each renderer escapes for its target.

    `rule` is a rule's id or `impact/LEVEL`, `title` a heading of a few words. `name` and `fingerprint` are unique
    within its check, and stay the same when lines move. `span` is a place in head, if possible one
    that the change touched. `way` leads from there, step by step, to what is affected.
    `fails` means that it fails the check, `is_quiet` that it is only for the record and should interrupt no one.
    `waived` is the reason why it was accepted, `is_old` means that base has it already.
    """

    check: str
    rule: str
    severity: Severity
    grade: Grade
    name: str
    title: str
    message: str
    span: Span
    fingerprint: str
    help: str = ""
    related: tuple[Label, ...] = ()
    way: tuple[Label, ...] = ()
    fails: bool = False
    is_quiet: bool = False
    waived: str | None = None
    is_old: bool = False


@record
class AlertRule:
    """What a tool can show about a rule. `example` and `fix` are YAML: something wrong, and the same corrected.

    `is_certain` is False if an alert reports only a possibility.
    """

    id: str
    title: str
    explanation: str
    severity: Severity
    example: str = ""
    fix: str = ""
    is_certain: bool = True


@record
class Alerts:
    """All alerts of a run, the most urgent first and waived ones last, with the rules that they refer to.

    `checks` are the checks that ran, including those without alerts: "validate", "impact".
    """

    checks: tuple[str, ...]
    alerts: tuple[Alert, ...]
    rules: tuple[AlertRule, ...]
