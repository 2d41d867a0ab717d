"""What is asked of a plan on the command line."""

import re
from collections.abc import Sequence

from platctl.model.calendar import Date
from platctl.model.entity.scenario import Scenario
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.window import window
from platctl.questions.plan.options import PlanWishes
from platctl.questions.plan.slots import Slots
from platctl.record import record
from platctl.source.errors import SourceError

_CAPACITY = re.compile(
    r"capacity:(?P<team>[^+\-@\s][^+@\s]*?)(?P<weeks>[+-][0-9]{1,6}(?:\.[0-9]{1,2})?)(?:@(?P<period>\S+))?"
)


@record
class TypedWishes:
    """What is asked of a plan, as it is typed: `pins` such as `wallets=2027-Q1`, ids, and what-ifs of capacity.

    That of a `scenario` holds besides, unless what is typed says something else.
    """

    pins: Sequence[str] = ()
    with_: Sequence[str] = ()
    without: Sequence[str] = ()
    delay: tuple[str, int] | None = None
    what_if: Sequence[str] = ()
    scenario: Scenario | None = None

    def of(self, model: Model, today: Date, horizon: int) -> PlanWishes:
        """What it means for so many periods. Raises SourceError for what does not exist."""
        slots = Slots(model.config.calendar.calendar, today, horizon, horizon)
        given = _of_scenario(model, slots, self.scenario)
        without = {_work(model, text) for text in self.without}
        pinned = {ref: period for ref, period in given.pins.items() if ref not in without}
        pinned.update({_work(model, text): None for text in self.with_})
        for text in self.pins:
            name, equals, period = text.partition("=")
            pinned[_work(model, name)] = _period(slots, period) if equals else None
        later = dict([_delayed(model, slots, *self.delay)]) if self.delay else {}
        more = dict(given.capacity or {})
        for text in self.what_if:
            for key, weeks in _capacity(model, slots, text):
                more[key] = more.get(key, 0.0) + weeks
        return PlanWishes(pinned, frozenset(without) | (given.bans - pinned.keys()), later, more)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that change the question, as they are typed."""
        found = [f"`--with {each}`" for each in self.with_] + [f"`--without {each}`" for each in self.without]
        found += [f"`--delay {self.delay[0]} {self.delay[1]}`"] if self.delay else []
        return (*found, *(f"`--what-if {each}`" for each in self.what_if))


def _of_scenario(model: Model, slots: Slots, scenario: Scenario | None) -> PlanWishes:
    """The wishes of a scenario; what an audience may not see is not among them."""
    if scenario is None:
        return PlanWishes({})
    pinned: dict[Ref, int | None] = {}
    for pin in scenario.pins:
        ref = model.canonical(pin.initiative)
        has_passed = pin.period is not None and slots.calendar.bounds(pin.period)[1] < slots.today
        if ref in model.initiatives and not has_passed:
            if pin.period and pin.period not in slots.periods:
                message = f"scenario `{scenario.name}` pins `{ref.name}` to {pin.period}, which is beyond the plan"
                raise SourceError(message, "plan more periods with `--horizon`")
            pinned[ref] = slots.periods.index(pin.period) if pin.period else None
    more: dict[tuple[Ref, int], float] = {}
    for each in scenario.capacity:
        for at, period in enumerate(slots.periods):
            if each.period in (None, period):
                key = (model.canonical(each.team), at)
                more[key] = more.get(key, 0.0) + each.add
    return PlanWishes(pinned, frozenset(map(model.canonical, scenario.bans)), {}, more)


def _work(model: Model, text: str) -> Ref:
    return find(model, text, "initiative")


def _period(slots: Slots, text: str) -> int:
    names = [str(each) for each in slots.periods]
    if text not in names:
        help_ = f"use one of {', '.join(names)}, or plan more periods with `--horizon`"
        raise SourceError(f"`{text}` is not a period of the plan", help_)
    return names.index(text)


def _delayed(model: Model, slots: Slots, name: str, periods: int) -> tuple[Ref, int]:
    """The first period in which work may end if it ends some periods later than written."""
    if periods < 1:
        raise SourceError(f"`--delay` can't be by {periods} periods", "use a number from 1 on")
    ref = _work(model, name)
    end = window(model.initiatives[ref], slots.calendar).end
    at = slots.at(max(end, slots.today)) if end else None
    return ref, (slots.slots[at].period if at is not None else 0) + periods


def _capacity(model: Model, slots: Slots, text: str) -> list[tuple[tuple[Ref, int], float]]:
    found = _CAPACITY.fullmatch(text)
    if not found:
        raise SourceError(
            f"`{text}` is no what-if", "use a form such as `capacity:TEAM+4@2027-Q1`, or without `@PERIOD`"
        )
    team, weeks = find(model, found["team"], "team"), float(found["weeks"])
    periods = [_period(slots, found["period"])] if found["period"] else range(len(slots.periods))
    return [((team, period), weeks) for period in periods]
