"""What is listed apart, in words."""

from platctl.outlook.asides import Aside
from platctl.writing.phrases import counted, tier_words


def already_broken(of: Aside) -> str:
    """A consumer that requires what is not available, and since when that is so."""
    unmet = f"no version of {of.on.shown} meets {of.requires}" if of.requires else f"{of.on.shown} is not available"
    return f"{of.consumer.label_with_id}, {tier_words(of.tier)}: {unmet}{_ended(of)}"


def _ended(of: Aside) -> str:
    if of.ended is None:
        return ""
    if of.announced is None:
        return f"; it ended on its sunset, {of.ended}"
    notice = counted((of.ended - of.announced).days, "day")
    return f"; it ended on its sunset, {of.ended}, announced on {of.announced} ({notice} before)"
