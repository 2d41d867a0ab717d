"""What becomes of the promised end of work, derived from its states: two of them, or all that its history has.

A promise is the last day of committed work. It remains the measure until the work is done, also while the work has no
end, is at an earlier stage, given up or absent: whatever is planned next is compared with the last promised end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from platctl.model.calendar import Calendar, Date
from platctl.model.entity.initiative import Initiative
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.record import record


class MoveKind(StrEnum):
    """What can happen to the plan of a piece of work.

    Dropped: others can no longer count on it. Replanned: committed again after that. Returned: it was absent, and is as
    committed as before. Rescheduled: a day that was not promised.
    """

    ADDED = "added"
    SLIPPED = "slipped"
    PULLED_IN = "pulled-in"
    DATED = "dated"
    UNDATED = "undated"
    DROPPED = "dropped"
    REPLANNED = "replanned"
    RETURNED = "returned"
    DELIVERED = "delivered"
    RESCHEDULED = "rescheduled"


class Detour(StrEnum):
    """What the work was between the last promised end and the new one."""

    UNDATED = "undated"
    UNCOMMITTED = "uncommitted"
    ABSENT = "absent"


class Punctuality(StrEnum):
    """How the day on which work was done compares with its last promised end."""

    EARLY = "early"
    ON_TIME = "on-time"
    LATE = "late"
    UNPLANNED = "unplanned"


@record
class WorkState:
    """A piece of work at one moment. `at` orders the moments, `day` is the day of the moment, `end` the declared end.

    `status` is None while the work is absent. `is_merged`: it is the state of the work that this one became part of.
    `after_gap`: what happened since the state before is not known.
    """

    at: int
    day: Date | None
    status: Status | None = None
    end: Date | None = None
    is_merged: bool = False
    after_gap: bool = False


@record
class Move:
    """One thing that happened. `was` is the last promised end, `now` the new end, or the day on which it was done.

    For a day that was not promised, `was` is the day before the move. `end` is the end that work has when it is done.
    """

    kind: MoveKind
    at: int
    was: Date | None
    now: Date | None
    detour: Detour | None = None
    end: Date | None = None

    @property
    def days_after_end(self) -> int | None:
        """By how many days work is done after the end that it has then; negative for before."""
        return (self.now - self.end).days if self.now and self.end else None

    @property
    def days(self) -> int | None:
        """By how many days it moves, or is done after the promised end; negative for earlier."""
        return (self.now - self.was).days if self.was and self.now else None

    @property
    def punctuality(self) -> Punctuality:
        """Of work that is done: early, on time or late."""
        if self.was is None:
            return Punctuality.UNPLANNED
        days = self.days or 0
        return Punctuality.LATE if days > 0 else Punctuality.EARLY if days < 0 else Punctuality.ON_TIME


@record
class Track:
    """What is known of a piece of work after some of its states.

    `status` and `end` are those of its last state that was not absent; `was_promised` is whether it was ever committed.
    """

    status: Status | None = None
    end: Date | None = None
    day: Date | None = None
    promised: Date | None = None
    was_promised: bool = False
    is_absent: bool = False

    @property
    def is_committed(self) -> bool:
        """Whether its last state was committed, also if it is absent now."""
        return self.status is not None and self.status.is_committed

    def to(self, state: WorkState) -> "tuple[Track, tuple[Move, ...]]":
        """What is known after one more state, and what happened on the way."""
        moves = tuple(self._moves(state))
        if state.status is None:
            return (
                Track(day=state.day) if self.ends_with(state) else replace(self, is_absent=True, day=state.day)
            ), moves
        is_promise = state.status.is_committed
        promised = (state.end if is_promise else None) or self.promised
        return Track(state.status, state.end, state.day, promised, self.was_promised or is_promise), moves

    def ends_with(self, state: WorkState) -> bool:
        """Whether the work is over: removed after it was done. The same name later is other work."""
        return state.status is None and self.status is Status.DONE

    def _moves(self, state: WorkState) -> Iterator[Move]:
        if state.status is None:
            if self.is_committed and not self.is_absent:
                yield Move(MoveKind.DROPPED, state.at, self.promised, None)
        elif state.is_merged and not self.is_committed:
            return
        elif state.status.is_committed:
            yield from self._committed(state)
        elif state.status is Status.DONE:
            yield from self._done(state)
        else:
            if self.is_committed and not self.is_absent:
                yield Move(MoveKind.DROPPED, state.at, self.promised, None)
            if not state.is_merged:
                yield from self._rescheduled(state)

    def _committed(self, state: WorkState) -> Iterator[Move]:
        if self.is_committed:
            if self.is_absent:
                yield Move(MoveKind.RETURNED, state.at, self.promised, state.end)
            yield from self._timing(state)
        elif self.was_promised:
            yield Move(MoveKind.REPLANNED, state.at, self.promised, state.end)
            yield from self._shift(state, Detour.UNCOMMITTED)
        else:
            yield Move(MoveKind.ADDED, state.at, None, state.end)
            yield from self._rescheduled(state)

    def _timing(self, state: WorkState) -> Iterator[Move]:
        """How the end of committed work moves that was committed before."""
        if state.end is None:
            if self.end is not None:
                yield Move(MoveKind.UNDATED, state.at, self.promised, None)
        elif self.end is None and self.promised in (None, state.end):
            yield Move(MoveKind.DATED, state.at, self.promised, state.end)
        else:
            absent, undated = self.is_absent, self.end is None
            yield from self._shift(state, Detour.ABSENT if absent else Detour.UNDATED if undated else None)

    def _shift(self, state: WorkState, detour: Detour | None = None) -> Iterator[Move]:
        if state.end and self.promised and state.end != self.promised:
            kind = MoveKind.SLIPPED if state.end > self.promised else MoveKind.PULLED_IN
            yield Move(kind, state.at, self.promised, state.end, detour)

    def _done(self, state: WorkState) -> Iterator[Move]:
        if self.status is Status.DONE:
            yield from self._rescheduled(state)
            return
        is_ahead = state.day is not None and state.end is not None and state.end > state.day
        if self.is_committed and not is_ahead:
            yield from self._shift(state)
        yield Move(MoveKind.DELIVERED, state.at, self.promised, self._done_on(state), end=state.end)

    def _rescheduled(self, state: WorkState) -> Iterator[Move]:
        if self.end and state.end and self.end != state.end:
            yield Move(MoveKind.RESCHEDULED, state.at, self.end, state.end)

    def _done_on(self, state: WorkState) -> Date | None:
        """The day on which work was done that is done from this state on.

        That is the day of the state, unless it declares another end than before that is not after it: then its author
        says when. After a gap, the declared end counts, unless the work was known to be open after the promised one.
        """
        if state.day is None:
            return state.end
        if state.end and state.end <= state.day and state.end != self.end:
            return state.end
        was_late = self.promised is not None and self.day is not None and self.day > self.promised
        return min(state.end or state.day, state.day) if state.after_gap and not was_late else state.day


def moves(states: Iterable[WorkState]) -> tuple[Move, ...]:
    """All that happened, the oldest first. Work that was removed and came back as committed as before, or done, was not
    dropped."""
    track, found = Track(), list[Move]()
    removal: Move | None = None
    for state in states:
        before, (track, new) = track, track.to(state)
        if removal and before.is_absent and state.status and (state.status.is_committed or state.status is Status.DONE):
            found.remove(removal)
        dropped = next((each for each in new if each.kind is MoveKind.DROPPED), removal)
        removal = dropped if track.is_absent else None
        found += new
    return tuple(found)


def state_of(
    initiative: Initiative | None,
    calendar: Calendar,
    day: Date | None = None,
    at: int = 0,
    *,
    is_merged: bool = False,
    after_gap: bool = False,
) -> WorkState:
    """The state of an initiative; None is absent."""
    if initiative is None:
        return WorkState(at, day)
    return WorkState(at, day, initiative.status, window(initiative, calendar).end, is_merged, after_gap)
