"""A rule about work that is done according to the plan, but not according to the catalog."""

from collections.abc import Iterator, Mapping, Sequence

from platctl.finding import Finding, Label, Severity
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Change
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.outlook.events import Event, events_of
from platctl.outlook.offers import Offer, is_about, listed_offers
from platctl.rules.context import OFFERING, Context, counted
from platctl.rules.rule import rule


@rule(
    "done-not-delivered",
    Severity.WARNING,
    "Work that is done, but that the catalog contradicts",
    example="""
        kind: component
        id: identity
        versions:
          - version: 2.4.0
          - version: 3.0.0
        ---
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2
        proposed_by: Ana Ruiz
        owner: access
        goals: [simplicity]
        status: done
        end: 2026-10-31
        changes:
          - component: identity
            effect: removal
            version: "<3"
        ---
        kind: team
        id: access
        ---
        kind: goal
        id: simplicity
    """,
    fix="""
        kind: component
        id: identity
        versions:
          - version: 3.0.0
        ---
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2
        proposed_by: Ana Ruiz
        owner: access
        goals: [simplicity]
        status: done
        end: 2026-10-31
        changes:
          - component: identity
            effect: removal
            version: "<3"
        ---
        kind: team
        id: access
        ---
        kind: goal
        id: simplicity
    """,
)
def done_not_delivered(context: Context) -> Iterator[Finding]:
    """Reports an initiative that is done although the catalog still lists a version that it removed, does not deprecate
    one that it deprecated, or does not list one that it added and that no later work removed.

    Until the catalog shows it, reports count such a removal or deprecation as planned for the day after today, and a
    version that was added as not available.
    """
    removals = _removals(context.model)
    for initiative in context.model.initiatives.values():
        if initiative.status is Status.DONE:
            for event in events_of(context.model, initiative):
                component = context.model.components.get(event.component)
                if component is not None and context.is_read(event.component, *OFFERING):
                    yield from _contradicted(context, event, removals.get(event.component, ()))


def _removals(model: Model) -> Mapping[Ref, list[Change]]:
    """By component: what work that is not given up removes."""
    found: dict[Ref, list[Change]] = {}
    for initiative in model.initiatives.values():
        for change in initiative.changes if not initiative.status.is_given_up else ():
            if change.effect is ChangeEffect.REMOVAL:
                found.setdefault(model.canonical(change.component.component), []).append(change)
    return found


def _contradicted(context: Context, event: Event, removals: Sequence[Change]) -> Iterator[Finding]:
    offers = listed_offers(context.model.components[event.component])
    match event.change.effect:
        case ChangeEffect.REMOVAL | ChangeEffect.DEPRECATION:
            left = [each for each in offers if _is_left(event, each)]
            if left:
                yield _still_listed(context, event, left)
        case ChangeEffect.ADDITION | ChangeEffect.BREAKING if event.brings and not _is_there(event, offers, removals):
            name = context.name(event.component, event.change.component.interface)
            message = f"{event.initiative} is done, but `{name}` does not list {event.brings}"
            help_ = f"add {event.brings} to the catalog, or correct the status or the version of the initiative"
            yield _finding(
                context, event, message, help_, [context.label(event.component, f"`{name}` is defined here")]
            )


def _is_left(event: Event, offer: Offer) -> bool:
    if not is_about(event.change, offer) or _is_after(offer.since, event.date):
        return False
    return event.removes or offer.deprecated is None


def _is_after(day: Date | None, last: Date | None) -> bool:
    return day is not None and last is not None and day > last


def _is_there(event: Event, offers: tuple[Offer, ...], removals: Sequence[Change]) -> bool:
    """Whether the catalog lists the version, or work removed it again."""
    if any(each.version and event.brings and each.version.text == event.brings.text for each in offers):
        return True
    brought = Offer(event.change.component.interface or "", event.brings)
    return any(_removes(change, brought) for change in removals)


def _removes(change: Change, brought: Offer) -> bool:
    return is_about(change, brought) or (change.version is None and change.component.interface is None)


def _still_listed(context: Context, event: Event, left: list[Offer]) -> Finding:
    name = context.name(event.component, event.change.component.interface)
    versions = counted([str(each.version) for each in left if each.version]) or "it"
    done = "lists" if event.removes else "does not deprecate"
    message = f"{event.initiative} is done, but `{name}` {'still ' if event.removes else ''}{done} {versions}"
    field = "remove it from the catalog" if event.removes else "set `lifecycle: deprecated` there"
    help_ = f"{field}, or set the status back to `active`"
    ids = {each.identity for each in left}
    component = context.model.components[event.component]
    places = [each.within for each in listed(component) if (each.interface, each.offered.version.text) in ids]
    labels = [Label(context.model.at(event.component, route), "listed here") for route in places[:3]]
    return _finding(context, event, message, help_, labels)


def _finding(context: Context, event: Event, message: str, help_: str, labels: list[Label]) -> Finding:
    assert event.initiative  # noqa: S101  these are the events of initiatives
    span = context.model.at(event.initiative, ("changes", event.index))
    return done_not_delivered.finding(message, span, help_, labels, about=str(event.index))
