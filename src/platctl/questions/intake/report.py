"""The answer to: which ideas and proposals exist, what does each still need, and which of them are similar?"""

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.vocabulary import Status
from platctl.record import record


@record
class FieldValue:
    """A value for a field, or for a part of it such as `effort.core`, as `platctl set` takes them."""

    field: str
    value: str


@record
class MissingField:
    """A field that a stage requires: its description, and an example line.

    `values` set the same in parts. Words in capitals are placeholders. `new` is the kind of entity that has to be
    created first, as the model has none.
    """

    field: str
    description: str
    example: str
    values: tuple[FieldValue, ...] = ()
    new: str | None = None


@record
class Alike:
    """Another initiative that may be the same work, and why: shared words and components.

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
    """An initiative that is not planned yet.

    `helps` are the consumers that asked for it, those that it is for, and those that depend on what it adds or
    improves. `age` is in days, None if the day of the proposal is not recorded. `lacks` are the fields missing for the
    stage `next`, `overdue` those missing for its current stage. `more_alike` counts similar ones not in `alike`.
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
        """Whether it may move to the next stage."""
        return self.next is not None and not self.lacks


@record
class IntakeStage:
    """The initiatives at one stage, the oldest first; those of unknown age last."""

    status: Status
    candidates: tuple[Candidate, ...]


@record
class IntakeReport:
    """All stages before work is planned."""

    state: str
    today: Date | None
    stages: tuple[IntakeStage, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(each for stage in self.stages for each in stage.candidates)
