"""Rules about plans: whether dates and capacity fit."""

from collections.abc import Iterator
from typing import NamedTuple

from platctl.finding import Finding, Label, Severity
from platctl.model.calendar import Date
from platctl.model.listed_versions import listed
from platctl.model.placement import fields
from platctl.model.ref import Ref
from platctl.model.window import window
from platctl.outlook.conflicts import ConflictKind, of_days
from platctl.outlook.overload import LoadShare, overloads
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route

MOST_LABELS = 3


@rule(
    "end-before-start",
    Severity.ERROR,
    "An end date before the start date",
    example="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        start: 2027-04-01
        end: 2027-03-01
    """,
    fix="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        start: 2027-03-01
        end: 2027-04-01
    """,
)
def end_before_start(context: Context) -> Iterator[Finding]:
    """Reports an end before its start: of an initiative (by its dates or its period), of a freeze, or of the time in
    which a version is available; also a `deadline` before `earliest`.

    One of the two dates is wrong, but every plan and forecast relies on both.
    """
    for stretch in _stretches(context):
        if stretch.first and stretch.last and stretch.last < stretch.first:
            message = f"`{stretch.end[-1]}` {stretch.last} is before {_first_words(stretch)} {stretch.first}"
            help_ = "swap the two dates, or correct the wrong one"
            labels = [] if stretch.start == stretch.end else [context.label(stretch.ref, "starts here", *stretch.start)]
            span, about = context.model.at(stretch.ref, stretch.end), fields(stretch.start)
            yield end_before_start.finding(message, span, help_, labels, about=about)


class _DayPair(NamedTuple):
    """A first and a last day of an entity, and the fields that hold them."""

    ref: Ref
    start: Route
    first: Date | None
    end: Route
    last: Date | None


def _first_words(stretch: _DayPair) -> str:
    return "the first day of `period`" if stretch.start == ("period",) else f"`{stretch.start[-1]}`"


def _stretches(context: Context) -> Iterator[_DayPair]:
    calendar = context.model.config.calendar.calendar
    for ref, each in context.model.initiatives.items():
        days = window(each, calendar)
        start, end = ("start" if each.start else "period"), ("end" if each.end else "period")
        yield _DayPair(ref, (start,), days.start, (end,), days.end)
        yield _DayPair(ref, ("earliest",), each.earliest, ("deadline",), each.deadline)
    for ref, consumer in context.model.consumers.items():
        for index, freeze in enumerate(consumer.freezes):
            yield _DayPair(ref, ("freezes", index, "start"), freeze.start, ("freezes", index, "end"), freeze.end)
    for ref, component in context.model.components.items():
        for version in listed(component):
            days_of = {name: getattr(version.offered, name) for name in ("since", "deprecated", "sunset")}
            for first, last in (("since", "deprecated"), ("deprecated", "sunset"), ("since", "sunset")):
                at = version.within
                yield _DayPair(ref, (*at, first), days_of[first], (*at, last), days_of[last])


@rule(
    "starts-before-dependency-ends",
    Severity.WARNING,
    "An initiative that starts before its prerequisite ends",
    example="""
        kind: initiative
        id: new-login
        title: A new login page
        proposed_by: Ana Ruiz
        period: 2027-Q2
        ---
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        period: 2027-Q2
        depends_on: [new-login]
    """,
    fix="""
        kind: initiative
        id: new-login
        title: A new login page
        proposed_by: Ana Ruiz
        period: 2027-Q2
        ---
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        period: 2027-Q3
        depends_on: [new-login]
    """,
)
def starts_before_dependency_ends(context: Context) -> Iterator[Finding]:
    """Reports an initiative that starts before, or on, the last day of an initiative it depends on. Work that is done,
    dropped or parked is not checked.

    The team would start and then have to wait, or build on something that does not exist yet.
    """
    model, plan = context.model, context.plan
    for initiative in plan.open_work.values():
        for each in of_days(plan, initiative):
            if each.kind is ConflictKind.STARTS_BEFORE_DEPENDENCY:
                other = model.initiatives[each.other.ref]
                message = f"`{initiative.name}` starts on {each.date}, but `{other.name}` ends only on {each.limit}"
                help_ = f"start after {each.limit}, or remove the dependency"
                label = context.label(other.ref, "ends too late", "end" if other.end else "period")
                yield starts_before_dependency_ends.finding(message, each.span.resolve(), help_, [label])


