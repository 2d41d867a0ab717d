"""Rules about planned changes: whether the declared effect agrees with the available versions."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from platctl.finding import Finding, Severity
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.ref import Ref
from platctl.model.version import Version, compatible, highest
from platctl.model.vocabulary import ChangeEffect
from platctl.model.window import window
from platctl.outlook.events import Event
from platctl.outlook.offers import Offer, Offers, brought_by, is_about, selected
from platctl.record import record
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule

_DAY = datetime.timedelta(days=1)
_ADDING = (ChangeEffect.ADDITION, ChangeEffect.BREAKING)


@rule(
    "effect-contradiction",
    Severity.WARNING,
    "A change whose declared effect contradicts its version",
    example="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: initiative
        id: identity-3
        title: Identity 3
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: addition
            version: 3.0.0
    """,
    fix="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: initiative
        id: identity-3
        title: Identity 3
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: breaking
            version: 3.0.0
    """,
)
def effect_contradiction(context: Context) -> Iterator[Finding]:
    """Reports an `addition` with a higher major version than any available one, a `breaking` change whose version
    is compatible with the current one, a new version that is lower than the one it replaces, and a deprecation or
    removal of versions that do not exist. Below 1.0 the minor version counts as the major one.

    Reports use the declared effect, so a wrong one makes every report about the change wrong. Work that is done,
    dropped or parked is not checked.
    """
    added = _BroughtVersions(context)
    for ref, initiative in context.model.initiatives.items():
        if not initiative.status.is_open:
            continue
        for index, change in enumerate(initiative.changes):
            problem = _problem(_Case(context, added, initiative, change))
            if problem:
                span = context.model.at(ref, ("changes", index, "effect" if problem.is_effect else "version"))
                target = context.model.canonical(change.component.component)
                labels = [context.label(target, f"`{context.name(target)}` is defined here")]
                about = context.name(target, change.component.interface)
                yield effect_contradiction.finding(problem.message, span, problem.help, labels, about=about)


@rule(
    "added-and-removed",
    Severity.WARNING,
    "A version that is added and removed on the same day",
    example="""
        kind: component
        id: identity
        versions: [{version: 2.4.0}]
        ---
        kind: initiative
        id: identity-3
        title: Identity 3
        status: planned
        end: 2027-03-31
        changes:
          - component: identity
            effect: breaking
            version: 3.0.0
        ---
        kind: initiative
        id: retire-identity
        title: Retire the old identity
        status: planned
        end: 2027-03-31
        changes:
          - component: identity
            effect: removal
            version: ">=2"
    """,
    fix="""
        kind: component
        id: identity
        versions: [{version: 2.4.0}]
        ---
        kind: initiative
        id: identity-3
        title: Identity 3
        status: planned
        end: 2027-03-31
        changes:
          - component: identity
            effect: breaking
            version: 3.0.0
        ---
        kind: initiative
        id: retire-identity
        title: Retire the old identity
        status: planned
        end: 2027-03-31
        changes:
          - component: identity
            effect: removal
            version: ">=2,<3"
    """,
)
def added_and_removed(context: Context) -> Iterator[Finding]:
    """Reports a version that planned or active work both adds and removes on the same last day. An initiative may
    replace everything: a removal without `version` in the same initiative is no finding.

    Of one day, removals apply first and additions last, so the version stays, and nothing removes it.
    """
    planned: dict[Ref, list[Event]] = {}
    for event in context.timeline.planned():
        planned.setdefault(event.component, []).append(event)
    for ref, events in planned.items():
        component = context.model.components.get(ref)
        for added, removed in _undone(events, component) if component else ():
            interface = added.change.component.interface or removed.change.component.interface
            if component and context.is_offer_read(component, interface):
                yield _added_and_removed(context, added, removed, context.name(ref, interface))


def _added_and_removed(context: Context, added: Event, removed: Event, name: str) -> Finding:
    assert added.initiative  # noqa: S101  the events of a catalog are planned work
    assert removed.initiative  # noqa: S101
    version, range_ = added.change.new_version, removed.change.version
    message = f"`{name}` {version} is both added and removed on {removed.date}"
    is_one = range_ is not None and Version(range_.text, range_.declared).parsed is not None
    first = "delete one of the changes" if is_one else f"exclude {version} from the versions to remove"
    span = context.model.at(removed.initiative, ("changes", removed.index))
    text = f"`{context.name(added.initiative)}` adds it here"
    label = context.label(added.initiative, text, "changes", added.index)
    help_ = f"{first}, or let them take effect on different days"
    return added_and_removed.finding(message, span, help_, [label], about=f"{name} {version}")


def _undone(events: Iterable[Event], component: Component) -> Iterator[tuple[Event, Event]]:
    """Additions to a component, each with a removal of the same version on the same day."""
    removals: dict[datetime.date, list[Event]] = {}
    for event in events:
        if event.removes and event.date:
            removals.setdefault(event.date, []).append(event)
    for event in events:
        if event.brings and event.date in removals:
            new = brought_by(component, event.change)
            for removal in removals[event.date]:
                if is_about(removal.change, new) and not _is_replaced(removal, event):
                    yield event, removal


def _is_replaced(removal: Event, addition: Event) -> bool:
    """Whether one initiative removes everything, and adds a version in its place."""
    return removal.initiative == addition.initiative and removal.change.version is None


@record
class _Problem:
    message: str
    help: str
    is_effect: bool = True


@record(slots=False)
class _Case:
    """A change with the component it changes."""

    context: Context
    added: "_BroughtVersions"
    initiative: Initiative
    change: Change

    @cached_property
    def component(self) -> Component | None:
        """The component if it exists, is not retired, and could be read completely; otherwise None."""
        component = self.context.model.components.get(self.ref)
        if component is None or component.lifecycle is Lifecycle.RETIRED:
            return None
        is_read = self.context.is_offer_read(component, self.change.component.interface)
        return component if is_read else None

    @property
    def ref(self) -> Ref:
        return self.context.model.canonical(self.change.component.component)

    @property
    def name(self) -> str:
        return self.context.name(self.ref, self.change.component.interface)

    @cached_property
    def before(self) -> Offers:
        """The versions available on the day before the change, or today if the change has no date."""
        end = window(self.initiative, self.context.model.config.calendar.calendar).end
        day = end - _DAY if end and end > datetime.date.min else None
        offers = self.context.timeline.offers(self.ref, day)
        return selected(offers, self.interface(offers))

    @cached_property
    def ever(self) -> Offers:
        """The versions available today or just before the change, and those that other initiatives add."""
        today = self.context.offers[self.ref]
        return (*today, *self.before, *self.added.by_component.get(self.ref, ()))

    def is_alone(self, offer: Offer) -> bool:
        """Whether the interface of an offer lists one version at a time."""
        offerings = dict(self.component.offerings()) if self.component else {}
        offering = offerings.get(offer.interface)
        return offering is not None and (offering.version is not None or not offering.versions)

    def interface(self, offers: Offers) -> str:
        """The changed interface; if the change names none, the component's only one."""
        named, known = self.change.component.interface, {each.interface for each in offers}
        return named if named is not None else next(iter(known)) if len(known) == 1 else ""


