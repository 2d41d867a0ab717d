"""Whom to ask or tell about an entity."""

from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.entity.team import User
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
    return (*manager, *owners_of(model, consumer))


def contacts_for(model: Model, ref: Ref) -> tuple[Contact, ...]:
    """Whom to ask about a consumer or a component."""
    if consumer := model.consumers.get(ref):
        return contacts_of(model, consumer)
    entity = model.get(ref)
    return owners_of(model, entity) if entity else ()


def owners_of(model: Model, entity: Entity) -> tuple[Contact, ...]:
    """The teams and users who are responsible for an entity."""
    return tuple(team_contact(model, each) for each in model.canonical_all(entity.owners))


def participants_of(model: Model, entity: Entity) -> tuple[Contact, ...]:
    """The teams and users who take part in it, without its owners."""
    owners = model.canonical_all(entity.owners)
    return tuple(team_contact(model, each) for each in model.canonical_all(entity.participants) if each not in owners)


def stakeholders_of(consumer: Consumer) -> tuple[Contact, ...]:
    """Who else to tell about what happens to a consumer."""
    return tuple(Contact(each.name, each.role or "stakeholder", each.contact) for each in consumer.stakeholders)


def team_contact(model: Model, team: Ref) -> Contact:
    """A team and who leads it, or a user and how to reach them."""
    ref = model.canonical(team)
    if ref.kind == User.kind_name:
        user = model.users.get(ref)
        return Contact(named(model, ref).label, "person", user.contact if user else None)
    found = model.teams.get(ref)
    return Contact(named(model, team).label, "team", found.lead if found else None)
