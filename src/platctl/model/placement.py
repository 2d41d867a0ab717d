"""The places of an entity's fields in its document, even if parts of the document were omitted."""

import copy
from collections.abc import Iterable, Sequence

from platctl.finding import Span
from platctl.record import record
from platctl.source.yaml.document import Document, Route


def fields(route: Route) -> str:
    """The fields on a route, without list positions: `uses.requires`."""
    return ".".join(step for step in route if isinstance(step, str))


@record
class Placement:
    """A document, and the routes in it that were omitted because they are invalid."""

    document: Document
    removed: frozenset[Route] = frozenset()

    @property
    def path(self) -> str:
        """The file."""
        return self.document.path

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """The place of a field of the entity; for a field that is not written, of what contains it."""
        return self.document.span(self._original(route) if self.removed else route, key=key)

    def as_written(self, route: Route) -> Route:
        """A field by the keys in the document: `capacity: 10` is `capacity`, not `capacity.usual`."""
        value, written = self.document.value, route[:0]
        for index, step in enumerate(route):
            if not isinstance(value, dict | list):
                return written
            if isinstance(value, dict) and step not in value:
                if not any(later in value for later in route[index + 1 :]):
                    return (*written, *route[index:])
                continue
            value, written = _child(value, self._original((*written, step))[-1]), (*written, step)
        return written

    def left_out(self, route: Route) -> list[Route]:
        """What was omitted at a field or below it, as routes in the document."""
        there = self._original(route)
        return sorted((each for each in self.removed if each[: len(there)] == there), key=_position)

    def without(self, routes: Iterable[Route]) -> "Placement":
        """A copy with more routes omitted; the routes are relative to what remains now."""
        return Placement(self.document, self.removed | {self._original(route) for route in routes})

    def pruned(self, value: dict[str, object]) -> dict[str, object]:
        """A copy of the document's value without the omitted parts."""
        result = copy.deepcopy(value)
        # From the end, so that earlier items keep their index.
        for route in sorted(self.removed, key=_position, reverse=True):
            _remove(result, route)
        return result

    def _original(self, route: Sequence[str | int]) -> Route:
        original: Route = ()
        for step in route:
            original = (*original, self._skip(original, step) if isinstance(step, int) else step)
        return original

    def _skip(self, items: Route, index: int) -> int:
        """The index in the document of the item that is at `index` among the remaining ones."""
        depth = len(items)
        gone = sorted(
            last
            for *before, last in self.removed
            if len(before) == depth and tuple(before) == items and isinstance(last, int)
        )
        for each in gone:
            if each <= index:
                index += 1
        return index


class Unplaced(Placement):
    """The place of an entity for readers who may not know where it is defined."""

    __slots__ = ()

    def __init__(self) -> None:
        object.__setattr__(self, "removed", frozenset())

    def __repr__(self) -> str:
        return "Unplaced()"

    @property
    def path(self) -> str:
        """No path, since it must not be known."""
        return ""

    def as_written(self, route: Route) -> Route:
        """The route unchanged."""
        return route

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:  # noqa: ARG002
        """An empty span."""
        return Span("")


@record
class LazySpan:
    """A field of an entity, whose line and column are looked up only when they are needed."""

    placement: Placement
    route: Route

    def resolve(self) -> Span:
        """The span; the file is parsed again to find it."""
        return self.placement.span(self.route)

    def __str__(self) -> str:
        return str(self.resolve())


def _position(route: Route) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in route]


def _remove(container: object, route: Route) -> None:
    if not route:
        if isinstance(container, dict):
            container.clear()
        return
    for step in route[:-1]:
        container = _child(container, step)
    last = route[-1]
    if isinstance(container, dict):
        container.pop(last, None)
    elif isinstance(container, list) and isinstance(last, int) and last < len(container):
        del container[last]


def _child(container: object, step: str | int) -> object:
    if isinstance(container, dict):
        return container.get(step)
    if isinstance(container, list) and isinstance(step, int) and step < len(container):
        return container[step]
    return None
