"""Marks of visibility that are in doubt: what may be meant as restricted counts as restricted for every audience."""

import unicodedata
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from platctl.model.entity.entity import Entity, Visibility
from platctl.model.placement import Placement
from platctl.record import record
from platctl.source.yaml.document import Document, Route
from platctl.source.yaml.parse import ParsedFile

_FIELD = "visibility"
_CONFLICT = "<<<<<<<"
_ALIKE = 0.75
"""From this similarity on, a field is taken for a misspelling."""


@record
class Doubt:
    """Why the visibility of an entity is in doubt, and the field because of which."""

    why: str
    route: Route


def doubt_of(entity: Entity, placement: Placement, file: ParsedFile) -> Doubt | None:
    """Why an entity may be more confidential than it seems; None if it is clear, or restricted anyway."""
    if entity.visibility is Visibility.RESTRICTED:
        return None
    return next(_doubts(entity, placement.document, placement, file), None)


def _doubts(entity: Entity, document: Document, placement: Placement, file: ParsedFile) -> Iterator[Doubt]:
    if (_FIELD,) in placement.removed:
        yield Doubt(f"`{_FIELD}` can't be read", (_FIELD,))
    for key in sorted(document.unsure):
        if key == "<<":
            yield Doubt(f"`<<` may contain `{_FIELD}`, and is not supported", ())
        elif key == "":
            yield Doubt(f"a field whose name can't be read may be `{_FIELD}`", ())
        elif _is_alike(key):
            yield Doubt(f"`{key}` is written more than once, or with a tag", (key,))
    if not file.complete and _CONFLICT in file.text:
        yield Doubt("its file contains an unresolved merge conflict", ())
    yield from _misspelt(entity, document.value)


def _misspelt(entity: Entity, value: object) -> Iterator[Doubt]:
    """Fields that may be meant as the mark, unless they say what the entity has anyway."""
    known = {info.key for name, info in type(entity).all_fields.items()}
    for key, item in value.items() if isinstance(value, Mapping) else ():
        if key in known:
            continue
        said = item.strip().casefold() if isinstance(item, str) else item
        if _is_alike(key) and said != entity.visibility.value:
            yield Doubt(f"`{key}` may be meant as `{_FIELD}`", (key,))
        elif said == Visibility.RESTRICTED.value:
            yield Doubt(f"`{key}` is `{Visibility.RESTRICTED.value}`", (key,))


def _is_alike(key: str) -> bool:
    """Whether a field may be meant as `visibility`, whatever its case, accents and signs."""
    plain = unicodedata.normalize("NFKD", key[:100]).casefold().removeprefix("x-")
    letters = "".join(each for each in plain if each.isalpha())
    return "visib" in letters or SequenceMatcher(None, letters, _FIELD, autojunk=False).ratio() >= _ALIKE
