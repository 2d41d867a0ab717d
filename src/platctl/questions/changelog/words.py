"""One thing that happened to the plan, in a sentence."""

from collections.abc import Mapping
from typing import Final

from platctl.model.named import Named
from platctl.model.settings.audience import Horizon
from platctl.outlook.moves import Punctuality
from platctl.outlook.shifts import OfferEffect
from platctl.questions.changelog.days_as_text import is_past, told
from platctl.questions.changelog.report import (
    ChangedField,
    ChangelogEntry,
    Decided,
    Depends,
    Finished,
    Kind,
    Moved,
    Offered,
    OfferPlan,
    Overdue,
    Presence,
    Priority,
    Promise,
    PromiseOutcome,
    Scope,
    ScopePart,
    StageChange,
)
from platctl.writing.moves import DETOURS, done_unpromised
from platctl.writing.numbers import person_weeks
from platctl.writing.phrases import counted, listed, ordinal


def subject(entry: ChangelogEntry, *, with_id: bool = False) -> str:
    """What it happened to: the title of the entity, also with its id, and further details where needed."""
    name = entry.entity.label_with_id if with_id else entry.entity.label
    match entry.fact:
        case Promise(consumer=consumer):
            return f"{name}, for {consumer.label}"
        case ChangedField() if entry.kind is not Kind.GOAL_MOVED:
            kind = entry.entity.ref.kind
            return f"{entry.entity.label} ({f'{kind} {entry.entity.id}' if name != entry.entity.label else kind})"
        case Offered(interface=interface, versions=versions):
            part = _part(entry.entity, interface, with_id=with_id)
            replaced = entry.kind is Kind.VERSION_REPLACED
            return part if replaced or not versions else f"{part} {listed(versions, 4)}"
        case OfferPlan(interface=interface):
            return _part(entry.entity, interface, with_id=with_id)
    return name


def _part(component: Named, interface: str, *, with_id: bool) -> str:
    """`identity#rest`, or with the title `Identity (identity#rest)`."""
    spelled = f"{component.id}#{interface}" if interface else component.id
    return Named(component.ref, spelled, component.title).label_with_id if with_id else spelled


def text(entry: ChangelogEntry) -> str:
    """What happened, in a few words without a full stop."""
    kind = entry.kind
    match entry.fact:
        case Moved() as fact:
            return _moved(kind, fact)
        case Overdue() as fact:
            since = f" since {fact.since}" if fact.since else ""
            return f"overdue{since}" + (f", by {counted(fact.days, 'day')}" if fact.days else "")
        case Finished() as fact:
            return _finished(fact)
        case StageChange() as fact:
            return _stage(kind, fact)
        case Scope() as fact:
            return _scope(kind, fact)
        case Promise() as fact:
            return _promise(fact)
        case Priority() as fact:
            return _priority(fact)
        case Offered() as fact:
            return _offered(kind, fact)
        case OfferPlan() as fact:
            return f"{_plan(fact)}, by {fact.by.label}"
        case Decided() as fact:
            return _decided(fact)
        case ChangedField() as fact:
            return _field(fact)
        case Depends() as fact:
            return _depends(kind, fact)
        case Presence() as fact:
            return _presence(entry.entity.ref.kind, fact)


def consequence(entry: ChangelogEntry, *, with_id: bool = False) -> str:
    """What follows from another entry, in a few words below it."""
    match entry.fact:
        case Promise(consumer=consumer):
            does = "keeps" if entry.kind is Kind.PROMISE_KEPT else "breaks"
            return f"{does} the promise to {consumer.label}"
        case OfferPlan() as fact:
            return f"{subject(entry, with_id=with_id)}: {_plan(fact)}"
    return f"{subject(entry, with_id=with_id)}: {text(entry)}"


def _moved(kind: Kind, fact: Moved) -> str:
    if kind is Kind.DATED:
        return f"{_ends(fact.now)}; " + ("as promised before" if fact.was else "no end date before")
    if kind is Kind.UNDATED:
        return f"{_was_to_end(fact.was)}; no end date now"
    nth = f", {ordinal(fact.nth)} slip" if fact.nth else ""
    way = f", {DETOURS[fact.detour]}" if fact.detour else ""
    if is_past(fact.was):
        return f"was overdue; expected {fact.now}{nth}{way}"
    return f"{fact.was} -> {told(fact.now)}{_later(fact.days)}{nth}{way}"


def _ends(day: str | None) -> str:
    return "its end has passed" if is_past(day) else f"ends {day}"


def _was_to_end(day: str | None) -> str:
    return f"was to end {'earlier' if is_past(day) else day}"


def _done(day: str | None) -> str:
    return f"done {day}" if day and not is_past(day) else "done"


def _sunset(day: str | None) -> str:
    return f"sunset {'passed' if is_past(day) else day}"


def _later(days: int | None) -> str:
    if not days:
        return ""
    return f", {counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _finished(fact: Finished) -> str:
    if fact.punctuality is Punctuality.UNPLANNED:
        return done_unpromised(None if is_past(fact.on) else fact.on, fact.end, fact.days)
    days = f"{counted(abs(fact.days), 'day')} " if fact.days else ""
    before = f"; at the start promised for {told(fact.at_start)}" if fact.at_start else ""
    if fact.punctuality is Punctuality.ON_TIME:
        return f"on time{'' if is_past(fact.planned) else f', {fact.planned}'}{before}"
    planned = f"planned {'for ' if is_past(fact.planned) else ''}{told(fact.planned)}"
    return f"{days}{fact.punctuality.value}: {planned}, {_done(fact.on)}{before}"


