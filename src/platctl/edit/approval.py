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
    """Who agrees, when (if that is to be written down), and under which condition."""

    by: str
    on: Date | None = None
    note: str | None = None


def approve(model: Model, file: SourceFile, initiative: Initiative, consumer: Consumer, yes: Yes) -> Edit | None:
    """The edit of the initiative's file; None if the same person's approval is there and still holds.

    One that has lapsed is renewed where it stands: it loses the day on which it was given, and keeps its note unless
    there is a new one. Raises SourceError if there is nothing to approve, or if the initiative is not read completely.
    """
    document = _document(model, initiative)
    if not initiative.changes:
        raise SourceError(f"{initiative.ref} changes nothing, so there is nothing to approve", "it has no `changes`")
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
    """The initiative's document, if nothing in it or in its file was left out."""
    placement = model.documents[initiative.ref]
    document = placement.document
    left_out = sorted((route for route in placement.removed if not str(route[0]).startswith("x-")), key=str)
    if left_out or not model.files[document.path].complete:
        where = document.span(left_out[0]) if left_out else document.path
        raise SourceError(
            f"{initiative.ref} can't be approved: not all of its file can be read ({where})",
            "mend what `platctl validate` says of it first",
        )
    return document


def name_in(target: Entity, writer: Entity) -> str:
    """The shortest reference to an entity of a known kind from where another one is written."""
    if target.ref.namespace == writer.ref.namespace:
        return target.id
    return f"{target.namespace}/{target.id}"


def _earlier(model: Model, initiative: Initiative, consumer: Consumer, by: str) -> Iterator[tuple[int, Approval]]:
    """What the same person has approved for the consumer, with its place in the list."""
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
    """What stands in the file for a field of an approval, which is known to be text."""
    assert isinstance(value, dict)  # noqa: S101  it was read as an entity
    return str(value[_FIELD][at][name])
