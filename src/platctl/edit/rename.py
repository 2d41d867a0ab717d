"""Gives an entity another id or namespace: its former name becomes an alias, and references can follow."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from platctl.edit.edit import Edit, Respelling, put, respell, take
from platctl.edit.set_field import order_of
from platctl.edit.yaml_text import Scalar
from platctl.model.entity.entity import Entity
from platctl.model.model import Model, Reference
from platctl.model.ref import DEFAULT_NAMESPACE, Ref
from platctl.record import record
from platctl.source.tree import SourceFile


@record
class NewName:
    """An id and a namespace, as they will be written."""

    id: str
    namespace: str

    def ref(self, kind: str) -> Ref:
        """The reference to an entity of this name."""
        return Ref(kind, self.namespace.lower(), self.id.lower())


def references_to(model: Model, ref: Ref) -> list[Reference]:
    """The references to an entity by any of its names, in the order of its model."""
    return [each for each in model.written_references() if model.canonical(each.target) == ref]


def rename(
    model: Model, files: Iterable[SourceFile], ref: Ref, new: NewName, references: Iterable[Reference]
) -> tuple[Edit, ...]:
    """The edits of all files, that of the entity first; `references` to it are written with its new name.

    References of the entity itself that rely on its namespace get the former one. Raises SourceError like `edit.put`.
    """
    entity, contents = model.entities[ref], {file.path: file for file in files}
    own = model.documents[ref]
    found: dict[str, list[Respelling]] = {own.path: []}
    following = {(each.source, each.route): each for each in references}
    for each in following.values():
        if spelled := _spelled(model, each, new, _namespace(model, each.source, ref, new)):
            found.setdefault(model.documents[each.source].path, []).append(spelled)
    if new.namespace.lower() != ref.namespace:
        kept = (each for each in model.written_references() if each.source == ref)
        found[own.path] += _in_former_namespace(model, (k for k in kept if (ref, k.route) not in following), entity)
    file, index = contents[own.path], own.document.index
    first = _named(respell(file, found.pop(own.path)), file, index, entity, new)
    others = (respell(contents[path], spelled) for path, spelled in sorted(found.items()))
    return tuple(each for each in (first, *others) if each)


def _namespace(model: Model, source: Ref, ref: Ref, new: NewName) -> str:
    """The namespace in which an entity will be."""
    return new.namespace if source == ref else model.entities[source].namespace


def _spelled(model: Model, reference: Reference, new: NewName, namespace: str) -> Respelling | None:
    """A reference by the new name, with a kind, and with a namespace if it has one now or needs one."""
    route, text = _written(model, reference)
    kind, colon, rest = _parts(text)
    space, id_ = f"{new.namespace}/", f"{new.id}#{rest.partition('#')[2]}" if "#" in rest else new.id
    needs = "/" in rest or new.namespace.lower() != namespace.lower()
    if needs and reference.route[0] == "effort":
        return None  # such a key has no namespace, and the alias remains
    return _respelling(model, reference, route, f"{kind}{colon}{space if needs else ''}{id_}")


def _in_former_namespace(model: Model, references: Iterable[Reference], entity: Entity) -> Iterator[Respelling]:
    """References, and former names, that mean something in the namespace which the entity leaves."""
    for each in references:
        route, text = _written(model, each)
        kind, colon, rest = _parts(text)
        if "/" not in rest and each.route[0] != "effort":
            yield _respelling(model, each, route, f"{kind}{colon}{entity.namespace}/{rest}")
    for at, alias in enumerate(entity.aliases):
        if "/" not in alias:
            yield Respelling(model.documents[entity.ref].document.index, ("aliases", at), f"{entity.namespace}/{alias}")


def _parts(text: str) -> tuple[str, str, str]:
    """The kind of a reference with its colon, if it has one, and the rest."""
    kind, colon, rest = text.partition(":")
    return (kind, colon, rest) if colon and "/" not in kind else ("", "", text)


def _written(model: Model, reference: Reference) -> tuple[tuple[str | int, ...], str]:
    """The place of a reference in its document, and its text there."""
    placement = model.documents[reference.source]
    route = placement.as_written(reference.route)
    value: object = placement.document.value
    for step in route:
        value = value[step]  # type: ignore[index]  # the route is that of a field which was read
    return route, str(route[-1]) if reference.is_key else str(value)


def _respelling(model: Model, reference: Reference, route: tuple[str | int, ...], text: str) -> Respelling:
    return Respelling(model.documents[reference.source].document.index, route, text, reference.is_key)


def _named(edit: Edit | None, file: SourceFile, index: int, entity: Entity, new: NewName) -> Edit | None:
    """The edit that also writes id, namespace and aliases; None if nothing changes."""
    now = SourceFile(file.path, edit.data) if edit else file
    for step in _steps(now, index, entity, new):
        edit = step
    return replace(edit, file=file) if edit else None


def _steps(now: SourceFile, index: int, entity: Entity, new: NewName) -> Iterator[Edit]:
    former = entity.id if new.namespace.lower() == entity.ref.namespace else entity.full_name
    names = list(entity.alias_refs)
    fields: list[tuple[tuple[str | int, ...], str]] = []
    if new.ref(entity.kind_name) != entity.ref and entity.ref not in names:
        again = new.ref(entity.kind_name)
        at = names.index(again) if again in names else len(names)
        fields.append((("aliases", at), former))
    if new.namespace != entity.namespace and new.namespace != DEFAULT_NAMESPACE:
        fields.append((("namespace",), new.namespace))
    for route, text in (*fields, (("id",), new.id)):
        if edit := put(now, index, route, Scalar(text), order_of(entity.kind_name)):
            yield edit
            now = SourceFile(now.path, edit.data)
    if new.namespace == DEFAULT_NAMESPACE and (edit := take(now, index, ("namespace",))):
        yield edit
