"""Entities by the names that people use: id and title."""

from collections.abc import Iterable

from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record


@record
class Named:
    """An entity with its id as written and its title."""

    ref: Ref
    id: str
    title: str | None = None

    @property
    def label(self) -> str:
        return self.title or self.id

    @property
    def label_with_id(self) -> str:
        """`Television app (tv-app)`, for a reader who may need to type the id."""
        return with_id(self.title, self.id)


class Spelling(str):
    """A reference as people type it, such as `identity#rest`. `shown` adds the titles: `Identity (identity#rest)`;
    `label` is the title of the entity alone.
    """

    __slots__ = ("label", "shown")
    label: str
    shown: str

    def __new__(cls, typed: str, shown: str = "", label: str = "") -> "Spelling":
        spelling = super().__new__(cls, typed)
        spelling.shown, spelling.label = shown or typed, label or typed
        return spelling


def named(model: Model, ref: Ref) -> Named:
    """The names of an entity; if it does not exist, those of the reference."""
    entity = model.get(ref)
    return Named(ref, entity.name, entity.title) if entity else Named(ref, ref.name)


def with_id(title: str | None, id_: str) -> str:
    """A title with the id in parentheses; the id alone where there is no other title."""
    return f"{title} ({id_})" if title and title != id_ else id_


def name_of(model: Model, component: Ref, interface: str | None) -> Spelling:
    """A component, or an interface of it, as its author spells it: `identity#rest`."""
    found = named(model, component)
    typed = f"{found.id}#{interface}" if interface else found.id
    return Spelling(typed, with_id(found.title, typed), found.label)


def all_named(model: Model, refs: Iterable[Ref]) -> tuple[Named, ...]:
    """Entities by their current names, without duplicates."""
    return tuple(named(model, ref) for ref in model.canonical_all(refs))
