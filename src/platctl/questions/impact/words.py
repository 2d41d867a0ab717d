"""Sentences for the facts of an impact report."""

from collections.abc import Callable, Iterable, Sequence

from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.named import Named
from platctl.model.renames import as_alias
from platctl.model.version import Range
from platctl.outlook.asides import Aside
from platctl.outlook.cause import Cause
from platctl.outlook.deliveries import Delivery, DeliveryVerdict
from platctl.outlook.effects import Reason
from platctl.outlook.release_moves import ReleaseMove
from platctl.outlook.shifts import OfferChange, OfferEffect
from platctl.page import Run, Tone
from platctl.questions.impact.report import (
    ApprovalSource,
    ApprovalState,
    ApprovalStatus,
    EscapeKind,
    Port,
    Unknown,
    UnknownKind,
    Verdict,
)
from platctl.writing.levels import LEVELS, level_run
from platctl.writing.phrases import counted, level_words, listed, tier_words

EFFECT_TONES = {
    OfferEffect.BREAKING: Tone.BAD,
    OfferEffect.REMOVAL: Tone.BAD,
    OfferEffect.DEPRECATION: Tone.WARN,
    OfferEffect.CHANGE: Tone.WARN,
    OfferEffect.ADDITION: Tone.GOOD,
    OfferEffect.RELIEF: Tone.GOOD,
}


def way(cause: Cause) -> str:
    """`mobile-app <- gateway <- identity`."""
    names = [step.entity.id for step in cause.steps]
    return " <- ".join([*names, cause.subject.partition("#")[0]])


def reason(cause: Cause) -> str:
    """Why the deciding dependency is affected, in one sentence without a full stop."""
    text = _REASONS[cause.detail or cause.reason](cause) + _when(cause)
    if cause.hard_level and cause.reason not in (Reason.MOVES_HERE, Reason.STILL_MET):
        soft = cause.hard_level.softened
        if soft is not cause.hard_level:
            text += f"; soft, so {level_words(soft)} rather than {level_words(cause.hard_level)}"
    if cause.announced and cause.reason is Reason.RANGE_UNMET:
        text += f"; {_announced(cause, cause.announced)}"
    if cause.initiative and cause.overdue_since:
        text += f"; {cause.initiative.label} is overdue since {cause.overdue_since}"
    if cause.initiative and cause.is_contradicted:
        text += f"; {cause.initiative.label} is done, but the catalog does not show it"
    if cause.others:
        text += f"; {counted(cause.others, 'more change')} over time"
    return text


def _versions(names: Sequence[str]) -> str:
    return listed(names, 4) or "the unversioned interface"


def _range_unmet(cause: Cause) -> str:
    if cause.is_range_known:
        return f"no available version meets {cause.requires}"
    if not cause.offered:
        return f"{cause.subject.shown} is removed"
    return f"no available version is compatible with {_versions(cause.offered)} {_NO_RANGE}"


def _deprecated_only(cause: Cause) -> str:
    meets = f"meet {cause.requires}" if cause.is_range_known else f"remain {_NO_RANGE}"
    return f"only versions being phased out {meets}: {_versions(cause.left)}"


def _in_range(cause: Cause) -> str:
    if cause.is_range_known and cause.requires and Range(cause.requires).follows:
        return "as the newest version"
    return f"within {cause.requires}" if cause.is_range_known else _NO_RANGE


def _new(cause: Cause) -> str:
    old = set(cause.offered)
    return _versions([version for version in cause.left if version not in old] or cause.left)


def _open_range(cause: Cause) -> str:
    gone = _versions([version for version in cause.offered if version not in cause.left] or cause.offered)
    if not cause.is_range_known:
        return f"{_new(cause)} is incompatible with {gone} {_NO_RANGE}"
    return f"{cause.requires} also allows {_new(cause)}, but no one has confirmed that it works in place of {gone}"


def _follows_newest(cause: Cause) -> str:
    gone = _versions([version for version in cause.offered if version not in cause.left] or cause.offered)
    return f"it follows the newest version, and {_new(cause)} is not known to be compatible with {gone}"


def _range_now_met(cause: Cause) -> str:
    before = f"no version met {cause.requires} before" if cause.is_range_known else "no version was available before"
    return f"{before}; new: {_versions(cause.left)}"


