"""Whom to ask or tell about an entity."""

from platctl.model.entity.consumer import Consumer
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.record import record


@record
class Contact:
    """A person or team to ask or tell."""

    name: str
    role: str
    contact: str | None = None


def contacts_of(model: Model, consumer: Consumer) -> tuple[Contact, ...]:
    """Whom to ask about a consumer: its product manager, then its team."""
    manager = [Contact(consumer.product_manager, "product manager")] if consumer.product_manager else []
    return (*manager, *([team_contact(model, consumer.owner)] if consumer.owner else []))


def contacts_for(model: Model, ref: Ref) -> tuple[Contact, ...]:
    """Whom to ask about a consumer or a component."""
    if consumer := model.consumers.get(ref):
        return contacts_of(model, consumer)
    entity = model.get(ref)
    return (team_contact(model, entity.owner),) if entity and entity.owner else ()


def stakeholders_of(consumer: Consumer) -> tuple[Contact, ...]:
    """Who else to tell about what happens to a consumer."""
    return tuple(Contact(each.name, each.role or "stakeholder", each.contact) for each in consumer.stakeholders)


def team_contact(model: Model, team: Ref) -> Contact:
    """A team, and who leads it."""
    found = model.teams.get(model.canonical(team))
    return Contact(named(model, team).label, "team", found.lead if found else None)
