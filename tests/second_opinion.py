"""What becomes of a promised end, counted slowly: by looking at the whole story each time."""

from collections.abc import Iterator, Sequence

from platctl.model.vocabulary import Status
from platctl.outlook.moves import WorkState

COMMITTED = (Status.PLANNED, Status.ACTIVE)


def opinion(states: Sequence[WorkState]) -> list[tuple[int, str]]:
    """Slips, moves to earlier, drops, plans again and deliveries, counted by looking at the whole story each time."""
    return sorted(each for piece in _pieces(states) for each in _of_piece(piece))


def _pieces(states: Sequence[WorkState]) -> Iterator[list[WorkState]]:
    """Work that was done and then removed is over: what comes later is other work."""
    piece: list[WorkState] = []
    for each in states:
        is_over = each.status is None and piece and _last_present(piece) == Status.DONE
        if is_over:
            yield piece
            piece = []
        piece.append(each)
    yield piece


def _last_present(states: Sequence[WorkState]) -> Status | None:
    return next((each.status for each in reversed(states) if each.status), None)


def _of_piece(states: list[WorkState]) -> Iterator[tuple[int, str]]:
    present = [each for each in states if each.status]
    for index, each in enumerate(states):
        before = _last_present(states[:index])
        promises = [other.end for other in states[:index] if other.status in COMMITTED and other.end]
        was_committed = any(other.status in COMMITTED for other in states[:index])
        if each.status in COMMITTED:
            if before not in COMMITTED and was_committed:
                yield each.at, "replanned"
            if promises and each.end and each.end != promises[-1]:
                yield each.at, "slipped" if each.end > promises[-1] else "pulled-in"
        elif each.status is Status.DONE and before is not Status.DONE:
            is_ahead = each.end and each.day and each.end > each.day
            if before in COMMITTED and promises and each.end and each.end != promises[-1] and not is_ahead:
                yield each.at, "slipped" if each.end > promises[-1] else "pulled-in"
            yield each.at, "delivered"
        elif each.status is None:
            later = [other.status for other in states[index + 1 :] if other.status]
            goes_on = later and (later[0] in COMMITTED or later[0] is Status.DONE)
            is_first = states[index - 1].status is not None if index else False
            if before in COMMITTED and is_first and not goes_on:
                yield each.at, "dropped"
        elif before in COMMITTED and states[index - 1].status is not None:
            yield each.at, "dropped"
    assert len(present) <= len(states)
