"""How the facts of an impact report are called in sentences."""

from collections.abc import Callable, Iterable, Sequence

from platctl.outlook.cause import Cause
from platctl.outlook.deliveries import Delivery, DeliveryVerdict
from platctl.outlook.effects import Reason
from platctl.outlook.shifts import OfferChange, OfferEffect
from platctl.outlook.spread import Aside
from platctl.page import Tone
from platctl.questions.impact.report import ApprovalState, ApprovalStatus, Unknown, UnknownKind, Verdict
from platctl.writing.phrases import counted, listed, tier_words

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
    text = _REASONS[cause.reason](cause) + _when(cause)
    if cause.hard_level and cause.reason not in (Reason.MOVES_HERE, Reason.STILL_MET):
        soft = cause.hard_level.softened
        if soft is not cause.hard_level:
            text += f"; soft, so {soft.value} rather than {cause.hard_level.value}"
    if cause.announced and cause.reason is Reason.RANGE_UNMET:
        text += f"; its sunset on {cause.announced} had been announced"
    return text


def _range(cause: Cause) -> str:
    return cause.requires if cause.requires and cause.is_range_known else "any range (none is written)"


def _versions(names: Sequence[str]) -> str:
    return listed(names, 4) or "what has no version"


def _range_unmet(cause: Cause) -> str:
    if cause.is_range_known:
        return f"nothing on offer meets {cause.requires}"
    if not cause.offered:
        return f"{cause.subject} is gone"
    return f"nothing on offer continues {_versions(cause.offered)} (range unknown)"


def _deprecated_only(cause: Cause) -> str:
    meets = f"meet {cause.requires}" if cause.is_range_known else "are left (range unknown)"
    return f"only versions that end {meets}: {_versions(cause.left)}"


def _in_range(cause: Cause) -> str:
    return f"inside {cause.requires}" if cause.is_range_known else "(range unknown)"


def _new(cause: Cause) -> str:
    old = set(cause.offered)
    return _versions([version for version in cause.left if version not in old] or cause.left)


def _open_range(cause: Cause) -> str:
    if not cause.is_range_known:
        return f"{_new(cause)} breaks the contract of {_versions(cause.offered)} (range unknown)"
    return f"{cause.requires} also admits {_new(cause)}, which breaks the contract of {_versions(cause.offered)}"


_REASONS: dict[Reason, Callable[[Cause], str]] = {
    Reason.RANGE_UNMET: _range_unmet,
    Reason.DEPRECATED_ONLY: _deprecated_only,
    Reason.RANGE_NOW_MET: lambda c: f"nothing met {_range(c)} before; now {_versions(c.left)} does",
    Reason.RELIEVED: lambda c: f"longer on offer {_in_range(c)}: {_versions(c.left)}",
    Reason.NEW_IN_RANGE: lambda c: f"{_new(c)} is new {_in_range(c)}",
    Reason.STILL_MET: lambda c: f"still on offer {_in_range(c)}: {_versions(c.left)}",
    Reason.MOVED_IN_RANGE: lambda c: f"{_new(c)} takes the place of {_versions(c.offered)} {_in_range(c)}",
    Reason.OPEN_RANGE: _open_range,
    Reason.IN_PLACE: lambda c: f"{c.subject} breaks its contract in place",
    Reason.BEHAVIOUR: lambda c: f"{c.subject} behaves differently; the contract holds",
    Reason.ADDITION: lambda c: f"{c.subject} offers more",
    Reason.UNREADABLE: lambda c: f"a version of {c.subject} can't be read, so nobody can say",
    Reason.DISAGREE: lambda c: f"it depends on which it uses of {_versions(c.offered)} (nothing written settles it)",
    Reason.MOVES_HERE: lambda c: f"moves to {c.requires or 'no range'} in this same change",
    Reason.SOONER: lambda c: f"what it requires of {c.subject} ends sooner than planned before",
    Reason.POSTPONED: lambda c: f"what it requires of {c.subject} stays longer than planned before",
    Reason.WITHDRAWN: lambda c: f"the plan that would have hit it on {c.subject} is withdrawn",
    Reason.PRE_EXISTING: lambda c: f"nothing met {_range(c)} before either",
    Reason.LEFT: lambda c: f"no longer uses {c.subject}",
}


def _when(cause: Cause) -> str:
    if cause.reason in (Reason.DEPRECATED_ONLY, Reason.SOONER) and cause.until:
        return f", until {cause.until}"
    return f", from {cause.date} on" if cause.date else ""


def ask(verdict: Verdict) -> str:
    """Whom to ask about a consumer, and whether its approval is there."""
    people = [f"{each.name} ({each.role})" for each in verdict.contacts]
    return f"ask {', '.join(people)}" if people else ""


