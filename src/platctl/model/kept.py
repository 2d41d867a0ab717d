"""What a file contains, as text that is kept between runs, and is read without Pydantic and without YAML.

Only what is clean is kept: a file with a finding, or with anything that is not read as it is written, is read again.
Of a file of another tool, only that it is one is kept.
An entity is a JSON object of the fields that are written; what each value is follows from the type of the field.
"""

import json
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from platctl.model.calendar import Date, Period, PeriodUnit
from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.merge import LoadedConfig, LoadedEntity, LoadedFile
from platctl.model.part import Part
from platctl.model.placement import Placement
from platctl.model.raw import from_raw, raw
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.release_day import RELEASE, UnsetDay
from platctl.model.release_days import releases_in
from platctl.model.settings.config import Config
from platctl.model.version import Range, Version
from platctl.source.tree import SourceFile
from platctl.source.yaml.document import ParsedFile
from platctl.source.yaml.late import LateFile

P_ = TypeVar("P_", bound=Part)
_Reviver = Callable[[Any], Any]
_Values = Callable[[], Sequence[object] | None]


def kept_file(loaded: LoadedFile) -> str | None:
    """A file as text; None if it has more to say than its entities."""
    is_clean = loaded.is_whole and not loaded.is_partial and not loaded.findings and not loaded.broken
    if not loaded.foreign and (not is_clean or any(each.doubt or each.placement.removed for each in loaded.entities)):
        return None
    entities = [
        [each.placement.document.index, each.entity.kind_name, each.entity, _extensions(each.entity)]
        for each in loaded.entities
    ]
    return _encode([len(loaded.parsed.documents), entities, loaded.foreign])


def kept_values(parsed: ParsedFile) -> str:
    """The values of the documents of a file as text."""
    values = [document.value for document in parsed.documents]
    return json.dumps(raw(values) if _UNLIKE_JSON.search(parsed.text) else values, separators=(",", ":"))


def values_again(text: str) -> list[object]:
    """The values that were kept as this text. Raises ValueError, TypeError or LookupError if it is damaged."""
    found: list[object] = from_raw(text)
    return found


_UNLIKE_JSON = re.compile(
    r"[0-9.][eE][-+0-9]|(?<![\w.])[0-9]+\.[0-9]*0(?![\w.])|[0-9]\.(?![0-9])|(?<![0-9])\.[0-9]|\+[0-9]|[0-9.]{17}"
    r"|\.(?i:inf|nan)|(?<![\w.])-?0[0-9]+\.|0\.0000"
)
"""Where a number may be written in another way than JSON would write it."""


def file_again(text: str, file: SourceFile, places: str | None, values: _Values) -> LoadedFile:
    """The file that was kept as this text, with the places that are known in it.

    Raises ValueError, TypeError, LookupError or AttributeError if a text is damaged.
    """
    count, entities, foreign = json.loads(text)
    parsed = LateFile(file, count, places, values)
    loaded = LoadedFile(parsed, foreign=foreign)
    may_name_releases = f'["{RELEASE}",' in text
    for index, kind, fields, extensions in entities:
        entity: Entity = _maker(KINDS[kind])(fields)
        entity = entity.altered({}, from_raw(extensions)) if extensions else entity
        names = may_name_releases and bool(releases_in(entity))
        loaded.entities.append(LoadedEntity(entity, Placement(parsed.documents[index]), names_releases=names))
    return loaded


def _extensions(entity: Entity) -> str:
    return json.dumps(raw(entity.extensions)) if entity.extensions else ""


def kept_config(loaded: LoadedConfig) -> str | None:
    """Settings as text; None if there is anything to report about them."""
    if loaded.findings or loaded.placement is None or loaded.placement.removed:
        return None
    return _encode([len(loaded.parsed.documents), loaded.config])


def config_again(text: str, file: SourceFile, places: str | None, values: _Values) -> LoadedConfig:
    """The settings that were kept as this text. Raises the same."""
    count, config = json.loads(text)
    parsed = LateFile(file, count, places, values)
    return LoadedConfig(parsed, _maker(Config)(config), Placement(parsed.documents[0]), ())


def _encode(value: Any) -> str:
    return json.dumps(value, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """What JSON lacks. Lists, tuples and texts of all kinds it has."""
    if isinstance(value, Part):
        fields = value.__dict__
        return {name: _pairs(fields[name]) for name in value.given_fields}
    if isinstance(value, Version | Range):
        return value.text
    if isinstance(value, Period):
        return [value.year, value.unit, value.number, value.last]
    if isinstance(value, Date):
        return value.isoformat()
    if isinstance(value, UnsetDay):
        return [*value.release]
    raise TypeError(f"can't keep {value!r}")


def _pairs(value: Any) -> Any:
    """A mapping as a list of pairs, since its keys need not be text."""
    return [(key, _pairs(item)) for key, item in value.items()] if value.__class__ is dict else value


def _maker(part: type[P_]) -> Callable[[Any], P_]:
    """What makes a part of the JSON object of its fields."""
    if part not in _MAKERS:
        _MAKERS[part] = _new_maker(part)
    return _MAKERS[part]


_MAKERS: dict[type[Part], Callable[[Any], Any]] = {}


def _new_maker(part: type[P_]) -> Callable[[Any], P_]:
    hints = get_type_hints(part, include_extras=True)
    revived = {name: each for name, hint in hints.items() if name in part.all_fields and (each := _reviver(hint))}
    known = part.known

    def make(fields: dict[str, Any]) -> P_:
        for name in revived.keys() & fields.keys():
            if (value := fields[name]) is not None:
                fields[name] = revived[name](value)
        return known(fields)

    return make


def _reviver(hint: Any) -> _Reviver | None:
    """What makes a value of this type of what JSON has for it; None if that is the same."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _reviver(inner[0])
    if origin in (Union, UnionType):
        kinds = {each for each in inner if each is not type(None)}
        return _day_or_period if kinds == {Date, Period} else _reviver(kinds.pop())
    if origin is tuple:
        each = _reviver(inner[0])
        return tuple if each is None else lambda value: tuple(map(each, value))
    if origin is dict:
        key, item = (_reviver(each) or _same for each in inner)
        return lambda value: {key(name): item(each) for name, each in value}
    if issubclass(hint, Part):
        return _maker(hint)
    return hint._value2member_map_.__getitem__ if issubclass(hint, StrEnum) else _SCALARS.get(hint)


def _same(value: Any) -> Any:
    return value


def _period(value: Any) -> Period:
    year, unit, number, last = value
    return Period(year, PeriodUnit(unit), number, _period(last) if last else None)


def _day(value: Any) -> Date | UnsetDay:
    return Date.fromisoformat(value) if isinstance(value, str) else UnsetDay(Ref._make(value))


def _day_or_period(value: Any) -> Date | UnsetDay | Period:
    return _period(value) if isinstance(value, list) and isinstance(value[0], int) else _day(value)


_SCALARS: dict[type, _Reviver] = {
    Ref: Ref._make,
    InterfaceRef: lambda value: InterfaceRef(Ref._make(value[0]), value[1]),
    Version: Version,
    Range: Range,
    Date: _day,
    Period: _period,
}
