"""What a model is in a scenario, and where the scenario no longer fits the model."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pydantic import ValidationError

from platctl.finding import Span
from platctl.model.calendar import Date, Period
from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.entity.scenario import Scenario, ScenarioEdit
from platctl.model.load import surroundings_of, with_extensions
from platctl.model.merge import with_declared_schemes
from platctl.model.model import Model
from platctl.model.placement import Placement, fields
from platctl.model.raw import from_raw
from platctl.model.ref import Ref
from platctl.model.release_day import RELEASE
from platctl.model.release_days import releases_in, with_release_days
from platctl.model.schema_errors import SchemaError, explain
from platctl.model.validator import validated
from platctl.record import record
from platctl.source.yaml.document import Route

_SCENARIO: Final = Scenario.kind_name
_IDENTITY: Final = frozenset({"kind", "id", "namespace"})
_Places = dict[str | None, Route]
"""By field of an entity that is edited, or None for one that is added: what its route in the scenario begins with."""


@record
class Misfit:
    """A part of a scenario that does not fit the model. `about` are the fields on the way to it.

    If it `blocks`, there is no such future; otherwise it makes no difference any more. `target` is what it names but
    does not exist; `is_typed` if the scenario itself names it, and not an entity in it.
    """

    blocks: bool
    message: str
    span: Span
    help: str = ""
    about: str = ""
    target: Ref | None = None
    is_typed: bool = False


@record(slots=False)
class Supposed:
    """The model of a scenario, and what does not fit."""

    model: Model
    misfits: tuple[Misfit, ...]

    @property
    def blocking(self) -> tuple[Misfit, ...]:
        """What keeps the scenario from being planned for."""
        return tuple(each for each in self.misfits if each.blocks)


def supposed(model: Model, ref: Ref, today: Date | None = None) -> Supposed:
    """The model as a scenario supposes it; today judges which periods have passed."""
    return _Supposing(model, model.scenarios[ref], today).result()


class _Supposing:
    """Makes one edit after the other; each is judged by what those before it made."""

    def __init__(self, model: Model, scenario: Scenario, today: Date | None) -> None:
        self.model, self.scenario, self.today = model, scenario, today
        self.entities = dict(model.entities)
        self.documents = dict(model.documents)
        self.places: dict[Ref, _Places] = {}
        self.misfits: list[Misfit] = []

    def result(self) -> Supposed:
        for at, edit in enumerate(self.scenario.edits):
            self._edit(edit, ("edits", at))
        for at, text in enumerate(self.scenario.add):
            self._add(from_raw(text), ("add", at))
        model = self._complete()
        self._check_references(model)
        _Wishes(self, model).check()
        return Supposed(model, tuple(self.misfits))

    def refuse(self, route: Route, message: str, help_: str = "", *, on_key: bool = False) -> None:
        self._tell(route, message, help_, on_key=on_key)

    def miss(self, route: Route, target: Ref, *, is_typed: bool, on_key: bool = False) -> None:
        message = f"there is no {target.kind} `{target.name}`"
        self._tell(route, message, target=target, is_typed=is_typed, on_key=on_key)

    def pass_over(self, route: Route, message: str, help_: str, *, on_key: bool = False) -> None:
        """Tell what makes no difference any more."""
        self._tell(route, message, help_, on_key=on_key, blocks=False)

    def _tell(
        self,
        route: Route,
        message: str,
        help_: str = "",
        *,
        blocks: bool = True,
        target: Ref | None = None,
        on_key: bool = False,
        is_typed: bool = False,
    ) -> None:
        span = self.model.at(self.scenario.ref, route, key=on_key)
        self.misfits.append(Misfit(blocks, message, span, help_, fields(route), target, is_typed))

    # Edits

    def _edit(self, edit: ScenarioEdit, route: Route) -> None:
        ref = self.model.canonical(edit.entity)
        entity = self.entities.get(ref)
        if ref not in self.model.entities:
            self.miss((*route, "entity"), ref, is_typed=True)
        elif entity is None:
            self.refuse((*route, "entity"), f"{ref.kind} `{ref.name}` is removed above", "remove one of the edits")
        elif ref.kind == _SCENARIO:
            self.refuse((*route, "entity"), "a scenario can't edit a scenario")
        elif edit.remove:
            del self.entities[ref]
        elif self._may_edit(edit, ref, route):
            self._change(edit, ref, entity, route)

    def _may_edit(self, edit: ScenarioEdit, ref: Ref, route: Route) -> bool:
        """Whether no field is one that identifies it, or is edited twice."""
        known, problems = self.places.get(ref, {}), len(self.misfits)
        unset = {key: (*route, "unset", at) for at, key in enumerate(edit.unset)}
        for key, place in (*((key, (*route, "set", key)) for key in edit.set_), *unset.items()):
            if key in _IDENTITY:
                message = f"an edit can't change `{key}`"
                self.refuse(place, message, "use `add` and `remove` instead", on_key=True)
            elif key in known or (key in edit.set_ and place == unset.get(key)):
                message = f"`{key}` of `{ref.name}` is edited twice"
                self.refuse(place, message, "remove one of the edits", on_key=True)
        return len(self.misfits) == problems

    def _change(self, edit: ScenarioEdit, ref: Ref, entity: Entity, route: Route) -> None:
        placement, places = self.documents[ref], self.places.setdefault(ref, {})
        document = _value_of(placement)
        new = {key: from_raw(text) for key, text in edit.set_.items()}
        value = {key: item for key, item in {**document, **new}.items() if key not in edit.unset}
        made, problems = self._validated(KINDS[ref.kind], value)
        for each in problems:
            first = each.route[0] if each.route else None
            place = (*route, "set", *each.route) if first in new else route
            self.refuse(place, each.message, each.help, on_key=each.on_key and first in new)
        if made is None:
            return
        for at, key in enumerate(edit.unset):
            if key not in document:
                message = f"`{ref.name}` has no `{key}` any more"
                self.pass_over((*route, "unset", at), message, "remove this edit")
        for key, item in new.items():
            if (document.get(key) == item and key in document) or _same(entity, made, key):
                message = f"`{key}` of `{ref.name}` is so already"
                self.pass_over((*route, "set", key), message, "remove this edit", on_key=True)
        places.update(dict.fromkeys(new, (*route, "set")) | dict.fromkeys(edit.unset, route))
        self.entities[ref] = made
        self.documents[ref] = _Elsewhere(placement, self.model.documents[self.scenario.ref], places, value)

    def _add(self, value: object, route: Route) -> None:
        kind = value.get("kind") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(kind, str) or kind not in KINDS or kind == _SCENARIO:
            kinds = ", ".join(f"`{each}`" for each in KINDS if each != _SCENARIO)
            message = "an entity to add is a mapping with `kind` and `id`"
            self.refuse(route, message, f"begin with `kind:` and one of {kinds}")
            return
        made, problems = self._validated(KINDS[kind], value)
        for each in problems:
            self.refuse((*route, *each.route), each.message, each.help, on_key=each.on_key)
        if made is None:
            return
        named = f"{kind} `{made.name}`"
        if self.model.get(made.ref):
            self.pass_over(route, f"{named} is there already", "remove it, or edit it")
        elif made.ref in self.entities:
            self.refuse(route, f"{named} is added twice", "give one of them another id")
        else:
            own = self.model.documents[self.scenario.ref]
            self.places[made.ref] = {None: route}
            self.entities[made.ref] = made
            self.documents[made.ref] = _Elsewhere(own, own, {None: route}, value)

    def _validated(self, kind: type[Entity], value: dict[str, object]) -> tuple[Entity | None, list[SchemaError]]:
        """The entity, or why it can't be."""
        own = {key: item for key, item in value.items() if not key.startswith("x-")}
        try:
            made = validated(kind, own, surroundings_of(own, self.model.config.conventions))
        except ValidationError as error:
            return None, explain(error, kind, own)
        return with_extensions(made, value), []

    # The whole

    def _complete(self) -> Model:
        """The model with what was made, in which days of releases and versions mean what they say."""
        model = replace(self.model, entities=dict(sorted(self.entities.items())), documents=self.documents)
        named = {ref for ref in self.places if ref in self.entities and releases_in(self.entities[ref])}
        if any(ref.kind == RELEASE for ref in self.places.keys() | (self.model.entities.keys() - self.entities.keys())):
            named |= {each.source for each in model.references if each.target.kind == RELEASE}
        return with_declared_schemes(with_release_days(model, sorted(named)) if named else model)

    def _check_references(self, model: Model) -> None:
        """What edited and added entities name has to exist."""
        for each in model.unresolved:
            places = self.places.get(each.source, {})
            place = places.get(str(each.route[0]), places.get(None))
            if place is not None and each.target not in self.model.entities:
                self.miss((*place, *each.route), each.target, is_typed=False, on_key=each.is_key)


