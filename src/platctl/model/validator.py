"""Checks what files say against the classes that read it. This is what Pydantic is used for."""

from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pydantic
from pydantic_core import PydanticCustomError, core_schema

from platctl.model.fields import (
    Checked,
    FlagType,
    LifecycleType,
    NumberType,
    RawType,
    Rewritten,
    ScalarType,
    ShortForm,
    Surroundings,
    TextType,
    written,
)
from platctl.model.part import FieldInfo, InvalidError, Part
from platctl.model.raw import raw_text
from platctl.record import record

P_ = TypeVar("P_", bound=Part)


def validated(part: type[P_], value: object, around: Surroundings | None = None) -> P_:
    """A part as written. Raises pydantic.ValidationError."""
    found: P_ = adapter(part).validate_python(value, context=around)
    return found


def adapter(part: type[P_]) -> pydantic.TypeAdapter[P_]:
    """What Pydantic knows of a part, built when the first one is read."""
    if part not in _ADAPTERS:
        _ADAPTERS[part] = pydantic.TypeAdapter(_known(part))
    return _ADAPTERS[part]


_ADAPTERS: dict[type[Part], pydantic.TypeAdapter[Any]] = {}


def _known(hint: Any) -> Any:
    """A type whose parts and fields Pydantic knows how to check."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        kind, *metadata = inner
        ours = (each if isinstance(each, pydantic.fields.FieldInfo) else _OfField(each) for each in metadata)
        return Annotated[_known(kind), *ours]
    if origin in (Union, UnionType):
        return Union[tuple(map(_known, inner))]  # noqa: UP007
    if origin in (tuple, dict):
        return origin[tuple(map(_known, inner))]
    return Annotated[hint, _OfPart(hint)] if isinstance(hint, type) and issubclass(hint, Part) else hint


@record
class _OfPart:
    """Makes Pydantic create instances of the class itself."""

    part: type[Part]

    def __get_pydantic_core_schema__(self, _source: object, handler: Any) -> core_schema.CoreSchema:
        part = self.part
        hints = get_type_hints(part, include_extras=True)
        fields = {name: _field(each, hints[name], handler) for name, each in part.all_fields.items()}
        schema: core_schema.CoreSchema = core_schema.model_schema(
            part,
            core_schema.model_fields_schema(fields, model_name=part.__name__),
            config=core_schema.CoreConfig(title=part.__name__, extra_fields_behavior="forbid"),
            ref=f"{part.__module__}.{part.__qualname__}:{id(part)}",
        )
        if part.check is Part.check:
            return schema
        return core_schema.no_info_after_validator_function(_checked(part.check), schema)


def _field(info: FieldInfo, hint: Any, handler: Any) -> core_schema.ModelField:
    schema = handler.generate_schema(_known(_limited(hint, info)))
    if info.default_factory is not None:
        schema = core_schema.with_default_schema(schema, default_factory=info.default_factory)
    elif not info.is_required:
        schema = core_schema.with_default_schema(schema, default=info.default)
    key = info.key if info.key != info.name else None
    described = {"pydantic_js_updates": {"description": info.description}}
    return core_schema.model_field(schema, validation_alias=key, metadata=described)


def _limited(hint: Any, info: FieldInfo) -> Any:
    """The type with the limits of a field, which are judged before anything else."""
    if not info.limits:
        return hint
    kind, *metadata = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    return Annotated[kind, pydantic.Field(**info.limits), *metadata]


@record(eq=False)
class _OfField:
    """Makes Pydantic check one of our types of fields."""

    type: object

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        match self.type:
            case TextType(pattern=pattern):
                return core_schema.str_schema(strict=True, strip_whitespace=True, pattern=pattern)
            case FlagType():
                return core_schema.bool_schema(strict=True)
            case NumberType(least=least, most=most):
                number = core_schema.float_schema(strict=True, allow_inf_nan=False, ge=least, le=most)
                return core_schema.no_info_before_validator_function(_not_boolean, number)
            case ScalarType() as scalar:
                text = core_schema.to_string_ser_schema()
                return core_schema.with_info_plain_validator_function(_reading(scalar), serialization=text)
            case RawType():
                return core_schema.no_info_plain_validator_function(raw_text)
            case ShortForm() | Rewritten() as form:
                shown = None if form.written is None else handler.generate_schema(_known(form.written))
                rewritten = _adapted(form.normalised)
                return core_schema.no_info_before_validator_function(
                    rewritten, handler(source), json_schema_input_schema=shown
                )
            case LifecycleType():
                return core_schema.with_info_before_validator_function(_in_our_words, handler(source))
            case Checked(check=check):
                return core_schema.no_info_after_validator_function(_checked(check), handler(source))
        raise TypeError(f"no schema for {self.type!r}")

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        if isinstance(self.type, RawType):
            return {}
        return dict(self.type.schema) if isinstance(self.type, ScalarType) else handler(schema)


def _reading(type_: ScalarType) -> Any:
    def read(value: object, info: core_schema.ValidationInfo) -> object:
        text = written(value) if type_.numbers else value
        if not isinstance(text, str):
            raise PydanticCustomError("string_type", "must be text")
        try:
            return type_.read(text, info.context or Surroundings())
        except InvalidError as error:
            raise _custom(error) from None

    return read


def _checked(check: Callable[[Any], object]) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        _adapted(check)(value)
        return value

    return checked


def _in_our_words(value: object, info: core_schema.ValidationInfo) -> object:
    """The built-in word for one of the settings."""
    around = info.context or Surroundings()
    return dict(around.conventions.lifecycles).get(value.lower(), value) if isinstance(value, str) else value


def _adapted(change: Callable[[Any], object]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        try:
            return change(value)
        except InvalidError as error:
            raise _custom(error) from None

    return changed


def _custom(error: InvalidError) -> PydanticCustomError:
    return PydanticCustomError("platctl", "{message}", {"message": error.message, "rule": error.code})


def _not_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError("float_type", "must be a number")
    return value
