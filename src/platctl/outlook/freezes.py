"""The days on which nothing may change for a consumer."""

from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer


def freeze_on(consumer: Consumer, day: Date | None) -> str | None:
    """The freeze that a day falls in, as text."""
    for freeze in consumer.freezes:
        if day and freeze.start <= day <= freeze.end:
            reason = f" ({freeze.reason})" if freeze.reason else ""
            return f"{freeze.start} to {freeze.end}{reason}"
    return None
