"""Rules about visibility: public and internal entities that depend on restricted ones, or name them."""

import re
from collections.abc import Iterator
from functools import cached_property

from platctl.finding import Finding, Severity
from platctl.model.entity.entity import Entity, Visibility
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.placement import fields
from platctl.model.ref import InterfaceRef, Ref
from platctl.record import record
from platctl.rules.context import Context
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route

_STANDS_ON = ("depends_on", "uses", "changes")


@rule(
    "restricted-dependency",
    Severity.WARNING,
    "A public or internal entity that depends on a restricted one",
    example="""
        kind: component
        id: pricing
        visibility: restricted
        ---
        kind: consumer
        id: shop
        visibility: public
        uses: [pricing]
    """,
    fix="""
        kind: component
        id: pricing
        visibility: internal
        ---
        kind: consumer
        id: shop
        visibility: public
        uses: [pricing]
    """,
)
def restricted_dependency(context: Context) -> Iterator[Finding]:
    """Reports a public or internal entity that depends on, uses or changes a restricted one.

    Most audiences see only the first of the two. Nothing leaks, but what they read is incomplete, such as an end date
    without the work that it depends on. That should be a deliberate choice.
    """
    model = context.model
    for reference in model.references:
        source, target = model.entities[reference.source], model.get(reference.target)
        if (
            reference.route[0] not in _STANDS_ON
            or target is None
            or not _is_open(model, source)
            or _is_open(model, target)
        ):
            continue
        verb = {"uses": "uses", "changes": "changes"}.get(str(reference.route[0]), "depends on")
        named = f"{target.kind_name} `{target.name}`"
        yield restricted_dependency.finding(
            f"{source.kind_name} `{source.name}` is {source.visibility} and {verb} {named}, which is restricted",
            model.at(reference.source, reference.route),
            f"set `visibility: restricted` on `{source.name}`, raise the visibility of `{target.name}`, or accept with "
            f"a waiver that some readers see `{source.name}` without `{target.name}`",
            [context.label(target.ref, "restricted here", "visibility")],
            about=fields(reference.route),
        )


@rule(
    "doubtful-visibility",
    Severity.WARNING,
    "A visibility that is in doubt",
    example="""
        kind: initiative
        id: acme-merger
        proposed_by: Ana
        x-visibility: restricted
    """,
    fix="""
        kind: initiative
        id: acme-merger
        proposed_by: Ana
        visibility: restricted
    """,
)
def doubtful_visibility(context: Context) -> Iterator[Finding]:
    """Reports an entity whose visibility is written twice, misspelt, empty, in a merge key or otherwise in doubt.

    Whatever is told to an audience treats it as restricted, because what is published by mistake can't be taken back.
    """
    for ref, doubt in context.model.doubts.items():
        entity = context.model.entities[ref]
        yield doubtful_visibility.finding(
            f"the visibility of {entity.kind_name} `{entity.name}` is in doubt, so audiences see it as restricted: "
            f"{doubt.why}",
            context.model.at(ref, doubt.route, key=True),
            "write `visibility: public`, `internal` or `restricted` once, and remove what is in doubt",
            about=doubt.why,
        )


@rule(
    "restricted-name",
    Severity.WARNING,
    "A text that names a restricted entity",
    example="""
        kind: initiative
        id: acme-merger
        title: Merge with Acme
        visibility: restricted
        ---
        kind: initiative
        id: passkeys
        visibility: public
        outcome: Sign in with a finger, as soon as acme-merger is done.
    """,
    fix="""
        kind: initiative
        id: acme-merger
        title: Merge with Acme
        visibility: restricted
        ---
        kind: initiative
        id: passkeys
        visibility: public
        outcome: Sign in with a finger.
    """,
)
def restricted_name(context: Context) -> Iterator[Finding]:
    """Reports a text of a public or internal entity that contains the id, a former id or the title of a restricted
    one. Names that are a single short word, and names that a visible entity also has, are not checked.

    References to restricted entities are hidden from those who may not see them, but texts are shown unchanged.
    """
    names = _RestrictedNames(context.model)
    for ref, entity in context.model.entities.items() if names.by_words else ():
        if _is_open(context.model, entity):
            for route, text in _texts(entity):
                for hidden in names.within(text):
                    yield _naming(context, ref, route, hidden)


def _naming(context: Context, ref: Ref, route: Route, hidden: Ref) -> Finding:
    entity, target = context.model.entities[ref], context.model.entities[hidden]
    return restricted_name.finding(
        f"`{fields(route)}` of {entity.kind_name} `{entity.name}`, which is {entity.visibility}, names "
        f"{target.kind_name} `{target.name}`, which is restricted",
        context.model.at(ref, route),
        f"remove the name from the text, or change the `visibility` of `{entity.name}` or `{target.name}`",
        [context.label(hidden, "restricted here", "visibility")],
        about=f"{fields(route)} {hidden}",
    )


def _is_open(model: Model, entity: Entity) -> bool:
    return model.visibility(entity.ref) is not Visibility.RESTRICTED


_Words = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_SHORT = 8
"""A single word with fewer letters is too common to be checked."""
_MOST = 12
"""Only this many words of a longer title are compared."""
_NO_TEXT = frozenset({"kind", "id", "namespace", "aliases", "visibility"})


def _words(text: str) -> _Words:
    return tuple(_WORD.findall(text.lower()))


@record(slots=False)
class _RestrictedNames:
    """The names of restricted entities, by words; the time to search a text depends only on its length."""

    model: Model

    @cached_property
    def by_words(self) -> dict[_Words, Ref]:
        open_ = {
            words for each in self.model.entities.values() if _is_open(self.model, each) for words in _called(each)
        }
        return {
            words: entity.ref
            for entity in self.model.entities.values()
            if not _is_open(self.model, entity)
            for words in _called(entity)
            if words not in open_ and (len(words) > 1 or _is_unmistakable(words[0]))
        }

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(words) for words in self.by_words})

    def within(self, text: str) -> list[Ref]:
        """The restricted entities named in a text, each once."""
        words = _words(text)
        found = (
            self.by_words.get(words[start : start + length]) for start in range(len(words)) for length in self._lengths
        )
        return list(dict.fromkeys(ref for ref in found if ref))


def _called(entity: Entity) -> Iterator[_Words]:
    """The words of an entity's id, former ids and title."""
    for name in (entity.id, *(alias.rpartition("/")[2] for alias in entity.aliases), entity.title or ""):
        if words := _words(name)[:_MOST]:
            yield words


def _is_unmistakable(word: str) -> bool:
    return len(word) >= _SHORT or not word.isalpha()


def _texts(entity: Entity) -> Iterator[tuple[Route, str]]:
    """Every text of an entity with its route."""
    for name, value in entity.__dict__.items():
        if name not in _NO_TEXT:
            yield from _within(value, (name.rstrip("_"),))
    for name, value in entity.extensions.items():
        yield from _within(value, (name,))


def _within(value: object, route: Route) -> Iterator[tuple[Route, str]]:
    match value:
        case str():
            yield route, value
        case Ref() | InterfaceRef():
            return
        case tuple() | list():
            for index, item in enumerate(value):
                yield from _within(item, (*route, index))
        case dict():
            for key, item in value.items():
                yield from _within(item, (*route, str(key)))
        case Part():
            for name, item in value.__dict__.items():
                yield from _within(item, (*route, name.rstrip("_")))
