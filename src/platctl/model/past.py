"""The successive states of a model in its git history."""

import itertools
from collections.abc import Mapping, Sequence

from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity
from platctl.model.ref import Ref
from platctl.model.settings.config import Config
from platctl.record import record
from platctl.source.git.history import Revision

_UNKNOWN = Date(1970, 1, 1)
"""The day of all commits if none has a readable day."""


@record
class EntityState:
    """An entity as it was at a commit, and its file."""

    entity: Entity
    path: str


@record
class Moment:
    """A commit, with the entities that it changed: their new state, or None if they were removed."""

    at: Revision
    changed: Mapping[Ref, EntityState | None]


@record
class Broken:
    """What could not be read from a commit on, until a commit fixed it; meanwhile the last good state is used."""

    at: Revision
    path: str
    line: int | None
    rule: str
    what: str
    until: Revision | None = None


@record
class Past:
    """The whole history of a model, the oldest commit first; there is at least one.

    `config` are the settings of the last commit. `is_cut` is True if a shallow clone lacks earlier commits: entities
    in the first commit may be older than it.
    """

    moments: tuple[Moment, ...]
    broken: tuple[Broken, ...]
    config: Config
    is_cut: bool = False


def days_of(moments: Sequence[Moment]) -> list[Date]:
    """The day of each moment, or of the one before if it has none. Clocks differ, so days may go back."""
    dates = [moment.at.date for moment in moments]
    last = next(filter(None, dates), _UNKNOWN)
    found = []
    for date in dates:
        last = date or last
        found.append(last)
    return found


def reached(moments: Sequence[Moment]) -> list[Date]:
    """The latest day up to each moment, so that every day begins once, also if clocks go back."""
    return list(itertools.accumulate(days_of(moments), max))


@record
class History:
    """The past of a model, or the reason why it is not known."""

    past: Past | None
    missing: str | None = None
