"""The types of fields: how a scalar of YAML becomes a reference, a version, a date or a number."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from platctl.model.calendar import PERIOD_HELP, Calendar, Date, Period, parse_date, parse_period
from platctl.model.external import EXTERNAL_HELP, EXTERNAL_PATTERN, ExternalNameError, is_external, package_url
from platctl.model.part import InvalidError, Part
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
from platctl.model.release_day import PREFIX, RELEASE, UnsetDay
from platctl.model.version import Range, Version
from platctl.model.vocabulary import KIND_NAMES
from platctl.record import record
from platctl.source.yaml.parse import Float


def naming(item: object) -> object:
    """What identifies an item of a list: the field that names it, or else its whole value."""
    for field in ("id", "component", "version", "consumer", "goal", "by", "name", "url", "risk"):
        value = getattr(item, field, None) if isinstance(item, Part) else None
        if value is not None:
            return value
    return item


def written(value: object) -> str | None:
    """The text of a scalar as written in the file, or None if it is not text or a number."""
    if isinstance(value, Float):
        return value.text
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


@record
class Conventions:
    """What the settings say about how other files are written: the calendar, None if not known, and, in lower case, own
    words for lifecycle stages with the built-in ones."""

    calendar: Calendar | None = None
    lifecycles: tuple[tuple[str, str], ...] = ()


@record
class Surroundings:
    """What the meaning of a field depends on: the namespace of its document, and what the settings say."""

    namespace: str = DEFAULT_NAMESPACE
    conventions: Conventions = Conventions()


@record(eq=False)
class TextType:
    """Text without the blanks around it; `pattern` is for the JSON Schema."""

    pattern: str | None = None


@record(eq=False)
class FlagType:
    """`true` or `false`."""


@record(eq=False)
class NumberType:
    """A finite number from `least` to `most`; not a boolean."""

    least: float
    most: float = 1e15


@record(eq=False)
class ScalarType:
    """A function that parses text (or with `numbers`, also a number), and the JSON Schema of that text."""

    read: Callable[[str, Surroundings], object]
    schema: dict[str, Any]
    numbers: bool = False


@record(eq=False)
class RawType:
    """Any value, as the text that `platctl.model.raw` has for it; it is checked only when it is used."""


@record(eq=False)
class ShortForm:
    """What may be written instead of a mapping: a scalar of one of these types stands for a mapping with that field.

    `written` is the type of all that may be written, for the JSON Schema; None if that is another short form.
    """

    field: str
    types: tuple[type, ...]
    written: Any = None

    def normalised(self, value: object) -> object:
        scalar = isinstance(value, self.types) and not isinstance(value, bool)
        return {self.field: value} if scalar else value


@record(eq=False)
class Rewritten:
    """A function that brings what is written into the usual form, and the type of all that may be written."""

    normalised: Callable[[object], object]
    written: Any


@record(eq=False)
class LifecycleType:
    """A lifecycle stage, or a word that the settings have for one."""


@record(eq=False)
class Checked:
    """A function that checks a value that is otherwise right, and raises InvalidError."""

    check: Callable[[Any], object]


def _reference(kind: str, *others: str, as_written: bool = False) -> ScalarType:
    """A reference to an entity of a kind, or, where it says so, of another one."""

    def read(text: str, around: Surroundings) -> Ref | str:
        try:
            ref = parse_ref(text, kind, around.namespace)
        except RefError as error:
            raise InvalidError(f"`{text}` is not a reference: {error}") from None
        if ref.kind not in (kind, *others):
            needed = " or ".join(map(a_kind, (kind, *others)))
            raise InvalidError(f"`{text}` is {a_kind(ref.kind)}, but this field needs {needed}", "wrong-kind")
        return text if as_written else ref

    patterns = "|".join([_reference_pattern(kind), *map(_reference_pattern, others)])
    return ScalarType(read, {"type": "string", "pattern": f"^({patterns})$" if others else f"^{patterns}$"})


def _read_entity(text: str, around: Surroundings) -> Ref:
    kind, colon, _ = text.partition("/")[0].partition(":")
    if not colon or kind.lower() not in KIND_NAMES:
        kinds = ", ".join(f"`{each}:`" for each in KIND_NAMES)
        raise InvalidError(f"`{text[:80]}` has no kind: begin with one of {kinds}")
    try:
        return parse_ref(text, kind.lower(), around.namespace)
    except RefError as error:
        raise InvalidError(f"`{text[:80]}` is not a reference: {error}") from None


def _reference_pattern(kind: str, optional: str = "?") -> str:
    """The pattern of what `parse_ref` accepts as a reference to this kind, in upper or lower case."""
    letters = "".join(f"[{letter.upper()}{letter}]" for letter in kind)
    return f"({letters}:){optional}(({ID_PATTERN}/)?{ID_PATTERN}|{EXTERNAL_PATTERN})"


def _read_former_name(text: str, _around: Surroundings) -> str:
    space, slash, id_ = text.rpartition("/")
    if (slash and not is_id(space)) or not is_id(id_):
        raise InvalidError(
            f"`{text[:80]}` is not a former id: use `id`, or `namespace/id` for one in another namespace"
        )
    return text


def _read_external(text: str, _around: Surroundings) -> str:
    if not is_external(text):
        raise InvalidError(f"`{text[:80]}` is not a name in an ecosystem: {EXTERNAL_HELP}")
    try:
        package_url(text)
    except ExternalNameError as error:
        raise InvalidError(f"`{text[:80]}` is not a name in an ecosystem: {error}") from None
    return text


def _read_interface_ref(text: str, around: Surroundings) -> InterfaceRef:
    try:
        target = parse_interface_ref(text, around.namespace)
    except RefError as error:
        raise InvalidError(f"`{text}` is not a reference: {error}") from None
    if target.component.kind != "component":
        raise InvalidError(
            f"`{text}` is {a_kind(target.component.kind)}, but this field needs a component", "wrong-kind"
        )
    return target


def _read_id(text: str, _around: Surroundings) -> str:
    if not is_id(text):
        raise InvalidError(f"`{text[:80]}` is not a valid id: use {ID_HELP}")
    return text


def _read_digest(text: str, _around: Surroundings) -> str:
    if not re.fullmatch(DIGEST_PATTERN, text):
        raise InvalidError(f"`{text[:80]}` is not a digest: use `platctl approve` to write the 12 hexadecimal digits")
    return text


def _read_handle(text: str, _around: Surroundings) -> str:
    if not re.fullmatch(HANDLE_PATTERN, text):
        raise InvalidError(f"`{text[:80]}` is not a handle: use `@name`, `@group/team` or an e-mail address")
    return text


def _read_period(text: str, around: Surroundings) -> Period:
    try:
        calendar = around.conventions.calendar
        return calendar.period(text) if calendar else parse_period(text)
    except ValueError as error:
        raise InvalidError(f"{error}; {PERIOD_HELP}") from None


def _read_date(text: str, _around: Surroundings) -> Date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise InvalidError(str(error)) from None


def _read_date_or_release(text: str, around: Surroundings) -> Date | UnsetDay:
    if text[: len(PREFIX)].lower() != PREFIX:
        return _read_date(text, around)
    try:
        return UnsetDay(parse_ref(text, RELEASE, around.namespace))
    except RefError as error:
        raise InvalidError(f"`{text[:80]}` is not a reference: {error}") from None


def _read_date_or_period(text: str, around: Surroundings) -> Date | UnsetDay | Period:
    if text[: len(PREFIX)].lower() == PREFIX or _DATE.fullmatch(text):
        return _read_date_or_release(text, around)
    return _read_period(text, around)


_VERSION_SCHEMA = {"type": ["string", "number"]}
_DATE_PATTERN = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_PERIOD_PATTERN = "(FY[0-9]{2}|(FY)?[0-9]{4})(-(Q[1-4]|H[12]|S[0-9]{2}|W[0-5][0-9]|0[1-9]|1[0-2]))?"
_PERIODS_PATTERN = rf"{_PERIOD_PATTERN}(\.\.{_PERIOD_PATTERN})?"
_YEAR = {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999}
_DATE = re.compile(r"[0-9]+-[0-9]+-[0-9]+")
_RELEASE_PATTERN = f"[Rr][Ee][Ll][Ee][Aa][Ss][Ee]:({ID_PATTERN}/)?{ID_PATTERN}"
_DATE_SCHEMA = {"type": "string", "format": "date", "pattern": f"^{_DATE_PATTERN}$"}
_PERIOD_SCHEMA = {**_YEAR, "pattern": f"^{_PERIODS_PATTERN}$"}
_DAY_OR_RELEASE_SCHEMA = {"type": "string", "pattern": f"^({_DATE_PATTERN}|{_RELEASE_PATTERN})$"}
_DAY_OR_PERIOD_SCHEMA = {**_YEAR, "pattern": f"^({_DATE_PATTERN}|{_PERIODS_PATTERN}|{_RELEASE_PATTERN})$"}
_REF_SCHEMA = {"type": "string", "pattern": f"^{_reference_pattern('component')}(#{ID_PATTERN})?$"}

DIGEST_PATTERN = "[0-9a-f]{12}"
_WORD = "[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_])?"
HANDLE_PATTERN = f"@{_WORD}(?:/{_WORD}){{0,8}}|[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9.-]{{1,253}}"

Text = Annotated[str, TextType()]
"""A block of text in YAML ends with a line break, which is not part of the text."""
Flag = Annotated[bool, FlagType()]
Number = Annotated[float, NumberType(-1e15)]
Amount = Annotated[float, NumberType(0)]
Id = Annotated[str, ScalarType(_read_id, {"type": "string", "pattern": f"^{ID_PATTERN}$"})]
FormerName = Annotated[
    str, ScalarType(_read_former_name, {"type": "string", "pattern": f"^({ID_PATTERN}/)?{ID_PATTERN}$"})
]
"""An id, with its namespace if that is another one."""
ExternalName = Annotated[str, ScalarType(_read_external, {"type": "string", "pattern": f"^{EXTERNAL_PATTERN}$"})]
"""A name in a package ecosystem, as written."""
Digest = Annotated[str, ScalarType(_read_digest, {"type": "string", "pattern": f"^{DIGEST_PATTERN}$"})]
Handle = Annotated[str, ScalarType(_read_handle, {"type": "string", "pattern": f"^({HANDLE_PATTERN})$"})]
Raw = Annotated[str, RawType()]
AnyRef = Annotated[
    Ref,
    ScalarType(
        _read_entity,
        {"type": "string", "pattern": f"^({'|'.join(_reference_pattern(each, '') for each in KIND_NAMES)})$"},
    ),
]
"""A reference with its kind."""
TeamRef = Annotated[Ref, _reference("team")]
OwnerRef = Annotated[Ref, _reference("team", "user")]
ComponentRef = Annotated[Ref, _reference("component")]
ConsumerRef = Annotated[Ref, _reference("consumer")]
InitiativeRef = Annotated[Ref, _reference("initiative")]
InitiativeName = Annotated[str, _reference("initiative", as_written=True)]
"""A reference used as a key; it keeps its spelling, so that its place in the file can be found."""
GoalRef = Annotated[Ref, _reference("goal")]
SystemRef = Annotated[Ref, _reference("system")]
DomainRef = Annotated[Ref, _reference("domain")]
ComponentOrInterface = Annotated[InterfaceRef, ScalarType(_read_interface_ref, _REF_SCHEMA)]
VersionText = Annotated[Version, ScalarType(lambda text, _: Version(text), _VERSION_SCHEMA, numbers=True)]
RangeText = Annotated[Range, ScalarType(lambda text, _: Range(text), _VERSION_SCHEMA, numbers=True)]
Name = Annotated[str, ScalarType(lambda text, _: text, _VERSION_SCHEMA, numbers=True)]
"""Text that may look like a number, such as a version."""
Day = Annotated[Date, ScalarType(_read_date, _DATE_SCHEMA)]
DayOrRelease = Annotated[Date, ScalarType(_read_date_or_release, _DAY_OR_RELEASE_SCHEMA)]
"""A day, or a release whose day it is; `release_days` gives it that day once all files are read."""
PeriodText = Annotated[Period, ScalarType(_read_period, _PERIOD_SCHEMA, numbers=True)]
DayOrPeriod = Annotated[
    Date | Period,
    ScalarType(_read_date_or_period, _DAY_OR_PERIOD_SCHEMA, numbers=True),
]
