"""How findings look on a page."""

from platctl.finding import Finding, Severity
from platctl.page import Run, Tone, line
from platctl.writing.phrases import counted

TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.INFO: Tone.NOTE}
INCOMPLETE = line(Run("Results are incomplete: some of the input could not be read.", Tone.WARN))


def mark(finding: Finding) -> Run:
    """`error[unknown-reference]`."""
    return Run(f"{finding.severity.value}[{finding.rule}]", TONES[finding.severity])


def failing(count: int, fail_on: Severity, option: str = "--fail-on") -> str:
    """`2 findings at or above warning (--fail-on warning)`."""
    return f"{counted(count, 'finding')} at or above {fail_on.value} ({option} {fail_on.value})"
