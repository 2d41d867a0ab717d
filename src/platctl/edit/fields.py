"""Sets or removes a single value in a document, at any depth."""

from collections.abc import Iterable, Sequence

from platctl.edit.layout import Layout, Splice
from platctl.edit.mappings import after_part
from platctl.edit.yaml_text import Scalar, scalar
from platctl.source.yaml.document import Document, Route
from platctl.source.yaml.places import Place
from platctl.source.yaml.scalars import key_name


def put(
    document: Document, others: Iterable[Document], route: Route, value: Scalar, order: Sequence[str] = ()
) -> list[Splice]:
    """The splices that set the value at `route`; none if that can't be done.

    Missing parts of the route are created. A new field of the document is placed after those before it in `order`.
    """
    sheet, key, place, in_flow = Layout(document.text), document.place(), document.place(), False
    for depth, step in enumerate(route):
        if sheet.is_alias(place):
            return []
        in_flow |= sheet.is_flow(place)
        part = _part(place, step)
        if part is None:
            new = _New(sheet, route[depth:], value, sheet.indentation(document, others))
            return new.in_mapping_or_list(key, place, in_flow=in_flow, order=() if depth else order)
        key, place = part
    return _replaced(sheet, place, value, in_flow=in_flow)


def _part(place: Place, step: str | int) -> tuple[Place, Place] | None:
    return place.parts.get(key_name(step) if isinstance(step, str) else step)


def _replaced(sheet: Layout, place: Place, value: Scalar, *, in_flow: bool) -> list[Splice]:
    old = sheet.characters[place.start : place.end]
    new = value.written(like=old[:1], flow=in_flow)
    if old[:1] in ("|", ">"):
        head = old.splitlines()[0]
        new += f"  {head[head.index('#') :]}" if "#" in head else ""
    return [Splice(place.start, place.end, new if old else f" {new}")]


class _New:
    """Something that does not exist yet: the rest of a route, with a value at its end."""

    def __init__(self, sheet: Layout, rest: Route, value: Scalar, indentation: int) -> None:
        self._sheet, self._rest, self._value, self._indentation = sheet, rest, value, indentation

    def in_mapping_or_list(self, key: Place, place: Place, *, in_flow: bool, order: Sequence[str]) -> list[Splice]:
        """The splices that add it to the value at `place`, whose key is at `key`."""
        sheet = self._sheet
        if not place.parts:
            return self._begun(key, place, in_flow=in_flow)
        last_key, last = list(place.parts.values())[-1]
        if sheet.is_flow(place):
            json = sheet.characters.startswith('"', last_key.start)
            return after_part(sheet, last_key.start, last.end, self._flow(self._rest, json=json))
        if last_key is last:
            at, column, lines = (
                sheet.below(place, sheet.column(key.start)),
                sheet.column(place.start),
                self._items(place),
            )
            return [sheet.lines(at, column, lines)]
        column = sheet.column(last_key.start)
        return [sheet.lines(sheet.below(_before(place, self._rest[0], order), column), column, self._block(self._rest))]

    def _begun(self, key: Place, place: Place, *, in_flow: bool) -> list[Splice]:
        """The splices that add a first entry or item to an empty value; none if the value has other text."""
        sheet = self._sheet
        written = sheet.characters[place.start : place.end]
        if written.strip("[]{} "):
            return []
        if in_flow or not sheet.characters[: place.start].rstrip().endswith(":"):
            text = self._between(self._rest)
            return [Splice(place.start, place.end, text if written else f" {text}")]
        column = sheet.column(key.start)
        indented = " " * self._step(self._rest)
        return [sheet.lines(sheet.below(place, column), column, [indented + each for each in self._block(self._rest)])]

    def _items(self, items: Place) -> list[str]:
        dash = self._sheet.dash(items)
        lines = self._block(self._rest, dash)
        return ["", *lines] if self._sheet.are_apart(items) else lines

    def _step(self, rest: Route) -> int:
        """The indentation of a value relative to its key."""
        return self._indentation if isinstance(rest[0], int) else 2

    def _block(self, rest: Route, dash: str = "- ") -> list[str]:
        """The text as lines below a key."""
        step, more = rest[0], rest[1:]
        name = dash if isinstance(step, int) else f"{scalar(step)}:"
        if not more:
            return [f"{name}{'' if isinstance(step, int) else ' '}{self._value.written()}"]
        lines = self._block(more)
        if isinstance(step, int):
            return [name + lines[0], *(" " * len(name) + line for line in lines[1:])]
        return [name, *(" " * self._step(more) + line for line in lines)]

    def _flow(self, rest: Route, *, json: bool = False) -> str:
        """The text as an entry or item between brackets."""
        step, more = rest[0], rest[1:]
        like = '"' if json else ""
        text = self._between(more, json=json) if more else self._value.written(like=like, flow=True)
        return text if isinstance(step, int) else f"{scalar(step, quoted=json, flow=True)}: {text}"

    def _between(self, rest: Route, *, json: bool = False) -> str:
        opening, closing = "[]" if isinstance(rest[0], int) else "{}"
        return f"{opening}{self._flow(rest, json=json)}{closing}"


