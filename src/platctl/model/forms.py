"""The form in which a field is written, for those who wrote something else."""

import re
from collections.abc import Iterator
from typing import get_args, get_type_hints

from platctl.model.fields import written
from platctl.model.part import Part

_FORMS = {
    "effort": "TEAM: PERSON-WEEKS",
    "scores": "CRITERION: NUMBER",
    "votes": "INITIATIVE: {CRITERION: NUMBER}",
    "values": "DAY: NUMBER",
    "capacity": "PERIOD: NUMBER",
}
_NUMBER = re.compile(r"\s*([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*[a-zA-Z -]{0,20}")
_NUMBER_FIELDS = {"likely", "usual"}
"""The fields that a bare number fills."""
_CLIP = 80


def field_names(part: type[Part]) -> list[str]:
    """The fields of a part as they are written."""
    return [each.key for each in part.all_fields.values()]


def parts_of(part: type[Part]) -> Iterator[tuple[str, type[Part]]]:
    """The fields of a part that contain other parts."""
    hints = get_type_hints(part)
    for name, info in part.all_fields.items():
        for below in _parts(hints[name]):
            yield info.key, below
            break


def _parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def owner_written(document: object) -> str:
    """The owner of an entity as written; "" if there is none."""
    owner = document.get("owner") if isinstance(document, dict) else None
    return owner if isinstance(owner, str) else ""


def form_help(field: str, given: object, part: type[Part] | None, owner: str) -> str:
    """What to write instead of a scalar or a list where a mapping is needed; "" if that is unknown.

    `part` is what the mapping would be; None if its keys are free.
    """
    text = written(given)
    number = _NUMBER.fullmatch(text) if text is not None else None
    names = field_names(part) if part else []
    if number and field == "effort":
        return f"write it by team: `effort: {{{owner or 'TEAM'}: {number[1]}}}`"
    if number and not _NUMBER_FIELDS.isdisjoint(names):
        return f"write the number without quotes or a unit: `{field}: {number[1]}`"
    if field in _FORMS or part is None:
        return f"write `{field}: {{{_FORMS.get(field, 'NAME: VALUE')}}}`"
    required = [info.key for name, info in part.all_fields.items() if info.is_required]
    if text is None or not required:
        return f"write {_or([f'`{name}:`' for name in required or names])} below it"
    first, *others = required
    more = f", and add {' and '.join(f'`{name}:`' for name in others)}" if others else ""
    return f"write `{first}: {text[:_CLIP]}`{more}"


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
