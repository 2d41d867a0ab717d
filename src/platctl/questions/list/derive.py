"""The entities of a model with chosen columns: any field, and a few facts that follow from others."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from platctl.graph.graph import Graph
from platctl.graph.reach import Count, Reachability
from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.entity.kinds import KINDS
from platctl.model.model import Model
from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.model.similar_names import Names, did_you_mean
from platctl.outlook.plan import Plan
from platctl.questions.history.fields_as_text import written_out
from platctl.questions.list.report import ListedEntity, ListReport, Value
from platctl.record import record
from platctl.source.errors import SourceError

_OF_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "component": ("id", "title", "owner", "type", "layer", "lifecycle", "dependents", "dependencies"),
    "consumer": ("id", "title", "owner", "type", "tier", "product_manager", "dependencies"),
    "initiative": ("id", "title", "owner", "type", "status", "start", "end", "weeks"),
    "goal": ("id", "title", "owner", "parent", "due", "weight"),
    "release": ("id", "title", "owner", "date", "of"),
    "system": ("id", "title", "owner", "type", "domain"),
    "domain": ("id", "title", "owner", "type", "parent"),
    "team": ("id", "title", "lead", "capacity", "members"),
    "user": ("id", "title", "contact", "handle"),
    "decision": ("id", "title", "date", "by", "chose", "over"),
    "ballot": ("id", "by", "role"),
    "scenario": ("id", "title", "owner", "description"),
}
"""The usual columns of a list of one kind."""
_OF_SEVERAL: Final = ("kind", "id", "title", "owner")


@record
class ListOptions:
    """Which kinds (none: all) and entities, and which columns; None for the usual ones."""

    kinds: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    only: frozenset[Ref] | None = None
    said: str = ""
    audience: str | None = None
    today: Date | None = None


def listing(model: Model, state: str, options: ListOptions) -> ListReport:
    """The entities that are asked for."""
    columns = options.columns or usual(options.kinds)
    values = _Columns(model, options.today)
    wanted = (
        each
        for ref, each in model.entities.items()
        if (not options.kinds or ref.kind in options.kinds) and (options.only is None or ref in options.only)
    )
    return ListReport(
        state=state,
        audience=options.audience,
        only=options.said,
        kinds=options.kinds,
        columns=columns,
        is_chosen=options.columns is not None,
        entities=tuple(
            ListedEntity(Named(each.ref, each.name, each.title), {name: values.of(each, name) for name in columns})
            for each in wanted
        ),
    )


def usual(kinds: Sequence[str]) -> tuple[str, ...]:
    """The columns of a list for which none are asked."""
    return _OF_KIND.get(kinds[0], _OF_SEVERAL) if len(kinds) == 1 else _OF_SEVERAL


def kind_of(text: str) -> str:
    """The kind that a word names, in singular or plural. Raises SourceError with the nearest one."""
    word = text.strip().lower()
    found = next((kind for kind in KINDS if word in (kind, f"{kind}s")), None)
    if found:
        return found
    near = did_you_mean(Names(KINDS).nearest(word, 1), "? ")
    raise SourceError(f"there is no kind `{text}`", f"{near}use one of {', '.join(KINDS)}")


def columns_of(text: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """The columns that are named, with commas between. Raises SourceError for one that none of the kinds has."""
    known = [*_DERIVED, *_fields(kinds or tuple(KINDS))]
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in known and not name.startswith("x-"):
            near = did_you_mean(Names(known).nearest(name, 3), "? ")
            raise SourceError(f"there is no column `{name}`", f"{near}use a field, or one of {', '.join(_DERIVED)}")
    if not names:
        raise SourceError("no column is named", "write names with commas between them, such as `id,title,owner`")
    return names


def _fields(kinds: Iterable[str]) -> Iterator[str]:
    for kind in kinds:
        yield from (info.key for name, info in KINDS[kind].all_fields.items())


@record(slots=False)
class _Columns:
    model: Model
    today: Date | None

    def of(self, entity: Entity, column: str) -> Value:
        """A value of an entity; None where it has none."""
        if derived := _DERIVED.get(column):
            return derived(self, entity)
        if column.startswith("x-"):
            return written_out(entity.extensions.get(column))
        for name, info in type(entity).all_fields.items():
            if column == info.key:
                value = getattr(entity, name)
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                return value if is_number else written_out(value)
        return None

    @cached_property
    def _reach(self) -> Reachability:
        return Reachability(Graph(self.model))

    @cached_property
    def _plan(self) -> Plan:
        return Plan(self.model, self.today)

    def ref(self, entity: Entity) -> Value:
        return str(entity.ref)

    def file(self, entity: Entity) -> Value:
        return self.model.documents[entity.ref].path or None

    def name(self, entity: Entity) -> Value:
        return entity.name

    def dependents(self, entity: Entity) -> Value:
        return self._count(entity, lambda count: count.direct)

    def all_dependents(self, entity: Entity) -> Value:
        return self._count(entity, lambda count: count.transitive)

    def _count(self, entity: Entity, number: Callable[[Count], int]) -> Value:
        """Components and consumers together."""
        if entity.ref.kind != "component":
            return None
        return sum(number(self._reach.count_dependents(entity.ref, kind)) for kind in ("component", "consumer"))

    def dependencies(self, entity: Entity) -> Value:
        if entity.ref.kind not in ("component", "consumer"):
            return None
        return self._reach.count_dependencies(entity.ref, "component").direct

    def all_dependencies(self, entity: Entity) -> Value:
        if entity.ref.kind not in ("component", "consumer"):
            return None
        return self._reach.count_dependencies(entity.ref, "component").transitive

    def weeks(self, entity: Entity) -> Value:
        if not isinstance(entity, Initiative) or not entity.effort:
            return None
        return sum(each.likely for each in entity.effort.values())

    def first_day(self, entity: Entity) -> Value:
        start = self._plan.window(entity).start if isinstance(entity, Initiative) else None
        return str(start) if start else None

    def last_day(self, entity: Entity) -> Value:
        end = self._plan.window(entity).end if isinstance(entity, Initiative) else None
        return str(end) if end else None


_DERIVED: Final[Mapping[str, Callable[[_Columns, Entity], Value]]] = {
    "ref": _Columns.ref,
    "id": _Columns.name,
    "file": _Columns.file,
    "dependents": _Columns.dependents,
    "all_dependents": _Columns.all_dependents,
    "dependencies": _Columns.dependencies,
    "all_dependencies": _Columns.all_dependencies,
    "weeks": _Columns.weeks,
    "start": _Columns.first_day,
    "end": _Columns.last_day,
}
"""Columns that are no field, or more than one: an id with its namespace, and the days of a period."""
