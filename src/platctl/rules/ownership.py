"""Rules about owners."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.entity.goal import Goal
from platctl.model.ref import Ref
from platctl.rules.context import Context
from platctl.rules.rule import rule

_OUTSIDE = ("partner", "team")
"""Types of consumers that are other companies, or teams themselves."""


@rule(
    "missing-owner",
    Severity.WARNING,
    "An entity without an owner",
    example="""
        kind: component
        id: identity
    """,
    fix="""
        kind: component
        id: identity
        owner: identity-team
        ---
        kind: team
        id: identity-team
    """,
)
def missing_owner(context: Context) -> Iterator[Finding]:
    """Reports a component that is not retired, a consumer, or a goal that initiatives serve, if it has no `owner`.
    A partner or a team needs none if it has a `product_manager`. The owner of an initiative is checked by
    `stage-incomplete`.

    When a change affects it, or it affects others, reports can't name a team to ask.
    """
    served = {
        context.model.canonical(share.goal)
        for initiative in context.model.initiatives.values()
        for share in initiative.goals
    }
    for ref, entity in context.model.entities.items():
        if not entity.owners and _needs_owner(entity, served) and context.is_read(ref, "owner", "product_manager"):
            help_ = "add `owner:` with the id of a team"
            if _is_outside(entity):
                help_ = "add `product_manager:` with the person to ask, or `owner:` with the id of a team"
            message = f"{entity.kind_name} `{entity.name}` has no owner"
            yield missing_owner.finding(message, context.model.name_at(ref), help_)


def _needs_owner(entity: Entity, served: set[Ref]) -> bool:
    if isinstance(entity, Component):
        return entity.lifecycle is not Lifecycle.RETIRED
    if isinstance(entity, Consumer):
        return not (_is_outside(entity) and entity.product_manager)
    return isinstance(entity, Goal) and entity.ref in served


def _is_outside(entity: Entity) -> bool:
    """Whether it is a consumer without a team in the model, as a rule."""
    return isinstance(entity, Consumer) and (entity.type or "").lower() in _OUTSIDE
