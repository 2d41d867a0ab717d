"""Rules about policies and approvals: each must refer to something that exists and has not changed."""

from collections.abc import Iterator
from itertools import chain

from platctl.finding import Finding, Label, Severity
from platctl.graph.selection import STATES, Selection
from platctl.model.approval_digest import is_digest_of
from platctl.model.entity.initiative import Initiative
from platctl.model.language.selector import SelectorError, parse_selector
from platctl.model.placement import Placement
from platctl.model.settings.config import Config
from platctl.model.settings.policy import Action
from platctl.model.similar_names import Names, did_you_mean
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route


@rule(
    "invalid-policy",
    Severity.ERROR,
    "A policy that can't work",
    example="""
        # platctl.yaml
        policies:
          - id: critical-products-agree
            when: {layer: plattform}
            action: approve
    """,
    fix="""
        # platctl.yaml
        policies:
          - id: critical-products-agree
            when: {layer: platform}
            action: approve
    """,
)
def invalid_policy(context: Context) -> Iterator[Finding]:
    """Reports a policy with the same id as another one, with an unknown layer, or with `by` although its action is
    not `approve`.

    It would apply to nothing, or be mistaken for another one, without any warning.
    """
    placement = context.model.config_placement
    if placement is not None:
        yield from chain(_same_ids(context, placement), _layers(context, placement), _asks_nobody(context, placement))


def _same_ids(context: Context, placement: Placement) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, policy in enumerate(context.model.config.policies):
        there = first.setdefault(policy.id.lower(), index)
        if there != index:
            related = [Label(placement.span(("policies", there, "id")), "the first one")]
            span = placement.span(("policies", index, "id"))
            message = f"two policies have the id `{policy.id}`"
            yield invalid_policy.finding(message, span, "give each policy a unique id", related)


def _layers(context: Context, placement: Placement) -> Iterator[Finding]:
    layers = context.model.config.layers
    for index, policy in enumerate(context.model.config.policies):
        layer = policy.when.layer
        if layer is not None and layer.lower() not in {each.lower() for each in layers}:
            near = did_you_mean(Names(layers).nearest(layer, 1), "? ")
            span = placement.span(("policies", index, "when", "layer"))
            help_ = f"{near}use {counted(list(layers), 20, 'or')}"
            yield invalid_policy.finding(f"there is no layer `{layer}`", span, help_)


def _asks_nobody(context: Context, placement: Placement) -> Iterator[Finding]:
    for index, policy in enumerate(context.model.config.policies):
        if policy.by and policy.action is not Action.APPROVE:
            span = placement.span(("policies", index, "by"), key=True)
            message = f"policy `{policy.id}` has `by`, but its action is `{policy.action.value}`, not `approve`"
            yield invalid_policy.finding(message, span, "use `action: approve`, or remove `by`")


@rule(
    "unknown-selection",
    Severity.ERROR,
    "A selector in `platctl.yaml` that names something that does not exist",
    example="""
        # platctl.yaml
        selectors:
          gone: "lifecycle:retird"
    """,
    fix="""
        # platctl.yaml
        selectors:
          gone: "lifecycle:retired"
    """,
)
def unknown_selection(context: Context) -> Iterator[Finding]:
    """Reports a selector under `selectors`, or in the condition of a policy, that names an entity, owner, goal or
    value that does not exist, or that refers to itself.

    It would select nothing, and a policy that uses it would never apply.
    """
    placement = context.model.config_placement
    selection = Selection(context.graph, dict.fromkeys(STATES, frozenset), context.model.config.selectors)
    for text, route in _selectors(context.model.config) if placement else ():
        try:
            selection.of(parse_selector(text))
        except SelectorError as error:
            if placement and context.model.is_complete:
                yield unknown_selection.finding(error.message, placement.span(route), error.help)


def _selectors(config: Config) -> Iterator[tuple[str, Route]]:
    yield from ((text, ("selectors", name)) for name, text in config.selectors.items())
    for index, policy in enumerate(config.policies):
        for field in ("consumers", "components"):
            if text := getattr(policy.when, field):
                yield text, ("policies", index, "when", field)


@rule(
    "lapsed-approval",
    Severity.WARNING,
    "An approval of something that has changed since",
    example="""
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2.x
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: removal
            version: "<3"
        approvals:
          - consumer: shop
            by: Lena Vogel
            digest: "000000000000"
        ---
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
    """,
    fix="""
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2.x
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: removal
            version: "<3"
        ---
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
    """,
)
def lapsed_approval(context: Context) -> Iterator[Finding]:
    """Reports an approval whose `digest` no longer matches the changes of the initiative and their date.

    The approval was given for something else, so it does not count where a policy requires one.
    """
    for initiative in _open(context):
        for index, approval in enumerate(initiative.approvals):
            if approval.digest is not None and not is_digest_of(approval.digest, context.model, initiative):
                name = approval.consumer.name
                span = context.model.at(initiative.ref, ("approvals", index, "digest"))
                help_ = f"ask again, then run `platctl approve {initiative.ref.name} --for {name} --by NAME`"
                message = f"what {approval.by} approved for `{name}` has changed since"
                yield lapsed_approval.finding(message, span, help_)


@rule(
    "unbound-approval",
    Severity.WARNING,
    "An approval without a digest",
    example="""
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2.x
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: removal
            version: "<3"
        approvals:
          - consumer: shop
            by: Lena Vogel
        ---
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
    """,
    fix="""
        kind: initiative
        id: retire-identity-2
        title: Retire identity 2.x
        proposed_by: Ana Ruiz
        changes:
          - component: identity
            effect: removal
            version: "<3"
        ---
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
    """,
)
def unbound_approval(context: Context) -> Iterator[Finding]:
    """Reports an approval without a `digest` of what was approved.

    It does not count where a policy requires an approval: no one can tell whether it was given for this change or for
    an earlier one.
    """
    for initiative in _open(context):
        for index, approval in enumerate(initiative.approvals):
            if approval.digest is None:
                name = approval.consumer.name
                span = context.model.at(initiative.ref, ("approvals", index))
                help_ = f"run `platctl approve {initiative.ref.name} --for {name} --by NAME` to add the digest"
                message = f"the approval for `{name}` has no digest, so it does not count"
                yield unbound_approval.finding(message, span, help_)


def _open(context: Context) -> Iterator[Initiative]:
    """The open initiatives with approvals whose changes and dates could be read."""
    for initiative in context.model.initiatives.values():
        over = not initiative.status.is_open
        if initiative.approvals and not over and context.is_read(initiative.ref, "changes", "start", "end", "period"):
            yield initiative
