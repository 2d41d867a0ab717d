"""Policy on top of facts: how grave a verdict is, whom to ask, what is waived."""

from collections.abc import Iterable

from platctl.finding import Severity
from platctl.model.calendar import Date
from platctl.model.config import Config, Waiver
from platctl.model.consumer import Consumer
from platctl.model.effect import Level
from platctl.model.model import Model
from platctl.model.ref import Ref, RefError, parse_ref
from platctl.report.impact import Cause, Contact, PolicyName

_SEVERITY = {
    Level.BREAKS: Severity.ERROR,
    Level.MUST_ACT: Severity.WARNING,
    Level.AT_RISK: Severity.INFO,
    Level.GAINS: Severity.INFO,
    Level.INFORMED: Severity.INFO,
}
IMPACT_RULE = "impact"
"""The name under which `waivers` in platctl.yaml accept an effect on a consumer."""


def severity_of(
    consumer: Consumer, cause: Cause, forbidden: Iterable[PolicyName], today: Date | None
) -> tuple[Severity, tuple[str, ...]]:
    """How grave an effect on a consumer is, and what made it graver than usual."""
    severity, because = _SEVERITY[cause.level], []
    if consumer.tier == 1 and cause.level is Level.MUST_ACT:
        severity = Severity.ERROR
        because.append("its tier is 1")
    freeze = freeze_on(consumer, cause.date or today) if cause.level.is_harm else None
    if freeze:
        severity = Severity.ERROR
        because.append(f"it lands in the freeze {freeze}")
    for policy in forbidden:
        severity = Severity.ERROR
        because.append(f"the policy {policy.id} forbids it")
    return severity, tuple(because)


def freeze_on(consumer: Consumer, day: Date | None) -> str | None:
    """The freeze that a day lies in, in words."""
    for freeze in consumer.freezes:
        if day and freeze.start <= day <= freeze.end:
            reason = f" ({freeze.reason})" if freeze.reason else ""
            return f"{freeze.start} to {freeze.end}{reason}"
    return None


def contacts_of(model: Model, consumer: Consumer) -> tuple[Contact, ...]:
    """Whom to ask about a consumer: its product manager, then its team."""
    contacts = []
    if consumer.product_manager:
        contacts.append(Contact(consumer.product_manager, "product manager"))
    team = model.get(consumer.owner) if consumer.owner else None
    if consumer.owner:
        contacts.append(Contact(team.label if team else consumer.owner.name, "team", lead_of(model, consumer.owner)))
    return tuple(contacts)


def lead_of(model: Model, team: Ref) -> str | None:
    """Who leads a team."""
    found = model.teams.get(model.canonical(team))
    return found.lead if found else None


def waiver_for(model: Model, settings: Config, consumer: Ref, today: Date | None) -> Waiver | None:
    """The waiver in force that accepts effects on a consumer."""
    for waiver in settings.waivers:
        if waiver.rule == IMPACT_RULE and waiver.entity and is_in_force(waiver, today):
            try:
                named = parse_ref(waiver.entity, "consumer")
            except RefError:
                continue
            if model.canonical(named) == consumer:
                return waiver
    return None


def is_in_force(waiver: Waiver, today: Date | None) -> bool:
    """Whether a waiver holds; where nobody says which day it is, it does."""
    return waiver.expires is None or today is None or today <= waiver.expires