def _stage(kind: Kind, fact: StageChange) -> str:
    is_there = kind in (Kind.ADDED, Kind.PROPOSED)
    now = fact.now or ("in the plan" if is_there else "no longer in the plan")
    was = f" (was {fact.was})" if fact.was else ""
    if kind is Kind.DROPPED:
        return f"{now}{was}" + (f"; {_was_to_end(fact.end)}" if fact.end else "")
    return f"{now}{was}" + (f", {_ends(fact.end)}" if fact.end else "")


def _scope(kind: Kind, fact: Scope) -> str:
    if fact.part is ScopePart.EFFORT:
        return f"effort {fact.was} -> {fact.now} person-weeks"
    if kind is Kind.RESCOPED:
        return _both(fact.what, fact.was, fact.now)
    words = {
        (ScopePart.CHANGE, Kind.DESCOPED): "without",
        (ScopePart.CHANGE, Kind.EXTENDED): "with",
        (ScopePart.CONSUMER, Kind.DESCOPED): "no longer for",
        (ScopePart.CONSUMER, Kind.EXTENDED): "now also for",
    }
    return f"{words[fact.part, kind]} {fact.what}"


_OUTCOMES: Final[Mapping[PromiseOutcome, str]] = {
    PromiseOutcome.KEPT: "promised for {promised}, {done}",
    PromiseOutcome.LATE: "promised for {promised}, {done}",
    PromiseOutcome.MOVED: "promised for {promised}, {expected}",
    PromiseOutcome.UNDATED: "promised for {promised}, no end date now",
    PromiseOutcome.OVERDUE: "promised for {promised}, not done",
    PromiseOutcome.GIVEN_UP: "promised for {promised}, {now}",
    PromiseOutcome.WITHDRAWN: "promised for {promised}, no longer for this consumer",
}


def _promise(fact: Promise) -> str:
    return _OUTCOMES[fact.outcome].format(
        promised=told(fact.promised),
        now=fact.now or "no longer in the plan",
        done=_done(fact.now),
        expected=f"{'expected' if fact.now == Horizon.NOW else 'now'} {told(fact.now)}",
    )


def _priority(fact: Priority) -> str:
    rank = "rank " if fact.was.isdecimal() else ""
    return f"{rank}{fact.was} -> {fact.now} ({fact.model})"


def _offered(kind: Kind, fact: Offered) -> str:
    if kind is Kind.VERSION_REPLACED:
        return f"{listed(fact.replaced, 4)} -> {listed(fact.versions, 4)}"
    if kind is Kind.SUNSET_MOVED:
        return f"sunset {told(fact.sunset_was) or 'none'} -> {told(fact.sunset) or 'none'}{_later(fact.days)}"
    if kind is not Kind.DEPRECATED:
        return {Kind.VERSION_ADDED: "available", Kind.RELIEVED: "no longer deprecated"}.get(kind, "removed")
    facts = [_sunset(fact.sunset) if fact.sunset else "no sunset date"]
    facts += [f"move to {fact.successor}"] if fact.successor else []
    facts += [f"migration {person_weeks(fact.migration)}"] if fact.migration is not None else []
    return ", ".join(facts)


_PLANS: Final[Mapping[OfferEffect, str]] = {
    OfferEffect.ADDITION: "{versions} to be added",
    OfferEffect.BREAKING: "breaking {versions} to be added",
    OfferEffect.DEPRECATION: "{versions} to be deprecated",
    OfferEffect.REMOVAL: "{versions} to be removed",
    OfferEffect.CHANGE: "behaviour to change",
    OfferEffect.INTERNAL: "internals to change",
}


def _plan(fact: OfferPlan) -> str:
    versions = listed(fact.versions, 4) or "more"
    words = _PLANS.get(fact.effect, "{versions} to stay").format(versions=versions)
    words = f"withdrawn: {words}" if fact.is_withdrawn else words
    words += f" on {told(fact.date)}" if fact.date else ""
    words += f", {_sunset(fact.sunset)}" if fact.sunset else ""
    return words + (f" (was {told(fact.moved_from)})" if fact.moved_from else "")


def _decided(fact: Decided) -> str:
    by = f", by {fact.by}" if fact.by else ""
    if fact.chose is None:
        return f"recorded{by}"
    over = f" before {listed([each.label for each in fact.over])}" if fact.over else " first"
    return f"{fact.chose.label}{over}{by}"


def _both(name: str, was: str | None, now: str | None) -> str:
    if was and now:
        return f"{name}: {was} -> {now}"
    return f"{name}: {f'set to {now}' if now else f'removed, was {was}'}" if was or now else f"{name} changed"


def _field(fact: ChangedField) -> str:
    if fact.was or fact.now:
        return _both(fact.name, fact.was, fact.now)
    return f"{fact.name} {fact.change.value}"


def _depends(kind: Kind, fact: Depends) -> str:
    requires = f" {fact.requires}" if fact.requires else ""
    if kind is Kind.DEPENDENCY_CHANGED:
        return f"{fact.on.shown}, {_both(fact.field, fact.was, fact.now)}"
    return f"{'depends on' if kind is Kind.DEPENDENCY_ADDED else 'no longer depends on'} {fact.on.shown}{requires}"


def _presence(of: str, fact: Presence) -> str:
    return f"{of}, renamed from {fact.former}" if fact.former else of
