"""Whether a waiver is in force."""

from platctl.model.calendar import Date
from platctl.model.settings.config import Waiver

IMPACT_RULE = "impact"
"""The name under which `waivers` in platctl.yaml accept an effect on a consumer."""


def is_in_force(waiver: Waiver, today: Date | None) -> bool:
    """Whether a waiver is in force; if the date is unknown, it is."""
    return waiver.expires is None or today is None or today <= waiver.expires
