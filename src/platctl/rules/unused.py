"""Rules about isolated entities: components without dependents, and consumers without dependencies."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.model.entity.component import Lifecycle
from platctl.rules.context import Context
from platctl.rules.rule import rule


@rule(
    "unused-component",
    Severity.INFO,
    "A component that nothing depends on",
    example="""
        kind: component
        id: identity
    """,
    fix="""
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [identity]
    """,
)
def unused_component(context: Context) -> Iterator[Finding]:
    """Reports a component that no component or consumer depends on, unless it is retired. If something that may use it
    can't be read, nothing is reported.

    Either its users are not declared, so no change warns them; or the component can be removed.
    """
    users = context.graph.users_of
    for ref, component in context.model.components.items():
        if component.lifecycle is Lifecycle.RETIRED or any(use.source != ref for use in users.get(ref, ())):
            continue
        if not any(map(context.unread.may_use, (ref, *component.other_refs))):
            help_ = "add it to `uses` or `depends_on` of the entities that use it, or retire it"
            message = f"nothing depends on component `{component.name}`"
            yield unused_component.finding(message, context.model.name_at(ref), help_)


@rule(
    "product-without-uses",
    Severity.INFO,
    "A consumer that uses nothing",
    example="""
        kind: consumer
        id: shop
    """,
    fix="""
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [identity]
    """,
)
def product_without_uses(context: Context) -> Iterator[Finding]:
    """Reports a consumer without `uses`.

    No change can be matched with it, so it always appears unaffected.
    """
    for ref, consumer in context.model.consumers.items():
        if not consumer.uses and context.is_read(ref, "uses"):
            help_ = "add `uses:` with the components it depends on"
            message = f"consumer `{consumer.name}` declares no dependencies"
            yield product_without_uses.finding(message, context.model.name_at(ref), help_)
