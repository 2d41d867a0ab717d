"""The value of a document after a value in it is set or removed."""

from collections.abc import Iterable

from platctl.edit.route import child, shown
from platctl.source.errors import SourceError
from platctl.source.yaml.document import Route


def with_value(value: object, route: Route, new: object, at: Route = ()) -> object:
    """A copy with a new value at `route`. Raises SourceError if the route is not possible."""
    if not route:
        if isinstance(value, dict | list) and value:
            several = "a list, not a single value" if isinstance(value, list) else "a mapping, not a single value"
            part = "an item" if isinstance(value, list) else "an entry"
            help_ = f"name {part} of it, such as `{shown((*at, next(iter(_keys(value)))))}`"
            raise SourceError(f"`{shown(at)}` is {several}", help_)
        return new
    step, *rest = route
    below = with_value(child(value, step), tuple(rest), new, (*at, step))
    if isinstance(value, dict) and isinstance(step, str):
        return {**value, step: below}
    if isinstance(step, int) and (not value or isinstance(value, list)):
        items = value if isinstance(value, list) else []
        if step > len(items):
            name = shown(at)
            raise SourceError(
                f"`{name}` has {len(items)} {'item' if len(items) == 1 else 'items'}, counted from 0",
                f"use `{name}[{len(items)}]` to append one",
            )
        return [*items[:step], below, *items[step + 1 :]]
    if value is None or value == {}:
        return {str(step): below}
    what = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a single value"
    raise SourceError(f"`{shown(at)}` is {what}, so it can't contain `{step}`", _instead(value, at, step))


def with_key(value: object, route: Route, new: str) -> object:
    """A copy in which the last key of `route`, which exists, is another one."""
    step, *rest = route
    if isinstance(value, list):
        return [with_key(each, tuple(rest), new) if at == step else each for at, each in enumerate(value)]
    assert isinstance(value, dict)  # noqa: S101  the route exists
    if rest:
        return {**value, str(step): with_key(value[step], tuple(rest), new)}
    return {new if key == step else key: each for key, each in value.items()}


def _keys(value: dict[str, object] | list[object]) -> Iterable[str | int]:
    return value if isinstance(value, dict) else range(len(value))


def _instead(value: object, at: Route, step: str | int) -> str:
    if isinstance(value, list):
        return f"name an item of it, such as `{shown((*at, 0, step))}`"
    return f"set `{shown(at)}` itself, or change it to a mapping by hand"


def is_there(value: object, route: Route) -> bool:
    """Whether `route` exists, even if its value is null."""
    for step in route:
        if not (step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))):
            return False
        value = child(value, step)
    return True


def count(value: object, route: Route) -> int:
    """The number of entries or items at `route`."""
    for step in route:
        value = child(value, step)
    return len(value) if isinstance(value, dict | list) else 0


def without(value: object, route: Route) -> object:
    """A copy without the value at `route`."""
    step, *rest = route
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key != step or rest}
        return {**kept, step: without(value[step], tuple(rest))} if rest else kept
    assert isinstance(value, list)  # noqa: S101  the route exists
    assert isinstance(step, int)  # noqa: S101
    return [*value[:step], *([without(value[step], tuple(rest))] if rest else []), *value[step + 1 :]]
