"""Rules about versions and ranges: whether they can be read, and whether available versions meet them."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity, Span
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Lifecycle
from platctl.model.entity.initiative import Change
from platctl.model.listed_versions import listed
from platctl.model.other_notations import is_version_alone, range_readers, rewrite_range, version_reader
from platctl.model.ref import Ref
from platctl.model.version import Range, Version, highest
from platctl.model.versioning.scheme import MAX_LENGTH, Versioning, is_wildcard
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
    Severity.WARNING,
    "A version that can't be read",
    example="""
        kind: component
        id: identity
        version: 2.4.0-SNAPSHOT
    """,
    fix="""
        kind: component
        id: identity
        versioning: maven
        version: 2.4.0-SNAPSHOT
    """,
)
def invalid_version(context: Context) -> Iterator[Finding]:
    """Reports a version that the component's `versioning` can't read. Where none is declared, that is PEP 440: numbers
    separated by dots, optionally followed by `a1`, `b1`, `rc1`, `.post1` or `.dev1`; most semantic versions are valid.

    A version that can't be read can't be compared, so everything that requires a range of it counts as at risk.
    """
    for ref, component in context.model.components.items():
        for each in listed(component):
            if each.offered.version.parsed is None:
                name = context.name(ref, each.interface or None)
                yield _invalid_version(each.offered.version, context.model.at(ref, each.route), each.interface, name)
    for ref, route, change in _changes(context):
        version = change.new_version
        if change.effect in _BRINGS and version and version.parsed is None:
            about = str(change.component)
            yield _invalid_version(version, context.model.at(ref, route), about, about)


def _invalid_version(version: Version, span: Span, about: str, name: str) -> Finding:
    declared = version.declared
    of = f" of {declared.title}" if declared else ""
    range_ = Range(version.text, declared)
    is_range = range_.parsed is not None and not range_.follows and not is_version_alone(version.text)
    what = "is a range, but this field needs a single version" if is_range else f"is not a version{of}"
    help_ = ""
    if not is_range and declared is None:
        reader = version_reader(version.text)
        ordered = f"`versioning: {Versioning.ORDERED}` of `{name}` takes names in the order in which they are listed"
        help_ = (
            f"`versioning: {reader}` of `{name}` reads it"
            if reader
            else ""
            if is_wildcard(version.text[:MAX_LENGTH])
            else ordered
        )
    return invalid_version.finding(f"`{version.text}` {what}", span, help_, about=about)


@rule(
    "invalid-range",
    Severity.WARNING,
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
        versioning: npm
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ^2.1
    """,
)
def invalid_range(context: Context) -> Iterator[Finding]:
    """Reports a range that the `versioning` of the component can't read. Where none is declared, that is PEP 440:
    comparisons with `>=`, `<`, `==`, `!=` or `~=`, separated by commas. `^2.1`, `~2.1`, `2.x` and `>=2 <3` are
    notations of other tools, and a version alone means something else to each of them.

    If the range can't be read, every change to the component puts the dependent at risk.
    """
    for use in context.graph.uses:
        requires = use.dependency.requires
        if requires and not requires.is_complete:
            span = context.model.at(use.source, (*use.route, "requires"))
            yield _invalid_range(requires, span, context.name(use.target, use.interface))
    for ref, route, change in _changes(context):
        wanted = change.version
        if change.effect in _BRINGS or wanted is None or Version(wanted.text, wanted.declared).parsed is not None:
            continue
        if not wanted.is_complete:
            yield _invalid_range(wanted, context.model.at(ref, route), str(change.component))


def _invalid_range(wanted: Range, span: Span, about: str) -> Finding:
    of = f" of {wanted.declared.title}" if wanted.declared else ""
    help_ = "" if wanted.declared else _help_for(wanted.text, about)
    return invalid_range.finding(f"`{wanted.text}` is not a version range{of}", span, help_, about=about)


def _help_for(text: str, about: str) -> str:
    """Ways to write a range without changing what it means; none if that is not certain."""
    if text.strip() in ("*", ""):
        return "remove the line if every version is acceptable"
    if is_version_alone(text):
        return (
            f"declare `versioning` of `{about}`: to npm, pep440 and gem it means this version alone, to cargo "
            "also what is compatible, to maven and go also what is newer"
        )
    meant, readers = rewrite_range(text), range_readers(text)
    declared = " or ".join(f"`versioning: {each}`" for each in readers)
    ways = [f'use `"{meant}"`'] if meant else []
    return ", or ".join([*ways, *([f"declare {declared} of `{about}`"] if readers else [])])


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
    barred = [each for each in offered if use.dependency.requires and use.dependency.requires.bars_as_prerelease(each)]
    if barred:
        verb = "is a pre-release" if len(barred) == 1 else "are pre-releases"
        message += f": {counted([each.text for each in barred])} {verb}, which a range admits only if it names one"
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
    range_ = best.scheme.successor_range(best.text) if best and best.parsed is not None else None
    suggestion = f', such as `requires: "{range_}"`' if range_ else ""
    which = "it" if len(offered) == 1 else "one of them"
    return f"`{target}` provides {counted([each.text for each in offered])}: require {which}{suggestion}"


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
