"""The answer to: may this change be merged?"""

from enum import StrEnum

from platctl.outlook.compared import Compared
from platctl.questions.impact.report import ImpactReport
from platctl.record import record
from platctl.rules.report import ValidationReport


class CheckOutcome(StrEnum):
    """The outcome of a check. Incomplete: nothing fails, but head could not read something that base has."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


@record
class CiReport:
    """Both checks of one change. `new` are the fingerprints of the findings that base does not have."""

    outcome: CheckOutcome
    compared: Compared
    new: tuple[str, ...]
    validation: ValidationReport
    impact: ImpactReport

    @property
    def is_quiet(self) -> bool:
        """Whether no product is affected and there are no new findings."""
        impact = self.impact
        said = (impact.judged, impact.deliveries, impact.conflicts, impact.goals, impact.findings, self.new)
        return self.outcome is CheckOutcome.PASS and not any(said)
