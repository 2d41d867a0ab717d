"""An edit of one file, made by splices; the result is parsed and compared with the intended values."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from platctl.edit import fields, lists, mappings
from platctl.edit.layout import Splice
from platctl.edit.meaning import count, is_there, with_key, with_value, without
from platctl.edit.route import shown
from platctl.edit.yaml_text import ListItem, Scalar, block, flow
from platctl.finding import Span
from platctl.record import record
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import Document, ParsedFile, parse_file
from platctl.source.yaml.scalars import Float


@record
class Edit:
    """The new bytes of a file, and the place of the changed item."""

    file: SourceFile
    data: bytes
    span: Span

    @property
    def lines(self) -> list[str]:
        """The lines of the changed item."""
        text = parse_file(SourceFile(self.file.path, self.data)).text
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines[self.span.line - 1 : self.span.end_line]


def append(file: SourceFile, index: int, field: str, item: ListItem) -> Edit:
    """Append an item to a list in the file's document `index`; a missing list is created.

    Raises SourceError, which tells what to write by hand, if that can't be done without changing anything else.
    """
    before = _read(file)
    values = [each.value for each in before.documents]
    entity = values[index]
    items = entity.get(field) if isinstance(entity, dict) else entity
    by_hand = f"add `- {flow(item)}` to its `{field}`"
    if not isinstance(entity, dict) or not isinstance(items, list | None):
        raise _given_up(file, before.documents[index].span((field,)), by_hand)
    values[index] = {**entity, field: [*(items or ()), _value(item)]}
    document, others = before.documents[index], before.documents
    splices = lists.append(document, others, field, item)
    return _checked(file, document, splices, values, (field, len(items or ())), by_hand)


def amend(file: SourceFile, index: int, field: str, at: int, item: ListItem) -> Edit:
    """Change the mapping at position `at` of a list to the entries of `item`; unchanged entries are not touched.

    Raises SourceError like `append`.
    """
    before = _read(file)
    values = [each.value for each in before.documents]
    document, entity = before.documents[index], values[index]
    items = entity.get(field) if isinstance(entity, dict) else None
    old = items[at] if isinstance(items, list) and at < len(items) else None
    by_hand = f"write `{', '.join(block(item))}` there"
    if not isinstance(entity, dict) or not isinstance(items, list) or not isinstance(old, dict):
        raise _given_up(file, document.span((field, at)), by_hand)
    values[index] = {**entity, field: [*items[:at], _value(item), *items[at + 1 :]]}
    return _checked(file, document, mappings.amend(document, (field, at), old, item), values, (field, at), by_hand)


def put(file: SourceFile, index: int, route: Route, value: Scalar, order: Sequence[str] = ()) -> Edit | None:
    """Set the value at `route` in the file's document `index`; None if it already has this value.

    Missing mappings and lists on the route are created; an item may be appended to a list. A new field is placed
    after those before it in `order`. Raises SourceError like `append`.
    """
    before = _read(file)
    values, document = [each.value for each in before.documents], before.documents[index]
    old = values[index]
    values[index] = with_value(old, route, value.value)
    if _same(old, values[index]):
        return None
    by_hand = f"write `{shown(route)}: {value.written(flow=True)}`"
    return _checked(file, document, fields.put(document, before.documents, route, value, order), values, route, by_hand)


@record
class Respelling:
    """Another text for the scalar at `route` of a document, or with `is_key` for the last key of the route."""

    index: int
    route: Route
    text: str
    is_key: bool = False


def respell(file: SourceFile, respellings: Iterable[Respelling]) -> Edit | None:
    """Write other texts in place of several scalars; None if all have these texts already.

    Its span is that of the first. Raises SourceError like `append`.
    """
    before = _read(file)
    values, splices, changed = [each.value for each in before.documents], list[Splice](), list[Respelling]()
    for each in respellings:
        document = before.documents[each.index]
        new = (with_key if each.is_key else with_value)(values[each.index], each.route, each.text)
        if not _same(values[each.index], new):
            values[each.index], changed = new, [*changed, each]
            splices += fields.respell(document, each.route, Scalar(each.text), is_key=each.is_key)
    if not changed:
        return None
    first = changed[0]
    by_hand = ", ".join(f"write `{each.text}` at `{shown(each.route)}`" for each in changed[:3])
    route = (*first.route[:-1], first.text) if first.is_key else first.route
    return _checked(file, before.documents[first.index], splices, values, route, by_hand)


def take(file: SourceFile, index: int, route: Route) -> Edit | None:
    """Remove the value at `route`; None if there is none.

    Mappings and lists that would be empty are removed, too. Raises SourceError like `append`.
    """
    before = _read(file)
    values, document = [each.value for each in before.documents], before.documents[index]
    if not is_there(values[index], route):
        return None
    while len(route) > 1 and count(values[index], route[:-1]) == 1:
        route = route[:-1]
    values[index] = without(values[index], route)
    by_hand = f"remove `{shown(route)}`"
    return _checked(file, document, fields.take(document, route), values, route, by_hand)


def _read(file: SourceFile) -> ParsedFile:
    parsed = parse_file(file)
    if not parsed.complete:
        first = next((str(each.span) for each in parsed.findings if each.span), file.path)
        raise SourceError(
            f"`{file.path}` can't be changed: a part of it can't be read ({first})",
            "fix what `platctl validate` reports about it first",
        )
    return parsed


def _value(item: ListItem) -> dict[str, object]:
    return {entry.name: entry.text for entry in item}


def _checked(
    file: SourceFile,
    document: Document,
    splices: Sequence[Splice],
    values: Sequence[object],
    route: tuple[str | int, ...],
    by_hand: str,
) -> Edit:
    """The edit, if the edited file has exactly these values."""
    data = _spliced(file.data, document.text.characters, splices)
    after = parse_file(SourceFile(file.path, data)) if data is not None else None
    if data is None or after is None or not after.complete or not _same([d.value for d in after.documents], values):
        raise _given_up(file, document.span(route[:1]), by_hand)
    return Edit(file, data, after.documents[document.index].span(route))


def _given_up(file: SourceFile, span: Span, by_hand: str) -> SourceError:
    message = f"`{file.path}` was not changed: line {span.line} can't be edited without changing something else"
    return SourceError(message, f"edit the file by hand: {by_hand}")


def _spliced(data: bytes, characters: str, splices: Iterable[Splice]) -> bytes | None:
    """The bytes with these ranges of characters replaced; None if they overlap, or if there are none."""
    ordered = sorted(splices, key=lambda each: (each.start, each.end))
    if not ordered or any(one.end > other.start for one, other in pairwise(ordered)):
        return None
    # `characters` lacks the byte order mark, and its replacements for disallowed characters may have other bytes.
    text = data.decode("utf-8")
    shift = len(text) - len(characters)
    pieces, done = [], 0
    for splice in ordered:
        pieces += [text[done : splice.start + shift], splice.new]
        done = splice.end + shift
    return "".join([*pieces, text[done:]]).encode()


def _same(one: object, other: object) -> bool:
    """Whether two values are equal, and differ neither as 1 and true nor as 2.10 and 2.1."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Float) and isinstance(other, Float):
        return one.text == other.text
    return one == other