class _BroughtVersions:
    """The versions that initiatives add, by component."""

    def __init__(self, context: Context) -> None:
        self._model = context.model

    @cached_property
    def by_component(self) -> Mapping[Ref, Offers]:
        result: dict[Ref, list[Offer]] = {}
        for initiative in self._model.initiatives.values():
            for change in initiative.changes:
                if change.effect in _ADDING and change.new_version:
                    offer = Offer(change.component.interface or "", change.new_version)
                    result.setdefault(self._model.canonical(change.component.component), []).append(offer)
        return {ref: tuple(offers) for ref, offers in result.items()}


def _problem(case: _Case) -> _Problem | None:
    if case.change.version is None or case.component is None:
        return None
    match case.change.effect:
        case ChangeEffect.ADDITION | ChangeEffect.BREAKING if case.change.new_version:
            return _new_version_problem(case, case.change.new_version)
        case ChangeEffect.DEPRECATION | ChangeEffect.REMOVAL:
            return _ending_problem(case)
    return None


def _new_version_problem(case: _Case, new: Version) -> _Problem | None:
    versions = [each.version for each in case.before if each.version and each.version.parsed is not None]
    best = highest(versions)
    if best is None or best.parsed is None or new.parsed is None:
        return None
    is_alone = all(case.is_alone(each) for each in case.before)
    if is_alone and best.is_newer(new):
        message = f"`{case.name}` would go back from {best} to {new}"
        return _Problem(message, f"use a version above {best}", is_effect=False)
    if case.change.effect is ChangeEffect.ADDITION and new.is_above(best) and new.scheme.tells_compatibility:
        message = f"declared as addition, but {new} is not compatible with {best}, the highest version of `{case.name}`"
        return _Problem(message, f"use `effect: breaking`, or a version that is compatible with {best}")
    if case.change.effect is ChangeEffect.BREAKING and best.text != new.text and compatible(best, new):
        message = f"declared as breaking, but by its number {new} is compatible with {best} of `{case.name}`"
        return _Problem(message, "use a higher major version, or `effect: addition`")
    return None


def _ending_problem(case: _Case) -> _Problem | None:
    """Check the range by removing it from all versions ever available: if nothing is removed, it matches nothing."""
    offers = case.ever
    if any(each.version and each.version.parsed is None for each in offers):
        return None
    if any(is_about(case.change, each) for each in offers):
        return None
    wanted, names = case.change.version, list(dict.fromkeys(str(each.version) for each in offers if each.version))
    if not names:
        return _Problem(f"`{case.name}` lists no versions that {wanted} could match", "remove `version`", False)
    help_ = f"available: {counted(names)}; omit `version` to mean all of them"
    return _Problem(f"no version of `{case.name}` matches {wanted}", help_, is_effect=False)
