"""How a missing field of an initiative could be filled, with names and days of its model."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cached_property

from platctl.model.calendar import Calendar, Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.stage import missing
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.questions.intake.report import FieldValue, MissingField
from platctl.record import record


@record(slots=False)
class Gaps:
    """What the initiatives of a model lack, and with which of its names that could be filled."""

    model: Model
    today: Date | None

    def of(self, initiative: Initiative, stage: Status) -> tuple[MissingField, ...]:
        """The fields that an initiative lacks for a stage, each with an example.

        Words in capitals are placeholders for what the model does not contain.
        """
        promoted = _Promoted(self, initiative, stage)
        return tuple(_EXAMPLES[field](promoted) for field in missing(initiative, stage))

    @property
    def calendar(self) -> Calendar:
        return self.model.config.calendar.calendar

    @cached_property
    def teams(self) -> "_Suggested":
        return _Suggested(self.model, sorted(self.model.teams))

    @cached_property
    def components(self) -> "_Suggested":
        return _Suggested(self.model, sorted(self.model.components))

    @cached_property
    def goals(self) -> "_Suggested":
        """Those without goals below them first."""
        goals = self.model.goals
        parents = {self.model.canonical(each.parent) for each in goals.values() if each.parent}
        return _Suggested(self.model, sorted(goals, key=lambda ref: (ref in parents, ref)))

    @cached_property
    def last_day(self) -> Date | None:
        """The last day of all work."""
        days = (window(each, self.calendar).end for each in self.model.initiatives.values())
        return max(filter(None, days), default=None)


class _Suggested:
    """The first of some entities, and the first of each owner."""

    def __init__(self, model: Model, refs: Iterable[Ref]) -> None:
        self.first: Ref | None = None
        self._of_owner: dict[Ref, Ref] = {}
        for ref in refs:
            self.first = self.first or ref
            if owner := model.entities[ref].owner:
                self._of_owner.setdefault(model.canonical(owner), ref)

    def of(self, owner: Ref | None) -> Ref | None:
        return self._of_owner.get(owner) if owner else None


@record(slots=False)
class _Promoted:
    """An initiative on its way to a stage."""

    gaps: Gaps
    initiative: Initiative
    stage: Status

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
        return _text("period", str(self.gaps.calendar.period_of(day)) if day else "PERIOD")

    def end(self) -> MissingField:
        days = window(self.initiative, self.gaps.calendar)
        today = self.gaps.today
        past = days.end if days.end and today and days.end <= today else today or days.end
        return _text("end", str(past) if past else "DATE")

    @property
    def _model(self) -> Model:
        return self.gaps.model

    @property
    def _owner(self) -> Ref | None:
        return self._model.owner_of(self.initiative)

    @cached_property
    def _team(self) -> str | None:
        """The owner, or else a team that owns what is changed, or else the first team."""
        changed = [self._model.get(each.component.component) for each in self.initiative.changes]
        owners = [self.initiative.owner, *(each.owner for each in changed if each)]
        near = [self._model.canonical(owner) for owner in owners if owner]
        return self._name([*(each for each in near if each in self._model.teams), self.gaps.teams.first])

    @cached_property
    def _component(self) -> str | None:
        """A component of the owner, or else of the consumer that it is for, or else the first component."""
        target = self._model.get(self.initiative.for_) if self.initiative.for_ else None
        used = [use.component.component for use in getattr(target, "uses", ())]
        known = [ref for ref in map(self._model.canonical, used) if ref in self._model.components]
        components = self.gaps.components
        return self._name([components.of(self._owner), *known, components.first])

    @cached_property
    def _goal(self) -> str | None:
        """A goal of the owner, or else the first goal."""
        return self._name([self.gaps.goals.of(self._owner), self.gaps.goals.first])

    @property
    def _day(self) -> Date | None:
        """A day on which the work is to take place: one that it names, or else one in the next period.

        Active work is in the current period. Without today, the last day of other work.
        """
        today, calendar = self.gaps.today, self.gaps.calendar
        named = self.initiative.end or self.initiative.start or self.initiative.deadline or self.initiative.earliest
        if named or not today:
            return named or self.gaps.last_day
        if self.stage is Status.ACTIVE:
            return today
        last = calendar.bounds(calendar.period_of(today))[1]
        return last + timedelta(days=1) if last < Date.max else last

    def _name(self, refs: Iterable[Ref | None]) -> str | None:
        """The first one, as written in the initiative."""
        found = next(filter(None, refs), None)
        if found is None:
            return None
        id_ = self._model.entities[found].id
        return id_ if found.namespace == self.initiative.ref.namespace else f"{found.namespace}/{id_}"


_EXAMPLES: Mapping[str, Callable[[_Promoted], MissingField]] = {
    "title": _Promoted.title,
    "proposed_by": _Promoted.proposed_by,
    "owner": _Promoted.owner,
    "effort": _Promoted.effort,
    "changes": _Promoted.changes,
    "goals": _Promoted.goals,
    "period": _Promoted.period,
    "end": _Promoted.end,
}


def _text(field: str, value: str, new: str | None = None) -> MissingField:
    return _field(field, value, [FieldValue(field, value)], new)


def _field(field: str, value: str, values: list[FieldValue], new: str | None = None) -> MissingField:
    meaning = Initiative.all_fields[field].description or ""
    return MissingField(field, meaning, f"{field}: {value}", tuple(values), new)