@rule(
    "overdue",
    Severity.WARNING,
    "Committed work whose last day has passed",
    example="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        owner: access
        effort: {access: 6}
        changes: [{component: identity, effect: internal}]
        goals: [safe-sign-in]
        status: active
        start: 2026-10-01
        end: 2026-12-31
        ---
        kind: team
        id: access
        ---
        kind: component
        id: identity
        ---
        kind: goal
        id: safe-sign-in
    """,
    fix="""
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        owner: access
        effort: {access: 6}
        changes: [{component: identity, effect: internal}]
        goals: [safe-sign-in]
        status: active
        start: 2026-10-01
        end: 2027-02-28
        ---
        kind: team
        id: access
        ---
        kind: component
        id: identity
        ---
        kind: goal
        id: safe-sign-in
    """,
)
def overdue(context: Context) -> Iterator[Finding]:
    """Reports planned or active work whose last day is before today. A proposal with a date in the past is not
    reported, because no one counts on it.

    Others still rely on that day. A version that only overdue work adds counts as unconfirmed, and an end that it
    brings counts from the day after today.
    """
    for ref, initiative in context.plan.committed.items():
        since = context.plan.overdue_since(initiative)
        if since and context.is_read(ref, "end", "period", "status"):
            message = f"`{initiative.name}` is overdue since {since}"
            help_ = "set the new last day as `end`, or `status: done` if it is finished"
            span = context.model.at(ref, (initiative.first_written("end", "period"),))
            yield overdue.finding(message, span, help_, [context.label(ref, "not done", "status")])


@rule(
    "over-capacity",
    Severity.WARNING,
    "A team with more committed work than it has capacity for",
    example="""
        kind: team
        id: access
        capacity: 12
        ---
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        owner: access
        effort: {access: 18}
        changes: [{component: identity, effect: internal}]
        goals: [safe-sign-in]
        status: planned
        period: 2027-Q2
        ---
        kind: component
        id: identity
        ---
        kind: goal
        id: safe-sign-in
    """,
    fix="""
        kind: team
        id: access
        capacity: 12
        ---
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        owner: access
        effort: {access: 18}
        changes: [{component: identity, effect: internal}]
        goals: [safe-sign-in]
        status: planned
        start: 2027-04-01
        end: 2027-09-30
        ---
        kind: component
        id: identity
        ---
        kind: goal
        id: safe-sign-in
    """,
)
def over_capacity(context: Context) -> Iterator[Finding]:
    """Reports a team whose planned and active work takes more person-weeks in a period than its `capacity`. The effort
    of an initiative is spread evenly over its days; periods that are over are not checked.

    Some of that work will be late.
    """
    for each in overloads(context.plan):
        names = [context.name(share.initiative.ref) for share in each.work]
        labels = [_takes(context, each.team.ref, share) for share in each.work[:MOST_LABELS]]
        message = f"`{context.name(each.team.ref)}` has {each.text}"
        help_ = f"move or reduce {counted(names, word='or')}, or correct `capacity`"
        span = context.model.at(each.team.ref, ("capacity", each.period))
        yield over_capacity.finding(message, span, help_, labels, about=each.period)


def _takes(context: Context, team: Ref, share: LoadShare) -> Label:
    teams = context.model.initiatives[share.initiative.ref].teams
    written = next(name for name, ref in teams.items() if context.model.canonical(ref) == team)
    return context.label(share.initiative.ref, f"takes {share.weeks:.1f} person-weeks", "effort", written)


@rule(
    "superseded-work",
    Severity.WARNING,
    "Open work that other work takes the place of",
    example="""
        kind: initiative
        id: passwords
        title: Longer passwords
        proposed_by: Ana Ruiz
        ---
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        supersedes: [passwords]
    """,
    fix="""
        kind: initiative
        id: passwords
        title: Longer passwords
        proposed_by: Ana Ruiz
        status: dropped
        ---
        kind: initiative
        id: passkeys
        title: Sign in without a password
        proposed_by: Ana Ruiz
        supersedes: [passwords]
    """,
)
def superseded_work(context: Context) -> Iterator[Finding]:
    """Reports an initiative that is neither done nor given up, although another one, which is not given up, lists it
    under `supersedes`.

    Both are ranked and planned, so teams are asked to do the same twice.
    """
    for ref, initiative in context.model.initiatives.items():
        for index, name in enumerate(initiative.supersedes):
            other = context.model.initiatives.get(context.model.canonical(name))
            if other and other is not initiative and other.status.is_open and not initiative.status.is_given_up:
                yield superseded_work.finding(
                    f"initiative `{other.name}` is {other.status.value}, but `{initiative.name}` supersedes it",
                    context.model.at(other.ref, (other.first_written("status"),)),
                    "set `status: dropped`, or remove it from `supersedes`",
                    [Label(context.model.at(ref, ("supersedes", index)), "superseded here")],
                )
