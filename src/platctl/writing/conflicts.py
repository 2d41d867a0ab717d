"""Conflicts in a plan, one sentence each."""

from collections.abc import Callable, Mapping
from typing import Final

from platctl.model.named import with_id
from platctl.outlook.conflicts import Conflict, ConflictKind
from platctl.outlook.overload import Overload
from platctl.page import Entry, Run, Tone, line
from platctl.writing.phrases import listed


def _need(entry: Conflict) -> str:
    """`Identity (identity#rest) >=3,<4`, from `identity#rest >=3,<4`."""
    target, _, requires = entry.detail.partition(" ")
    return f"{with_id(entry.other.title, target)} {requires}"


_SENTENCES: Final[Mapping[ConflictKind, Callable[[Conflict], str]]] = {
    ConflictKind.STARTS_BEFORE_DEPENDENCY: lambda each: (
        f"{each.subject.label} starts on {each.date}, but waits for {each.other.label}, which ends on {each.limit}"
    ),
    ConflictKind.AFTER_DEADLINE: lambda each: (
        f"{each.subject.label} ends on {each.date}, after its deadline {each.limit}"
    ),
    ConflictKind.AFTER_NEED_BY: lambda each: (
        f"{each.subject.label} needs {_need(each)} by {each.limit}, "
        + (f"but gets it only on {each.date}" if each.date else "but no planned work provides it")
    ),
    ConflictKind.AFTER_GOAL_DUE: lambda each: (
        f"{each.subject.label} ends on {each.date}, after its goal {each.other.label} is due on {each.limit}"
    ),
    ConflictKind.IN_FREEZE: lambda each: (
        f"{each.subject.label} ends on {each.date}, during a freeze of {each.other.label}: {each.detail}"
    ),
    ConflictKind.OVER_CAPACITY: lambda each: f"{each.subject.label} is over capacity: {each.detail}",
    ConflictKind.BEFORE_EARLIEST: lambda each: (
        f"{each.subject.label} starts on {each.date}, but can't start before {each.limit}"
    ),
    ConflictKind.NOT_BEGUN: lambda each: f"{each.subject.label} should have started on {each.date}, but has not",
    ConflictKind.OVERDUE: lambda each: (
        f"{each.subject.label} was to end on {each.date}, but is not committed"
        if each.detail
        else f"{each.subject.label} is overdue since {each.date}"
    ),
    ConflictKind.HELD_UP: lambda each: (
        f"{each.subject.label} starts on {each.date}, but waits for {each.other.label}, "
        f"which can't end before {each.limit}"
    ),
    ConflictKind.MISSES_DEADLINE: lambda each: (
        f"{each.subject.label} ends on {each.date} at the earliest, after its deadline {each.limit}"
    ),
}


def conflict(entry: Conflict) -> str:
    """A conflict in one sentence."""
    return _SENTENCES[entry.kind](entry)


def overload(entry: Overload) -> Entry:
    """A team over its capacity, and the work in that period."""
    shares = [f"{share.initiative.label} {share.weeks:.1f}" for share in entry.work]
    return Entry(line(Run(entry.team.label, Tone.STRONG), ": ", Run(entry.text, Tone.WARN)), (line(listed(shares)),))
