"""The levels of an effect, and the two ways in which they weaken."""

from enum import StrEnum

from platctl.finding import Severity


class Level(StrEnum):
    """What a change means for its dependents, in the order used in reports.

    The scale of harm is breaks > must-act > at-risk > informed; `gains` is outside that scale.
    """

    BREAKS = "breaks"
    MUST_ACT = "must-act"
    AT_RISK = "at-risk"
    GAINS = "gains"
    INFORMED = "informed"

    @property
    def rank(self) -> int:
        """0 for the strongest; a smaller rank wins where several effects meet."""
        return _RANK[self]

    @property
    def is_harm(self) -> bool:
        return self in (Level.BREAKS, Level.MUST_ACT, Level.AT_RISK)

    @property
    def severity(self) -> Severity:
        """The severity, unless something makes it more serious."""
        return _SEVERITIES.get(self, Severity.INFO)

    @property
    def softened(self) -> "Level":
        """The level after passing a soft dependency: one step down the scale of harm."""
        return _SOFTENED[self]

    @property
    def absorbed(self) -> "Level | None":
        """The level that remains for dependents of a component that keeps its own contract."""
        return Level.AT_RISK if self.is_harm else None

    def reaches(self, threshold: "Level") -> bool:
        """Whether this level is at or above another one."""
        return self.rank <= threshold.rank


_SEVERITIES = {Level.BREAKS: Severity.ERROR, Level.MUST_ACT: Severity.WARNING}
_RANK = {level: rank for rank, level in enumerate(Level)}
_SOFTENED = {
    Level.BREAKS: Level.MUST_ACT,
    Level.MUST_ACT: Level.AT_RISK,
    Level.AT_RISK: Level.INFORMED,
    Level.INFORMED: Level.INFORMED,
    Level.GAINS: Level.GAINS,
}