def _before(mapping: Place, name: str | int, order: Sequence[str]) -> Place:
    """The value after which a new entry is placed: the last one of those before it in `order`, or of all."""
    known = order[: order.index(str(name))] if name in order else ()
    values = [value for each, (_, value) in mapping.parts.items() if each in known]
    return values[-1] if values else list(mapping.parts.values())[-1][1]


def respell(document: Document, route: Route, value: Scalar, *, is_key: bool) -> list[Splice]:
    """The splices that write another scalar at `route`, or another last key; none if that can't be done."""
    sheet, key, place, in_flow = Layout(document.text), document.place(), document.place(), False
    for step in route:
        part = _part(place, step)
        if part is None or sheet.is_alias(place):
            return []
        in_flow |= sheet.is_flow(place)
        key, place = part
    return _replaced(sheet, key if is_key else place, value, in_flow=in_flow)


def take(document: Document, route: Route) -> list[Splice]:
    """The splices that remove the value at `route`, if it has siblings; none if that can't be done."""
    sheet, place = Layout(document.text), document.place(route[:-1])
    part = _part(place, route[-1])
    if part is None or sheet.is_alias(place) or len(place.parts) < 2:
        return []
    parts = list(place.parts.values())
    at = parts.index(part)
    key, value = part
    if sheet.is_flow(place):
        splice = Splice(parts[at - 1][1].end, value.end, "") if at else Splice(key.start, parts[1][0].start, "")
        between = sheet.characters[splice.start : key.start] + sheet.characters[value.end : splice.end]
        return [] if "#" in between else [splice]
    start = _dash_before(sheet, value) if key is value else key.start
    if start is None:
        return []
    if sheet.begins_line(start):
        return [_without_lines(sheet, start, value)]
    # The first entry of a list item is after the dash.
    between = sheet.characters[value.end : parts[1][0].start]
    return [] if at or key is value or "#" in between else [Splice(key.start, parts[1][0].start, "")]


def _dash_before(sheet: Layout, item: Place) -> int | None:
    before = sheet.characters[: item.start].rstrip()
    return len(before) - 1 if before.endswith("-") else None


def _without_lines(sheet: Layout, start: int, value: Place) -> Splice:
    """The splice that removes whole lines; for a block, with the comments indented below it."""
    column = sheet.column(start)
    end = sheet.below(value, column) if _is_block(sheet, value) else sheet.text.line_end(value.end)
    first = sheet.text.line_start(start)
    if first:
        return Splice(sheet.line_before(start), end, "")
    found = sheet.characters[end : end + 2]
    return Splice(0, end + (2 if found == "\r\n" else len(found[:1])), "")


def _is_block(sheet: Layout, value: Place) -> bool:
    """Whether it is on separate lines, below its key."""
    if sheet.is_alias(value):
        return False
    is_text = sheet.characters[value.start : value.start + 1] in ("|", ">")
    return is_text or (bool(value.parts) and not sheet.is_flow(value))
