"""Whom things move, as rows for a spreadsheet: one for each component and consumer."""

from collections.abc import Iterator

from platctl.questions.influence.report import InfluenceReport

_SETS = ("all", "hard", "exposing")
_COUNTS = ("components_direct", "components", "consumers_direct", "consumers")
HEADER = (
    *("kind", "id", "title", "layer", "tier", "owner"),
    *(f"{name}_{count}" if name != "all" else count for name in _SETS for count in _COUNTS),
    *("users", "developers", "revenue", "uses_direct", "uses"),
)


def rows(report: InfluenceReport) -> Iterator[tuple[str | float | None, ...]]:
    """The counts, in the order of the report; a consumer has no dependents."""
    for each in report.components:
        counts = (count for found in each.dependents for count in (found.components, found.consumers))
        yield (
            *("component", each.component.ref.name, each.component.title, each.layer, None),
            each.owner.ref.name if each.owner else None,
            *(part for count in counts for part in (count.direct, count.transitive)),
            *(each.reach.users, each.reach.developers, each.reach.revenue),
            *(each.dependencies.direct, each.dependencies.transitive),
        )
    for one in report.consumers:
        yield (
            *("consumer", one.consumer.ref.name, one.consumer.title, None, one.tier),
            one.owner.ref.name if one.owner else None,
            *[None] * (len(_SETS) * len(_COUNTS) + 3),
            *(one.dependencies.direct, one.dependencies.transitive),
        )
