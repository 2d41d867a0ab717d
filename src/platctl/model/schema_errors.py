"""Pydantic's errors as findings: what is wrong, where, and what to write instead."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from platctl.model.fields import written
from platctl.model.forms import field_names, form_help, owner_written, parts_of
from platctl.model.other_words import field_meant, value_meant
from platctl.model.part import Part
from platctl.model.similar_names import Names, did_you_mean
from platctl.record import record
from platctl.source.yaml.characters import BLANK, described
from platctl.source.yaml.document import Route

_CLIP = 80
_CURLY = tuple("\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb")
"""Quotation marks of texts."""


@record
class SchemaError:
    """One invalid part of a document; `remove` is the route to omit in order to continue without it."""

    rule: str
    message: str
    route: Route
    remove: Route
    help: str = ""
    on_key: bool = False

    @property
    def is_extension(self) -> bool:
        """Whether it is about a custom `x-` field, which is not an error."""
        return self.rule == "unknown-field" and str(self.route[-1]).startswith("x-")


def explain(error: ValidationError, kind: type[Part], value: object) -> list[SchemaError]:
    """Every error of one document, in the order of its fields."""
    return [_with_look_alike(_explain(kind, value, each), each["input"]) for each in error.errors(include_url=False)]


def _with_look_alike(error: SchemaError, given: object) -> SchemaError:
    """The error with advice about characters that look like others, which the message can't show."""
    given = error.route[-1] if error.rule == "unknown-field" else given
    if not isinstance(given, str):
        return error
    if blank := BLANK.search(given):
        help_ = f"it contains {described(blank[0])}: replace it with a space, or delete it"
        if error.rule == "unknown-field":
            return replace(error, help=help_)
    elif given[:1] in _CURLY:
        help_ = f'`{given[0]}` is no quotation mark in YAML: use `"`'
    else:
        return error
    return replace(error, help=f"{help_}; {error.help}" if error.help else help_)


def _explain(kind: type[Part], value: object, error: Any) -> SchemaError:
    loc, type_, given = tuple(error["loc"]), error["type"], error["input"]
    on_key = bool(loc) and loc[-1] == "[key]"
    route = _route_in(value, loc)
    field = _field(loc)
    if type_ == "extra_forbidden":
        return _unknown_field(kind, loc, route)
    if type_ == "missing":
        part = "" if len(loc) == 1 else f" in {_where(loc[:-1])}"
        help_ = "every document needs `kind:` and `id:`" if loc == ("id",) else f"add `{field}:`"
        return SchemaError("missing-field", f"`{field}` is missing{part}", route, route[:-1], help_)
    if type_ == "platctl":
        context = error["ctx"]
        return SchemaError(
            context["rule"], context["message"], route, route, _INVALID_HELP.get(context["rule"], ""), on_key
        )
    if type_ == "enum":
        return _not_in_list(field, given, error["ctx"]["expected"], route)
    rule = "wrong-type" if type_.endswith("_type") or type_ in _WRONG_TYPE else "invalid-value"
    message, help_ = _plain(type_, field, given, error)
    if type_ in _OF_MAPPINGS and given is not None:
        wanted = None if type_ == "dict_type" else _part_at(kind, loc)
        help_ = form_help(field, given, wanted, owner_written(value))
    return SchemaError(rule, message, route, route, help_, on_key)


def _unknown_field(kind: type[Part], loc: Route, route: Route) -> SchemaError:
    field, part = str(loc[-1]), _part_at(kind, loc[:-1])
    known = field_names(part) if part else []
    help_ = did_you_mean(field_meant(field, known)) or _other_place(kind, loc, part)
    help_ = help_ or did_you_mean(Names(known).nearest(field, 2))
    help_ = help_ or f"use one of {', '.join(known)}; custom fields start with `x-`"
    where = f" in {_where(loc[:-1])}" if len(loc) > 1 else ""
    return SchemaError("unknown-field", f"unknown field `{field[:_CLIP]}`{where}", route, route, help_, on_key=True)


