"""Changes the entries of one mapping one by one, so that unchanged entries stay as written."""

from platctl.edit.layout import Layout, Splice
from platctl.edit.yaml_text import ListItem, NamedText, scalar
from platctl.source.yaml.document import Document
from platctl.source.yaml.places import Place


def after_part(sheet: Layout, start: int, end: int, text: str) -> list[Splice]:
    """One more part between brackets, after the one from `start` to `end`: on a separate line if that one is."""
    comma = sheet.comma_after(end)
    behind = comma or end
    if not sheet.begins_line(start) or not sheet.ends_line(behind):
        return [Splice(end, end, f", {text}")]
    line = sheet.lines(sheet.text.line_end(behind), sheet.column(start), [f"{text}," if comma else text])
    return [line] if comma else [Splice(end, end, ","), line]


def amend(document: Document, route: tuple[str | int, ...], old: dict[str, object], new: ListItem) -> list[Splice]:
    """The splices that give the mapping at `route` exactly the entries of `new`; none if that can't be done.

    New entries are placed after the one before them in `new`.
    """
    sheet, mapping = Layout(document.text), document.place(route)
    if sheet.is_alias(mapping) or new[0].name not in mapping.parts:
        return []
    changed = [
        _with_text(sheet, mapping, entry)
        for entry in new
        if entry.name in mapping.parts and old[entry.name] != entry.text
    ]
    names = {entry.name for entry in new}
    gone = [_without(sheet, mapping, name) for name in mapping.parts if name not in names]
    added = [splice for name, entries in _additions(mapping, new) for splice in _added(sheet, mapping, name, entries)]
    return [*changed, *gone, *added]


def _additions(mapping: Place, new: ListItem) -> list[tuple[str, list[NamedText]]]:
    """The new entries, by the existing one that they follow."""
    groups: list[tuple[str, list[NamedText]]] = []
    for entry in new:
        if entry.name in mapping.parts:
            groups.append((entry.name, []))
        else:
            groups[-1][1].append(entry)
    return [group for group in groups if group[1]]


def _added(sheet: Layout, mapping: Place, name: str, entries: list[NamedText]) -> list[Splice]:
    key, value = mapping.parts[name]
    if sheet.is_flow(mapping):
        json = sheet.characters.startswith('"', key.start)
        return after_part(sheet, key.start, value.end, ", ".join(entry.flow(json=json) for entry in entries))
    column = sheet.column(key.start)
    return [sheet.lines(sheet.below(value, column), column, [entry.block() for entry in entries])]


def _with_text(sheet: Layout, mapping: Place, entry: NamedText) -> Splice:
    value = mapping.parts[entry.name][1]
    quoted = entry.quoted or sheet.characters.startswith('"', value.start)
    text = scalar(entry.text, quoted=quoted, flow=sheet.is_flow(mapping))
    return Splice(value.start, value.end, text if value.end > value.start else f" {text}")


def _without(sheet: Layout, mapping: Place, name: str | int) -> Splice:
    """The splice that removes an entry: in block style with its line, in flow style with the comma before it."""
    names = list(mapping.parts)
    index = names.index(name)
    key, value = mapping.parts[name]
    if index == 0:
        return Splice(key.start, mapping.parts[names[1]][0].start, "")
    if sheet.is_flow(mapping):
        return Splice(mapping.parts[names[index - 1]][1].end, value.end, "")
    return Splice(sheet.line_before(key.start), sheet.text.line_end(value.end), "")
