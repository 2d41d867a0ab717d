"""What follows from what: broken promises and other plans for versions, from what became of the work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.outlook.release_moves import ReleaseMove, ReleaseMoves
from platctl.questions.changelog.report import (
    Because,
    ChangelogEntry,
    Kind,
    Moved,
    OfferPlan,
    Promise,
    PromiseOutcome,
)

_OF_PROMISES: Mapping[PromiseOutcome, Sequence[Kind]] = {
    PromiseOutcome.KEPT: (Kind.DELIVERED,),
    PromiseOutcome.LATE: (Kind.DELIVERED,),
    PromiseOutcome.MOVED: (Kind.SLIPPED,),
    PromiseOutcome.UNDATED: (Kind.UNDATED,),
    PromiseOutcome.OVERDUE: (Kind.OVERDUE,),
    PromiseOutcome.GIVEN_UP: (Kind.DROPPED,),
    PromiseOutcome.WITHDRAWN: (),
}
_OF_OFFERS = (
    *(Kind.DELIVERED, Kind.SLIPPED, Kind.PULLED_IN, Kind.DROPPED, Kind.ADDED, Kind.REPLANNED, Kind.RETURNED),
    *(Kind.DATED, Kind.UNDATED),
)


_OF_RELEASES = frozenset(
    {Kind.SLIPPED, Kind.PULLED_IN, Kind.DATED, Kind.UNDATED, Kind.SUNSET_MOVED, Kind.DEPRECATED, Kind.RELIEVED}
    | {Kind.GOAL_MOVED, Kind.OTHER}
)
"""What can follow from a release that has another day."""


def with_causes(entries: Iterable[ChangelogEntry], releases: ReleaseMoves) -> list[ChangelogEntry]:
    """The same entries, each with the one that it follows from, if that is among them."""
    all_ = list(entries)
    known = {(each.kind, each.entity.ref): each for each in all_}
    return [_with_cause(each, known, releases) for each in all_]


def _with_cause(
    entry: ChangelogEntry, known: Mapping[tuple[Kind, Ref], ChangelogEntry], releases: ReleaseMoves
) -> ChangelogEntry:
    if release := _release(entry, releases):
        cause = known.get((Kind.RELEASE_MOVED, release.release.ref))
        return replace(entry, because=Because(cause.kind, cause.entity)) if cause else entry
    match entry.fact:
        case Promise(outcome=outcome):
            ref, kinds = entry.entity.ref, _OF_PROMISES.get(outcome, ())
        case OfferPlan(by=by):
            ref, kinds = by.ref, _OF_OFFERS
        case _:
            return entry
    cause = next((known[kind, ref] for kind in kinds if (kind, ref) in known), None)
    return replace(entry, because=Because(cause.kind, cause.entity)) if cause else entry


def _release(entry: ChangelogEntry, releases: ReleaseMoves) -> ReleaseMove | None:
    """The release that moves, and this with it."""
    if entry.kind not in _OF_RELEASES or not releases.all:
        return None
    if isinstance(entry.fact, Moved) and entry.entity.ref.kind == "initiative":
        return releases.of(entry.entity.ref, ("end",))
    return releases.of(entry.entity.ref, entry.span.route) if isinstance(entry.span, LazySpan) else None
