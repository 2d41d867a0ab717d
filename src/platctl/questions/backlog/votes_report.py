"""The answer to "where do we disagree?": votes by initiative and criterion, the largest disagreement first."""

from platctl.finding import Span
from platctl.model.named import Named
from platctl.record import record


@record
class CastVote:
    """One person's rating. `number` is the value that it counts as; None for a word without a number."""

    by: str
    role: str | None
    number: float | None
    text: str
    span: Span | None


@record
class VoteSpread:
    """How far apart numbers are. `interquartile` is the range of the middle half (linear, Hyndman-Fan type 7).

    `disagreement` goes from 0, all the same, to 1, half at each end: the standard deviation divided by half the scale,
    which it never exceeds (Popoviciu 1935). The scale is that of the criterion, or else goes from the lowest to the
    highest vote on it.
    """

    median: float
    lowest: float
    highest: float
    interquartile: float
    scale: tuple[float, float]
    disagreement: float


@record
class Dispute:
    """The votes on one initiative in one criterion.

    `votes` count; `uncounted` come from roles that the criterion does not ask. `silent` voted on this criterion for
    other initiatives, but not for this one. `spread` is None if the votes are not numbers.
    """

    initiative: Named
    criterion: str
    label: str
    votes: tuple[CastVote, ...]
    uncounted: tuple[CastVote, ...]
    silent: tuple[str, ...]
    spread: VoteSpread | None
    needs_talk: bool


@record
class DisputeReport:
    """All votes on open work, the largest disagreement first. From `talk_from` on, votes need discussion."""

    state: str
    method: str
    talk_from: float
    disputes: tuple[Dispute, ...]

    @property
    def to_talk(self) -> tuple[Dispute, ...]:
        """The disputes that need discussion."""
        return tuple(each for each in self.disputes if each.needs_talk)
