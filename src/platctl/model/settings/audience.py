"""Audiences: what each may see of the model, how precise dates are, and in which words."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from platctl.model.calendar import Calendar, Date, Period
from platctl.model.entity.entity import Visibility
from platctl.model.entity.kinds import KINDS
from platctl.model.fields import Checked, Text
from platctl.model.part import Field, InvalidError, Part
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.vocabulary import BuiltIn, Status
from platctl.record import record


class Precision(StrEnum):
    """How dates are shown: exactly, as their period, or as now, next and later."""

    DAY = "day"
    PERIOD = "period"
    HORIZON = "horizon"


def _are_fields(names: tuple[str, ...] | None) -> None:
    known = Names(FIELDS)
    for name in names or ():
        if name not in FIELDS and not name.startswith("x-"):
            near = did_you_mean(known.nearest(name, 1))
            help_ = near or "see the reference of the model for all fields"
            raise InvalidError(f"`{name[:80]}` is not a field of an entity; {help_}")


class AudienceSettings(Part):
    """What an audience may see. Omitted settings are inherited from the audience in `like`."""

    title: Text | None = Field(None, description="Display name.")
    like: BuiltIn | None = Field(
        None,
        description="The built-in audience to inherit from: developers, product-managers or customers. "
        "Default: customers, the strictest.",
    )
    sees: Visibility | None = Field(None, description="The highest confidentiality it may see.")
    statuses: tuple[Status, ...] | None = Field(None, description="Statuses of the initiatives it may see.")
    fields: Annotated[tuple[Text, ...] | None, Checked(_are_fields)] = Field(
        None, description="The only fields of entities that it may see."
    )
    dates: Precision | None = Field(None, description="How dates are shown: day, period or horizon.")
    wording: Annotated[tuple[Text, ...] | None, Checked(_are_fields)] = Field(
        None, description="Fields to name an entity by: the first one with a text is used, or else the title."
    )


@record
class Audience:
    """An audience with all its settings. `fields` is None if it may see all fields."""

    id: str
    title: str
    sees: Visibility
    statuses: frozenset[Status]
    fields: frozenset[str] | None
    dates: Precision
    wording: tuple[str, ...] = ()

    def reads(self, field: str) -> bool:
        """Whether it may see a field, by its name in YAML."""
        return self.fields is None or field in self.fields

    def may_see(self, visibility: Visibility) -> bool:
        return _VISIBILITIES.index(visibility) <= _VISIBILITIES.index(self.sees)


def _field_names() -> Iterator[str]:
    for kind in KINDS.values():
        yield from (each.key for each in kind.all_fields.values())


FIELDS = tuple(sorted({*_field_names()}))
"""Every top-level field of every kind."""

_VISIBILITIES = list(Visibility)
_OPEN = frozenset(Status) - {Status.DROPPED, Status.PARKED}
_PROMISED = frozenset({Status.PLANNED, Status.ACTIVE, Status.DONE})
_DATES = ("start", "end", "period")
_CATALOG = (
    *("type", "layer", "lifecycle", "interfaces", "version", "versions", "sunset", "successor", "depends_on"),
    *("exposes", "uses", "system", "domain", "tier", "freezes", "parent", "due", "lead", "handle"),
)
_FOR_DEVELOPERS = frozenset(
    {
        *("title", "description", "owner", "co_owners", "tags", "links", "aliases", "external", "outcome"),
        *_CATALOG,
        *_DATES,
        *("status", "changes", "requested_by", "for", "goals", "deadline", "earliest"),
    }
)
_FOR_CUSTOMERS = frozenset({"title", "outcome", "status", "for", *_DATES})

BUILT_IN: Mapping[str, Audience] = {
    each.id: each
    for each in (
        # What they build on: interfaces, versions and sunsets; no money, and no one's ratings.
        Audience("developers", "Developers", Visibility.INTERNAL, _OPEN, _FOR_DEVELOPERS, Precision.DAY),
        # Everything that is visible inside the company.
        Audience("product-managers", "Product managers", Visibility.INTERNAL, _OPEN, None, Precision.DAY),
        # What is publicly promised, in the customers' words, and without exact dates that could be missed.
        Audience(
            "customers",
            "Customers",
            Visibility.PUBLIC,
            _PROMISED,
            _FOR_CUSTOMERS,
            Precision.HORIZON,
            ("outcome", "title"),
        ),
    )
}


def audience(name: str, settings: Mapping[str, AudienceSettings]) -> Audience | None:
    """The audience with that name, with its settings from `platctl.yaml`; None if there is none.

    Its own `wording` may name any field; an inherited one only counts for fields that it may see.
    """
    own = settings.get(name)
    if own is None:
        return BUILT_IN.get(name)
    like = BUILT_IN[own.like or (name if name in BUILT_IN else BuiltIn.CUSTOMERS)]
    fields = like.fields if own.fields is None else frozenset(own.fields)
    inherited = tuple(field for field in like.wording if fields is None or field in fields)
    return Audience(
        id=name,
        title=own.title or (like.title if name in BUILT_IN else name),
        sees=own.sees or like.sees,
        statuses=like.statuses if own.statuses is None else frozenset(own.statuses),
        fields=fields,
        dates=own.dates or like.dates,
        wording=inherited if own.wording is None else own.wording,
    )


class Horizon(StrEnum):
    """How soon a date is, by periods of the calendar: past, the current one, the next one, or later."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@record
