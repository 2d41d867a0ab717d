"""Reports as JSON."""

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from platctl.finding import Span
from platctl.model.placement import LazySpan

FORMAT_VERSION = 1
_NON_ASCII = re.compile(r"[^ -~\n]|##\[")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def render(report: object, kind: str) -> str:
    """A report as a text."""
    text = json.dumps(document(report, kind), indent=2, ensure_ascii=False, allow_nan=False)
    return _NON_ASCII.sub(_escaped, text) + "\n"


def document(report: object, kind: str) -> dict[str, Any]:
    """A report as plain values: its fields in their order, after `format` and `format_version`."""
    return {"format": f"platctl.{kind}", "format_version": FORMAT_VERSION, **_fields(report)}


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return _plain(value.value)
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case date():
            return value.isoformat()
        case tuple() if hasattr(value, "_fields"):
            return str(value)
        case list() | tuple():
            return [_plain(each) for each in value]
        case Set():
            return sorted((_plain(each) for each in value), key=str)
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, LazySpan):
        return _plain(value.resolve())
    if isinstance(value, Span) and not value.path:
        return None
    if is_dataclass(value):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _escaped(match: re.Match[str]) -> str:
    """What controls, hides or reorders as its escape, which means the same to every reader of JSON.

    So does a log command: `##[name]` counts anywhere in a line (actions/runner, ActionCommand.cs).
    """
    text = match[0]
    if text == "##[":
        return r"##\u005b"
    if unicodedata.category(text) not in _HIDDEN:
        return text
    return json.dumps(text)[1:-1] if ord(text) != 0x7F else r"\u007f"
