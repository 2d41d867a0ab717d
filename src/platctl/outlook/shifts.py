"""What a change set does to the versions on offer, as values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named, Spelling
from platctl.model.ref import Ref
from platctl.outlook.cause import Cause
from platctl.outlook.effects import Transition
from platctl.record import record


class OfferEffect(StrEnum):
    """What happens to what an interface offers: the effects of a change, and the relief of taking one back."""

    ADDITION = "addition"
    CHANGE = "change"
    BREAKING = "breaking"
    DEPRECATION = "deprecation"
    REMOVAL = "removal"
    INTERNAL = "internal"
    RELIEF = "relief"


@record
class OfferChange:
    """One change to what an interface offers.

    `date` is when it takes place (None: at once, or nobody knows when); `moved_from` when it was to take place.
    `is_withdrawn` says that base planned it and head does not.
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
        """Whether it is what a cause comes from."""
        used, changed = (each.subject.partition("#")[2] for each in (cause, self))
        is_used = not used or not changed or used.lower() == changed.lower()
        return is_used and (self.component, self.date) == (cause.component, cause.date)


@record
class Shift:
    """A transition with its words: what is reported, and how it was planned before.

    `moved_from` is the day on which base had the same; `is_withdrawn` says that head takes it back.
    """

    transition: Transition
    initiative: Ref | None = None
    moved_from: Date | None = None
    is_withdrawn: bool = False


@record(slots=False)
class ChangeSet:
    """All that a comparison, or a question, does to what is on offer."""

    shifts: tuple[Shift, ...]
    lines: tuple[OfferChange, ...]

    @cached_property
    def _lines_of(self) -> Mapping[Ref, list[OfferChange]]:
        found: defaultdict[Ref, list[OfferChange]] = defaultdict(list)
        for change in self.lines:
            found[change.component].append(change)
        return found

    def of(self, component: Ref) -> Sequence[OfferChange]:
        """What changes of one component."""
        return self._lines_of.get(component, ())

    def behind(self, cause: Cause) -> Iterator[OfferChange]:
        """What a cause comes from."""
        return (change for change in self.of(cause.component) if change.is_behind(cause))