def _meets(cause: Cause) -> str:
    return f"meets {cause.requires}" if cause.is_range_known else f"remains {_NO_RANGE}"


def _disagree(cause: Cause) -> str:
    """Either the version in use is not known, or which of several interfaces is used."""
    if cause.is_range_known:
        return f"only some interfaces of {cause.subject.shown} change: declare the one it uses to settle it"
    *others, last = cause.offered or ("the available versions",)
    between = f"differs between {', '.join(others)} and {last}" if others else f"is not the same for {last}"
    return f"the outcome {between}: declare `requires` to settle it"


def _delayed(cause: Cause) -> str:
    if cause.until is None or not cause.is_met_again:
        return f"what it requires of {cause.subject.shown} is no longer planned"
    return f"what it requires of {cause.subject.shown} becomes available later than previously planned"


_NO_RANGE = "(no readable version range)"
_REASONS: dict[Reason, Callable[[Cause], str]] = {
    Reason.RANGE_UNMET: _range_unmet,
    Reason.DEPRECATED_ONLY: _deprecated_only,
    Reason.RANGE_NOW_MET: _range_now_met,
    Reason.RELIEVED: lambda c: f"available longer {_in_range(c)}: {_versions(c.left)}",
    Reason.NEW_IN_RANGE: lambda c: f"{_new(c)} is new {_in_range(c)}",
    Reason.STILL_MET: lambda c: f"still available {_in_range(c)}: {_versions(c.left)}",
    Reason.MOVED_IN_RANGE: lambda c: f"{_new(c)} replaces {_versions(c.offered)} {_in_range(c)}",
    Reason.OPEN_RANGE: _open_range,
    Reason.FOLLOWS_NEWEST: _follows_newest,
    Reason.IN_PLACE: lambda c: f"{c.subject.shown} breaks its contract without a new version",
    Reason.BEHAVIOUR: lambda c: f"{c.subject.shown} behaves differently; its contract is unchanged",
    Reason.ADDITION: lambda c: f"{c.subject.shown} adds something new",
    Reason.UNREADABLE: lambda c: f"a version of {c.subject.shown} can't be read, so the outcome is not known",
    Reason.NO_RANGE: _disagree,
    Reason.NOT_KNOWN: _disagree,
    Reason.OVERDUE: lambda c: f"only {_versions(c.left)} {_meets(c)}, and the work that adds it is overdue",
    Reason.DELAYED: _delayed,
    Reason.NO_DAY: lambda c: f"the removal from {c.subject.shown} is still planned, but no longer has a date",
    Reason.SAME: lambda c: f"nothing changes in {c.subject.shown}",
    Reason.MOVES_HERE: lambda c: f"moves to {c.requires or 'no version range'} in this change",
    Reason.SOONER: lambda c: f"what it requires of {c.subject.shown} ends sooner than previously planned",
    Reason.POSTPONED: lambda c: f"what it requires of {c.subject.shown} stays longer than previously planned",
    Reason.WITHDRAWN: lambda c: f"the planned change to {c.subject.shown} that would have affected it is withdrawn",
    Reason.PRE_EXISTING: lambda _: "already unmet before this change",
}


def _when(cause: Cause) -> str:
    """From which day to which, or by which to act."""
    start = f", from {cause.date}" if cause.date else ""
    if cause.by:
        return f", by {cause.by}" if cause.by == cause.date or not cause.date else f"{start}, by {cause.by}"
    if not cause.until or (cause.level.is_harm and cause.announced == cause.until):
        return start
    if cause.level.is_harm and not cause.is_met_again:
        return f"{start}; it was to end on {cause.until} anyway"
    again = ", when it is met again" if (cause.detail or cause.reason) in _UNMET else ""
    return f"{start} until {cause.until}{again}" if start else f", until {cause.until}{again}"


_UNMET = (Reason.RANGE_UNMET, Reason.IN_PLACE, Reason.DEPRECATED_ONLY, Reason.DELAYED)


def _announced(cause: Cause, sunset: Date) -> str:
    """How long before its announced end it goes."""
    if cause.days_early is None:
        return f"its sunset on {sunset} was announced"
    return f"{counted(cause.days_early, 'day')} before its announced sunset on {sunset}"


