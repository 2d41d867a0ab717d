"""Sets a field of an entity to a typed text, as a number or text depending on the field."""

from collections.abc import Iterable
from dataclasses import replace

from platctl.edit.edit import Edit, put, take
from platctl.edit.route import child, resolved, steps
from platctl.edit.yaml_text import Scalar
from platctl.model.entity.kinds import KINDS
from platctl.model.load import load_file
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.document import Document, Route
from platctl.source.yaml.parse import parse_file
from platctl.source.yaml.scalars import plain


def set_field(file: SourceFile, index: int, field: str, text: str) -> Edit | None:
    """The edit that sets `field` of the file's document `index` to `text`; None if it already has that value.

    What looks like a number or boolean becomes one, unless the field accepts only text, or is in quotes now. Raises
    SourceError like `edit.put`, and if `field` is not a field.
    """
    document = _document(file, index)
    route = resolved(document.value, steps(field))
    edits = [put(file, index, route, value, _order(document)) for value in _meant(document, route, text)]
    if None in edits:
        return None
    return min((each for each in edits if each), key=_misfits)


def set_fields(file: SourceFile, index: int, values: Iterable[tuple[str, str]]) -> Edit | None:
    """One edit that sets several fields; None if they have these values already. Raises SourceError like `set_field`.

    Its span is that of the last field.
    """
    edit, now = None, file
    for field, text in values:
        if step := set_field(now, index, field, text):
            edit, now = step, SourceFile(file.path, step.data)
    return replace(edit, file=file) if edit else None


def unset_field(file: SourceFile, index: int, field: str) -> Edit | None:
    """The edit that removes a field; None if it is not there. Raises SourceError like `set_field`."""
    return take(file, index, resolved(_document(file, index).value, steps(field)))


def _document(file: SourceFile, index: int) -> Document:
    documents = parse_file(file).documents
    if index >= len(documents):
        raise SourceError(f"`{file.path}` has changed since it was read", "run the command again")
    return documents[index]


def _meant(document: Document, route: Route, text: str) -> list[Scalar]:
    """The possible values of the text, the most likely first."""
    if plain(text) is None or isinstance(plain(text), str):
        return [Scalar(text)]
    meant = [Scalar(text, is_plain=True), Scalar(text)]
    return meant[::-1] if _is_quoted(document, route) else meant


def _is_quoted(document: Document, route: Route) -> bool:
    value = document.value
    for step in route:
        value = child(value, step)
    return isinstance(value, str) and document.text.characters[document.place(route).start] in "\"'"


def _misfits(edit: Edit) -> int:
    return len(load_file(parse_file(SourceFile(edit.file.path, edit.data))).findings)


def _order(document: Document) -> tuple[str, ...]:
    """The fields of the document's kind, in the order of the model."""
    name = document.value.get("kind") if isinstance(document.value, dict) else None
    return order_of(name) if isinstance(name, str) else ()


def order_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind, in the order of the model; none if there is no such kind."""
    fields = KINDS[kind].all_fields if kind in KINDS else {}
    return tuple(info.key for name, info in fields.items())
