"""Editing in one line, on texts."""

from platctl.edit.edit import Edit, amend, append
from platctl.edit.item import Entry, Item
from platctl.source.tree import SourceFile

YES: Item = (Entry("consumer", "tv"), Entry("by", "Ana Ruiz"))


def appended(before: str | bytes, item: Item = YES, *, index: int = 0, field: str = "approvals") -> str:
    """The text with the item put at the end of a list."""
    return edit(before, item, index=index, field=field).data.decode()


def edit(before: str | bytes, item: Item = YES, *, index: int = 0, field: str = "approvals") -> Edit:
    """The same with all that is known about it."""
    return append(_file(before), index, field, item)


def amended(before: str | bytes, *, at: int = 0, field: str = "approvals", **entries: str) -> str:
    """The text with an item of a list made to say these entries."""
    item = tuple(Entry(name, text) for name, text in entries.items())
    return amend(_file(before), 0, field, at, item).data.decode()


def _file(content: str | bytes) -> SourceFile:
    return SourceFile("plan.yaml", content if isinstance(content, bytes) else content.encode())