def ask(verdict: Verdict) -> str:
    """Whom to ask about a consumer."""
    people = [f"{each.name} ({each.role})" for each in verdict.contacts]
    return f"ask {', '.join(people)}" if people else ""


def approval(verdict: Verdict) -> str:
    """The state of the approvals that a verdict needs; empty where it needs none."""
    return "; ".join(dict.fromkeys(map(approval_status, verdict.approvals)))


def policy(verdict: Verdict) -> str:
    """What the policies say: whether it is forbidden, and the state of its approvals. A waiver silences them."""
    if verdict.waived:
        return f"waived: {verdict.waived}"
    said = [f"forbidden: {each.label.rstrip('.')}" for each in verdict.forbidden]
    said += [each.label.rstrip(".") if each.label != each.id else f"policy {each.id}" for each in verdict.told]
    return "; ".join(filter(None, [*said, approval(verdict)]))


_ESCAPE = {EscapeKind.LEFT: "left", EscapeKind.EDITED: "edited"}
_WOULD = {
    Level.BREAKS: "would break",
    Level.MUST_ACT: "would have to act",
    Level.AT_RISK: "would be at risk",
}


def would(level: Level) -> str:
    """What an escaped level would have meant: `would break`."""
    return _WOULD[level]


def would_any(escapes: Sequence[Verdict], subject: str = "") -> str:
    """`2 would break or be at risk`: all that is escaped."""
    first, *others = dict.fromkeys(would(each.level) for each in escapes)
    does = " or ".join([first, *(each.removeprefix("would ") for each in others)])
    return f"{subject or f'{len(escapes):,}'} {does}"


def alias_hint(gone: Named, now: Named) -> str:
    """What to write if an entity that is gone has a new name."""
    return f"if it is {now.label_with_id} now, add `aliases: [{as_alias(gone.ref, now.ref)}]` there"


def verdict_level(verdict: Verdict) -> str:
    """`breaks`; `left; would break` for what is escaped."""
    if verdict.escape:
        return f"{_ESCAPE[verdict.escape]}; {would(verdict.level)}"
    return level_words(verdict.level)


def level_of(verdict: Verdict) -> Run:
    """The same in its tone, and with its sign."""
    if verdict.escape:
        return Run(verdict_level(verdict), Tone.WARN, mark=LEVELS[Level.MUST_ACT].mark)
    return level_run(verdict.level)


_HOW_APPROVED = {ApprovalSource.CHANGE: " (claimed in this change)", ApprovalSource.REVIEW: " (review)"}


def approval_status(status: ApprovalStatus) -> str:
    """The state of one approval."""
    match status.state:
        case ApprovalState.GIVEN:
            how = _HOW_APPROVED.get(status.source, "") if status.source else ""
            return f"approved by {status.by}" + (f" on {status.on}" if status.on else "") + how
        case ApprovalState.CLAIMED:
            return f"approval missing: that by {status.by} is only claimed in this change"
        case ApprovalState.UNBOUND:
            return f"approval missing: that by {status.by} has no digest"
        case ApprovalState.LAPSED:
            return f"approval by {status.by} lapsed: it was for a different change"
        case ApprovalState.BY_ANOTHER:
            return f"approval missing: {status.by} is not an approver"
    return "approval missing"


def level(entry: Port) -> str:
    """`breaks from 2027-03-31`."""
    due = entry.cause.due
    return level_words(entry.level) + (f" {'by' if entry.cause.by else 'from'} {due}" if due else " now")


def consumer(entity: Named, tier: int | None) -> str:
    """`Television app (tv-app), tier 1`."""
    return f"{entity.label_with_id}, {tier_words(tier)}"


def moved_away(entry: Aside) -> str:
    """A consumer that stopped using what changes."""
    return f"{consumer(entry.consumer, entry.tier)}: no longer uses {entry.on.shown}"


def change(entry: OfferChange) -> str:
    """What happens to the available versions."""
    text = _change_core(entry)
    if entry.is_withdrawn:
        text = f"no longer planned: {text}" if text else "no longer planned"
    if entry.date:
        text += f" on {entry.date}" if text else f"on {entry.date}"
    if entry.moved_from:
        text += f" (was {entry.moved_from})"
    return text + (f", by {entry.initiative.label}" if entry.initiative else "")


