"""Entities as people know them."""

from collections.abc import Iterable

from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record


@record
class Named:
    """An entity as people know it."""

    ref: Ref
    id: str
    title: str | None = None

    @property
    def label(self) -> str:
        return self.title or self.id

    @property
    def full(self) -> str:
        """The title, and in parentheses the id to type."""
        return f"{self.title} ({self.id})" if self.title and self.title != self.id else self.id


def named(model: Model, ref: Ref) -> Named:
    """An entity as people know it, also when it does not exist."""
    entity = model.get(ref)
    return Named(ref, entity.name, entity.title) if entity else Named(ref, ref.name)


def name_of(model: Model, component: Ref, interface: str | None) -> str:
    """A component, or an interface of it, as its writer spells it: `identity#rest`."""
    name = named(model, component).id
    return f"{name}#{interface}" if interface else name


def all_named(model: Model, refs: Iterable[Ref]) -> tuple[Named, ...]:
    """Entities under their present names, each once."""
    return tuple(named(model, ref) for ref in model.canonical_all(refs))
