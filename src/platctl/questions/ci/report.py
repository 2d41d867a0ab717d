"""The answer to: may this change be merged?"""

from enum import StrEnum

from platctl.model.calendar import Date
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
class ReviewEntry:
    """An approving review. `names` are those that base has for its handles; `why` says why it does not count."""

    login: str
    names: tuple[str, ...]
    on: Date | None
    counts: bool
    why: str | None = None


@record
class ReviewsReport:
    """The approving reviews of the change. If they could not be read, `problem` says why, and none counts."""

    problem: str | None
    help: str | None
    reviews: tuple[ReviewEntry, ...]


@record
class CiReport:
    """Both checks of one change. `new` are the fingerprints of the findings that base does not have.

    `reviews` is None if reviews are not looked at.
    """

    outcome: CheckOutcome
    compared: Compared
    new: tuple[str, ...]
    validation: ValidationReport
    impact: ImpactReport
    reviews: ReviewsReport | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether no product is affected and there are no new findings."""
        impact = self.impact
        said = (impact.judged, impact.deliveries, impact.conflicts, impact.goals, impact.findings, self.new)
        return self.outcome is CheckOutcome.PASS and not any(said)
