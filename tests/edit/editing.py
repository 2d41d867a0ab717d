"""Editing in one line, on texts."""

from platctl.edit.edit import Edit, amend, append, put, take
from platctl.edit.route import resolved, steps
from platctl.edit.set_field import set_field
from platctl.edit.yaml_text import ListItem, NamedText, Scalar
from platctl.source.tree import SourceFile
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import parse_file

YES: ListItem = (NamedText("consumer", "tv"), NamedText("by", "Ana Ruiz"))
ORDER = ("kind", "id", "title", "owner")


def appended(before: str | bytes, item: ListItem = YES, *, index: int = 0, field: str = "approvals") -> str:
    """The text with the item put at the end of a list."""
    return edit(before, item, index=index, field=field).data.decode()


def edit(before: str | bytes, item: ListItem = YES, *, index: int = 0, field: str = "approvals") -> Edit:
    """The same with all that is known about it."""
    return append(_file(before), index, field, item)


def amended(before: str | bytes, *, at: int = 0, field: str = "approvals", **entries: str) -> str:
    """The text with an item of a list made to say these entries."""
    item = tuple(NamedText(name, text) for name, text in entries.items())
    return amend(_file(before), 0, field, at, item).data.decode()


def _file(content: str | bytes) -> SourceFile:
    return SourceFile("plan.yaml", content if isinstance(content, bytes) else content.encode())


def said(before: str, field: str, value: str, *, index: int = 0, typed: bool = False) -> str | None:
    """The text in which a field says a text, or what was typed; None if it does so already."""
    file = _file(before)
    if typed:
        found = set_field(file, index, field, value)
    else:
        found = put(file, index, _route(file, index, field), Scalar(value), ORDER)
    return found.data.decode() if found else None


def left(before: str, field: str) -> str | None:
    """The text without a field; None if it has none."""
    file = _file(before)
    found = take(file, 0, _route(file, 0, field))
    return found.data.decode() if found else None


def _route(file: SourceFile, index: int, field: str) -> Route:
    return resolved(parse_file(file).documents[index].value, steps(field))
