"""The open work that moved in the backlog."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.outlook.difference import Pairing
from platctl.questions.changelog.report import Priority
from platctl.ranking.ordering import Ranking, ranked


def usual_method(model: Model) -> ScoringModel | None:
    """The default scoring model; None if it can't be read."""
    scoring, placement = model.config.scoring, model.config_placement
    return None if placement and placement.left_out(("scoring",)) else scoring.by_name.get(scoring.model)


def priorities(
    base: Model, head: Model, pairing: Pairing, method: ScoringModel, today: Date | None
) -> Iterator[tuple[Ref, Priority]]:
    """The work that is in another class, or whose rank moved relative to others.

    Both states are ranked by the same model and on the same day, so that only edits move ranks. As few initiatives as
    possible count as moved: those that only made room do not.
    """
    before, after = (ranked(model, method, today) for model in (base, head))
    classes = _classes(before, after, pairing) if method.classes else {}
    for ref, (was, now) in classes.items():
        yield ref, Priority(method.id, was, now)
    old = {pairing.head(ref): rank for rank, ref in enumerate(before.ordered, start=1)}
    new = {ref: rank for rank, ref in enumerate(after.ordered, start=1)}
    both = [ref for ref in after.ordered if ref in old]
    stayed = _longest_rising([old[ref] for ref in both])
    for index, ref in enumerate(both):
        if index not in stayed and ref not in classes:
            yield ref, Priority(method.id, str(old[ref]), str(new[ref]))


def _classes(before: Ranking, after: Ranking, pairing: Pairing) -> Mapping[Ref, tuple[str, str]]:
    """Work whose class changed."""
    was = {pairing.head(ref): score.word for ref, score in before.scores.items()}
    pairs = ((ref, was.get(ref), score.word) for ref, score in after.scores.items())
    return {ref: (old, new) for ref, old, new in pairs if old and new and old.casefold() != new.casefold()}


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """The indices of a longest increasing subsequence, which kept its order. Source: Fredman 1975, patience sorting."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        previous.append(ends[place - 1] if place else None)
        if place == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[place], ends[place] = number, index
    kept: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = previous[at]
    return frozenset(kept)
