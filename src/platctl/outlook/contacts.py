"""Whom to ask or to tell about an entity."""

from dataclasses import dataclass

from platctl.model.entity.consumer import Consumer
from platctl.model.model import Model
from platctl.model.ref import Ref


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask or to tell."""

    name: str
    role: str
    contact: str | None = None


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
