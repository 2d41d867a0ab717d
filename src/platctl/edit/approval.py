"""Writes a consumer's approval into the document of the initiative that it approves."""

from collections.abc import Iterator

from platctl.edit.edit import Edit, amend, append
from platctl.edit.yaml_text import ListItem, NamedText
from platctl.model.approval_digest import digest, is_digest_of
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Approval, Initiative
from platctl.model.model import Model
from platctl.record import record
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.document import Document

_FIELD = "approvals"


@record
class Yes:
    """Who approves, the day (if it is to be recorded), and the conditions."""

    by: str
    on: Date | None = None
    note: str | None = None


def approve(model: Model, file: SourceFile, initiative: Initiative, consumer: Consumer, yes: Yes) -> Edit | None:
    """The edit of the initiative's file; None if the same person's approval exists and is still valid.

    A lapsed approval is renewed in place: its day is removed unless a new one is given, and its note is kept unless
    there is a new one. Raises SourceError if there is nothing to approve, or if the initiative could not be read
    completely.
    """
    document = _document(model, initiative)
    if not initiative.changes:
        raise SourceError(f"{initiative.ref} has no `changes`, so there is nothing to approve", "add `changes` first")
    earlier = list(_earlier(model, initiative, consumer, yes.by))
    if any(each.digest and is_digest_of(each.digest, model, initiative) for _, each in earlier):
        return None
    index, now = document.index, digest(model, initiative)
    if earlier:
        at, lapsed = earlier[-1]
        written = _text(document.value, at, "consumer"), _text(document.value, at, "by")
        return amend(file, index, _FIELD, at, _entry(*written, now, yes.on, yes.note or lapsed.note))
    return append(file, index, _FIELD, _entry(name_in(consumer, initiative), yes.by, now, yes.on, yes.note))


def _document(model: Model, initiative: Initiative) -> Document:
    """The initiative's document, if it and its file could be read completely."""
    placement = model.documents[initiative.ref]
    document = placement.document
    left_out = sorted((route for route in placement.removed if not str(route[0]).startswith("x-")), key=str)
    if left_out or not model.files[document.path].complete:
        where = document.span(left_out[0]) if left_out else document.path
        raise SourceError(
            f"{initiative.ref} can't be approved: a part of its file can't be read ({where})",
            "fix what `platctl validate` reports about it first",
        )
    return document


def name_in(target: Entity, writer: Entity) -> str:
    """The shortest reference to an entity of a known kind, as written in another entity."""
    if target.ref.namespace == writer.ref.namespace:
        return target.id
    return f"{target.namespace}/{target.id}"


def _earlier(model: Model, initiative: Initiative, consumer: Consumer, by: str) -> Iterator[tuple[int, Approval]]:
    """Earlier approvals of the same person for the consumer, with their position in the list."""
    for at, approval in enumerate(initiative.approvals):
        if model.canonical(approval.consumer) == consumer.ref and _folded(approval.by) == _folded(by):
            yield at, approval


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _entry(consumer: str, by: str, now: str, on: Date | None, note: str | None) -> ListItem:
    dated = (NamedText("on", on.isoformat()),) if on else ()
    noted = (NamedText("note", note),) if note else ()
    return (NamedText("consumer", consumer), NamedText("by", by), *dated, NamedText("digest", now, quoted=True), *noted)


def _text(value: object, at: int, name: str) -> str:
    """The text of a field of an approval as written in the file."""
    assert isinstance(value, dict)  # noqa: S101  it was read as an entity
    return str(value[_FIELD][at][name])
