"""Rules about scenarios: whether they still fit the model."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from platctl.finding import Finding, Severity
from platctl.rules.context import Context
from platctl.rules.rule import Rule, rule

if TYPE_CHECKING:
    from platctl.model.scenarios import Misfit


@rule(
    "invalid-scenario",
    Severity.ERROR,
    "A scenario that can't be",
    example="""
        kind: initiative
        id: wallets
        status: planned
        ---
        kind: scenario
        id: fewer
        edits: [{entity: "initiative:wallets", set: {status: postponed}}]
    """,
    fix="""
        kind: initiative
        id: wallets
        status: planned
        ---
        kind: scenario
        id: fewer
        edits: [{entity: "initiative:wallets", set: {status: parked}}]
    """,
)
def invalid_scenario(context: Context) -> Iterator[Finding]:
    """Reports a part of a scenario that can't be: a field or value that its entity can't have, a reference to what does
    not exist, an edit that is made twice, or work that is pinned and banned.

    `platctl plan` refuses such a scenario, rather than guess what it means.
    """
    for each in context.misfits:
        target = each.target
        is_told = target and each.is_typed and context.model.get(target) is None  # as an unknown reference
        if each.blocks and not is_told and not (target and context.unread.may_define(target)):
            yield _finding(invalid_scenario, each)


@rule(
    "outdated-scenario",
    Severity.WARNING,
    "A scenario that has been overtaken",
    example="""
        kind: initiative
        id: wallets
        status: parked
        ---
        kind: scenario
        id: fewer
        edits: [{entity: "initiative:wallets", set: {status: parked}}]
    """,
    fix="""
        kind: initiative
        id: wallets
        status: planned
        ---
        kind: scenario
        id: fewer
        edits: [{entity: "initiative:wallets", set: {status: parked}}]
    """,
)
def outdated_scenario(context: Context) -> Iterator[Finding]:
    """Reports a part of a scenario that makes no difference any more: a value that is so already, an entity that is
    there already, a pin or ban of work that is done or given up, or a period that has passed.

    What was a choice is a fact now. Two scenarios that look different may be the same.
    """
    for each in context.misfits:
        if not each.blocks:
            yield _finding(outdated_scenario, each)


def _finding(found: Rule, misfit: "Misfit") -> Finding:
    return found.finding(misfit.message, misfit.span, misfit.help, about=misfit.about)
