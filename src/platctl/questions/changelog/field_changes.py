"""What a changed field means: another owner, a changed goal, another dependency, or only itself."""

from dataclasses import replace

from platctl.model.entity.component import Component, Dependency
from platctl.model.model import Model
from platctl.model.named import name_of, named
from platctl.model.ref import Ref
from platctl.outlook.difference import Modified, field_of
from platctl.questions.changelog.days_as_text import Days
from platctl.questions.changelog.report import ChangedField, Depends, Fact, FieldChange, Kind
from platctl.record import record

_OWNERS = {"owner": "owner", "product_manager": "product manager", "lead": "lead"}
_GOAL_FIELDS = frozenset({"due", "weight", "parent"})
_DEPENDENCIES = frozenset({("component", "depends_on"), ("consumer", "uses")})
_CONTRACT = frozenset({"component", "requires", "strength", "exposes", "migration", "need_by"})
"""The fields of a dependency that are requirements; the rest is bookkeeping."""


@record(slots=False)
class Fields:
    """The fields of both states in words."""

    base: Model
    head: Model
    days: Days

    def told(self, field: Modified) -> tuple[Kind, Fact]:
        """The meaning of a changed field."""
        name, kind = str(field.route[0]), field.ref.kind
        if name in _OWNERS:
            return Kind.OWNER_CHANGED, self._differs(_OWNERS[name], field)
        if (kind, name) == ("release", "date"):
            return Kind.RELEASE_MOVED, self._differs(name, field)
        if (kind, name) in _DEPENDENCIES:
            return self._dependency(field)
        if kind == "goal" and (moved := self._of_goal(field)):
            return Kind.GOAL_MOVED, self._differs(moved, field)
        # A step of a route may be a day, which may be confidential.
        where = field_of(self.base, self.head, field) if self.days.are_exact else str(field.route[0])
        return Kind.OTHER, self._differs(where, field)

    def _differs(self, name: str, field: Modified) -> ChangedField:
        absent = None, ()
        gone = FieldChange.REMOVED if field.after in absent else FieldChange.CHANGED
        return ChangedField(name, FieldChange.SET if field.before in absent else gone, *self._both(field))

    def _both(self, field: Modified) -> tuple[str | None, str | None]:
        return self._shown(self.base, field.before), self._shown(self.head, field.after)

    def _shown(self, model: Model, value: object) -> str | None:
        """A value as text: an entity by its title, anything else as written."""
        return named(model, model.canonical(value)).label if isinstance(value, Ref) else self.days.value(value)

    def _of_goal(self, field: Modified) -> str | None:
        """The name of a field that changes a goal's due date, weight, parent or target; None for other fields."""
        name, last = str(field.route[0]), field.route[-1]
        if name == "metrics" and last == "target":
            metric = self.head.goals[field.ref].metrics[int(field.route[1])]
            return f"target of {metric.title or metric.id}"
        return name if name in _GOAL_FIELDS else None

    def _dependency(self, field: Modified) -> tuple[Kind, Fact]:
        """A dependency added or removed, or a changed field of it."""
        if isinstance(field.after, Dependency):
            return Kind.DEPENDENCY_ADDED, self._depends(self.head, field.after)
        if isinstance(field.before, Dependency):
            return Kind.DEPENDENCY_REMOVED, self._depends(self.base, field.before)
        name, depends = str(field.route[-1]), self._depends(self.head, self._item(field))
        if name not in _CONTRACT:
            return Kind.OTHER, self._differs(f"{depends.on}, {name}", field)
        was, now = self._both(field)
        return Kind.DEPENDENCY_CHANGED, replace(depends, field=name, was=was, now=now)

    def _item(self, field: Modified) -> Dependency:
        entity = self.head.entities[field.ref]
        items = entity.depends_on if isinstance(entity, Component) else self.head.consumers[field.ref].uses
        return items[int(field.route[1])]

    def _depends(self, model: Model, dependency: Dependency) -> Depends:
        target = dependency.component
        on = name_of(model, model.canonical(target.component), target.interface)
        return Depends(on, dependency.requires.text if dependency.requires else None)
