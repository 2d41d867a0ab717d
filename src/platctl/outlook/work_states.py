"""The states of a piece of work in its history."""

from collections.abc import Callable, Sequence

from platctl.model.entity.initiative import Initiative
from platctl.model.past import Past
from platctl.outlook.lifelines import Life
from platctl.outlook.moves import WorkState, state_of


def states_of(
    life: Life, past: Past, seen: Callable[[Initiative], Initiative | None] | None = None
) -> Sequence[WorkState]:
    """All states of an initiative in its history; of work that became part of other work also that, once.

    `seen` is what may be known of each of them.
    """
    calendar, found = past.config.calendar.calendar, []
    for turn in life.turns:
        entity, day = turn.after.entity if turn.after else None, past.moments[turn.index].at.date
        if isinstance(entity, Initiative) or entity is None:
            known = seen(entity) if entity and seen else entity
            found.append(state_of(known, calendar, day, turn.index))
    heir = life.heir.at(life.turns[-1].index) if life.heir else None
    if heir and isinstance(heir.entity, Initiative) and found:
        last = found.pop()
        found.append(state_of(heir.entity, calendar, last.day, last.at, is_merged=True))
    return found
