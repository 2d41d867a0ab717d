"""The way to a field as people write it: `effort.identity-team`, `changes[0].version` or `changes.0.version`."""

import re

from platctl.source.errors import SourceError
from platctl.source.yaml.document import Route

_STEP = re.compile(r"\.?([^.\[\]\s]+)|\[([^\[\]]+)\]")


def steps(text: str) -> tuple[str, ...]:
    """The names and numbers on the way. Raises SourceError for what is none.

    What stands in brackets may have dots in it.
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        step = _STEP.match(text, at)
        if step is None or (not at and text[0] in ".["):
            raise SourceError(f"`{text}` is no field", "write it like `period`, `scores.reach` or `changes[0].version`")
        found.append(step[1] or step[2])
        at = step.end()
    if not found:
        raise SourceError("the field is empty", "write it like `period`, `scores.reach` or `changes[0].version`")
    return tuple(found)


def resolved(value: object, names: tuple[str, ...]) -> Route:
    """The same as a route in a value: what is a number there counts the items of a list, from 0."""
    route: list[str | int] = []
    for name in names:
        is_item = not isinstance(value, dict) and name.isdecimal() and name.isascii() and len(name) < 7
        step = int(name) if is_item else name
        route.append(step)
        value = child(value, step)
    return tuple(route)


def child(value: object, step: str | int) -> object:
    """What a mapping or a list has there; None for nothing."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def shown(route: Route) -> str:
    """A route as it is written."""
    text = ""
    for step in route:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f"[{step}]" if "." in step else f".{step}" if text else step
    return text
