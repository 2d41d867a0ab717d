"""Describes in words what a field accepts, from its type."""

import types
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from generator.markdown import code
from platctl.model import fields
from platctl.model.entity.team import Capacity
from platctl.model.language.formula import FormulaText
from platctl.model.language.selector import SelectorText
from platctl.model.part import FieldInfo, Part
from platctl.model.settings.balance import Share
from platctl.model.settings.scoring import CriterionName

_WORDS: Sequence[tuple[object, str]] = (
    (fields.Text, "text"),
    (fields.Flag, "`true` or `false`"),
    (fields.Number, "number"),
    (fields.Amount, "number from 0"),
    (fields.Id, "id"),
    (fields.ExternalName, "name such as `npm:@scope/name`, or package URL"),
    (fields.FormerName, "`id` or `namespace/id`"),
    (fields.Raw, "any value"),
    (fields.AnyRef, "entity with its kind, such as `team:media`"),
    (fields.TeamRef, "team"),
    (fields.OwnerRef, "team or user"),
    (fields.SystemRef, "system"),
    (fields.DomainRef, "domain"),
    (fields.ComponentRef, "component"),
    (fields.ConsumerRef, "consumer"),
    (fields.InitiativeRef, "initiative"),
    (fields.GoalRef, "goal"),
    (fields.ComponentOrInterface, "component or interface"),
    (fields.VersionText, "version"),
    (fields.RangeText, "version or range"),
    (fields.Name, "text"),
    (fields.Day, "date"),
    (fields.PeriodText, "period"),
    (fields.DayOrRelease, "date or release"),
    (fields.DayOrPeriod, "date, period or release"),
    (fields.InitiativeName, "initiative"),
    (fields.Digest, "12 digits, 0 to f"),
    (fields.Handle, "`@name` or e-mail address"),
    (FormulaText, "formula"),
    (CriterionName, "name"),
    (SelectorText, "[selector](selectors.md)"),
    (Share, "number from 0 to 1, or text such as `20%`"),
    (int, "whole number"),
    (Capacity, "number, or mapping of period to number"),
)
"""Scalar types of the model and their names in the reference."""


def words(annotation: Any) -> str:
    """The type of a field."""
    for known, word in _WORDS:
        if annotation is known or annotation == known:
            return word
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(words(each) for each in inner if each is not type(None))
    if origin is Annotated:
        return words(inner[0]) + _short_form(inner[1:])
    if origin is tuple:
        return f"list of {words(inner[0])}"
    if origin is dict:
        return f"mapping of {words(inner[0])} to {words(inner[1])}"
    if issubclass(annotation, StrEnum):
        return ", ".join(code(each.value) for each in annotation)
    return f"[{part_name(annotation)}](#{part_name(annotation).replace(' ', '-')})"


def part_name(part: type[Part]) -> str:
    """The name of a part: `OfferedVersion` is an offered version."""
    letters = (f" {letter.lower()}" if letter.isupper() else letter for letter in part.__name__)
    return "".join(letters).strip()


def _short_form(metadata: Sequence[object]) -> str:
    """The field whose value alone is accepted for the whole."""
    for each in metadata:
        if isinstance(each, fields.ShortForm):
            return f" (or only its {code(each.field)})"
    return ""


def bounds(info: FieldInfo) -> str:
    """The smallest and the largest number allowed."""
    least, most = info.limits.get("ge"), info.limits.get("le")
    return f", {least} to {most}" if least is not None and most is not None else ""


def parts_in(annotation: Any) -> list[type[Part]]:
    """The parts that values of this type consist of."""
    if any(annotation == known for known, _ in _WORDS):
        return []
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_in(inner)]
