"""A rule about what was seen to work."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.rules.context import Context
from platctl.rules.rule import rule


@rule(
    "verified-outside-range",
    Severity.WARNING,
    "A version that was verified, but is not required",
    example="""
        kind: component
        id: identity
        versions:
          - version: 2.4.0
          - version: 3.0.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<3"
            verified:
              - version: 3.0.0
    """,
    fix="""
        kind: component
        id: identity
        versions:
          - version: 2.4.0
          - version: 3.0.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<4"
            verified:
              - version: 3.0.0
    """,
)
def verified_outside_range(context: Context) -> Iterator[Finding]:
    """Reports a version in `verified` that can't be read, or that `requires` does not admit.

    If it works, the range is too narrow: the dependent counts as broken where it isn't. If it doesn't, the record is
    wrong. platctl goes by the range.
    """
    for use in context.graph.uses:
        requires = use.dependency.requires
        for index, each in enumerate(use.dependency.verified):
            version, span = each.version, context.model.at(use.source, (*use.route, "verified", index, "version"))
            target = context.name(use.target, use.interface)
            if version.parsed is None:
                message, help_ = f"`{version}` is not a version", "write the version that was verified, such as `2.4.0`"
                yield verified_outside_range.finding(message, span, help_, about=target)
            elif requires is not None and requires.admits(version) is False:
                message = f"{version} of `{target}` was verified, but `{requires}` does not admit it"
                help_ = "extend the range, or remove the record"
                yield verified_outside_range.finding(message, span, help_, about=target)
