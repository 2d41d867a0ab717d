"""What an audience may see of a model, as a model of its own: whatever is derived from it can't tell more."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from platctl.model.audience import Audience, Dates, Precision
from platctl.model.ballot import Ballot
from platctl.model.calendar import Calendar, Date, Period
from platctl.model.component import Component, OfferedVersion
from platctl.model.config import Config
from platctl.model.entity import Entity, Visibility
from platctl.model.fields import Part
from platctl.model.initiative import Initiative
from platctl.model.model import Model
from platctl.model.placement import Unplaced
from platctl.model.ref import InterfaceRef, Ref, RefError, parse_ref
from platctl.model.schedule import last_day, window

_GONE: Final = object()
_IDENTITY = frozenset({"kind", "id", "namespace", "visibility", "status"})
"""What everything needs that is derived; how far work is decides already whether an audience sees it."""
_FIRST_DAYS = frozenset({"start", "since", "earliest", "deprecated"})
"""Fields whose day begins something; every other day ends something."""

_P = TypeVar("_P", bound=Part)


def seen_by(model: Model, audience: Audience, today: Date) -> Model:
    """A model that holds just what an audience may see.

    Left out are entities that are more confidential or not far enough, all that refers to them, and fields that are
    not the audience's. Days are those of the period that it is told, and titles are in its words. References have
    present names; positions, texts of files and findings are gone, and so are the settings that only check.
    """
    return _Projection(model, audience, dates_of(model, audience, today)).model


def dates_of(model: Model, audience: Audience, today: Date) -> Dates:
    """How days are told to an audience."""
    return Dates(audience.dates, model.config.calendar.calendar, today)


def is_hidden(model: Model, ref: Ref, audience: Audience) -> bool:
    """Whether an entity is too confidential, or not far enough. What can't be read of its visibility hides it."""
    entity = model.entities[ref]
    is_unread = ("visibility",) in model.documents[ref].removed
    if not audience.may_see(Visibility.RESTRICTED if is_unread else entity.visibility):
        return True
    return isinstance(entity, Initiative) and entity.status not in audience.statuses


@dataclass(frozen=True)
class _Projection:
    source: Model
    audience: Audience
    dates: Dates

    @cached_property
    def model(self) -> Model:
        entities = {ref: self._entity(self.source.entities[ref]) for ref in sorted(self._visible)}
        return Model(entities, dict.fromkeys(entities, Unplaced()), self._config())

    @cached_property
    def _visible(self) -> frozenset[Ref]:
        """What may be seen. A decision says more than its fields do, so it goes with all that it is about."""
        open_ = {ref for ref in self.source.entities if not is_hidden(self.source, ref, self.audience)}
        partial = {
            ref
            for ref in open_ & self.source.decisions.keys()
            if not open_.issuperset(map(self.source.canonical, self.source.decisions[ref].about))
        }
        return frozenset(open_ - partial)

    def _config(self) -> Config:
        own = self.source.config
        kept: dict[str, object] = {"calendar": own.calendar, "layers": own.layers}
        if self.audience.may_see(Visibility.INTERNAL):
            kept["strategy"] = own.strategy
        if self.audience.reads("scores"):
            kept["scoring"] = own.scoring
        return Config().model_copy(update=kept)

    # Entities ---------------------------------------------------------------------------------------------------

    def _entity(self, entity: Entity) -> Entity:
        changed: dict[str, object] = {"title": self._wording(entity), **self._days_of(entity)}
        for name, info in type(entity).model_fields.items():
            if name in changed or name in _IDENTITY:
                continue
            field = info.alias or name
            kept = self._kept(getattr(entity, name), name) if self.audience.reads(field) else _GONE
            changed[name] = info.get_default(call_default_factory=True) if kept is _GONE else kept
        changed |= self._by_name(entity)
        own = {key: value for key, value in entity.extensions.items() if self.audience.reads(key)}
        return entity.altered(changed, own)

    def _wording(self, entity: Entity) -> str | None:
        """The title, in the words of the audience."""
        for field in self.audience.wording:
            text = entity.extensions.get(field, getattr(entity, field, None))
            if isinstance(text, str) and text.strip():
                return text
        return entity.title if self.audience.reads("title") else None

    def _days_of(self, entity: Entity) -> dict[str, object]:
        """Work begins and ends on days that stand for what may be told; its period would be a way around that."""
        if not isinstance(entity, Initiative) or self.audience.dates is Precision.DAY:
            return {}
        days = window(entity, self._calendar)
        is_told = self.audience.reads("start") and self.audience.reads("end")
        return {
            "start": self.dates.coarse(days.start, is_first=True) if days.start and is_told else None,
            "end": self.dates.coarse(days.end) if days.end and is_told else None,
            "period": None,
        }

    def _by_name(self, entity: Entity) -> dict[str, object]:
        """Fields whose keys are names of entities."""
        space = entity.ref.namespace
        if isinstance(entity, Initiative) and self.audience.reads("effort"):
            return {"effort": {key: each for key, each in entity.effort.items() if self._sees(key, "team", space)}}
        if isinstance(entity, Ballot) and self.audience.reads("votes"):
            return {"votes": {key: each for key, each in entity.votes.items() if self._sees(key, "initiative", space)}}
        return {}

    # Values -----------------------------------------------------------------------------------------------------

    def _kept(self, value: object, field: str) -> object:
        """A value without what may not be seen; `_GONE` if nothing is left of it."""
        match value:
            case Ref():
                return self._ref(value)
            case InterfaceRef(component, interface):
                seen = self._ref(component)
                return InterfaceRef(seen, interface) if isinstance(seen, Ref) else _GONE
            case tuple():
                return tuple(each for each in (self._kept(item, field) for item in value) if each is not _GONE)
            case dict():
                return self._mapping(value, field)
            case Part():
                return self._part(value)
            case Period():
                last = last_day(value, self._calendar)
                return value if self.audience.dates is Precision.DAY or last is None else self.dates.coarse(last)
            case Date():
                return self.dates.coarse(value, is_first=field in _FIRST_DAYS)
        return value

    def _mapping(self, value: Mapping[object, object], field: str) -> dict[object, object]:
        if not any(isinstance(key, Date) for key in value):
            return {key: self._kept(item, field) for key, item in value.items()}
        # Of several days that are told alike the last one counts.
        return {self._kept(key, field): self._kept(value[key], field) for key in sorted(value, key=str)}

    def _part(self, part: _P) -> object:
        changed: dict[str, object] = {}
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            kept = self._kept(value, name)
            if kept is _GONE:
                if info.is_required():
                    return _GONE
                kept = info.get_default(call_default_factory=True)
            if kept is not value:
                changed[name] = kept
        if isinstance(part, OfferedVersion) and part.successor and self._names_hidden(part.successor):
            changed["successor"] = None
        return part.model_copy(update=changed) if changed else part

    def _ref(self, ref: Ref) -> object:
        present = self.source.canonical(ref)
        return present if present in self._visible else _GONE

    def _sees(self, name: str, kind: str, namespace: str) -> bool:
        try:
            return self.source.canonical(parse_ref(name, kind, namespace)) in self._visible
        except RefError:
            return False

    def _names_hidden(self, text: str) -> bool:
        """Whether a text that may be a version or a reference names something that may not be seen."""
        try:
            present = self.source.canonical(parse_ref(text, Component.kind_name))
        except RefError:
            return False
        return present in self.source.entities and present not in self._visible

    @property
    def _calendar(self) -> Calendar:
        return self.source.config.calendar.calendar
