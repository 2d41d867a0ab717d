"""Rules about the tree of goals."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.rules.context import Context
from platctl.rules.rule import rule


@rule(
    "orphan-goal",
    Severity.INFO,
    "A goal without a parent, subgoals or initiatives",
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
    """Reports a goal that has no parent, no goals below it, and no initiative that serves it.

    No work is planned towards it, and no report would show that it was missed.
    """
    model = context.model
    parents = {model.canonical(goal.parent) for goal in model.goals.values() if goal.parent}
    served = {model.canonical(share.goal) for each in model.initiatives.values() for share in each.goals}
    for ref, goal in model.goals.items():
        if goal.parent or ref in parents or ref in served:
            continue
        if context.is_read(ref, "parent") and not any(map(context.unread.may_use, (ref, *goal.alias_refs))):
            help_ = "name it in the `goals` of an initiative, or give it a `parent`"
            message = f"no initiative serves goal `{goal.name}`"
            yield orphan_goal.finding(message, model.name_at(ref), help_)
