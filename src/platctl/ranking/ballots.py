"""Votes in initiatives and on ballots, each person's once."""

from collections.abc import Iterator, Mapping, Sequence

from platctl.model.entity.rating import Rating
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion
from platctl.record import record
from platctl.source.yaml.document import Route


@record
class Cast:
    """One person's rating of an initiative in a criterion, and its position."""

    by: str
    role: str | None
    rating: Rating
    source: Ref
    route: Route

    def counts(self, criterion: Criterion) -> bool:
        """Whether the criterion asks this role; a criterion without roles asks everyone."""
        roles = {folded(role) for role in criterion.roles}
        return not roles or folded(self.role or "") in roles


Casts = Mapping[tuple[Ref, str], Sequence[Cast]]
"""By initiative and criterion: all ratings, in file order."""


def casts(model: Model) -> Casts:
    """All votes. If a person voted several times, a ballot takes precedence, then the last vote."""
    found: dict[tuple[Ref, str], dict[str, Cast]] = {}
    for ref, name, cast in (*_in_initiatives(model), *_on_ballots(model)):
        found.setdefault((ref, name), {})[folded(cast.by)] = cast
    return {key: tuple(each.values()) for key, each in found.items()}


def _in_initiatives(model: Model) -> Iterator[tuple[Ref, str, Cast]]:
    for ref, initiative in sorted(model.initiatives.items()):
        for index, vote in enumerate(initiative.votes):
            for name, rating in vote.scores.items():
                yield ref, name, Cast(vote.by, vote.role, rating, ref, ("votes", index, "scores", name))


def _on_ballots(model: Model) -> Iterator[tuple[Ref, str, Cast]]:
    for source, ballot in sorted(model.ballots.items()):
        for ref, written, ratings in ballot.rated():
            for name, rating in ratings.items():
                cast = Cast(ballot.by, ballot.role, rating, source, ("votes", written, name))
                yield model.canonical(ref), name, cast


def folded(text: str) -> str:
    """A name for comparison, ignoring case and extra spaces."""
    return " ".join(text.split()).casefold()
