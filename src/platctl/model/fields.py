"""The types of fields: how a scalar of YAML becomes a reference, a version, a date or a number."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from platctl.model.calendar import PERIOD_HELP, Calendar, Date, Period, parse_date, parse_period
from platctl.model.external import EXTERNAL_HELP, EXTERNAL_PATTERN, ExternalNameError, is_external, package_url
from platctl.model.ref import (
    DEFAULT_NAMESPACE,
    ID_HELP,
    ID_PATTERN,
    InterfaceRef,
    Ref,
    RefError,
    a_kind,
    is_id,
    parse_interface_ref,
    parse_ref,
)
from platctl.model.version import Range, Version
from platctl.record import record
from platctl.source.yaml.parse import Float


class Part(BaseModel):
    """Base of everything written as a mapping: immutable, and without unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


def naming(item: object) -> object:
    """What identifies an item of a list: the field that names it, or else its whole value."""
    for field in ("id", "component", "version", "consumer", "goal", "by", "name", "url", "risk"):
        value = getattr(item, field, None) if isinstance(item, Part) else None
        if value is not None:
            return value
    return item


def short_form(field: str, *types: type) -> Callable[[object], object]:
    """A validator that accepts a bare scalar as a mapping with that one field."""

    def normalise(value: object) -> object:
        scalar = isinstance(value, types) and not isinstance(value, bool)
        return {field: value} if scalar else value

    return normalise


def invalid(message: str, code: str = "invalid-value") -> PydanticCustomError:
    """An error whose message is shown to the user unchanged; `code` is its rule."""
    return PydanticCustomError("platctl", "{message}", {"message": message, "rule": code})


def written(value: object) -> str | None:
    """The text of a scalar as written in the file, or None if it is not text or a number."""
    if isinstance(value, Float):
        return value.text
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


@record
class Surroundings:
    """What the meaning of a field depends on: the namespace of its document, and the calendar, None if not known."""

    namespace: str = DEFAULT_NAMESPACE
    calendar: Calendar | None = None


class _ScalarType:
    """Makes Pydantic support one of our types: a function that parses text, and the JSON Schema of that text."""

    def __init__(
        self, read: Callable[[str, Surroundings], object], schema: dict[str, Any], *, numbers: bool = False
    ) -> None:
        self._read, self._schema, self._numbers = read, schema, numbers

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> core_schema.CoreSchema:
        def validate(value: object, info: core_schema.ValidationInfo) -> object:
            text = written(value) if self._numbers else value
            if not isinstance(text, str):
                raise PydanticCustomError("string_type", "must be text")
            return self._read(text, info.context or Surroundings())

        return core_schema.with_info_plain_validator_function(
            validate, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, Any]:
        return dict(self._schema)


def _reference(kind: str, *, as_written: bool = False) -> _ScalarType:
    def read(text: str, around: Surroundings) -> Ref | str:
        try:
            ref = parse_ref(text, kind, around.namespace)
        except RefError as error:
            raise invalid(f"`{text}` is not a reference: {error}") from None
        if ref.kind != kind:
            raise invalid(f"`{text}` is {a_kind(ref.kind)}, but this field needs {a_kind(kind)}", "wrong-kind")
        return text if as_written else ref

    return _ScalarType(read, {"type": "string", "pattern": f"^{_reference_pattern(kind)}$"})


def _reference_pattern(kind: str) -> str:
    """The pattern of what `parse_ref` accepts as a reference to this kind, in upper or lower case."""
    letters = "".join(f"[{letter.upper()}{letter}]" for letter in kind)
    return f"({letters}:)?(({ID_PATTERN}/)?{ID_PATTERN}|{EXTERNAL_PATTERN})"


def _read_former_name(text: str, _around: Surroundings) -> str:
    space, slash, id_ = text.rpartition("/")
    if (slash and not is_id(space)) or not is_id(id_):
        raise invalid(f"`{text[:80]}` is not a former id: use `id`, or `namespace/id` for one in another namespace")
    return text


def _read_external(text: str, _around: Surroundings) -> str:
    if not is_external(text):
        raise invalid(f"`{text[:80]}` is not a name in an ecosystem: {EXTERNAL_HELP}")
    try:
        package_url(text)
    except ExternalNameError as error:
        raise invalid(f"`{text[:80]}` is not a name in an ecosystem: {error}") from None
    return text


def _read_interface_ref(text: str, around: Surroundings) -> InterfaceRef:
    try:
        target = parse_interface_ref(text, around.namespace)
    except RefError as error:
        raise invalid(f"`{text}` is not a reference: {error}") from None
    if target.component.kind != "component":
        raise invalid(f"`{text}` is {a_kind(target.component.kind)}, but this field needs a component", "wrong-kind")
    return target


