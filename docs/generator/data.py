"""The page of roadmap data, from the types of the report."""

import datetime
import inspect
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from generator.markdown import code, page, table
from generator.types import part_name
from platctl.finding import Span
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.questions.roadmap.report import RoadmapReport
from platctl.render.data.json import key_of, version_of

_SIMPLE = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", datetime.date: "date"}
_VERSION = version_of("roadmap")
_INTRO = f"""`platctl roadmap --format json` prints these fields, and your own template (`--template FILE`) gets them as
`report`. In JSON two fields come first: `format` is `platctl.roadmap`, and `format_version` is {_VERSION}. The
version rises if a field is removed or changes its meaning; new fields can be added at any time."""


def roadmap() -> str:
    """The page of roadmap data."""
    return page("Roadmap data", _INTRO, *_sections(RoadmapReport, set()))


def _sections(kind: type, seen: set[type]) -> Iterator[str]:
    seen.add(kind)
    hints = get_type_hints(kind)
    rows = [(code(key_of(field.name)), _words(hints[field.name])) for field in fields(kind)]
    about = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    yield f"## {part_name(kind)}\n\n{about}\n\n{table(['field', 'type'], rows)}"
    for hint in hints.values():
        for part in _parts(hint):
            if part not in seen:
                yield from _sections(part, seen)


def _words(hint: Any) -> str:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        none = " or null" if types.NoneType in inner else ""
        return " or ".join(_words(each) for each in inner if each is not types.NoneType) + none
    if origin is tuple and inner[-1] is Ellipsis:
        return f"list of {_words(inner[0])}"
    if origin is tuple:
        return f"list of: {', '.join(map(_words, inner))}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"mapping of {_words(inner[0])} to {_words(inner[1])}"
    if hint is Ref:
        return "reference, such as `consumer:tv-app`"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ", ".join(code(each.value) for each in hint)
    if hint in (Span, LazySpan):
        return "location in a file"
    if is_dataclass(hint) and isinstance(hint, type):
        return f"[{part_name(hint)}](#{part_name(hint).replace(' ', '-')})"
    return _SIMPLE[hint]


def _parts(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint) and hint not in (Span, LazySpan):
        yield hint
    for inner in get_args(hint):
        yield from _parts(inner)
