"""The answer to: which ideas and proposals are there, what does each still need, and which of them are alike?"""

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.vocabulary import Status
from platctl.record import record


@record
class MissingField:
    """A field that a stage asks for: what it says, and a line that fills it in."""

    field: str
    description: str
    example: str


@record
class Alike:
    """Another initiative that may be the same work, and why: words and components that both have.

    `likeness` is 1 for the same title, and 0 for nothing in common.
    """

    other: Named
    status: Status
    likeness: float
    words: tuple[str, ...]
    components: tuple[Named, ...]

    @property
    def is_duplicate(self) -> bool:
        return self.likeness == 1


@record
class Candidate:
    """An initiative that nobody counts on yet.

    `helps` are the consumers that asked for it, those that it is for, and those that stand on what it adds or makes
    better. `age` is in days, None where nobody wrote down when it was proposed. `lacks` is what it needs for the stage
    `next`, `overdue` what it should have had for its present one. `more_alike` counts what `alike` leaves out.
    """

    initiative: Named
    status: Status
    proposed_by: str | None
    proposed_on: Date | None
    age: int | None
    requested_by: tuple[Named, ...]
    helps: tuple[Named, ...]
    next: Status | None
    lacks: tuple[MissingField, ...]
    overdue: tuple[str, ...]
    alike: tuple[Alike, ...]
    more_alike: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether it may move on."""
        return self.next is not None and not self.lacks


@record
class IntakeStage:
    """The initiatives at one stage, the oldest first; those of unknown age last."""

    status: Status
    candidates: tuple[Candidate, ...]


@record
class IntakeReport:
    """All stages before anybody counts on the work."""

    state: str
    today: Date | None
    stages: tuple[IntakeStage, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(each for stage in self.stages for each in stage.candidates)
