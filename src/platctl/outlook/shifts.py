"""What a change set does to the available versions, as values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named, Spelling
from platctl.model.ref import Ref
from platctl.outlook.cause import Cause
from platctl.record import record


class OfferEffect(StrEnum):
    """What happens to the versions of an interface: the effects of a change, and the relief when one is withdrawn."""

    ADDITION = "addition"
    CHANGE = "change"
    BREAKING = "breaking"
    DEPRECATION = "deprecation"
    REMOVAL = "removal"
    INTERNAL = "internal"
    RELIEF = "relief"


@record
class OfferChange:
    """One change to the versions of an interface.

    `date` is when it takes effect (None: at once, or not known); `moved_from` the day planned before.
    `is_withdrawn` means that base planned it and head does not.
    """

    subject: Spelling
    component: Ref
    effect: OfferEffect
    span: Span | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    sunset: Date | None = None
    date: Date | None = None
    initiative: Named | None = None
    moved_from: Date | None = None
    is_withdrawn: bool = False
    note: str = ""

    def is_behind(self, cause: "Cause") -> bool:
        """Whether it is what a cause comes from: the same work, or an edit of the catalog, on the same interface."""
        used, changed = (each.subject.partition("#")[2] for each in (cause, self))
        is_used = not used or not changed or used.lower() == changed.lower()
        mine = self.initiative.ref if self.initiative else None
        return is_used and self.component == cause.component and mine == (cause.initiative and cause.initiative.ref)


@record(slots=False)
class ChangeSet:
    """Everything that a comparison or a what-if changes in the available versions."""

    lines: tuple[OfferChange, ...]

    @cached_property
    def _lines_of(self) -> Mapping[Ref, list[OfferChange]]:
        found: defaultdict[Ref, list[OfferChange]] = defaultdict(list)
        for change in self.lines:
            found[change.component].append(change)
        return found

    def of(self, component: Ref) -> Sequence[OfferChange]:
        """The changes to one component."""
        return self._lines_of.get(component, ())

    def behind(self, cause: Cause) -> Iterator[OfferChange]:
        """The changes that a cause results from."""
        return (change for change in self.of(cause.component) if change.is_behind(cause))
