"""Rules about planned changes: whether the declared effect agrees with the available versions."""

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.finding import Finding, Severity
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.ref import Ref
from platctl.model.version import Version, compatible, highest
from platctl.model.vocabulary import ChangeEffect
from platctl.model.window import window
from platctl.outlook.offers import Offer, Offers, is_about, selected
from platctl.record import record
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule

_DAY = datetime.timedelta(days=1)


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
                if change.effect in (ChangeEffect.ADDITION, ChangeEffect.BREAKING) and change.new_version:
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
    versions = [each.version for each in case.before if each.version and each.version.parsed]
    best = highest(versions)
    if best is None or best.parsed is None or new.parsed is None or best.line is None or new.line is None:
        return None
    is_alone = all(case.is_alone(each) for each in case.before)
    if is_alone and new.parsed < best.parsed:
        message = f"`{case.name}` would go back from {best} to {new}"
        return _Problem(message, f"use a version above {best}", is_effect=False)
    if case.change.effect is ChangeEffect.ADDITION and new.line > best.line:
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
