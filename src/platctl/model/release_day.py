"""Days that are those of a release: a day as written, and the day that it stands for."""

import datetime
from typing import Self

from platctl.model.ref import Ref
from platctl.record import record

RELEASE = "release"
PREFIX = f"{RELEASE}:"


class ReleaseDay(datetime.date):
    """The day of a release; `release` is None for a day that was only reckoned from one."""

    release: Ref | None

    def __new__(cls, year: int, month: int, day: int, release: Ref | None = None) -> Self:
        found = super().__new__(cls, year, month, day)
        found.release = release
        return found


def day_of(day: datetime.date, release: Ref) -> ReleaseDay:
    """A day that is that of a release."""
    return ReleaseDay(day.year, day.month, day.day, release)


def release_of(day: object) -> Ref | None:
    """The release that a day is that of."""
    return day.release if isinstance(day, ReleaseDay) else None


def day_text(day: datetime.date) -> str:
    """`2027-03-31`, or `2027-03-31 (release autumn-launch)`."""
    release = release_of(day)
    return f"{day.isoformat()} (release {release.name})" if release else day.isoformat()


@record
class UnsetDay:
    """A day of a release, as written, before the model is complete."""

    release: Ref

    def __str__(self) -> str:
        return str(self.release)