def _read_id(text: str, _around: Surroundings) -> str:
    if not is_id(text):
        raise invalid(f"`{text[:80]}` is not a valid id: use {ID_HELP}")
    return text


def _read_digest(text: str, _around: Surroundings) -> str:
    if not re.fullmatch(DIGEST_PATTERN, text):
        raise invalid(f"`{text[:80]}` is not a digest: use `platctl approve` to write the 12 hexadecimal digits")
    return text


def _read_handle(text: str, _around: Surroundings) -> str:
    if not re.fullmatch(HANDLE_PATTERN, text):
        raise invalid(f"`{text[:80]}` is not a handle: use `@name`, `@group/team` or an e-mail address")
    return text


def _read_period(text: str, around: Surroundings) -> Period:
    try:
        return around.calendar.period(text) if around.calendar else parse_period(text)
    except ValueError as error:
        raise invalid(f"{error}; {PERIOD_HELP}") from None


def _read_date(text: str, _around: Surroundings) -> Date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise invalid(str(error)) from None


def _read_date_or_period(text: str, around: Surroundings) -> Date | Period:
    return (_read_date if text.count("-") == 2 else _read_period)(text, around)


def _not_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError("float_type", "must be a number")
    return value


_VERSION_SCHEMA = {"type": ["string", "number"]}
_DATE_PATTERN = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_PERIOD_PATTERN = "[0-9]{4}(-(Q[1-4]|H[12]|S[0-9]{2}|0[1-9]|1[0-2]))?"
_YEAR = {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999}
_DATE_SCHEMA = {"type": "string", "format": "date", "pattern": f"^{_DATE_PATTERN}$"}
_PERIOD_SCHEMA = {**_YEAR, "pattern": f"^{_PERIOD_PATTERN}$"}
_DAY_OR_PERIOD_SCHEMA = {**_YEAR, "pattern": f"^({_DATE_PATTERN}|{_PERIOD_PATTERN})$"}
_REF_SCHEMA = {"type": "string", "pattern": f"^{_reference_pattern('component')}(#{ID_PATTERN})?$"}

DIGEST_PATTERN = "[0-9a-f]{12}"
_WORD = "[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_])?"
HANDLE_PATTERN = f"@{_WORD}(?:/{_WORD}){{0,8}}|[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9.-]{{1,253}}"

Text = Annotated[StrictStr, StringConstraints(strip_whitespace=True)]
"""A block of text in YAML ends with a line break, which is not part of the text."""
Flag = StrictBool
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15, strict=True), BeforeValidator(_not_boolean)]
Amount = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e15, strict=True), BeforeValidator(_not_boolean)]
Id = Annotated[str, _ScalarType(_read_id, {"type": "string", "pattern": f"^{ID_PATTERN}$"})]
FormerName = Annotated[
    str, _ScalarType(_read_former_name, {"type": "string", "pattern": f"^({ID_PATTERN}/)?{ID_PATTERN}$"})
]
"""An id, with its namespace if that is another one."""
ExternalName = Annotated[str, _ScalarType(_read_external, {"type": "string", "pattern": f"^{EXTERNAL_PATTERN}$"})]
"""A name in a package ecosystem, as written."""
Digest = Annotated[str, _ScalarType(_read_digest, {"type": "string", "pattern": f"^{DIGEST_PATTERN}$"})]
Handle = Annotated[str, _ScalarType(_read_handle, {"type": "string", "pattern": f"^({HANDLE_PATTERN})$"})]
TeamRef = Annotated[Ref, _reference("team")]
ComponentRef = Annotated[Ref, _reference("component")]
ConsumerRef = Annotated[Ref, _reference("consumer")]
InitiativeRef = Annotated[Ref, _reference("initiative")]
InitiativeName = Annotated[str, _reference("initiative", as_written=True)]
"""A reference used as a key; it keeps its spelling, so that its place in the file can be found."""
GoalRef = Annotated[Ref, _reference("goal")]
ComponentOrInterface = Annotated[InterfaceRef, _ScalarType(_read_interface_ref, _REF_SCHEMA)]
VersionText = Annotated[Version, _ScalarType(lambda text, _: Version(text), _VERSION_SCHEMA, numbers=True)]
RangeText = Annotated[Range, _ScalarType(lambda text, _: Range(text), _VERSION_SCHEMA, numbers=True)]
Name = Annotated[str, _ScalarType(lambda text, _: text, _VERSION_SCHEMA, numbers=True)]
"""Text that may look like a number, such as a version."""
Day = Annotated[Date, _ScalarType(_read_date, _DATE_SCHEMA)]
PeriodText = Annotated[Period, _ScalarType(_read_period, _PERIOD_SCHEMA, numbers=True)]
DayOrPeriod = Annotated[
    Date | Period,
    _ScalarType(_read_date_or_period, _DAY_OR_PERIOD_SCHEMA, numbers=True),
]