class _Wishes:
    """The pins, bans and capacity of a scenario beside the model that it supposes."""

    def __init__(self, supposing: _Supposing, model: Model) -> None:
        self.supposing, self.scenario, self.model = supposing, supposing.scenario, model

    def check(self) -> None:
        pins = [each.initiative for each in self.scenario.pins]
        pinned = set(map(self.model.canonical, pins))
        for at, ban in enumerate(self.scenario.bans):
            self._work(ban, ("bans", at))
            if self.model.canonical(ban) in pinned:
                message = f"`{ban.name}` is pinned and banned"
                self.supposing.refuse(("bans", at), message, "remove the pin or the ban")
        for at, pin in enumerate(self.scenario.pins):
            self._work(pin.initiative, ("pins", at, "initiative"))
            self._period(pin.period, ("pins", at, "period"))
        for at, each in enumerate(self.scenario.capacity):
            team = self.model.teams.get(self.model.canonical(each.team))
            if team is None:
                self.supposing.miss(("capacity", at, "team"), each.team, is_typed=True)
            elif "capacity" not in team.given_fields:
                message = f"no capacity is known for `{team.name}`, so that nothing can be added to it"
                self.supposing.pass_over(("capacity", at, "team"), message, "edit the `capacity` of the team")
            self._period(each.period, ("capacity", at, "period"))

    def _work(self, ref: Ref, route: Route) -> None:
        work = self.model.initiatives.get(self.model.canonical(ref))
        if work is None:
            self.supposing.miss(route, ref, is_typed=True)
        elif not work.status.is_open:
            self.supposing.pass_over(route, f"`{work.name}` is {work.status.value}", "remove it here")

    def _period(self, period: Period | None, route: Route) -> None:
        if period is None:
            return
        calendar = self.model.config.calendar.calendar
        first, last = calendar.bounds(period)
        usual = calendar.period_of(first)
        if period != usual:
            message = f"`{period}` is no period of plans here"
            self.supposing.refuse(route, message, f"use one such as `{usual}`")
        elif (today := self.supposing.today) and last < today:
            self.supposing.pass_over(route, f"{period} has passed", "use a later period, or remove this")