def _change_core(entry: OfferChange) -> str:
    added, removed, kept = (listed(names, 4) for names in (entry.added, entry.removed, entry.kept))
    match entry.effect:
        case OfferEffect.DEPRECATION:
            until = f", sunset {entry.sunset}" if entry.sunset else ""
            return f"{listed(entry.ending, 4)} deprecated{until}".lstrip()
        case OfferEffect.RELIEF:
            until = f" until {entry.sunset}" if entry.sunset else ""
            return f"{listed(entry.ending, 4)} available longer{until}".lstrip()
        case OfferEffect.CHANGE:
            return "behaves differently"
        case OfferEffect.INTERNAL:
            return "no visible change"
    if added and removed:
        return f"{added} replaces {removed}"
    if added:
        return f"{added} added alongside {kept}" if kept else f"{added} added"
    if removed:
        stays = f" ({kept} {'stay' if len(entry.kept) > 1 else 'stays'})" if kept else ""
        return f"{removed} removed{stays}"
    return "removed" if entry.effect is OfferEffect.REMOVAL else "without a new version"


def same_change(entry: OfferChange) -> tuple[object, ...]:
    """Changes with the same key read the same, and are shown as one row."""
    return (entry.effect, change(entry))


_DELIVERY = {
    DeliveryVerdict.DROPPED: "dropped",
    DeliveryVerdict.DELAYED: "delayed",
    DeliveryVerdict.EARLIER: "moved forward",
    DeliveryVerdict.ADDED: "added",
    DeliveryVerdict.DELIVERED: "delivered",
}
DELIVERY_TONES = {
    DeliveryVerdict.DROPPED: Tone.BAD,
    DeliveryVerdict.DELAYED: Tone.WARN,
    DeliveryVerdict.EARLIER: Tone.GOOD,
    DeliveryVerdict.ADDED: Tone.GOOD,
    DeliveryVerdict.DELIVERED: Tone.GOOD,
}


def delivery(entry: Delivery) -> str:
    """What happens to a piece of work: `delayed by 91 days: 2027-03-31 -> 2027-06-30`."""
    word = _DELIVERY[entry.verdict]
    days = entry.days
    if days is not None and entry.verdict in (DeliveryVerdict.DELAYED, DeliveryVerdict.EARLIER):
        return f"{word} by {counted(abs(days), 'day')}: {entry.was} -> {entry.now}"
    if entry.verdict is DeliveryVerdict.DROPPED:
        status = f" ({entry.status})" if entry.status != word else ""
        return f"{word}{status}" + (f", was due {entry.was}" if entry.was else "")
    return f"{word}, ends {entry.now}" if entry.now else word


def release(move: ReleaseMove) -> str:
    """`35 days later: 2026-12-09 -> 2027-01-13`."""
    if move.days is None:
        return f"has a day now: {move.now}" if move.now else f"has no day any more, was {move.was}"
    way = "later" if move.days > 0 else "earlier"
    return f"{counted(abs(move.days), 'day')} {way}: {move.was} -> {move.now}"


FIRST_MODEL = "This is the first model: base has none yet, so nothing can break."


def unknown(entries: Iterable[Unknown]) -> list[str]:
    """What a report cannot know, a sentence each."""
    return [f"{_UNKNOWN[entry.kind](len(entry.subjects))}: {_shown(entry)}" for entry in entries]


def _shown(entry: Unknown) -> str:
    return listed([each.shown for each in entry.subjects], 4)


_UNKNOWN: dict[UnknownKind, Callable[[int], str]] = {
    UnknownKind.NO_RANGE: lambda n: f"{counted(n, 'dependency', 'dependencies')} without a readable version range",
    UnknownKind.UNCONFIRMED: lambda n: f"{counted(n, 'dependency', 'dependencies')} not confirmed recently",
    UnknownKind.NO_DEPENDENTS: lambda n: f"{counted(n, 'changed component')} with no known dependents",
    UnknownKind.UNREAD: lambda n: f"{counted(n, 'file')} could not be read completely, so the results are incomplete",
    UnknownKind.UNDATED: lambda n: f"{counted(n, 'planned change')} without a date",
}
