"""A slow, obvious judge of which versions a dependency works with on a day; it shares only the available versions
with the judge of changes.
"""

from collections.abc import Iterator

from oracle import Available, Date, available

from platctl.graph.graph import Use
from platctl.model.entity.component import Component
from platctl.model.model import Model
from platctl.model.version import Version

WORKS, DEPRECATED, UNKNOWN, FAILS = "works", "deprecated", "unknown", "doesnt"
Answer = tuple[str, str | None]
"""A word, and why it does not work or why that is not known."""


class Fitting:
    """One dependency of a model, from a first day on."""

    def __init__(self, model: Model, use: Use, today: Date, days: list[Date]) -> None:
        self.model, self.use, self.today, self.days = model, use, today, days
        self.range = use.dependency.requires
        component = model.components[use.target]
        names = [id_ for id_, _ in component.offerings()] if isinstance(component, Component) else []
        self.interfaces = [use.interface] if use.interface else names
        self.offers = {day: list(self._on(day)) for day in days}

    def _on(self, day: Date) -> Iterator[Available]:
        for interface in self.interfaces:
            yield from available(self.model, self.use.target, interface, day, self.today)

    def admits(self, each: Available) -> bool | None:
        """None if that can't be read."""
        if self.range is None or self.range.parsed is None:
            return True
        return None if each.version is None else self.range.admits(each.version)

    def admitted(self, day: Date, interface: str) -> list[Available]:
        found = (each for each in self.offers[day] if each.interface == interface)
        return [each for each in found if self.admits(each) is True or (each.version is None and self.range is None)]

    def held(self) -> Date | None:
        """The first day on which it is met."""
        days = (day for day in self.days if any(self.admitted(day, each) for each in self.interfaces))
        return next(days, None)

    def answer(self, day: Date, interface: str, version: str | None) -> Answer:
        """Whether it works with a version of an interface on a day."""
        offer = self.find(day, interface, version)
        if offer is None:
            return FAILS, "not-available"
        first = self.find(self.days[0], interface, version)
        if offer.breaks > (first.breaks if first else 0):
            return FAILS, "broken-in-place"
        doubt = self.doubt(day, offer)
        if doubt:
            return (FAILS if doubt == "out-of-range" else UNKNOWN), doubt
        return (DEPRECATED if offer.deprecated else WORKS), None

    def find(self, day: Date, interface: str, version: str | None) -> Available | None:
        for each in self.offers[day]:
            if each.interface == interface and (each.version.text if each.version else None) == version:
                return each
        return None

    def doubt(self, day: Date, offer: Available) -> str | None:
        if self.range is None or self.range.parsed is None:
            if self.is_verified(offer) or (self.range is None and offer.version is None):
                return None
            return "no-range" if self.range is None else "unreadable-range"
        if self.admits(offer) is None:
            return "unreadable-version"
        if not self.admits(offer):
            return "out-of-range"
        held = self.held()
        assert held is not None
        since = day if day <= held else held
        possible = [each for each in self.interfaces if self.admitted(since, each)]
        if any(each != offer.interface for each in possible):
            return "interface-not-known"
        return None if self.is_confirmed(offer, held) else "overdue" if offer.overdue else "unconfirmed"

    def is_verified(self, offer: Available) -> bool:
        text = offer.version.text if offer.version else None
        return any(Version(each.version.text).text == text for each in self.use.dependency.verified)

    def is_confirmed(self, offer: Available, held: Date) -> bool:
        """Whether someone can have looked at it."""
        assert self.range is not None
        if offer.overdue:
            return False
        specifiers = self.range.parsed or ()
        is_open = all(each.operator in (">", ">=", "!=") for each in specifiers)
        if not is_open or offer.version is None or self.is_verified(offer):
            return True
        confirmed = self.use.dependency.confirmed
        if confirmed and offer.since and offer.since <= confirmed:
            return True
        if offer.declared_breaking:
            return False
        lines = [
            each.version.line for each in self.admitted(held, offer.interface) if each.version and each.version.line
        ]
        return not lines or offer.version.line is None or offer.version.line <= min(lines)
