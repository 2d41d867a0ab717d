"""Rules about the spelling of references."""

import re
from collections.abc import Iterable, Iterator

from platctl.finding import Finding, Severity
from platctl.model.entity.component import Component
from platctl.model.entity.entity import Entity
from platctl.model.model import Model, Reference
from platctl.model.placement import fields
from platctl.rules.context import Context
from platctl.rules.rule import rule


@rule(
    "reference-case",
    Severity.INFO,
    "A reference with different capitalisation than the id",
    example="""
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [Identity]
    """,
    fix="""
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [identity]
    """,
)
def reference_case(context: Context) -> Iterator[Finding]:
    """Reports a reference whose capitalisation differs from the id of the entity.

    References are compared in lower case, so it works; but a search for the id does not find it.
    """
    for reference, text in _texts(context.model):
        entity = context.model.get(reference.target)
        if entity is None or text == entity.id or _is_exact(text, entity, reference.interface):
            continue
        spelled = _respelled(text, entity)
        if spelled != text:
            labels = [context.label(entity.ref, "spelled like this here")]
            help_ = f"use `{spelled}`"
            yield reference_case.finding(
                f"`{text}` is spelled `{spelled}` where it is defined",
                reference.span(context.model),
                help_,
                labels,
                about=fields(reference.route),
            )


def _texts(model: Model) -> Iterator[tuple[Reference, str]]:
    """Every reference with its text as written."""
    source, value = None, None
    for reference in model.written_references():
        if reference.source != source:
            source, placement = reference.source, model.documents[reference.source]
            value = placement.document.value
            if placement.removed and isinstance(value, dict):
                value = placement.pruned(value)
        text = _text(value, reference.route)
        if text is not None:
            yield reference, text


def _text(value: object, route: Iterable[str | int]) -> str | None:
    """The text at a route, or of the short form on the way to it; the key if the route ends at one."""
    last: str | int = ""
    for last in route:
        if isinstance(value, dict):
            value = value.get(last)
        elif isinstance(value, list) and isinstance(last, int):
            value = value[last]
    if isinstance(value, str):
        return value
    return last if isinstance(last, str) else None


def _is_exact(text: str, entity: Entity, interface: str | None) -> bool:
    """Whether an interface is named as it is where it is defined, as most are."""
    if not interface or not isinstance(entity, Component) or text != f"{entity.id}#{interface}":
        return False
    return any(each.id == interface for each in entity.interfaces)


_WRITTEN = re.compile(r"(?:([^:/#]+):)?(?:([^/#]+)/)?([^#]+)(?:#(.+))?")


def _respelled(text: str, entity: Entity) -> str:
    """The same reference in the spelling of its target."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return text
    kind, namespace, id_, interface = match.groups()
    interfaces = [each.id for each in entity.interfaces] if isinstance(entity, Component) else []
    return "".join(
        (
            f"{kind.lower()}:" if kind else "",
            f"{_like(namespace, [entity.namespace])}/" if namespace else "",
            _like(id_, [entity.id, *(alias.rpartition("/")[2] for alias in entity.aliases)]),
            f"#{_like(interface, interfaces)}" if interface else "",
        )
    )


def _like(text: str, spellings: Iterable[str]) -> str:
    return next((each for each in spellings if each.lower() == text.lower()), text)
