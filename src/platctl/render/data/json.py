"""Reports as JSON."""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any

from platctl.finding import Span
from platctl.model.placement import LazySpan

FORMAT_VERSION = 1
"""Of every kind of report, unless `_VERSIONS` has another one."""
_VERSIONS = {"impact": 2, "ci": 2, "roadmap": 2}
_NON_ASCII = re.compile(r"[^ -~\n]")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def render(report: object, kind: str, *, indented: bool = False) -> str:
    """A report as text, in one line or indented for people."""
    # With an indent, the encoder written in Python would run, at several times the cost.
    text = json.dumps(document(report, kind), indent=2 if indented else None, ensure_ascii=False, allow_nan=False)
    # A log command, `##[name]`, counts anywhere in a line (actions/runner, ActionCommand.cs).
    return _NON_ASCII.sub(_escaped, text).replace("##[", r"##\u005b") + "\n"


def document(report: object, kind: str) -> dict[str, Any]:
    """A report as plain values: its fields in their order, after `format` and `format_version`."""
    return {"format": f"platctl.{kind}", "format_version": version_of(kind), **_plain(report)}


def version_of(kind: str) -> int:
    """The `format_version` of a kind of report."""
    return _VERSIONS.get(kind, FORMAT_VERSION)


def key_of(field: str) -> str:
    """The key of a field; a field with the name of a Python keyword ends in `_`."""
    return field.removesuffix("_")


def _plain(value: Any) -> Any:
    return _plainer(value.__class__)(value)


@cache
def _plainer(kind: type) -> Callable[[Any], Any]:
    """The function that converts values of a type to plain ones; looked up once per type, since a report has many."""
    if issubclass(kind, Enum):
        return lambda value: _plain(value.value)
    if issubclass(kind, NoneType | bool | int | str):
        return lambda value: value
    if issubclass(kind, float):
        return lambda value: value if math.isfinite(value) else None
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return str
    if issubclass(kind, list | tuple):
        return lambda value: list(map(_plain, value))
    if issubclass(kind, Set):
        return lambda value: sorted(map(_plain, value), key=str)
    if issubclass(kind, Mapping):
        return lambda value: {str(key): _plain(each) for key, each in value.items()}
    if issubclass(kind, LazySpan):
        return lambda value: _plain(value.resolve())
    if is_dataclass(kind):
        return _by_field(kind)
    raise TypeError(f"{kind.__name__} has no form in JSON")


def _by_field(kind: type) -> Callable[[Any], Any]:
    names = tuple((key_of(field.name), field.name) for field in fields(kind))

    def by_field(value: Any) -> dict[str, Any]:
        return {key: _plain(getattr(value, name)) for key, name in names}

    if issubclass(kind, Span):
        return lambda span: by_field(span) if span.path else None
    return by_field


def _escaped(match: re.Match[str]) -> str:
    """Escapes control, invisible and reordering characters; the meaning in JSON is the same."""
    text = match[0]
    if unicodedata.category(text) not in _HIDDEN:
        return text
    return json.dumps(text)[1:-1] if ord(text) != 0x7F else r"\u007f"
