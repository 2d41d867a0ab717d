"""What a change set does to goals, in words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from platctl.model.named import Named
from platctl.page import Block, Entry, Line, Paragraph, Run, Tone, line, row
from platctl.questions.goals.report import (
    Gap,
    GoalChanges,
    GoalEdit,
    GoalEditKind,
    GoalShift,
    Serving,
    ServingChange,
    ServingTurn,
    WorkPhase,
)
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import place
from platctl.writing.sections import entries_section, table_section

_TURNS: Final[Mapping[ServingTurn, tuple[str, Tone]]] = {
    ServingTurn.LOST: ("loses", Tone.BAD),
    ServingTurn.DELAYED: ("waits longer for", Tone.WARN),
    ServingTurn.CHANGED: ("gets a different amount from", Tone.NOTE),
    ServingTurn.EARLIER: ("waits less long for", Tone.GOOD),
    ServingTurn.GAINED: ("gains", Tone.GOOD),
    ServingTurn.DELIVERED: ("received", Tone.GOOD),
    ServingTurn.WITHDRAWN: ("loses the proposal", Tone.NOTE),
    ServingTurn.PROPOSED: ("gets the new proposal", Tone.NOTE),
}
_GAPS: Final[Mapping[Gap | None, str]] = {
    None: "planned in time",
    Gap.UNSERVED: "no work",
    Gap.UNPROMISED: "only proposed",
    Gap.LATE: "planned too late",
}


def changes(found: GoalChanges) -> Iterator[Block]:
    """Changed goals, changed work for goals, and the effect on each goal."""
    if not (found.edits or found.moved or found.shifts):
        yield Paragraph((line("The change does not affect any goal."),))
    yield from entries_section("Goals changed", map(_edit, found.edits))
    yield from entries_section("Work for goals changed", map(_moved, found.moved))
    header = ("Goal", "Progress", "Planned", "Work")
    yield from table_section("Effect on goals", map(_shift, found.shifts), header)


def _edit(edit: GoalEdit) -> Entry:
    return Entry(line(Run(edit.goal.label_with_id, Tone.STRONG), ": ", _EDITS[edit.kind](edit), place(edit.span)))


def _from_to(edit: GoalEdit) -> str:
    return f"{_value(edit.was)} -> {_value(edit.now)}"


def _value(value: object) -> str:
    if isinstance(value, Named):
        return value.label
    if isinstance(value, int | float):
        return number(value)
    return "none" if value is None else str(value)


_EDITS: Final[Mapping[GoalEditKind, Callable[[GoalEdit], str]]] = {
    GoalEditKind.ADDED: lambda _: "new",
    GoalEditKind.REMOVED: lambda _: "removed",
    GoalEditKind.RENAMED: lambda edit: f"renamed from {edit.was}",
    GoalEditKind.MOVED: lambda edit: f"parent {_from_to(edit)}",
    GoalEditKind.WEIGHED: lambda edit: f"weight {_from_to(edit)}",
    GoalEditKind.DUE: lambda edit: f"due {_from_to(edit)}",
    GoalEditKind.METRIC_ADDED: lambda edit: f"new metric {edit.metric}" + _target(edit.now),
    GoalEditKind.METRIC_REMOVED: lambda edit: f"metric {edit.metric} removed" + _target(edit.was),
    GoalEditKind.BASELINE: lambda edit: f"baseline of {edit.metric} {_from_to(edit)}",
    GoalEditKind.TARGET: lambda edit: f"target of {edit.metric} {_from_to(edit)}",
    GoalEditKind.DIRECTION: lambda edit: f"direction of {edit.metric} {_from_to(edit)}",
    GoalEditKind.MEASURED: lambda edit: f"{edit.metric}, measured {edit.day}: {_from_to(edit)}",
}


def _target(value: object) -> str:
    return "" if value is None else f", target {_value(value)}"


def _moved(moved: ServingChange) -> Entry:
    word, tone = _TURNS[moved.turn]
    head = line(Run(moved.goal.label_with_id, Tone.STRONG), " ", Run(word, tone), f" {moved.initiative.label_with_id}")
    return Entry(head, tuple(filter(None, [line("; ".join(_facts(moved)))])))


def _facts(moved: ServingChange) -> Iterator[str]:
    was, now = moved.was, moved.now
    there = now or was
    if was and now and was.contribution != now.contribution:
        yield f"contributes {_value(was.contribution)} -> {_value(now.contribution)}"
    elif there and there.contribution is not None:
        yield f"contributes {number(there.contribution)}"
    if was and now and _is_planned(was) and _is_planned(now) and was.end != now.end:
        yield f"ends {_value(was.end)} -> {_value(now.end)}"
    elif now and now.end and now.phase is not WorkPhase.DONE:
        yield f"ends {now.end}"
    if now and now.is_late and now.phase is not WorkPhase.DONE:
        yield f"{'now ' if was and not was.is_late else ''}after the due date"


def _is_planned(serving: Serving) -> bool:
    return serving.phase is WorkPhase.PLANNED


def _shift(shift: GoalShift) -> tuple[Line, ...]:
    progress = _pair(_percent(shift.progress_was), _percent(shift.progress))
    planned = _pair(_value(shift.planned_was), _value(shift.planned))
    tone = Tone.PLAIN if not shift.is_turned else Tone.WARN if shift.gap else Tone.GOOD
    gap = _pair(_GAPS[shift.gap_was], _GAPS[shift.gap])
    return row(Run(shift.goal.label, Tone.STRONG), progress, planned, Run(gap, tone))


def _percent(share: float | None) -> str:
    return "unknown" if share is None else percent(share)


def _pair(was: str, now: str) -> str:
    return was if was == now else f"{was} -> {now}"
