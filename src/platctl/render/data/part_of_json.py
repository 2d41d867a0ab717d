"""Parts of a report in JSON, for readers who can take only so much: some fields, the first entries, the gist."""

from collections.abc import Callable, Sequence
from typing import Any

from platctl.record import record

_HEAD = ("format", "format_version")
_LEFT_OUT = "_left_out"
_NAME = {"ref", "id", "title"}
_SPAN = {"path", "line", "column", "end_line", "end_column"}
_FEW = 3
"""The entries of a list inside of an entry that are in the gist."""
_DEEPEST = 2
"""How deep the gist goes: entries of the report, and what is directly in them."""
_MOST = 50
"""The entries of a list that are in the gist at most."""
BRIEF_BYTES = 32_000
"""The gist is no longer than this."""


class UnknownFieldError(LookupError):
    """A field that a report does not have; `known` are those that it has there."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


@record
class JsonPart:
    """What is wanted of a report. `fields` are paths such as `verdicts.consumer`; none means all.

    With `limit`, lists end after that many entries, and a field beside such a list counts the rest. `brief` leaves out
    what is empty or nested deeply, writes names and places as one word each, and shortens lists until it fits.
    """

    fields: tuple[str, ...] = ()
    limit: int | None = None
    brief: bool = False


WHOLE = JsonPart()


def part_of(document: dict[str, Any], part: JsonPart, text_of: Callable[[object], str]) -> str:
    """The part as text."""
    chosen = _chosen(document, [each.split(".") for each in part.fields], "") if part.fields else document
    if not part.brief:
        return text_of(chosen if part.limit is None else _limited(chosen, part.limit))
    gist, limit = _gist(chosen, 0), part.limit or _MOST
    text = text_of(_limited(gist, limit))
    while len(text.encode()) > BRIEF_BYTES and limit > 1:
        limit = max(limit * 2 // 3, 1)
        text = text_of(_limited(gist, limit))
    return text


def _chosen(value: Any, paths: list[list[str]], where: str) -> Any:
    """The fields of a mapping, or of each mapping in a list, on these paths."""
    if isinstance(value, list):
        return [_chosen(each, paths, where) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: value[key] for key in _HEAD if not where and key in value}
    for name in dict.fromkeys(path[0] for path in paths):
        if name not in value:
            raise UnknownFieldError(f"{where}{name}", [key for key in value if key not in _HEAD])
        below = [path[1:] for path in paths if path[0] == name]
        found[name] = value[name] if [] in below else _chosen(value[name], below, f"{where}{name}.")
    return found


def _limited(value: Any, limit: int) -> Any:
    if isinstance(value, list):
        return [_limited(each, limit) for each in value[:limit]]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, item in value.items():
        found[key] = _limited(item, limit)
        if isinstance(item, list) and len(item) > limit:
            found[f"{key}{_LEFT_OUT}"] = len(item) - limit
    return found


def _gist(value: Any, depth: int) -> Any:
    """What remains of a value that is inside of so many others; None for nothing."""
    if isinstance(value, list):
        return [each for item in value if (each := _gist(item, depth)) is not None] or None
    if not isinstance(value, dict):
        return None if value is None or value == "" else value
    if value.keys() == _NAME:
        return value["id"]
    if value.keys() == _SPAN:
        return f"{value['path']}:{value['line']}:{value['column']}"
    found: dict[str, Any] = {}
    for key, item in value.items():
        if key != "fingerprint":
            is_word = not isinstance(item, dict | list) or (isinstance(item, dict) and item.keys() in (_NAME, _SPAN))
            # A report inside of a report, as that of `impact` in `ci`, is no level of its own.
            below = depth + 1 if depth or isinstance(item, list) else depth
            gist = _gist(item, below) if depth < _DEEPEST or is_word else None
            if isinstance(gist, list) and depth and len(gist) > _FEW:
                found[key], found[f"{key}{_LEFT_OUT}"] = gist[:_FEW], len(gist) - _FEW
            elif gist is not None and gist is not False:
                found[key] = gist
    return found or None
