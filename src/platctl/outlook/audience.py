"""What an audience may see of a model, as a separate model, so that nothing derived from it can reveal more."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Final, TypeVar

from platctl.model.calendar import Calendar, Date, Period
from platctl.model.entity.ballot import Ballot
from platctl.model.entity.component import OfferedVersion
from platctl.model.entity.entity import Entity, Visibility
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.placement import Unplaced
from platctl.model.ref import InterfaceRef, Ref, RefError, parse_interface_ref, parse_ref
from platctl.model.release_day import ReleaseDay, day_of
from platctl.model.settings.audience import FIELDS, Audience, Dates, Precision
from platctl.model.settings.config import Config
from platctl.model.version import Version
from platctl.model.versioning.scheme import Scheme
from platctl.model.vocabulary import Status
from platctl.model.window import last_day, window
from platctl.record import record

_GONE: Final = object()
_IDENTITY = frozenset({"kind", "id", "namespace", "visibility", "status"})
"""What every derivation needs."""
_DAYS = ("start", "end", "period")
_FIRST_DAYS = frozenset({"start", "since", "earliest", "deprecated"})
"""Fields whose day starts something; every other day ends something."""

_P = TypeVar("_P", bound=Part)


def seen_by(model: Model, audience: Audience, today: Date) -> Model:
    """A model with exactly what an audience may see.

    It omits entities that are more confidential or in a hidden status, all references to them, and fields that the
    audience may not read. Days are rounded to the period that it may see, and titles are in its words. An audience
    that may not read the status gets one that follows from the days. References use present names; positions, file
    texts, findings and the settings for checks are removed.
    """
    return _Projection(model, audience, dates_of(model, audience, today)).model


def open_to(model: Model, audience: Audience) -> Model:
    """The entities that an audience may see, with all their fields and places, to select what to publish.

    A selection may use unpublished fields, but no hidden entities, neither by name nor as a link in between. Former and
    external names are kept only if the audience may read them, as similar names are suggested for a misspelled one.
    """
    unread = {name for name in ("aliases", "external") if not audience.reads(name)}
    fields = frozenset(FIELDS) - unread if unread else None
    whole = replace(audience, fields=fields, dates=Precision.DAY, wording=())
    seen = seen_by(model, whole, Date.min).entities
    return replace(model, entities=seen, documents={ref: model.documents[ref] for ref in seen})


def dates_of(model: Model, audience: Audience, today: Date) -> Dates:
    """How an audience sees days."""
    return Dates(audience.dates, model.config.calendar.calendar, today)


def is_hidden(model: Model, ref: Ref, audience: Audience) -> bool:
    """Whether an entity is too confidential, or in a hidden status. A visibility in doubt hides it."""
    entity = model.entities[ref]
    if not audience.may_see(model.visibility(ref)):
        return True
    return isinstance(entity, Initiative) and entity.status not in audience.statuses


@record(slots=False)
class _Projection:
    source: Model
    audience: Audience
    dates: Dates

    @cached_property
    def model(self) -> Model:
        projected = {ref: self._entity(self.source.entities[ref]) for ref in sorted(self._visible)}
        entities = {ref: entity for ref, entity in projected.items() if entity is not None}
        return Model(entities, dict.fromkeys(entities, Unplaced()), self._config())

    @cached_property
    def _visible(self) -> frozenset[Ref]:
        """What may be seen. A decision reveals its subjects, so it is hidden if one of them is; no audience sees a
        scenario, as its values may name anything.
        """
        open_ = {ref for ref in self.source.entities if not is_hidden(self.source, ref, self.audience)}
        partial = {
            ref
            for ref in open_ & self.source.decisions.keys()
            if not open_.issuperset(map(self.source.canonical, self.source.decisions[ref].about))
        }
        return frozenset(open_ - partial - self.source.scenarios.keys())

    def _config(self) -> Config:
        own = self.source.config
        kept: dict[str, object] = {"calendar": own.calendar, "layers": own.layers}
        if self.audience.may_see(Visibility.INTERNAL):
            kept["strategy"] = own.strategy
        if self.audience.reads("scores"):
            kept["scoring"] = own.scoring
        return Config().changed(kept)

    def _entity(self, entity: Entity) -> Entity | None:
        """None if a required field is one that the audience may not read."""
        changed: dict[str, object] = {"title": self._wording(entity)}
        for name, info in type(entity).all_fields.items():
            if name in changed or name in _IDENTITY:
                continue
            field = info.key
            kept = self._kept(getattr(entity, name), name) if self.audience.reads(field) else _GONE
            if kept is _GONE and info.is_required:
                return None
            changed[name] = info.default_value() if kept is _GONE else kept
        changed |= self._by_name(entity)
        own = {key: value for key, value in entity.extensions.items() if self.audience.reads(key)}
        return self._in_its_days(entity, entity.altered(changed, own))

    def _wording(self, entity: Entity) -> str | None:
        """The title, in the words of the audience."""
        for field in self.audience.wording:
            text = entity.extensions.get(field, getattr(entity, field, None))
            if isinstance(text, str) and text.strip():
                return text
        return entity.title if self.audience.reads("title") else None

    def _in_its_days(self, entity: Entity, seen: Entity) -> Entity:
        """Start and end become days that represent what may be seen; the period is removed, as it could reveal more."""
        if not isinstance(entity, Initiative) or not isinstance(seen, Initiative):
            return seen
        changed: dict[str, object] = {}
        if self.audience.dates is not Precision.DAY:
            told = entity.changed({name: None for name in _DAYS if not self.audience.reads(name)})
            days = window(told, self._calendar)
            start = self.dates.coarse(days.start, is_first=True) if days.start else None
            changed = {"start": start, "end": self.dates.coarse(days.end) if days.end else None, "period": None}
            seen = seen.changed(changed)
        if not self.audience.reads("status"):
            changed["status"] = self._status_by_days(seen)
        return seen.changed(changed)

    def _status_by_days(self, seen: Initiative) -> Status:
        """The lowest status that the audience can see; done for work that ended before today."""
        end = window(seen, self._calendar).end
        if Status.DONE in self.audience.statuses and end and end < self.dates.today:
            return Status.DONE
        return next((each for each in Status if each in self.audience.statuses), Status.IDEA)

    def _by_name(self, entity: Entity) -> dict[str, object]:
        """Fields keyed by entity names, under present names and limited to entities that may be seen."""
        space = entity.ref.namespace
        if isinstance(entity, Initiative) and self.audience.reads("effort"):
            return {"effort": self._renamed(entity.effort, "team", space)}
        if isinstance(entity, Ballot) and self.audience.reads("votes"):
            return {"votes": self._renamed(entity.votes, "initiative", space)}
        return {}

    def _renamed(self, values: Mapping[str, object], kind: str, namespace: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in values.items():
            with suppress(RefError):
                ref = self.source.canonical(parse_ref(name, kind, namespace))
                if ref in self._visible:
                    found[ref.id if ref.namespace == namespace else f"{ref.namespace}/{ref.id}"] = value
        return found

    def _kept(self, value: object, field: str) -> object:
        """A value without what may not be seen; `_GONE` if nothing remains."""
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
            case ReleaseDay():
                return self._release_day(value, field)
            case Date():
                return self.dates.coarse(value, is_first=field in _FIRST_DAYS)
        return value

    def _release_day(self, value: ReleaseDay, field: str) -> Date:
        """A day, which is still that of its release if both may be seen."""
        day = self.dates.coarse(Date(value.year, value.month, value.day), is_first=field in _FIRST_DAYS)
        release = self._ref(value.release) if value.release else _GONE
        is_shown = self.audience.dates is Precision.DAY and isinstance(release, Ref)
        return day_of(day, release) if is_shown else day  # type: ignore[arg-type]

    def _mapping(self, value: Mapping[object, object], field: str) -> dict[object, object]:
        # Of several days that look the same to the audience, the last one counts.
        days = sorted(value, key=str) if any(isinstance(key, Date) for key in value) else value
        return {self._key(key, field): self._kept(value[key], field) for key in days}

    def _key(self, key: object, field: str) -> object:
        """Past values stay in the past, even if their rounded day would be in the future."""
        kept = self._kept(key, field)
        is_past = isinstance(key, Date) and isinstance(kept, Date) and key <= self.dates.today < kept
        return self.dates.today if is_past else kept

    def _part(self, part: _P) -> object:
        changed: dict[str, object] = {}
        for name, info in type(part).all_fields.items():
            value = getattr(part, name)
            kept = self._kept(value, name)
            if kept is _GONE:
                if info.is_required:
                    return _GONE
                kept = info.default_value()
            if kept is not value:
                changed[name] = kept
        if isinstance(part, OfferedVersion) and part.successor:
            changed["successor"] = self._successor(part.successor, part.version.declared)
        return part.changed(changed) if changed else part

    def _ref(self, ref: Ref) -> object:
        present = self.source.canonical(ref)
        return present if present in self._visible else _GONE

    def _successor(self, text: str, declared: Scheme | None) -> str | None:
        """A version as declared, or an entity that may be seen, by its present name. An unknown name is removed, as it
        may belong to something hidden."""
        if Version(text, declared).parsed is not None:
            return text
        with suppress(RefError):
            seen = self._kept(parse_interface_ref(text), "")
            return str(seen) if isinstance(seen, InterfaceRef) else None
        return None

    @property
    def _calendar(self) -> Calendar:
        return self.source.config.calendar.calendar
