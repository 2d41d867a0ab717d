"""The people and teams whose handles base knows, and whose approving reviews count for the whole change."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record


@record
class Reviewer:
    """A person or team of base that has approved the change. A team is known by its title and its id."""

    names: tuple[str, ...]
    handle: str
    on: Date | None = None
    team: Ref | None = None


@record(slots=False)
class Handles:
    """Whose handle on the code host is whose. E-mail addresses are no handles: hosts name logins."""

    base: Model

    @cached_property
    def _of_people(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        users = ((each.label, each.handle) for each in self.base.users.values() if each.handle)
        for name, handle in (*self.base.config.people.items(), *users):
            if handle.startswith("@") and name not in (names := found.setdefault(handle[1:].lower(), [])):
                names.append(name)
        return {handle: tuple(names) for handle, names in found.items()}

    @cached_property
    def _reachable(self) -> frozenset[str]:
        return frozenset(folded(name) for names in self._of_people.values() for name in names)

    def has(self, name: str) -> bool:
        """Whether a person has a handle."""
        return folded(name) in self._reachable

    def names(self, login: str) -> Iterator[str]:
        """The names of a login, and the addresses listed for these names."""
        people = self._of_people.get(login.lower(), ())
        yield from people
        yield from (self.base.config.people[each] for each in people if each in self.base.config.people)

    def reviewers(self, handles: Iterable[str], on: Date | None) -> Iterator[Reviewer]:
        """Everyone in base with one of the handles."""
        for handle in handles:
            for name in self._of_people.get(handle, ()):
                yield Reviewer((name,), f"@{handle}", on)
            for ref, team in self.base.teams.items():
                if (team.handle or "").lower() == f"@{handle}":
                    yield Reviewer((team.label, team.id), f"@{handle}", on, ref)


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()
