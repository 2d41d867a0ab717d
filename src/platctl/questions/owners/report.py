"""The answer to "whom to ask, and whom to tell?", with their names on the code host."""

from enum import StrEnum

from platctl.model.named import Named
from platctl.outlook.compared import Compared
from platctl.record import record


class Duty(StrEnum):
    """What someone has to do, the strongest first."""

    APPROVE = "approve"
    ACT = "act"
    TELL = "tell"
    OWN = "own"


@record
class DutyReason:
    """Why someone is listed: what they have to do, and because of which entity."""

    duty: Duty
    subject: Named


@record
class Owner:
    """A person or a team. `handle` is its name on the code host, None where it is not declared."""

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
    """A file of the model, with the handles of those who own something in it.

    `shared` are the teams that own components in it, if there are several: a code host then asks all of them, whichever
    component changes.
    """

    path: str
    handles: tuple[str, ...]
    shared: tuple[Named, ...] = ()


@record
class OwnersReport:
    """Everyone once, the strongest duty first; then the files. `nobody` are the entities without an owner."""

    of: str
    compared: Compared | None
    owners: tuple[Owner, ...]
    files: tuple[OwnedFile, ...]
    nobody: tuple[Named, ...]

    @property
    def unreachable(self) -> tuple[Owner, ...]:
        """Those whose name on the code host is not declared."""
        return tuple(owner for owner in self.owners if owner.handle is None)
