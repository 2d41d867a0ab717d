"""Rules about the tree of goals."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.rules.context import Context
from platctl.rules.rule import rule


@rule(
    "orphan-goal",
    Severity.INFO,
    "A goal that nothing is connected with",
    example="""
        kind: goal
        id: safe-sign-in
    """,
    fix="""
        kind: goal
        id: trust
        ---
        kind: goal
        id: safe-sign-in
        parent: trust
    """,
)
def orphan_goal(context: Context) -> Iterator[Finding]:
    """Reports a goal without a parent, without goals below it, and without an initiative that serves it.

    It is written down, but nobody works towards it, and no one would notice if it were missed.
    """
    model = context.model
    parents = {model.canonical(goal.parent) for goal in model.goals.values() if goal.parent}
    served = {model.canonical(share.goal) for each in model.initiatives.values() for share in each.goals}
    for ref, goal in model.goals.items():
        if goal.parent or ref in parents or ref in served:
            continue
        if context.is_read(ref, "parent") and not any(map(context.unread.may_use, (ref, *goal.alias_refs))):
            help_ = "name it in the `goals` of an initiative, or give it a `parent`"
            yield orphan_goal.finding(f"nothing serves goal `{goal.name}`", model.name_at(ref), help_)
