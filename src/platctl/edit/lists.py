"""Appends an item to a list, in the style of the list and of its file."""

from collections.abc import Iterable

from platctl.edit.layout import Layout, Splice
from platctl.edit.mappings import after_part
from platctl.edit.yaml_text import ListItem, block, flow, scalar
from platctl.source.yaml.document import Document
from platctl.source.yaml.places import Place


def append(document: Document, others: Iterable[Document], field: str, item: ListItem) -> list[Splice]:
    """The splices that append the item to the list of this name; none if that can't be done.

    A missing or empty list is created with dashes indented like those of other lists in the file.
    """
    sheet, root = Layout(document.text), document.place()
    in_flow = sheet.is_flow(root)
    json = in_flow and sheet.characters.startswith('"', _first_key(root).start)
    if field not in root.parts:
        if in_flow:
            return _new_in_flow(sheet, root, f"{scalar(field, quoted=json)}: [{flow(item, json=json)}]")
        return _new_below(sheet, root, [f"{field}:", *_fresh(sheet, document, others, item)])
    key, items = root.parts[field]
    if sheet.is_alias(items):
        return []
    if not items.parts and not in_flow:
        return _begin(sheet, key, items, _fresh(sheet, document, others, item)) or _in_brackets(sheet, items, item)
    if sheet.is_flow(items):
        return _in_brackets(sheet, items, item, json=json)
    return _below_items(sheet, key, items, item)


def _first_key(mapping: Place) -> Place:
    return next(iter(mapping.parts.values()))[0]


def _new_in_flow(sheet: Layout, root: Place, text: str) -> list[Splice]:
    last_key, last = list(root.parts.values())[-1]
    return after_part(sheet, last_key.start, last.end, text)


def _new_below(sheet: Layout, root: Place, lines: list[str]) -> list[Splice]:
    column = sheet.column(_first_key(root).start)
    return [sheet.lines(sheet.below(root, column), column, lines)]


def _fresh(sheet: Layout, document: Document, others: Iterable[Document], item: ListItem) -> list[str]:
    """The lines of a list that starts with this item, below a key in the first column."""
    return _dashed("- ", item, sheet.indentation(document, others))


def _dashed(dash: str, item: ListItem, column: int) -> list[str]:
    first, *more = block(item)
    return [" " * column + dash + first, *(" " * (column + len(dash)) + line for line in more)]


def _begin(sheet: Layout, key: Place, items: Place, lines: list[str]) -> list[Splice]:
    """The splices that add a first item below a key with `[]` or no value; none if there is other text."""
    before = sheet.characters[: items.start].rstrip()
    written = sheet.characters[items.start : items.end]
    if not before.endswith(":") or written.strip("[] "):
        return []
    column = sheet.column(key.start)
    below = sheet.lines(sheet.below(items, column), column, lines)
    return [Splice(len(before), items.end, ""), below] if written else [below]


def _in_brackets(sheet: Layout, items: Place, item: ListItem, *, json: bool = False) -> list[Splice]:
    text = flow(item, json=json)
    if not sheet.is_flow(items):
        return []
    if items.parts:
        last = items.parts[len(items.parts) - 1][1]
        return after_part(sheet, last.start, last.end, text)
    return [Splice(items.start + 1, items.start + 1, text)]


def _below_items(sheet: Layout, key: Place, items: Place, item: ListItem) -> list[Splice]:
    lines = _dashed(sheet.dash(items), item, 0)
    at = sheet.below(items, sheet.column(key.start))
    return [sheet.lines(at, sheet.column(items.start), ["", *lines] if sheet.are_apart(items) else lines)]