class Dates:
    """How dates are shown. `today` determines the current period."""

    precision: Precision
    calendar: Calendar
    today: Date

    def horizon(self, day: Date) -> Horizon:
        """The horizon of a day."""
        now = self.calendar.bounds(self.calendar.period_of(self.today))
        if day < now[0]:
            return Horizon.PAST
        if day <= now[1]:
            return Horizon.NOW
        return Horizon.NEXT if day <= self._after(now[1])[1] else Horizon.LATER

    def coarse(self, day: Date, *, is_first: bool = False) -> Date:
        """The first or the last of all days that are shown in the same words."""
        if self.precision is Precision.DAY:
            return day
        bounds = self.calendar.bounds(self.calendar.period_of(day))
        if self.precision is Precision.HORIZON:
            bounds = self._standing_for(self.horizon(day))
        return bounds[0] if is_first else bounds[1]

    def reach(self, start: Date, end: Date) -> tuple[Date, Date]:
        """The first and the last day that a time span may include, judging by how it is shown."""
        first, last = self.coarse(start, is_first=True), self.coarse(end)
        if self.precision is not Precision.HORIZON:
            return first, last
        is_past, is_later = self.horizon(start) is Horizon.PAST, self.horizon(end) is Horizon.LATER
        return (Date.min if is_past else first, Date.max if is_later else last)

    def text(self, day: Date) -> str:
        """A day as shown: `2027-03-31`, `2027-Q1` or `next`."""
        if self.precision is Precision.DAY:
            return day.isoformat()
        return str(self.period(day)) if self.precision is Precision.PERIOD else self.horizon(day).value

    def period(self, day: Date) -> Period:
        return self.calendar.period_of(day)

    def _standing_for(self, horizon: Horizon) -> tuple[Date, Date]:
        """The period that represents a horizon: the previous one, the current one, the next one, or the one after."""
        now = self.calendar.bounds(self.calendar.period_of(self.today))
        match horizon:
            case Horizon.PAST:
                return self._before(now[0])
            case Horizon.NOW:
                return now
            case Horizon.NEXT:
                return self._after(now[1])
        return self._after(self._after(now[1])[1])

    def _after(self, last: Date) -> tuple[Date, Date]:
        return self.calendar.bounds(self.calendar.period_of(_moved(last, 1)))

    def _before(self, first: Date) -> tuple[Date, Date]:
        return self.calendar.bounds(self.calendar.period_of(_moved(first, -1)))


def _moved(day: Date, by: int) -> Date:
    """The day `by` days later, within the range of the calendar."""
    return Date.fromordinal(min(max(day.toordinal() + by, 1), Date.max.toordinal()))
