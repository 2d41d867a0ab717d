"""The answer to "who has to be asked, and who to be told?", with their names on the code host."""

from enum import StrEnum

from platctl.model.named import Named
from platctl.outlook.compared import Compared
from platctl.record import record


class Duty(StrEnum):
    """What is asked of somebody, the strongest first."""

    APPROVE = "approve"
    ACT = "act"
    TELL = "tell"
    OWN = "own"


@record
class DutyReason:
    """Why somebody is named: what is asked, and because of which entity."""

    duty: Duty
    subject: Named


@record
class Owner:
    """A person or a team. `handle` is its name on the code host, None where nobody wrote it down."""

    name: str
    role: str
    handle: str | None
    reasons: tuple[DutyReason, ...]

    @property
    def duty(self) -> Duty:
        """The strongest of what is asked."""
        return min((reason.duty for reason in self.reasons), key=list(Duty).index)


@record
class OwnedFile:
    """A file of the model, with the handles of those who own something in it."""

    path: str
    handles: tuple[str, ...]


@record
class OwnersReport:
    """Everybody once, the strongest duty first; then the files. `nobody` are entities for which nobody answers."""

    of: str
    compared: Compared | None
    owners: tuple[Owner, ...]
    files: tuple[OwnedFile, ...]
    nobody: tuple[Named, ...]

    @property
    def unreachable(self) -> tuple[Owner, ...]:
        """Those whose name on the code host nobody wrote down."""
        return tuple(owner for owner in self.owners if owner.handle is None)
