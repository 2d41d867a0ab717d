"""The page of the model, from the classes that read it."""

import inspect
from collections.abc import Iterator, Set
from enum import Enum
from typing import Any, get_type_hints

from generator.markdown import code, page, table
from generator.types import bounds, part_name, parts_in, words
from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.part import FieldInfo, Part
from platctl.model.settings.config import Config

_INTRO = """Every `*.yaml` or `*.yml` file below the folder of `platctl.yaml` belongs to the model; hidden files and
folders do not. A file contains one or more YAML documents, and each document is one entity. You can name files and
folders as you like."""

_HOW_WRITTEN = (
    ("id", "1 to 63 letters, digits, `.`, `_` or `-`, starting with a letter or digit; case does not matter"),
    (
        "team, user, component, consumer, initiative, goal, system, domain",
        "a reference: `[kind:][namespace/]id`. By default the kind is given by the field, and the namespace is that of "
        "the referring entity",
    ),
    ("component or interface", "a reference, optionally with `#interface` for one of its interfaces: `identity#rest`"),
    (
        "version",
        "text, quoted or not: `2.10` stays 2.10. Compared according to [Python's version specifiers]"
        "(https://packaging.python.org/en/latest/specifications/version-specifiers/)",
    ),
    (
        "version or range",
        "a range such as `>=2,<3`; in a [change](#change), a bare version means only that version. Quote ranges: "
        '`">=2"`, because an unquoted `>` has another meaning in YAML',
    ),
    ("date", "`2027-03-31`"),
    (
        "period",
        "`2027-Q1`, `2027-H1`, `2027-03` (a month), `2027-S05` (a sprint), `2027-W05` (an ISO week) or `2027`; the "
        "calendar of [platctl.yaml](#platctlyaml) defines where it begins. `FY27-Q1` is the same as `2027-Q1`, and "
        "`2027-Q1..2027-Q3` is all from the first to the last",
    ),
    (
        "release",
        "`release:ID`, the day of a [release](#release): when that moves, everything moves that names it",
    ),
)

_YAML = """Files are read as YAML 1.2: `no`, `on` and `1:30` are text, and so is a date. Tags, directives and merge keys
(`<<`) are rejected. Fields that begin with `x-` are your own: they are kept and never checked. Any other field that is
not listed here is a finding."""

_SETTINGS = """The settings. The file also marks the root folder of a model. It is optional, and every setting has a
default."""


def model() -> str:
    """The page of all kinds and settings, field by field."""
    seen: set[type[Part]] = set()
    common = _every_kind(seen)
    sections = [section for name, kind in KINDS.items() for section in _kind(name, kind, seen)]
    settings = [f"## platctl.yaml\n\n{_SETTINGS}\n\n{_fields(Config, set())}", *_parts(Config, seen)]
    values = ["## Formats of values", table(["value", "format"], _HOW_WRITTEN), _YAML]
    return page("The model", _INTRO, *values, common, *sections, *settings)


def _every_kind(seen: set[type[Part]]) -> str:
    parts = _parts(Entity, seen)
    return "\n\n".join(["## Every kind", "Every entity can have these fields.", _fields(Entity, set()), *parts])


def _kind(name: str, kind: type[Entity], seen: set[type[Part]]) -> Iterator[str]:
    yield f"## {name}\n\n{_purpose(kind)} In addition to the fields of [every kind](#every-kind):"
    yield _fields(kind, Entity.all_fields.keys())
    yield from _parts(kind, seen)


def _parts(owner: type[Part], seen: set[type[Part]]) -> list[str]:
    """The parts of a kind that no earlier kind has, and the parts of those."""
    sections = []
    for annotation in get_type_hints(owner, include_extras=True).values():
        for part in parts_in(annotation):
            if part not in seen:
                seen.add(part)
                sections.append(f"### {part_name(part)}\n\n{_purpose(part)}\n\n{_fields(part, set())}")
                sections += _parts(part, seen)
    return sections


def _purpose(part: type[Part]) -> str:
    return " ".join(inspect.cleandoc(part.__doc__ or "").split())


def _fields(part: type[Part], without: Set[str]) -> str:
    hints = get_type_hints(part, include_extras=True)
    rows = [
        (code(info.key), words(hints[name]) + bounds(info), _default(info), info.description or "")
        for name, info in sorted(part.all_fields.items(), key=lambda field: not field[1].is_required)
        if name not in without
    ]
    return table(["field", "type", "default", "meaning"], rows)


def _default(info: FieldInfo) -> str:
    if info.is_required:
        return "**required**"
    value: Any = info.default
    if info.default_factory is not None or value in (None, ()):
        return ""
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, tuple):
        return code(f"[{', '.join(value)}]")
    return code(str(value.value if isinstance(value, Enum) else value))
