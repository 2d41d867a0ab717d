"""The names of pieces of work: anything hashable and sortable."""

from collections.abc import Hashable
from typing import Any, Protocol, TypeVar


class Sortable(Hashable, Protocol):
    """The requirements for a name."""

    def __lt__(self, other: Any, /) -> bool: ...


Name = TypeVar("Name", bound=Sortable)
