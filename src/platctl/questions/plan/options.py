"""What is asked of a plan."""

from collections.abc import Mapping

from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.record import record


@record
class PlanWishes:
    """What is asked of a plan: pins (by initiative: the number of a period, None for any), bans, and delays (the first
    period in which it may end); `capacity` is by team and period what is added, in person-weeks.
    """

    pins: Mapping[Ref, int | None]
    bans: frozenset[Ref] = frozenset()
    delays: Mapping[Ref, int] | None = None
    capacity: Mapping[tuple[Ref, int], float] | None = None


NO_WISHES = PlanWishes({})


@record
class PlanOptions:
    """The question. `only` is what may be chosen; None is all open work. `unapproved` is what needs an approval that is
    missing, and `with_migration` adds the migrations that work causes to those who have to do them. `beyond` is how
    many periods after the horizon count for the time of teams.
    """

    method: ScoringModel
    today: Date
    horizon: int = 4
    only: frozenset[Ref] | None = None
    wishes: PlanWishes = NO_WISHES
    with_migration: bool = False
    unapproved: frozenset[Ref] = frozenset()
    beyond: int = 0
