"""Rules about versions and ranges: whether they can be read, and whether what is on offer meets them."""

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
    """Reports a version that does not follow PEP 440, with which most semantic versions agree: numbers with dots,
    then perhaps `a1`, `b1`, `rc1`, `.post1` or `.dev1`.

    What can't be read can't be compared: whoever requires a range of it counts as at risk.
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
    what = "is a range; one version belongs here" if is_range else "is not a version"
    help_ = f"write `{numbers[0] if numbers else '1.0.0'}`, or with a pre-release `1.0.0rc1`"
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
    commas. `^2.1`, `~2.1`, `2.x` and `>=2 <3` belong to other tools.

    A range that can't be read is an unknown one, so every change of the component puts the dependent at risk.
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
    help_ = f'write `"{meant}"`' if meant else 'write comparisons separated by commas, such as `">=2,<3"`'
    if wanted.text.strip() in ("*", ""):
        help_ = "remove the line if every version will do"
    return invalid_range.finding(f"`{wanted.text}` is not a version range", span, help_, about=about)


def _changes(context: Context) -> Iterator[tuple[Ref, Route, Change]]:
    """Every change with the route to its version."""
    for ref, initiative in context.model.initiatives.items():
        for index, change in enumerate(initiative.changes):
            yield ref, ("changes", index, "version"), change


@rule(
    "unsatisfied-range",
    Severity.ERROR,
    "A required range that nothing on offer meets",
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
    """Reports a dependency whose `requires` is met by no version that the component offers.

    Either the range is wrong, or the dependent is broken already; then a change can't break it any more, and
    reports leave it out. Where planned work will bring such a version in time, the finding is only an info. A
    pre-release counts only where the range names one.
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
    message = f"nothing that `{target}` offers meets `{use.dependency.requires}`"
    help_ = _range_help(target, offered)
    if day:
        message += f" before {day}"
        help_ = f"planned work brings it on {day}; until then {help_}"
    if day and needed and day > needed:
        message += f", but it is needed by {needed}"
    in_time = day is not None and (needed is None or day <= needed)
    return unsatisfied_range.finding(
        message,
        context.model.at(use.source, (*use.route, "requires")),
        help_,
        [context.label(use.target, f"`{context.name(use.target)}` is defined here")],
        Severity.INFO if in_time else None,
        about=target,
    )


def _range_help(target: str, offered: list[Version]) -> str:
    if not offered:
        return f"no version of `{target}` is on offer"
    best = highest(offered)
    suggestion = f', such as `requires: "{_range_of(best)}"`' if best and best.parsed else ""
    which = "it" if len(offered) == 1 else "one of them"
    return f"`{target}` offers {counted([each.text for each in offered])}: require {which}{suggestion}"


def _range_of(version: Version) -> str:
    """The versions that keep the contract of one."""
    major, minor = version.line or (0, 0)
    below = f"{major + 1}" if major else f"0.{minor + 1}"
    return f">={version.text},<{below}"


def _meets(offers: Offers, need: Need) -> bool:
    return standing(offers, need) in (Standing.LIVE, Standing.DEPRECATED)


class _Planned:
    """From when on planned work meets what nothing on offer meets today; each component is followed once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._offers: dict[Ref, list[tuple[Date, Offers]]] = {}
        self._days: dict[tuple[Ref, Need], Date | None] = {}

    def first_day(self, use: Use) -> Date | None:
        """The first day on which something meets the dependency."""
        key = (use.target, need_of(use))
        if key not in self._days:
            self._days[key] = next((day for day, offers in self._over_time(use.target) if _meets(offers, key[1])), None)
        return self._days[key]

    def _over_time(self, ref: Ref) -> list[tuple[Date, Offers]]:
        if ref not in self._offers:
            catalog = self._context.catalog
            days = catalog.turning_days(ref)
            self._offers[ref] = [(day, catalog.offers(ref, day)) for day in days]
        return self._offers[ref]
