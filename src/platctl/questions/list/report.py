"""The answer to: which entities are there?"""

from collections.abc import Mapping

from platctl.model.named import Named
from platctl.record import record

Value = str | int | float | None


@record
class ListedEntity:
    """An entity, and its value in each column of the report; None is not known."""

    entity: Named
    values: Mapping[str, Value]


@record
class ListReport:
    """The entities of some kinds, by kind and name. `columns` are those that are asked for (`is_chosen`) or usual."""

    state: str
    audience: str | None
    only: str
    kinds: tuple[str, ...]
    columns: tuple[str, ...]
    is_chosen: bool
    entities: tuple[ListedEntity, ...]