def _same(was: Entity, made: Entity, key: str) -> bool:
    """Whether a field that is written has the value that it had."""
    for name, info in type(was).all_fields.items():
        if info.key == key:
            return name in was.given_fields and bool(getattr(was, name) == getattr(made, name))
    return False


def _value_of(placement: Placement) -> dict[str, object]:
    """What the document of an entity says, without what could not be read."""
    if isinstance(placement, _Elsewhere):
        return placement.value
    value = placement.document.value
    return placement.pruned(value) if isinstance(value, dict) else {}


class _Elsewhere(Placement):
    """The places of an entity of which some fields, or all, are written in a scenario."""

    __slots__ = ("_places", "_scenario", "value")
    _scenario: Placement
    _places: _Places
    value: dict[str, object]

    def __init__(self, was: Placement, scenario: Placement, places: _Places, value: dict[str, object]) -> None:
        removed = frozenset(route for route in was.removed if route and route[0] not in places)
        for name, item in (
            *(("document", was.document), ("removed", removed)),
            *(("_scenario", scenario), ("_places", places), ("value", value)),
        ):
            object.__setattr__(self, name, item)

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """The place in the scenario, or in the file of the entity."""
        place = self._places.get(str(route[0]) if route else None, self._places.get(None))
        return super().span(route, key=key) if place is None else self._scenario.span((*place, *route), key=key)

    def as_written(self, route: Route) -> Route:
        """The route unchanged, as a scenario has it in its own words."""
        return route
