"""Parts: what files have as mappings, as immutable values. Pydantic checks them, but is not needed to use them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import FrozenInstanceError
from typing import Any, ClassVar, Self

from platctl.record import record

_ABSENT: Any = object()


class InvalidError(ValueError):
    """A value that a field can't have. The message is shown to the user unchanged; `code` is its rule."""

    def __init__(self, message: str, code: str = "invalid-value") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


@record(eq=False)
class FieldInfo:
    """What a field is for, how it is written, and what it may be. Its type is the annotation of the class."""

    name: str
    key: str
    """The name in files."""
    description: str
    default: Any
    default_factory: Callable[[], Any] | None
    limits: Mapping[str, Any]
    """Constraints such as `ge` and `max_length`, by Pydantic's names."""

    @property
    def is_required(self) -> bool:
        return self.default is _ABSENT and self.default_factory is None

    def default_value(self) -> Any:
        """The value of a field that is not written; None for one that is required."""
        if self.default_factory is not None:
            return self.default_factory()
        return None if self.default is _ABSENT else self.default


class _Declared:
    """A field of a class that is being defined."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts


def Field(  # noqa: N802
    default: Any = _ABSENT,
    *,
    description: str,
    key: str | None = None,
    default_factory: Callable[[], Any] | None = None,
    **limits: Any,
) -> Any:
    """A field of a part. `key` is its name in files, unless that is its name in the class."""
    return _Declared(key=key, description=description, default=default, default_factory=default_factory, limits=limits)


class Part:
    """Base of everything written as a mapping: immutable, and without unknown fields.

    The constructor takes values that are known to be right; `platctl.model.validator` checks what was read.
    """

    # Pydantic fills these three, and `__dict__`.
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__", "__weakref__")
    __pydantic_fields_set__: set[str]

    all_fields: ClassVar[Mapping[str, FieldInfo]] = {}
    _defaults: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        own = {name: each.facts for name, each in vars(cls).items() if isinstance(each, _Declared)}
        for name in own:
            delattr(cls, name)
        inherited = {name: each for base in cls.__mro__[:0:-1] for name, each in _fields_of(base).items()}
        fields = {name: FieldInfo(name, **{**each, "key": each["key"] or name}) for name, each in own.items()}
        cls.all_fields = {**inherited, **fields}
        cls._defaults = {name: each.default_value() for name, each in cls.all_fields.items()}

    def __init__(self, **values: Any) -> None:
        cls = type(self)
        unknown = values.keys() - cls.all_fields.keys()
        missing = {name for name, each in cls.all_fields.items() if each.is_required} - values.keys()
        if unknown or missing:
            raise TypeError(f"{cls.__name__} lacks {sorted(missing)} and has no {sorted(unknown)}")
        self.__dict__.update(cls._defaults, **values)
        _SET_GIVEN(self, set(values))

    @classmethod
    def known(cls, values: dict[str, Any]) -> Self:
        """A part with values that were checked before."""
        part = object.__new__(cls)
        _SET_DICT(part, {**cls._defaults, **values})
        _SET_GIVEN(part, set(values))
        return part

    @property
    def given_fields(self) -> set[str]:
        """The names of the fields that are written, and do not just have their defaults."""
        return self.__pydantic_fields_set__

    def items(self) -> Iterator[tuple[str, Any]]:
        """The name and value of every field."""
        values = self.__dict__
        return ((name, values[name]) for name in type(self).all_fields)

    def changed(self, values: Mapping[str, Any]) -> Self:
        """A copy with other values, which are known to be right."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.items())
        copy.__dict__.update(values)
        _SET_GIVEN(copy, self.given_fields | values.keys())
        return copy

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Part) and type(self) is type(other) and dict(self.items()) == dict(other.items())
        )

    def __hash__(self) -> int:
        return hash(tuple(value for _, value in self.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.items())})"

    def check(self) -> None:
        """Raise InvalidError if the fields don't fit together."""


_SET_DICT = vars(Part)["__dict__"].__set__
_SET_GIVEN = vars(Part)["__pydantic_fields_set__"].__set__


def _fields_of(base: type) -> Mapping[str, FieldInfo]:
    return base.all_fields if issubclass(base, Part) else {}
