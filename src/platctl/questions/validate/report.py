"""The answer to: which findings exist already, so that only new ones count?"""

from platctl.record import record


@record(order=True)
class KnownFinding:
    """A finding in a baseline, identified by its fingerprint. Path and rule are for human readers."""

    path: str
    rule: str
    fingerprint: str


@record
class Baseline:
    """Known findings, sorted."""

    findings: tuple[KnownFinding, ...]
