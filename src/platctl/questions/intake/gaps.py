"""How a missing field of an initiative could be filled, with names and days of its model."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cached_property

from platctl.model.calendar import Calendar, Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.stage import missing
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.questions.intake.report import FieldValue, MissingField
from platctl.record import record


def lacks(model: Model, initiative: Initiative, stage: Status, today: Date | None) -> tuple[MissingField, ...]:
    """The fields that an initiative lacks for a stage, each with an example.

    Words in capitals are placeholders for what the model does not contain.
    """
    gaps = _Gaps(model, initiative, stage, today)
    return tuple(_EXAMPLES[field](gaps) for field in missing(initiative, stage))


@record(slots=False)
class _Gaps:
    """An initiative on its way to a stage."""

    model: Model
    initiative: Initiative
    stage: Status
    today: Date | None

    def title(self) -> MissingField:
        return _text("title", "TITLE")

    def proposed_by(self) -> MissingField:
        return _text("proposed_by", "NAME")

    def owner(self) -> MissingField:
        return _text("owner", self._team or "TEAM", new=None if self._team else "team")

    def effort(self) -> MissingField:
        team = self._team or "TEAM"
        key = f"effort[{team}]" if "." in team else f"effort.{team}"
        new = None if self._team else "team"
        return _field("effort", f"{{{team}: WEEKS}}", [FieldValue(key, "WEEKS")], new)

    def changes(self) -> MissingField:
        component = self._component or "COMPONENT"
        values = [FieldValue("changes.0.component", component), FieldValue("changes.0.effect", "EFFECT")]
        new = None if self._component else "component"
        return _field("changes", f"[{{component: {component}, effect: EFFECT}}]", values, new)

    def goals(self) -> MissingField:
        goal = self._goal or "GOAL"
        return _field("goals", f"[{goal}]", [FieldValue("goals.0", goal)], None if self._goal else "goal")

    def period(self) -> MissingField:
        day = self._day
        return _text("period", str(self._calendar.period_of(day)) if day else "PERIOD")

    def end(self) -> MissingField:
        days = window(self.initiative, self._calendar)
        past = days.end if days.end and self.today and days.end <= self.today else self.today or days.end
        return _text("end", str(past) if past else "DATE")

    @property
    def _calendar(self) -> Calendar:
        return self.model.config.calendar.calendar

    @cached_property
    def _team(self) -> str | None:
        """The owner, or else a team that owns what is changed, or else the first team."""
        changed = [self._entity(each.component.component) for each in self.initiative.changes]
        owners = [self.initiative.owner, *(each.owner for each in changed if each)]
        near = [self.model.canonical(owner) for owner in owners if owner]
        return self._name([*(each for each in near if each in self.model.teams), *sorted(self.model.teams)])

    @cached_property
    def _component(self) -> str | None:
        """A component of the owner, or else of the consumer that it is for, or else the first component."""
        own = [ref for ref, each in sorted(self.model.components.items()) if self._is_owners(each)]
        target = self._entity(self.initiative.for_) if self.initiative.for_ else None
        used = [use.component.component for use in getattr(target, "uses", ())]
        known = [ref for ref in map(self.model.canonical, used) if ref in self.model.components]
        return self._name([*own, *known, *sorted(self.model.components)])

    @cached_property
    def _goal(self) -> str | None:
        """A goal of the owner, or else the first goal; those without goals below them first."""
        parents = {self.model.canonical(each.parent) for each in self.model.goals.values() if each.parent}
        goals = sorted(self.model.goals.items(), key=lambda each: (each[0] in parents, each[0]))
        return self._name([*(ref for ref, each in goals if self._is_owners(each)), *(ref for ref, _ in goals)])

    @property
    def _day(self) -> Date | None:
        """A day on which the work is to take place: one that it names, or else one in the next period.

        Active work is in the current period. Without today, the last day of other work.
        """
        named = self.initiative.end or self.initiative.start or self.initiative.deadline or self.initiative.earliest
        if named or not self.today:
            days = (window(each, self._calendar).end for each in self.model.initiatives.values())
            return named or max(filter(None, days), default=None)
        if self.stage is Status.ACTIVE:
            return self.today
        last = self._calendar.bounds(self._calendar.period_of(self.today))[1]
        return last + timedelta(days=1) if last < Date.max else last

    def _is_owners(self, entity: Entity) -> bool:
        owner = self.initiative.owner
        return bool(owner and entity.owner and self.model.canonical(entity.owner) == self.model.canonical(owner))

    def _entity(self, ref: Ref) -> Entity | None:
        return self.model.entities.get(self.model.canonical(ref))

    def _name(self, refs: Iterable[Ref]) -> str | None:
        """The first one, as written in the initiative."""
        found = next(iter(refs), None)
        if found is None:
            return None
        id_ = self.model.entities[found].id
        return id_ if found.namespace == self.initiative.ref.namespace else f"{found.namespace}/{id_}"


_EXAMPLES: Mapping[str, Callable[[_Gaps], MissingField]] = {
    "title": _Gaps.title,
    "proposed_by": _Gaps.proposed_by,
    "owner": _Gaps.owner,
    "effort": _Gaps.effort,
    "changes": _Gaps.changes,
    "goals": _Gaps.goals,
    "period": _Gaps.period,
    "end": _Gaps.end,
}


def _text(field: str, value: str, new: str | None = None) -> MissingField:
    return _field(field, value, [FieldValue(field, value)], new)


def _field(field: str, value: str, values: list[FieldValue], new: str | None = None) -> MissingField:
    meaning = Initiative.model_fields[field].description or ""
    return MissingField(field, meaning, f"{field}: {value}", tuple(values), new)
