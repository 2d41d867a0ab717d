"""Reports as JSON."""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any

from platctl.finding import Span
from platctl.model.placement import LazySpan
from platctl.outlook.cause import Step
from platctl.render.data.part_of_json import STEPS, WHOLE, JsonPart, part_of

FORMAT_VERSION = 1
"""Of every kind of report, unless `_VERSIONS` has another one."""
_VERSIONS = {"impact": 3, "ci": 3, "compat": 2, "roadmap": 2}
_NON_ASCII = re.compile(r"[^ -~\n]")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def render(report: object, kind: str, part: JsonPart = WHOLE, *, indented: bool = False) -> str:
    """A report, or a part of it, as text: in one line or indented for people.

    Paths share their steps: each step is in the list `steps` of the report once, and a path has the positions.
    Raises UnknownFieldError if the part names a field that the report does not have.
    """
    converter = _Converter(shares_steps=True)
    plain = {**_head(kind), **converter.plain(report)}
    steps = {STEPS: converter.steps} if converter.steps else {}
    return part_of({**plain, **steps}, part, lambda value: _text(value, indented=indented))


def document(report: object, kind: str) -> dict[str, Any]:
    """A report as plain values: its fields in their order, after `format` and `format_version`; each path is whole."""
    return {**_head(kind), **_Converter().plain(report)}


def _head(kind: str) -> dict[str, Any]:
    return {"format": f"platctl.{kind}", "format_version": version_of(kind)}


def _text(value: object, *, indented: bool) -> str:
    # With an indent, the encoder written in Python would run, at several times the cost.
    text = json.dumps(
        value,
        indent=2 if indented else None,
        separators=None if indented else (",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    # A log command, `##[name]`, counts anywhere in a line (actions/runner, ActionCommand.cs).
    return _NON_ASCII.sub(_escaped, text).replace("##[", r"##\u005b") + "\n"


def version_of(kind: str) -> int:
    """The `format_version` of a kind of report."""
    return _VERSIONS.get(kind, FORMAT_VERSION)


def key_of(field: str) -> str:
    """The key of a field; a field with the name of a Python keyword ends in `_`."""
    return field.removesuffix("_")


class _Converter:
    """Makes plain values of one report. With `shares_steps`, `steps` are those of all paths, each with a number."""

    def __init__(self, *, shares_steps: bool = False) -> None:
        self._shares_steps = shares_steps
        self._known: dict[type, Callable[[Any], Any]] = {}
        self._numbers: dict[Step, int] = {}
        self.steps: list[Any] = []

    def plain(self, value: Any) -> Any:
        kind = value.__class__
        if kind not in self._known:  # looked up once per type, since a report has many values
            self._known[kind] = self._plainer(kind)
        return self._known[kind](value)

    def _plainer(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, Enum):
            return lambda value: self.plain(value.value)
        if issubclass(kind, NoneType | bool | int | str):
            return lambda value: value
        if issubclass(kind, float):
            return lambda value: value if math.isfinite(value) else None
        if issubclass(kind, date):
            return lambda value: value.isoformat()
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return str
        if issubclass(kind, list | tuple):
            return lambda value: list(map(self.plain, value))
        if issubclass(kind, Set):
            return lambda value: sorted(map(self.plain, value), key=str)
        if issubclass(kind, Mapping):
            return lambda value: {str(key): self.plain(each) for key, each in value.items()}
        if issubclass(kind, LazySpan):
            return lambda value: self.plain(value.resolve())
        if is_dataclass(kind):
            by_field = self._by_field(kind)
            return by_field if kind is not Step or not self._shares_steps else lambda step: self._number(step, by_field)
        raise TypeError(f"{kind.__name__} has no form in JSON")

    def _by_field(self, kind: type) -> Callable[[Any], Any]:
        names = tuple((key_of(field.name), field.name) for field in fields(kind))

        def by_field(value: Any) -> dict[str, Any]:
            return {key: self.plain(getattr(value, name)) for key, name in names}

        if issubclass(kind, Span):
            return lambda span: by_field(span) if span.path else None
        return by_field

    def _number(self, step: Step, by_field: Callable[[Any], Any]) -> int:
        if step not in self._numbers:
            self._numbers[step] = len(self.steps)
            self.steps.append(by_field(step))
        return self._numbers[step]


def _escaped(match: re.Match[str]) -> str:
    """Escapes control, invisible and reordering characters; the meaning in JSON is the same."""
    text = match[0]
    if unicodedata.category(text) not in _HIDDEN:
        return text
    return json.dumps(text)[1:-1] if ord(text) != 0x7F else r"\u007f"
