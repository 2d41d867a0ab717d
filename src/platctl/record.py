"""Frozen values that behave like dataclasses, defined in a hundredth of the time: methods are built on first use."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import _FIELD, KW_ONLY, MISSING, Field, FrozenInstanceError, field, fields  # type: ignore[attr-defined]
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_origin, overload

T = TypeVar("T")
_Values = Callable[[Any], tuple[Any, ...]]


@overload
def record(cls: type[T], /) -> type[T]: ...
@overload
def record(*, slots: bool = True, eq: bool = True, order: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T] | None = None, /, *, slots: bool = True, eq: bool = True, order: bool = False) -> Any:
    """Turn a class that lists its fields into a frozen one, like `dataclass(frozen=True, slots=True)`.

    Use `slots=False` for classes with cached properties. `super()` without arguments does not work with slots.
    """
    return (lambda found: _made(found, slots, eq, order)) if cls is None else _made(cls, slots, eq, order)


def _made(cls: type, slots: bool, eq: bool, order: bool) -> type:
    own = _own_fields(cls)
    all_ = {
        name: each for base in cls.__mro__[:0:-1] for name, each in vars(base).get("__dataclass_fields__", {}).items()
    }
    all_ |= own
    added: dict[str, Any] = {
        "__dataclass_fields__": all_,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }
    added["__match_args__"] = tuple(name for name, each in all_.items() if each.init)
    offered: dict[str, Any] = {"__repr__": _repr}
    if eq:
        offered |= _comparing(all_, order)
    if slots:
        offered |= {"__getstate__": _state, "__setstate__": _set_state}
    written = vars(cls)
    added |= {name: each for name, each in offered.items() if written.get(name) is None}
    made = _with_slots(cls, own, added) if slots else _with(cls, own, added)
    _build_init_late(made, all_)
    return made


def _own_fields(cls: type) -> dict[str, Field[Any]]:
    found = {}
    for name, type_ in _annotations(cls).items():
        if get_origin(type_) is ClassVar or type_ is ClassVar:
            continue
        default = vars(cls).get(name, MISSING)
        each: Field[Any] = default if isinstance(default, Field) else field(default=default)
        if type_ is KW_ONLY or each.kw_only is True or isinstance(each.default, list | dict | set):
            raise TypeError(f"a record does not support this field: {cls.__name__}.{name}")
        each.name, each.type, each.kw_only = name, type_, False
        each._field_type = _FIELD  # type: ignore[attr-defined]
        found[name] = each
    return found


def _annotations(cls: type) -> Mapping[str, Any]:
    """The annotations of the class itself; from 3.14 on, names known only to type checkers stay unresolved."""
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations

        return get_annotations(cls, format=Format.FORWARDREF)
    return dict(vars(cls).get("__annotations__", {}))


def _with(cls: type, own: Mapping[str, Field[Any]], added: Mapping[str, Any]) -> type:
    for name, each in own.items():
        if each.default is not MISSING:
            setattr(cls, name, each.default)
        elif name in vars(cls):
            delattr(cls, name)
    for name, each in added.items():
        setattr(cls, name, each)
    return cls


def _with_slots(cls: type, own: Mapping[str, Field[Any]], added: Mapping[str, Any]) -> type:
    taken = {name for base in cls.__mro__ for name in vars(base).get("__slots__", ())}
    body = {
        name: each for name, each in vars(cls).items() if name not in own and name not in ("__dict__", "__weakref__")
    }
    body |= added
    body["__slots__"] = tuple(name for name in own if name not in taken)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _comparing(all_: Mapping[str, Field[Any]], order: bool) -> dict[str, Callable[..., Any]]:
    """The methods that compare two records of the same class."""
    of = _getter([name for name, each in all_.items() if each.compare])
    hashed = _getter([name for name, each in all_.items() if (each.compare if each.hash is None else each.hash)])

    def equal(self: object, other: object) -> bool:
        return of(self) == of(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_(self: object) -> int:
        return hash(hashed(self))

    def less(self: object, other: object) -> bool:
        return of(self) < of(other) if other.__class__ is self.__class__ else NotImplemented

    def at_most(self: object, other: object) -> bool:
        return of(self) <= of(other) if other.__class__ is self.__class__ else NotImplemented

    def more(self: object, other: object) -> bool:
        return of(self) > of(other) if other.__class__ is self.__class__ else NotImplemented

    def at_least(self: object, other: object) -> bool:
        return of(self) >= of(other) if other.__class__ is self.__class__ else NotImplemented

    ordering = {"__lt__": less, "__le__": at_most, "__gt__": more, "__ge__": at_least}
    return {"__eq__": equal, "__hash__": hash_, **(ordering if order else {})}


def _getter(names: list[str]) -> _Values:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _build_init_late(cls: type, all_: Mapping[str, Field[Any]]) -> None:
    """Give a class an `__init__` that replaces itself on the first call by one as fast as a handwritten one."""
    if "__init__" in vars(cls):
        return

    def __init__(self: object, *values: Any, **named: Any) -> None:  # noqa: N807
        built = _init(cls, all_)
        cls.__init__ = built  # type: ignore[misc]
        built(self, *values, **named)

    cls.__init__ = __init__  # type: ignore[misc]


def _init(cls: type, all_: Mapping[str, Field[Any]]) -> Callable[..., None]:
    known: dict[str, Any] = {"_absent": MISSING, "_set": object.__setattr__}
    heads, lines = [], []
    for name, each in all_.items():
        known[f"_default_{name}"], known[f"_factory_{name}"] = each.default, each.default_factory
        value = name if each.init else f"_default_{name}"
        if each.default_factory is not MISSING:
            value = f"_factory_{name}() if {name} is _absent else {name}" if each.init else f"_factory_{name}()"
        if each.init:
            given = "_absent" if each.default_factory is not MISSING else f"_default_{name}"
            needed = each.default is MISSING and each.default_factory is MISSING
            heads.append(name if needed else f"{name}={given}")
        lines.append(_assignment(cls, name, value, known))
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(['self', *heads])}):\n  " + "\n  ".join(lines or ["pass"]), known)  # noqa: S102
    built: Callable[..., None] = known["__init__"]
    built.__qualname__ = f"{cls.__qualname__}.__init__"
    return built


def _assignment(cls: type, name: str, value: str, known: dict[str, Any]) -> str:
    """A line that sets a field of a frozen object: by its slot, or else as a plain attribute."""
    slot = getattr(getattr(cls, name, None), "__set__", None)
    if slot is None:
        return f"_set(self, {name!r}, {value})"
    known[f"_slot_{name}"] = slot
    return f"_slot_{name}(self, {value})"


def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_to_set(self: object, name: str, value: object) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
