"""What a week of delay costs, from how the benefit of an initiative develops: the urgency profiles of CD3.

Sources: Arnold, Black Swan Farming, "Urgency profiles"; the triangle of late market entry, Vahid and Givargis 2002,
Embedded System Design, 1.2: of a life of 2 W weeks with its peak in the middle, D weeks late lose D (3 W - D) / 2 W².
"""

import datetime

from platctl.model.calendar import Date
from platctl.model.settings.scoring import Urgency
from platctl.record import record


@record
class BenefitCurve:
    """The known facts about the benefit of an initiative; None is unknown.

    `weekly_value` is the value of a week at its peak. `life` and `duration` are in weeks. `peak_loss` is the share of
    the peak that each week of delay permanently removes.
    """

    profile: Urgency
    weekly_value: float | None
    life: float | None = None
    peak_loss: float | None = None
    duration: float | None = None
    deadline: Date | None = None
    today: Date | None = None


@record
class DelayCost:
    """What the first week of delay costs, by part, with an explanation."""

    parts: tuple[tuple[str, float], ...]
    note: str


RATED = ("weekly_value", "life", "peak_loss")
"""The criteria that people rate in addition to the urgency."""
_NEEDS = {
    Urgency.STANDARD: ("weekly_value",),
    Urgency.SHORT_LIFE: ("weekly_value", "life"),
    Urgency.LONG_LIFE: ("weekly_value", "life", "peak_loss"),
    Urgency.DEADLINE: ("weekly_value", "deadline", "duration", "today"),
}


def missing(benefit: BenefitCurve) -> list[str]:
    """The required facts that are unknown."""
    return [field for field in _NEEDS[benefit.profile] if getattr(benefit, field) is None]


def delay_cost(benefit: BenefitCurve) -> DelayCost | None:
    """What a week of delay costs; None if a required fact is unknown."""
    if missing(benefit):
        return None
    weekly, life = benefit.weekly_value or 0.0, benefit.life or 0.0
    match benefit.profile:
        case Urgency.STANDARD:
            return DelayCost(
                (("one week of benefit", weekly),), "standard: each week of delay loses one week of benefit"
            )
        case Urgency.LONG_LIFE:
            lost = weekly * (benefit.peak_loss or 0.0) * life
            parts = (("one week of benefit", weekly), (f"lower peak for {life:g} weeks", lost))
            note = f"long-life: each week of delay permanently lowers the peak by a share of {benefit.peak_loss:g}"
            return DelayCost(parts, note)
        case Urgency.SHORT_LIFE:
            lost = weekly * life / 2 * late_entry(life, 1)
            note = "short-life: the benefit begins later, but does not end later"
            return DelayCost(((f"of {life:g} weeks of benefit", lost),), note)
    return _deadline(benefit, weekly)


def late_entry(life: float, late: float) -> float:
    """The share lost by a late start, for a benefit that rises for half of its life and then falls."""
    half = life / 2
    return late * (3 * half - late) / (2 * half**2) if half > late else 1.0


def _deadline(benefit: BenefitCurve, weekly: float) -> DelayCost | None:
    """Nothing until the latest start; from then on, one week of benefit per week."""
    if benefit.deadline is None or benefit.today is None:
        return None
    begin = benefit.deadline - datetime.timedelta(weeks=benefit.duration or 0.0)
    if benefit.today < begin:
        return DelayCost((("nothing yet", 0.0),), f"deadline: no loss before {begin}, the latest start")
    return DelayCost((("one week of benefit", weekly),), f"deadline: the latest start was {begin}")
