"""The rows about users: when each came and left, as the reader may know it, and how many there were."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from platctl.model.calendar import Date
from platctl.model.entity.component import Component
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.settings.audience import Dates
from platctl.outlook.lifelines import Life
from platctl.questions.discover.report import Coming, ComponentUser, Leaving, Stamp, UserCount, UserPause
from platctl.questions.discover.scene import Scene, entity_at
from platctl.questions.discover.visits import Visit, Visits
from platctl.record import record


@record(slots=False)
class Rows:
    """The users of the components of a scene. `dates` are how an audience sees days; commits are not told to one."""

    scene: Scene
    dates: Dates | None
    has_history: bool
    quarters: Sequence[tuple[str, Date]]

    @property
    def _visits(self) -> Visits:
        return self.scene.visits

    def stamp(self, index: int) -> Stamp:
        """A moment; one that is not committed has neither day nor commit."""
        if not self._visits.past.is_commit(index):
            return Stamp(None)
        at = self._visits.past.moments[index].at
        if self.dates:
            return Stamp(self.dates.text(at.date) if at.date else None)
        return Stamp(str(at.date) if at.date else None, at.commit, at.author)

    def users(self, component: Ref) -> tuple[ComponentUser, ...]:
        """What uses it, in the order in which it came."""
        found = [(self._first(component, user), user) for user in self.scene.users(component)]
        return tuple(self._user(component, user) for _, user in sorted(found))

    def _first(self, component: Ref, user: Ref) -> int:
        known = self.scene.visits_of(component, user)
        return known[0].came if known else self._visits.past.last

    def _user(self, component: Ref, user: Ref) -> ComponentUser:
        known = self.scene.visits_of(component, user)
        came = self.stamp(known[0].came) if known and self.has_history else None
        how = known[0].how if known else Coming.RECORDED
        return ComponentUser(
            named(self.scene.model, user),
            self.owner(user),
            is_using=True,
            came=came,
            how=how,
            pauses=tuple(self._pauses(known)),
            since=self._since(component, user),
        )

    def owner(self, ref: Ref) -> Named | None:
        owner = self.scene.owner(ref)
        return named(self.scene.model, owner) if owner else None

    def former(self, component: Ref) -> tuple[ComponentUser, ...]:
        """What used it once, the last one to leave first."""
        now = {self.scene.names[user] for user in self.scene.users(component) if user in self.scene.names}
        found = [(known[-1], user, known) for user, known in self.scene.history(component) if user not in now]
        gone = [each for each in found if each[0].left is not None]
        gone.sort(key=lambda each: (-(each[0].left or 0), each[1].ref))
        return tuple(self._former(user, known) for _, user, known in gone)

    def _former(self, user: Life, known: Sequence[Visit]) -> ComponentUser:
        last, entity = known[-1], user.last.entity
        owner = self.scene.model.owner_of(entity)
        return ComponentUser(
            Named(entity.ref, entity.name, entity.title),
            named(self.scene.model, owner) if owner else None,
            is_using=False,
            came=self.stamp(known[0].came),
            how=known[0].how,
            pauses=tuple(self._pauses(known)),
            left=self.stamp(last.left) if last.left is not None else None,
            why=last.why,
        )

    def _pauses(self, known: Sequence[Visit]) -> Iterator[UserPause]:
        for before, after in pairwise(known):
            if before.left is not None:
                yield UserPause(self.stamp(before.left), before.why or Leaving.LEFT, self.stamp(after.came))

    def _since(self, component: Ref, user: Ref) -> str | None:
        """The day that the dependency declares; of several, the first one."""
        uses = self.scene.graph.users_of.get(component, ())
        days = [use.dependency.since for use in uses if use.source == user and use.dependency.since]
        day = min(days, default=None)
        return (self.dates.text(day) if self.dates else str(day)) if day else None

    # How many

    @cached_property
    def _ends(self) -> Sequence[tuple[str, Date, int]]:
        """The quarters, each with its last day and moment."""
        return [(name, end, self._visits.past.at(end)) for name, end in self.quarters]

    def counts(self, component: Ref) -> tuple[UserCount, ...]:
        """The users at the end of each quarter since the first one came, and now."""
        known = [(user, visit) for user, found in self.scene.history(component) for visit in found]
        first = min((visit.came for _, visit in known), default=self._visits.past.last)
        told = [
            UserCount(name, sum(is_there(visit, index) and not _is_over(user, index, end) for user, visit in known))
            for name, end, index in self._ends
            if index >= first
        ]
        return (*told, UserCount("", len(self.scene.users(component)), is_now=True))


def _is_over(user: Life, index: int, day: Date) -> bool:
    """Whether a user is a component that was past its sunset on a day, by what it was after a moment."""
    entity = entity_at(user, index)
    return isinstance(entity, Component) and entity.sunset is not None and entity.sunset <= day


def is_there(visit: Visit, index: int) -> bool:
    """Whether a visit includes a moment."""
    return visit.came <= index and (visit.left is None or index < visit.left)
