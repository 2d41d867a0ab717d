"""Parts of a report in JSON, for readers who can take only so much: some fields, the first entries, the gist."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from platctl.record import record

STEPS = "steps"
"""The steps of all paths of a report, and in a path the positions of its own among them."""
BRIEF_BYTES = 32_000
"""The gist is no longer than this."""
_HEAD = ("format", "format_version")
_LEFT_OUT = "_left_out"
_NAME = {"ref", "id", "title"}
_SPAN = {"path", "line", "column", "end_line", "end_column"}
_FEW = 3
"""The entries of a list inside of an entry that are in the gist."""
_DEEPEST = 2
"""How deep the gist goes: entries of the report, and what is directly in them."""
_MOST = 50
"""The entries of a list, and of a mapping, that are in the gist at most."""
_CLIPS = (1_000, 200, 40, 8)
"""How many characters of a text are in the gist, from where lists alone are short enough."""

_Text = Callable[[object], str]


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
    what is empty or nested deeply, writes names and places as one word each, and shortens lists, then texts, until it
    fits.
    """

    fields: tuple[str, ...] = ()
    limit: int | None = None
    brief: bool = False


WHOLE = JsonPart()


def part_of(document: dict[str, Any], part: JsonPart, text_of: _Text) -> str:
    """The part as text. Raises UnknownFieldError."""
    if part == WHOLE:
        return text_of(document)
    paths = [each.split(".") for each in part.fields]
    chosen = _chosen(document, paths, "") if paths else document
    if part.brief:
        return _brief(chosen, part.limit or _MOST, text_of)
    steps = _table(document)
    if not steps or [STEPS] in paths:
        return text_of(chosen if part.limit is None else _limited(chosen, part.limit))
    rest = {key: value for key, value in chosen.items() if key != STEPS}
    return text_of(_with_steps(rest if part.limit is None else _limited(rest, part.limit), steps))


def _brief(chosen: dict[str, Any], limit: int, text_of: _Text) -> str:
    is_of_steps = chosen.keys() <= {*_HEAD, STEPS}
    gist = _gist({key: value for key, value in chosen.items() if is_of_steps or key != STEPS}, 0)
    text = text_of(_limited(gist, limit))
    while len(text.encode()) > BRIEF_BYTES and limit > 1:
        limit = max(limit * 2 // 3, 1)
        text = text_of(_limited(gist, limit))
    for clip in _CLIPS:
        if len(text.encode()) <= BRIEF_BYTES:
            break
        text = text_of(_clipped(_limited(gist, limit), clip))
    return text


def _table(document: dict[str, Any]) -> list[Any]:
    """The steps of all paths of a report; empty if it has no such table."""
    steps = document.get(STEPS)
    return steps if isinstance(steps, list) and all(isinstance(each, dict) for each in steps) else []


def _is_path(key: str, value: object) -> bool:
    """Whether these are positions in the table of steps, which are no list to shorten."""
    return key == STEPS and isinstance(value, list) and all(isinstance(each, int) for each in value)


def _with_steps(document: dict[str, Any], steps: list[Any]) -> dict[str, Any]:
    """The same with the steps that its paths have, numbered anew."""
    numbers: dict[int, int] = {}

    def renumbered(value: Any) -> Any:
        if isinstance(value, list):
            return [renumbered(each) for each in value]
        if not isinstance(value, dict):
            return value
        return {
            key: [numbers.setdefault(each, len(numbers)) for each in item] if _is_path(key, item) else renumbered(item)
            for key, item in value.items()
        }

    found = renumbered(document)
    return {**found, STEPS: [steps[number] for number in numbers]} if numbers else found


def _chosen(value: Any, paths: list[list[str]], where: str) -> Any:
    """The fields of a mapping, or of each mapping in a list that has them, on these paths."""
    if isinstance(value, list):
        for path in paths:
            if value and not any(_has(each, path[0]) for each in value):
                known = dict.fromkeys(key for each in value for key in _keys(each))
                raise UnknownFieldError(f"{where}{path[0]}", [*known])
        return [_chosen(each, [path for path in paths if _has(each, path[0])], where) for each in value]
    if value is None:
        return None
    if not isinstance(value, dict):
        raise UnknownFieldError(f"{where}{paths[0][0]}", [])
    found = {key: value[key] for key in _HEAD if not where and key in value}
    for name in dict.fromkeys(path[0] for path in paths):
        if name not in value:
            raise UnknownFieldError(f"{where}{name}", [key for key in value if key not in _HEAD])
        below = [path[1:] for path in paths if path[0] == name]
        found[name] = value[name] if [] in below else _chosen(value[name], below, f"{where}{name}.")
    return found


def _keys(value: object) -> Iterator[str]:
    yield from value if isinstance(value, dict) else ()


def _has(value: object, name: str) -> bool:
    return isinstance(value, dict) and name in value


def _limited(value: Any, limit: int) -> Any:
    if isinstance(value, list):
        return [_limited(each, limit) for each in value[:limit]]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, item in value.items():
        if _is_path(key, item):
            found[key] = item
        elif not (key.endswith(_LEFT_OUT) and key in found):  # the count of a list that is shortened again
            found[key] = _limited(item, limit)
            if isinstance(item, list) and len(item) > limit:
                before = value.get(f"{key}{_LEFT_OUT}", 0)
                found[f"{key}{_LEFT_OUT}"] = len(item) - limit + (before if isinstance(before, int) else 0)
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
        if key != "fingerprint" and not _is_path(key, item):
            is_word = not isinstance(item, dict | list) or (isinstance(item, dict) and item.keys() in (_NAME, _SPAN))
            # A report inside of a report, as that of `impact` in `ci`, is no level of its own.
            below = depth + 1 if depth or isinstance(item, list) else depth
            gist = _gist(item, below) if depth < _DEEPEST or is_word else None
            if isinstance(gist, list) and depth and len(gist) > _FEW:
                found[key], found[f"{key}{_LEFT_OUT}"] = gist[:_FEW], len(gist) - _FEW
            elif gist is not None and gist is not False:
                found[key] = gist
    return found or None


def _clipped(value: Any, clip: int) -> Any:
    """The same with short texts, and mappings of few entries."""
    if isinstance(value, str):
        return value if len(value) <= clip else f"{value[:clip]}…"
    if isinstance(value, list):
        return [_clipped(each, clip) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: _clipped(item, clip) for key, item in [*value.items()][:_MOST]}
    return found | ({f"entries{_LEFT_OUT}": len(value) - _MOST} if len(value) > _MOST else {})
