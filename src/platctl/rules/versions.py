"""Rules about versions and ranges: whether they can be read, and whether available versions meet them."""

import re
from collections.abc import Iterator

from platctl.finding import Finding, Severity, Span
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Lifecycle
from platctl.model.entity.initiative import Change
from platctl.model.listed_versions import listed
from platctl.model.ref import Ref
from platctl.model.version import Range, Version, highest, rewrite_range
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.effects import Need, Standing, need_of, standing
from platctl.outlook.offers import Offers
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule
from platctl.rules.version_labels import version_labels
from platctl.source.yaml.document import Route

_BRINGS = (ChangeEffect.ADDITION, ChangeEffect.BREAKING)


@rule(
    "invalid-version",
    Severity.ERROR,
    "A version that can't be read",
    example="""
        kind: component
        id: identity
        version: 2.4.0-SNAPSHOT
    """,
    fix="""
        kind: component
        id: identity
        version: 2.4.0.dev0
    """,
)
def invalid_version(context: Context) -> Iterator[Finding]:
    """Reports a version that does not follow PEP 440: numbers separated by dots, optionally followed by `a1`, `b1`,
    `rc1`, `.post1` or `.dev1`. Most semantic versions are valid.

    A version that can't be read can't be compared, so everything that requires a range of it counts as at risk.
    """
    for ref, component in context.model.components.items():
        for each in listed(component):
            if each.offered.version.parsed is None:
                yield _invalid_version(each.offered.version, context.model.at(ref, each.route), each.interface)
    for ref, route, change in _changes(context):
        version = change.new_version
        if change.effect in _BRINGS and version and version.parsed is None:
            yield _invalid_version(version, context.model.at(ref, route), str(change.component))


def _invalid_version(version: Version, span: Span, about: str) -> Finding:
    numbers = re.search(r"\d+(\.\d+)*", version.text)
    is_range = Range(version.text).parsed is not None
    what = "is a range, but this field needs a single version" if is_range else "is not a version"
    help_ = f"use `{numbers[0] if numbers else '1.0.0'}`, or for a pre-release `1.0.0rc1`"
    return invalid_version.finding(f"`{version.text}` {what}", span, help_, about=about)


@rule(
    "invalid-range",
    Severity.ERROR,
    "A version range that can't be read",
    example="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ^2.1
    """,
    fix="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2.1,<3"
    """,
)
def invalid_range(context: Context) -> Iterator[Finding]:
    """Reports a range that does not follow PEP 440: comparisons with `>=`, `<`, `==`, `!=` or `~=`, separated by
    commas. `^2.1`, `~2.1`, `2.x` and `>=2 <3` are notations of other tools.

    If the range can't be read, every change to the component puts the dependent at risk.
    """
    for use in context.graph.uses:
        requires = use.dependency.requires
        if requires and requires.parsed is None:
            span = context.model.at(use.source, (*use.route, "requires"))
            yield _invalid_range(requires, span, context.name(use.target, use.interface))
    for ref, route, change in _changes(context):
        wanted = change.version
        if change.effect in _BRINGS or wanted is None or Version(wanted.text).parsed:
            continue
        if wanted.parsed is None:
            yield _invalid_range(wanted, context.model.at(ref, route), str(change.component))


def _invalid_range(wanted: Range, span: Span, about: str) -> Finding:
    meant = rewrite_range(wanted.text)
    help_ = f'use `"{meant}"`' if meant else 'use comparisons separated by commas, such as `">=2,<3"`'
    if wanted.text.strip() in ("*", ""):
        help_ = "remove the line if every version is acceptable"
    return invalid_range.finding(f"`{wanted.text}` is not a version range", span, help_, about=about)


def _changes(context: Context) -> Iterator[tuple[Ref, Route, Change]]:
    """Every change with the route to its version."""
    for ref, initiative in context.model.initiatives.items():
        for index, change in enumerate(initiative.changes):
            yield ref, ("changes", index, "version"), change


@rule(
    "unsatisfied-range",
    Severity.ERROR,
    "A required range that no available version meets",
    example="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=3,<4"
    """,
    fix="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<3"
    """,
)
def unsatisfied_range(context: Context) -> Iterator[Finding]:
    """Reports a dependency whose `requires` no available version of the component meets. If planned work adds such a
    version in time, the finding is only an info. Pre-releases count only if the range names one.

    Either the range is wrong, or the dependent is already broken; then no change can break it further, and reports
    omit it.
    """
    planned = _Planned(context)
    for use, how in context.standings:
        if how is not Standing.NONE or not need_of(use).is_readable:
            continue
        if context.model.components[use.target].lifecycle is not Lifecycle.RETIRED:
            yield _unsatisfied(context, use, planned.first_day(use))


def _unsatisfied(context: Context, use: Use, day: Date | None) -> Finding:
    target = context.name(use.target, use.interface)
    offered = [each.version for each in context.offered_to(use) if each.version]
    needed = use.dependency.need_by
    message = f"no available version of `{target}` meets `{use.dependency.requires}`"
    help_ = _range_help(target, offered)
    if day:
        message += f" before {day}"
        help_ = f"planned work adds one on {day}; until then {help_}"
    if day and needed and day > needed:
        message += f", but it is needed by {needed}"
    in_time = day is not None and (needed is None or day <= needed)
    return unsatisfied_range.finding(
        message,
        context.use_span(use, "requires"),
        help_,
        version_labels(context, use),
        Severity.INFO if in_time else None,
        about=target,
    )


def _range_help(target: str, offered: list[Version]) -> str:
    if not offered:
        return f"no version of `{target}` is available"
    best = highest(offered)
    suggestion = f', such as `requires: "{_range_of(best)}"`' if best and best.parsed else ""
    which = "it" if len(offered) == 1 else "one of them"
    return f"`{target}` provides {counted([each.text for each in offered])}: require {which}{suggestion}"


def _range_of(version: Version) -> str:
    """The range of versions compatible with one."""
    major, minor = version.line or (0, 0)
    below = f"{major + 1}" if major else f"0.{minor + 1}"
    return f">={version.text},<{below}"


def _meets(offers: Offers, need: Need) -> bool:
    return standing(offers, need) in (Standing.LIVE, Standing.DEPRECATED)


class _Planned:
    """The day from which planned work meets a dependency that is unmet today; each component is computed once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._offers: dict[Ref, list[tuple[Date, Offers]]] = {}
        self._days: dict[tuple[Ref, Need], Date | None] = {}

    def first_day(self, use: Use) -> Date | None:
        """The first day on which an available version meets the dependency."""
        key = (use.target, need_of(use))
        if key not in self._days:
            self._days[key] = next((day for day, offers in self._over_time(use.target) if _meets(offers, key[1])), None)
        return self._days[key]

    def _over_time(self, ref: Ref) -> list[tuple[Date, Offers]]:
        if ref not in self._offers:
            timeline = self._context.timeline
            self._offers[ref] = [(day, timeline.offers(ref, day)) for day in timeline.days(ref)]
        return self._offers[ref]
