"""The path of a field as typed: `effort.identity-team`, `changes[0].version` or `changes.0.version`."""

import re

from platctl.source.errors import SourceError
from platctl.source.yaml.document import Route

_STEP = re.compile(r"\.?([^.\[\]\s]+)|\[([^\[\]]+)\]")
_FORMS = "use a form such as `period`, `scores.reach` or `changes[0].version`"


def steps(text: str) -> tuple[str, ...]:
    """The names and numbers of a path. Raises SourceError if it is not a path.

    A name in brackets may contain dots.
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        step = _STEP.match(text, at)
        if step is None or (not at and text[0] in ".["):
            raise SourceError(f"`{text}` is not a field", _FORMS)
        found.append(step[1] or step[2])
        at = step.end()
    if not found:
        raise SourceError("the field is empty", _FORMS)
    return tuple(found)


def resolved(value: object, names: tuple[str, ...]) -> Route:
    """The same as a route in a value: a number is the position in a list, counted from 0."""
    route: list[str | int] = []
    for name in names:
        is_item = not isinstance(value, dict) and name.isdecimal() and name.isascii() and len(name) < 7
        step = int(name) if is_item else name
        route.append(step)
        value = child(value, step)
    return tuple(route)


def child(value: object, step: str | int) -> object:
    """The value of a mapping or list at a step; None if there is none."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def shown(route: Route) -> str:
    """A route as text."""
    text = ""
    for step in route:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f"[{step}]" if "." in step else f".{step}" if text else step
    return text
