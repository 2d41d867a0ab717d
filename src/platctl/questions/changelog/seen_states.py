"""What an audience sees of two states: differences come from the plan, not from what may be seen."""

from collections.abc import Callable
from dataclasses import replace

from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity, Visibility
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.placement import Unplaced
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience
from platctl.model.settings.config import Config
from platctl.outlook.audience import seen_by
from platctl.outlook.difference import pair


def both_seen_by(base: Model, head: Model, audience: Audience, today: Date) -> tuple[Model, Model]:
    """What an audience sees of both states, with days relative to the same today.

    What is confidential in head is also confidential in base, because hiding it is not a change of the plan. The same
    applies to entities that may be in an unreadable part of head. An audience that may not read former names sees
    current names in both states.
    """
    unread = {each.entity for each in head.not_read if not each.fields}
    head = replace(head, entities={ref: each for ref, each in head.entities.items() if ref not in unread})
    pairing = pair(base, head)
    entities, documents = {}, {}
    for ref, entity in base.entities.items():
        present = pairing.head(ref)
        seen = _as_open(entity, base.visibility(ref), head, present)
        if present != ref and not audience.reads("aliases"):
            now = head.entities[present]
            names = {"id": now.id, "namespace": now.namespace, "aliases": (*seen.aliases, seen.full_name)}
            seen = seen.altered(names, seen.extensions)
        entities[seen.ref], documents[seen.ref] = seen, base.documents[ref]
    earlier = replace(base, entities=entities, documents=documents)
    return seen_by(earlier, audience, today), seen_by(head, audience, today)


def as_seen_then(config: Config, audience: Audience, today: Date) -> Callable[[Initiative], Initiative | None]:
    """What an audience may know of an initiative as it was at some time: only what it could see then."""

    def seen(initiative: Initiative) -> Initiative | None:
        alone = Model({initiative.ref: initiative}, {initiative.ref: Unplaced()}, config)
        return seen_by(alone, audience, today).initiatives.get(initiative.ref)

    return seen


def _as_open(entity: Entity, was: Visibility, head: Model, ref: Ref) -> Entity:
    """An entity of base, with the visibility of head if that is stricter."""
    now = head.entities.get(ref)
    is_unread = not now and head.may_be_unread(ref)
    present = Visibility.RESTRICTED if is_unread else head.visibility(ref) if now else entity.visibility
    wanted = max(was, present, key=list(Visibility).index)
    return entity if wanted is entity.visibility else entity.altered({"visibility": wanted}, entity.extensions)