def approval(verdict: Verdict) -> str:
    """How it stands with the approvals that a verdict needs, nothing where it needs none."""
    return "; ".join(dict.fromkeys(map(approval_status, verdict.approvals)))


def policy(verdict: Verdict) -> str:
    """What the policies say: whether it is forbidden, and how it stands with approvals. A waiver silences them."""
    if verdict.waived:
        return f"waived: {verdict.waived}"
    said = [f"forbidden: {each.label.rstrip('.')}" for each in verdict.forbidden]
    said += [each.label.rstrip(".") if each.label != each.id else f"policy {each.id}" for each in verdict.told]
    return "; ".join(filter(None, [*said, approval(verdict)]))


def approval_status(status: ApprovalStatus) -> str:
    """How it stands with one approval."""
    match status.state:
        case ApprovalState.GIVEN:
            return f"approved by {status.by}" + (f" on {status.on}" if status.on else "")
        case ApprovalState.LAPSED:
            return f"approval by {status.by} lapsed, it was for something else"
        case ApprovalState.BY_ANOTHER:
            return f"approval missing, {status.by} can't agree for it"
    return "approval missing"


def aside(entry: Aside, verb: str) -> str:
    """A consumer that is listed beside the counted ones."""
    asked = f" that meets {entry.requires}" if entry.requires and "offers" in verb else ""
    return f"{entry.consumer.id} ({tier_words(entry.tier)})  {verb.format(on=entry.on)}{asked}"


def change(entry: OfferChange) -> str:
    """What happens to the versions on offer."""
    text = _change_core(entry)
    if entry.is_withdrawn:
        text = f"no longer planned: {text}" if text else "no longer planned"
    if entry.date:
        text += f", on {entry.date}" if text else f"on {entry.date}"
    if entry.moved_from:
        text += f" (was {entry.moved_from})"
    return text + (f", by {entry.initiative.label}" if entry.initiative else "")


def _change_core(entry: OfferChange) -> str:
    added, removed, kept = (listed(names, 4) for names in (entry.added, entry.removed, entry.kept))
    match entry.effect:
        case OfferEffect.DEPRECATION:
            until = f", sunset {entry.sunset}" if entry.sunset else ""
            return f"{listed(entry.ending, 4) or 'all of it'} deprecated{until}"
        case OfferEffect.RELIEF:
            return f"{listed(entry.ending, 4)} stays longer" + (f", until {entry.sunset}" if entry.sunset else "")
        case OfferEffect.CHANGE:
            return "behaves differently"
        case OfferEffect.INTERNAL:
            return "nobody can tell"
    leaves = f"{removed} {'leave' if len(entry.removed) > 1 else 'leaves'}"
    if added and removed:
        moved = f"{removed} -> {added}"
        return f"{moved}, {leaves}" if entry.effect is OfferEffect.BREAKING else moved
    if added:
        return f"{added} beside {kept}" if kept else f"{added} is new"
    if removed:
        return leaves + (f"; {kept} {'stay' if len(entry.kept) > 1 else 'stays'}" if kept else "")
    return {OfferEffect.REMOVAL: "leaves", OfferEffect.BREAKING: "in place"}.get(entry.effect, "more on offer")


def same_change(entry: OfferChange) -> tuple[object, ...]:
    """What makes two changes read the same, so that many alike are told once."""
    return (entry.effect, change(entry))


_DELIVERY = {
    DeliveryVerdict.DROPPED: "dropped",
    DeliveryVerdict.DELAYED: "delayed",
    DeliveryVerdict.EARLIER: "earlier",
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
        return f"{word} ({entry.status})" + (f"; was due {entry.was}" if entry.was else "")
    return f"{word}, ends {entry.now}" if entry.now else word


def unknown(entries: Iterable[Unknown]) -> list[str]:
    """What a report cannot know, a sentence each."""
    return [f"{_UNKNOWN[entry.kind](len(entry.subjects))}: {listed(entry.subjects, 4)}" for entry in entries]


_UNKNOWN: dict[UnknownKind, Callable[[int], str]] = {
    UnknownKind.NO_RANGE: lambda n: f"{counted(n, 'dependency', 'dependencies')} without a readable version range",
    UnknownKind.UNCONFIRMED: lambda n: f"{counted(n, 'dependency', 'dependencies')} not confirmed lately",
    UnknownKind.NO_DEPENDENTS: lambda n: f"{counted(n, 'changed component')} without known dependents",
    UnknownKind.UNREAD: lambda n: f"{counted(n, 'file')} could not be read completely, the picture is incomplete",
    UnknownKind.UNDATED: lambda n: f"{counted(n, 'planned change')} without a date",
}
