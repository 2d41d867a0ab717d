"""What stands for a piece of work: anything that can be told apart and sorted."""

from collections.abc import Hashable
from typing import Any, Protocol, TypeVar


class Sortable(Hashable, Protocol):
    """What a name has to be."""

    def __lt__(self, other: Any, /) -> bool: ...


Name = TypeVar("Name", bound=Sortable)
