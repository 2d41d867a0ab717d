"""Values and fields of an entity as a line of text."""

import datetime
from collections.abc import Iterator
from enum import Enum

from platctl.model.entity.entity import Entity
from platctl.model.entity.rating import Rating
from platctl.model.part import Part
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.release_day import day_text
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import Float

_KEYS = ("id", "component", "version", "consumer", "goal", "by", "name", "url", "risk")
"""The fields that identify an item of a list; the first one present counts."""


def written_out(value: object) -> str | None:
    """A value in one line; None if it is absent."""
    match value:
        case None | () | "":
            return None
        case Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case Float():
            return value.text
        case float():
            return f"{value:.15g}"
        case Ref() | InterfaceRef():
            return value.name
        case Rating():
            return value.text
        case tuple() | list():
            return ", ".join(filter(None, map(written_out, value))) or None
        case dict():
            return ", ".join(f"{key}: {written_out(item) or ''}" for key, item in value.items()) or None
        case Part():
            return _part(value)
        case datetime.date():
            return day_text(value)
    return " ".join(str(value).split()) or None


def _part(part: Part) -> str | None:
    """The identifying value, then the other fields with their names."""
    said = {name: text for name, item in _said(part) if (text := written_out(item))}
    first = next((name for name in _KEYS if name in said), next(iter(said), None))
    if first is None:
        return None
    return ", ".join([said.pop(first), *(f"{name} {text}" for name, text in said.items())])


def _said(part: Part) -> Iterator[tuple[str, object]]:
    for name, info in type(part).all_fields.items():
        item = getattr(part, name)
        if item != info.default_value():
            yield info.key, item


def field_name(entity: Entity, route: Route) -> str:
    """A field in words: `changes identity#rest version`. Items of lists are named, not numbered."""
    words: list[str] = []
    value: object = entity
    for step in route:
        if isinstance(step, int):
            value = value[step] if isinstance(value, tuple | list) and step < len(value) else None
            words.append(_key(value))
        else:
            value = _field(value, step)
            words.append(step)
    if words[-1:] in (["likely"], ["usual"]):
        words.pop()  # the field of a plain number
    return " ".join(filter(None, words))


def _field(value: object, name: str) -> object:
    if isinstance(value, Part):
        fields = type(value).all_fields.items()
        return next((getattr(value, attribute) for attribute, info in fields if name in (info.key, attribute)), None)
    if isinstance(value, dict):
        return next((item for key, item in value.items() if str(key) == name), None)
    return None


def _key(item: object) -> str:
    for name in _KEYS:
        found = getattr(item, name, None) if isinstance(item, Part) else None
        if found is not None:
            return written_out(found) or ""
    return ""
