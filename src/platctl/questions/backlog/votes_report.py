"""The answer to "where do we disagree?": votes by initiative and criterion, those that need a talk first."""

from platctl.finding import Span
from platctl.model.named import Named
from platctl.record import record


@record
class CastVote:
    """One person's rating. `number` is what it counts; None for a word that has none."""

    by: str
    role: str | None
    number: float | None
    text: str
    span: Span | None


@record
class VoteSpread:
    """How far numbers are apart. `interquartile` is the range of the middle half (linear, as of Hyndman-Fan type 7).

    `disagreement` goes from 0, all the same, to 1, half of them at each end: the standard deviation, divided by half
    of the scale, which it never exceeds (Popoviciu 1935). The scale is that of the criterion, or else goes from the
    lowest to the highest vote on it.
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

    `votes` count; `uncounted` are of roles that the criterion does not ask. `silent` have voted in this criterion on
    others, but not here. `spread` is None where the votes are no numbers.
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
    """All votes on open work, the greatest disagreement first. From `talk_from` on a talk is needed."""

    state: str
    method: str
    talk_from: float
    disputes: tuple[Dispute, ...]

    @property
    def to_talk(self) -> tuple[Dispute, ...]:
        """Those that need a talk."""
        return tuple(each for each in self.disputes if each.needs_talk)
