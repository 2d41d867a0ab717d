"""Rules about policies and approvals: what is agreed has to be agreed to something."""

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
    "A policy that can't do what it says",
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
    """Reports a policy with the id of another one, with a layer that is not in the list, or with `by` although it
    asks nobody to approve.

    It would apply to nothing, or be taken for another one, and nobody would notice.
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
            yield invalid_policy.finding(f"there are two policies `{policy.id}`", span, "give each its own id", related)


def _layers(context: Context, placement: Placement) -> Iterator[Finding]:
    layers = context.model.config.layers
    for index, policy in enumerate(context.model.config.policies):
        layer = policy.when.layer
        if layer is not None and layer.lower() not in {each.lower() for each in layers}:
            near = did_you_mean(Names(layers).nearest(layer, 1), "? ")
            span = placement.span(("policies", index, "when", "layer"))
            yield invalid_policy.finding(
                f"there is no layer `{layer}`", span, f"{near}layers are {counted(list(layers), 20)}"
            )


def _asks_nobody(context: Context, placement: Placement) -> Iterator[Finding]:
    for index, policy in enumerate(context.model.config.policies):
        if policy.by and policy.action is not Action.APPROVE:
            span = placement.span(("policies", index, "by"), key=True)
            message = f"the policy `{policy.id}` names who agrees, but its action is {policy.action.value}"
            yield invalid_policy.finding(message, span, "write `action: approve`, or take `by` out")


@rule(
    "unknown-selection",
    Severity.ERROR,
    "A selector of `platctl.yaml` that names what does not exist",
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
    """Reports a selector in `selectors`, or in the condition of a policy, that names an entity, an owner, a goal or
    a word of a fixed list which does not exist, or that leads back to itself.

    It would select nothing, and a policy with it would hold for nobody.
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
    "An approval of something that was altered since",
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
    """Reports an approval whose `digest` is not that of what the initiative changes now, and when.

    Somebody agreed to something else, so it does not count where a policy asks for it.
    """
    for initiative in _open(context):
        for index, approval in enumerate(initiative.approvals):
            if approval.digest is not None and not is_digest_of(approval.digest, context.model, initiative):
                name = approval.consumer.name
                span = context.model.at(initiative.ref, ("approvals", index, "digest"))
                help_ = f"ask again, then `platctl approve {initiative.ref.name} --for {name} --by NAME`"
                message = f"what {approval.by} approved for `{name}` was altered since"
                yield lapsed_approval.finding(message, span, help_)


@rule(
    "unbound-approval",
    Severity.INFO,
    "An approval that can't lapse",
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

    It still counts when the initiative is altered, although nobody agreed to that.
    """
    for initiative in _open(context):
        for index, approval in enumerate(initiative.approvals):
            if approval.digest is None:
                name = approval.consumer.name
                span = context.model.at(initiative.ref, ("approvals", index))
                help_ = f"`platctl approve {initiative.ref.name} --for {name} --by NAME` writes one"
                yield unbound_approval.finding(f"the approval for `{name}` does not say what was approved", span, help_)


def _open(context: Context) -> Iterator[Initiative]:
    """The initiatives whose approvals still matter and could be read."""
    for initiative in context.model.initiatives.values():
        over = not initiative.status.is_open
        if initiative.approvals and not over and context.is_read(initiative.ref, "changes", "start", "end", "period"):
            yield initiative
