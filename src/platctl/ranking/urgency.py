"""What a week of delay costs, from how the benefit of a piece of work develops: the urgency profiles of CD3.

Sources: Arnold, Black Swan Farming, "Urgency profiles"; the triangle of late market entry, Vahid and Givargis 2002,
Embedded System Design, 1.2: of a life of 2 W weeks with its peak in the middle, D weeks late lose D (3 W - D) / 2 W².
"""

import datetime

from platctl.model.calendar import Date
from platctl.model.settings.scoring import Urgency
from platctl.record import record


@record
class BenefitCurve:
    """What is known of the benefit of a piece of work; None is unknown.

    `weekly_value` is the value of a week at its peak. `life` and `duration` are weeks. `peak_loss` is the share of the
    peak that each week of delay takes away for good.
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
    """What the first week of delay costs, by part, with what has to be said about it."""

    parts: tuple[tuple[str, float], ...]
    note: str


RATED = ("weekly_value", "life", "peak_loss")
"""What people rate beside the urgency."""
_NEEDS = {
    Urgency.STANDARD: ("weekly_value",),
    Urgency.SHORT_LIFE: ("weekly_value", "life"),
    Urgency.LONG_LIFE: ("weekly_value", "life", "peak_loss"),
    Urgency.DEADLINE: ("weekly_value", "deadline", "duration", "today"),
}


def missing(benefit: BenefitCurve) -> list[str]:
    """What is not known, and would have to be."""
    return [field for field in _NEEDS[benefit.profile] if getattr(benefit, field) is None]


def delay_cost(benefit: BenefitCurve) -> DelayCost | None:
    """What a week of delay costs; None where something that it follows from is not known."""
    if missing(benefit):
        return None
    weekly, life = benefit.weekly_value or 0.0, benefit.life or 0.0
    match benefit.profile:
        case Urgency.STANDARD:
            return DelayCost((("a week of it", weekly),), "standard: a week late loses a week")
        case Urgency.LONG_LIFE:
            lost = weekly * (benefit.peak_loss or 0.0) * life
            parts = (("a week of it", weekly), (f"lower for {life:g} weeks", lost))
            return DelayCost(parts, f"long-life: each week late takes {benefit.peak_loss:g} of the peak for good")
        case Urgency.SHORT_LIFE:
            lost = weekly * life / 2 * late_entry(life, 1)
            return DelayCost(((f"of {life:g} weeks", lost),), "short-life: it begins later and ends no later")
    return _deadline(benefit, weekly)


def late_entry(life: float, late: float) -> float:
    """The share that is lost of a benefit that rises for half of its life and falls then, if it begins later."""
    half = life / 2
    return late * (3 * half - late) / (2 * half**2) if half > late else 1.0


def _deadline(benefit: BenefitCurve, weekly: float) -> DelayCost | None:
    """Nothing until the last day on which it can begin; from then on a week of it each week."""
    if benefit.deadline is None or benefit.today is None:
        return None
    begin = benefit.deadline - datetime.timedelta(weeks=benefit.duration or 0.0)
    if benefit.today < begin:
        return DelayCost((("nothing yet", 0.0),), f"deadline: nothing is lost before {begin}, when it has to begin")
    return DelayCost((("a week of it", weekly),), f"deadline: it had to begin on {begin}")
