"""Rules about what initiatives lack: fields that their status requires, and goals."""

from collections.abc import Iterator, Mapping, Sequence

from platctl.finding import Finding, Severity, Span
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.stage import STAGES, is_given, missing, stage_before
from platctl.model.vocabulary import Status
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule

_MANY = 10
"""A field that more initiatives lack, and none has, is reported once."""


@rule(
    "stage-incomplete",
    Severity.WARNING,
    "An initiative that lacks fields its status requires",
    example="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        status: proposed
        proposed_by: Ana Ruiz
    """,
    fix="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        status: proposed
        proposed_by: Ana Ruiz
        owner: identity-team
        ---
        kind: team
        id: identity-team
    """,
)
def stage_incomplete(context: Context) -> Iterator[Finding]:
    """Reports an initiative that lacks fields its status requires. An idea needs `title` and `proposed_by`; when
    proposed also `owner`; when shaped also `effort` and `changes`; when planned or active also `goals` and `period`
    (or `end`); when done `end`. A field that no initiative has is reported once, with the number of those that lack it,
    where there are more than ten.

    Others rely on the status: planned work without effort or period can't be scheduled, and without `changes` no
    consumer is warned.
    """
    found = {
        ref: [each for each in missing(initiative, initiative.status) if _is_read(context, ref, each)]
        for ref, initiative in context.model.initiatives.items()
    }
    unused = _unused(context.model, found)
    for field, refs in unused.items():
        first = context.model.initiatives[refs[0]]
        message = f"{len(refs):,} initiatives lack `{field}` for their status, and no initiative has it"
        help_ = f"add `{field}:` to those that need it; from then on it is reported of each"
        yield stage_incomplete.finding(message, _status_span(context, first), help_)
    for ref, initiative in context.model.initiatives.items():
        lacking = [each for each in found[ref] if each not in unused]
        if lacking:
            message = f"`{initiative.name}` is {_words(initiative.status)}, but lacks {counted(lacking, 10)}"
            add = " and ".join(f"`{each}:`" for each in lacking)
            back = stage_before(initiative)
            help_ = f"add {add}" + (f", or go back to `status: {back.value}`" if back else "")
            yield stage_incomplete.finding(message, _status_span(context, initiative), help_)


def _unused(model: Model, lacking: Mapping[Ref, Sequence[str]]) -> dict[str, list[Ref]]:
    """By field that no initiative has: those that lack it, where they are many."""
    found: dict[str, list[Ref]] = {}
    for ref, names in lacking.items():
        for name in names:
            found.setdefault(name, []).append(ref)
    every = model.initiatives.values()
    return {
        name: refs
        for name, refs in found.items()
        if len(refs) > _MANY and not any(is_given(each, name) for each in every)
    }


def _is_read(context: Context, ref: Ref, field: str) -> bool:
    fields = ("period", "start", "end") if field == "period" else (field,)
    return context.is_read(ref, *fields)


def _words(status: Status) -> str:
    return "an idea" if status is Status.IDEA else status.value


def _status_span(context: Context, initiative: Initiative) -> Span:
    return context.model.at(initiative.ref, (initiative.first_written("status"),))


@rule(
    "orphan-initiative",
    Severity.INFO,
    "An initiative that serves no goal",
    example="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
    """,
    fix="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        goals: [safe-sign-in]
        ---
        kind: goal
        id: safe-sign-in
    """,
)
def orphan_initiative(context: Context) -> Iterator[Finding]:
    """Reports an initiative without `goals`. From status planned on, `stage-incomplete` checks this instead; work that
    is done, dropped or parked is not checked. Where there are no goals at all, more than ten such initiatives are
    reported once.

    Its purpose is not recorded, so it can't be ranked by goals.
    """
    found = [
        each
        for ref, each in context.model.initiatives.items()
        if each.status.is_open and not each.goals and "goals" not in STAGES[each.status]
        if context.is_read(ref, "goals")
    ]
    if len(found) > _MANY and not context.model.goals:
        message = f"{len(found):,} initiatives serve no goal, and there is none"
        help_ = "describe your goals (`platctl new goal`), and list them in `goals:` of the initiatives that serve them"
        yield orphan_initiative.finding(message, context.model.name_at(found[0].ref), help_)
        return
    for each in found:
        help_ = "add `goals:` with the goals it serves"
        yield orphan_initiative.finding(f"`{each.name}` serves no goal", context.model.name_at(each.ref), help_)
