"""Rules about cycles: components, initiatives, goals, teams and domains that lead back to themselves."""

from collections.abc import Iterator, Mapping

from platctl.finding import Finding, Label, Severity
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record
from platctl.rules.context import Context
from platctl.rules.rule import Rule, rule
from platctl.scheduling.cycles import shortest_cycles
from platctl.source.yaml.document import Route

_MOST = 8
"""The number of steps of a long cycle that are shown; the rest are counted."""

Edges = Mapping[Ref, Mapping[Ref, Route]]


@rule(
    "dependency-cycle",
    Severity.ERROR,
    "Components that depend on each other in a cycle",
    example="""
        kind: component
        id: billing
        depends_on: [identity]
        ---
        kind: component
        id: identity
        depends_on: [billing]
    """,
    fix="""
        kind: component
        id: billing
        depends_on: [identity]
        ---
        kind: component
        id: identity
    """,
)
def dependency_cycle(context: Context) -> Iterator[Finding]:
    """Reports components that depend on each other: one finding per group, which shows its shortest cycle.

    None of them can be built, released or replaced without the others, and a change to one of them affects itself.
    """
    edges: dict[Ref, dict[Ref, Route]] = {}
    for use in context.graph.uses:
        if use.source in context.model.components and use.target in context.model.components:
            edges.setdefault(use.source, {}).setdefault(use.target, (*use.route, "component"))
    help_ = "remove one of these dependencies, or move what both sides need into a separate component"
    yield from _cycles(dependency_cycle, context, edges, _CircleWords("depends on", "depend on each other", help_))


@rule(
    "initiative-cycle",
    Severity.ERROR,
    "Initiatives that wait for each other",
    example="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        depends_on: [new-login]
        ---
        kind: initiative
        id: new-login
        title: A new login page
        proposed_by: Ana Ruiz
        depends_on: [passkeys]
    """,
    fix="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        depends_on: [new-login]
        ---
        kind: initiative
        id: new-login
        title: A new login page
        proposed_by: Ana Ruiz
    """,
)
def initiative_cycle(context: Context) -> Iterator[Finding]:
    """Reports initiatives in a cycle, each of which has to end before the next one can start.

    No order satisfies this, so they can't be planned.
    """
    help_ = "remove one of these dependencies, or split the initiative that both sides wait for"
    words = _CircleWords("waits for", "wait for each other", help_)
    yield from _cycles(initiative_cycle, context, _edges(context.model, "initiative", "depends_on"), words)


@rule(
    "goal-cycle",
    Severity.ERROR,
    "Goals that are part of each other",
    example="""
        kind: goal
        id: trust
        parent: safe-sign-in
        ---
        kind: goal
        id: safe-sign-in
        parent: trust
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
def goal_cycle(context: Context) -> Iterator[Finding]:
    """Reports goals whose parents lead back to themselves.

    Goals form a tree from the vision down to objectives; goals in a cycle are not part of that tree.
    """
    yield from _parts(goal_cycle, context, "goal")


@rule(
    "team-cycle",
    Severity.ERROR,
    "Teams that are part of each other",
    example="""
        kind: team
        id: platform
        parent: identity
        ---
        kind: team
        id: identity
        parent: platform
    """,
    fix="""
        kind: team
        id: platform
        ---
        kind: team
        id: identity
        parent: platform
    """,
)
def team_cycle(context: Context) -> Iterator[Finding]:
    """Reports teams whose parents lead back to themselves.

    Each of them would own what the others own, so a selection of one takes all.
    """
    yield from _parts(team_cycle, context, "team")


@rule(
    "domain-cycle",
    Severity.ERROR,
    "Domains that are part of each other",
    example="""
        kind: domain
        id: commerce
        parent: payments
        ---
        kind: domain
        id: payments
        parent: commerce
    """,
    fix="""
        kind: domain
        id: commerce
        ---
        kind: domain
        id: payments
        parent: commerce
    """,
)
def domain_cycle(context: Context) -> Iterator[Finding]:
    """Reports domains whose parents lead back to themselves.

    Whatever belongs to one of them would belong to all.
    """
    yield from _parts(domain_cycle, context, "domain")


@rule(
    "supersedes-cycle",
    Severity.ERROR,
    "Initiatives that supersede each other",
    example="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        status: dropped
        supersedes: [magic-links]
        ---
        kind: initiative
        id: magic-links
        title: Sign in by mail
        proposed_by: Ana Ruiz
        supersedes: [passkeys]
    """,
    fix="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        status: dropped
        ---
        kind: initiative
        id: magic-links
        title: Sign in by mail
        proposed_by: Ana Ruiz
        supersedes: [passkeys]
    """,
)
def supersedes_cycle(context: Context) -> Iterator[Finding]:
    """Reports initiatives that take the place of each other.

    None of them is the one that is left to do.
    """
    words = _CircleWords("supersedes", "supersede each other", "remove the one that is no longer true")
    yield from _cycles(supersedes_cycle, context, _edges(context.model, "initiative", "supersedes"), words)


def _parts(rule_: Rule, context: Context, kind: str) -> Iterator[Finding]:
    """Entities of this kind whose parents lead back to themselves."""
    words = _CircleWords("is part of", "are part of each other", f"remove `parent` from the topmost {kind}")
    yield from _cycles(rule_, context, _edges(context.model, kind, "parent"), words)


def _edges(model: Model, kind: str, field: str) -> Edges:
    """By entity of a kind: those of the same kind that a field of it names."""
    found: dict[Ref, dict[Ref, Route]] = {}
    for each in model.references:
        target = model.canonical(each.target)
        if each.source.kind == target.kind == kind and each.route[0] == field and target in model.entities:
            found.setdefault(each.source, {}).setdefault(target, each.route)
    return found


@record
class _CircleWords:
    step: str
    circle: str
    help: str


def _cycles(rule_: Rule, context: Context, edges: Edges, words: _CircleWords) -> Iterator[Finding]:
    for cycle in shortest_cycles({source: list(targets) for source, targets in edges.items()}):
        steps = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
        first, *others = (context.model.at(source, edges[source][target]) for source, target in steps[:_MOST])
        texts = [f"`{context.name(source)}` {words.step} `{context.name(target)}`" for source, target in steps[1:]]
        labels = [Label(span, text) for span, text in zip(others, texts, strict=False)]
        yield rule_.finding(_message(context, cycle, words), first, words.help, labels)


def _message(context: Context, cycle: list[Ref], words: _CircleWords) -> str:
    names = [f"`{context.name(ref)}`" for ref in cycle]
    if len(names) == 1:
        return f"{names[0]} {words.step} itself"
    if len(names) > _MOST:
        names[_MOST:] = [f"{len(names) - _MOST} more"]
    return f"{len(cycle)} {cycle[0].kind}s {words.circle}: {' → '.join([*names, names[0]])}"
