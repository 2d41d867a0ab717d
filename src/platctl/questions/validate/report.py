"""The answer to: which findings are there already, so that only new ones count?"""

from platctl.record import record


@record(order=True)
class KnownFinding:
    """A finding as a baseline knows it: by its fingerprint. Path and rule are for the people who read it."""

    path: str
    rule: str
    fingerprint: str


@record
class Baseline:
    """Findings that are known, sorted."""

    findings: tuple[KnownFinding, ...]