def _other_place(kind: type[Part], loc: Route, part: type[Part] | None) -> str:
    """Advice for a field that exists one level further in, or at the start of a line."""
    field = str(loc[-1])
    inner = [name for name, below in parts_of(part) if field in field_names(below)] if part else []
    if inner:
        return f"write it below {' or '.join(f'`{name}:`' for name in inner)}"
    if len(loc) > 1 and field in field_names(kind):
        return f"it is a field of the whole document, not of `{_field(loc[:-1])}`: do not indent it"
    return ""


def _not_in_list(field: str, given: object, expected: str, route: Route) -> SchemaError:
    values = re.findall(r"'([^']*)'", expected)
    near = ""
    if isinstance(given, str):
        near = did_you_mean(value_meant(field, given, values) or Names(values).nearest(given, 1), "? ")
    message = f"`{field}` can't be {_show(given)}"
    return SchemaError(
        "invalid-value", message, route, route, f"{near}use one of {', '.join(f'`{v}`' for v in values)}"
    )


_WRONG_TYPE = {"int_from_float", "model_attributes_type", "int_parsing", "float_parsing"}
_OF_MAPPINGS = {"dict_type", "model_type", "model_attributes_type"}
_INVALID_HELP = {"wrong-kind": "refer to an entity of the right kind, or use another field"}
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "`true` or `false`",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def _plain(type_: str, field: str, given: object, error: Any) -> tuple[str, str]:
    expected = _EXPECTED.get(type_)
    if expected is None:
        bounds = error.get("ctx", {})
        for name, words in (("ge", "at least"), ("le", "at most"), ("min_length", "not empty")):
            if name in bounds:
                limit = f"{words} {bounds[name]:g}" if name != "min_length" else words
                return f"`{field}` must be {limit}, not {_show(given)}", ""
        return f"`{field}`: {error['msg'][:_CLIP]}", ""
    if given is None:
        return (
            f"`{field}` is empty; it must be {expected}",
            f"write {expected} after `{field}:`, or remove the line",
        )
    quoted = "the text " if isinstance(given, str) else ""
    return f"`{field}` must be {expected}, not {quoted}{_show(given)}", _type_help(type_, field, given)


def _type_help(type_: str, field: str, given: object) -> str:
    text = written(given)
    if type_ == "string_type" and isinstance(given, bool):
        return f'write it in quotes: `{field}: "{str(given).lower()}"`'
    if type_ == "string_type" and text is not None:
        return f'write it in quotes: `{field}: "{text[:_CLIP]}"`'
    if type_ == "tuple_type" and text is not None:
        return f"write a list, even for one item: `{field}: [{text[:_CLIP]}]`"
    if type_ == "tuple_type" and isinstance(given, dict):
        return "write a list: start each entry with `- `"
    if type_ == "bool_type":
        return "use `true` or `false`; `yes`, `no`, `on` and `off` are text in YAML 1.2"
    if type_ in ("int_type", "float_type") and isinstance(given, str):
        if not re.search("[0-9]", given):
            return f"write a number, such as `{field}: 1`"
        return "write the number without quotes, units or separators"
    return ""


def _show(value: object) -> str:
    """A value as shown in a message."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    text = written(value) or ""
    return f"`{text[:_CLIP]}…`" if len(text) > _CLIP else f"`{text}`"


def _field(loc: Route) -> str:
    names = [step for step in loc if isinstance(step, str) and step != "[key]"]
    return names[-1][:_CLIP] if names else "this"


def _where(loc: Route) -> str:
    """A place inside a document, such as `uses[2]`, counted from 1."""
    text = ""
    for step in loc:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return f"`{text}`"


def _route_in(value: object, loc: Sequence[str | int]) -> Route:
    """The part of Pydantic's location that exists in the document, or would if a field were not missing.

    Steps that only come from short forms are omitted.
    """
    route: list[str | int] = []
    for index, step in enumerate(loc):
        if isinstance(value, dict) and (step in value or index == len(loc) - 1) and step != "[key]":
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        route.append(step)
    return tuple(route)


def _part_at(kind: type[Part], loc: Sequence[str | int]) -> type[Part] | None:
    part: type[Part] | None = kind
    for step in loc:
        if part is not None and isinstance(step, str) and step in field_names(part):
            part = dict(parts_of(part)).get(step)
    return part
