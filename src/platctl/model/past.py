"""The states of a model one after another, as its history in git has them."""

from collections.abc import Mapping

from platctl.model.entity.entity import Entity
from platctl.model.ref import Ref
from platctl.model.settings.config import Config
from platctl.record import record
from platctl.source.git.history import Revision


@record
class EntityState:
    """An entity as it was written down in a file."""

    entity: Entity
    path: str


@record
class Moment:
    """A commit, with the entities that it changed: their state since then, or None where they are gone."""

    at: Revision
    changed: Mapping[Ref, EntityState | None]


@record
class Broken:
    """What could not be read from a commit on, until one that mended it; meanwhile the last good state counts."""

    at: Revision
    path: str
    line: int | None
    rule: str
    what: str
    until: Revision | None = None


@record
class Past:
    """The whole history of a model, the oldest commit first; there is at least one.

    `config` are the settings of the last commit. `is_cut` says that a shallow clone has no more of it: what the first
    commit holds may be older.
    """

    moments: tuple[Moment, ...]
    broken: tuple[Broken, ...]
    config: Config
    is_cut: bool = False
