"""Who to tell about a change, and because of what."""

from collections.abc import Iterable, Iterator

from platctl.model.entity.team import Team
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named
from platctl.outlook.conflicts import Conflict
from platctl.outlook.contacts import (
    Contact,
    contacts_of,
    owners_of,
    participants_of,
    stakeholders_of,
    team_contact,
)
from platctl.outlook.deliveries import Delivery
from platctl.outlook.spread import PassedOn
from platctl.questions.impact.report import Told, Verdict
from platctl.record import record

_Because = tuple[Contact, Named]


@record(slots=False)
class People:
    """The people responsible for the entities of a model; they are told about effects from the level `tell` on."""

    model: Model
    tell: Level

    def told(
        self,
        verdicts: Iterable[Verdict],
        components: Iterable[PassedOn],
        moved: Iterable[Delivery],
        broken: Iterable[Conflict],
    ) -> tuple[Told, ...]:
        """Everyone responsible for what is affected strongly enough, for plans that change, and for what waits."""
        because: dict[Contact, dict[Named, None]] = {}
        all_ = (*self._of_effects(verdicts, components), *self._of_deliveries(moved), *self._of_conflicts(broken))
        for contact, subject in all_:
            because.setdefault(contact, {})[subject] = None
        people = sorted(because.items(), key=lambda item: (item[0].name.lower(), item[0].role))
        return tuple(Told(contact, tuple(subjects)) for contact, subjects in people)

    def _of_effects(self, verdicts: Iterable[Verdict], components: Iterable[PassedOn]) -> Iterator[_Because]:
        for verdict in verdicts:
            if verdict.level.reaches(self.tell):
                here = verdict.consumer.ref in self.model.consumers
                gone = () if here else ((each, verdict.consumer) for each in verdict.contacts)
                yield from (*gone, *self._responsible(verdict.consumer))
        for passed in components:
            if passed.level.reaches(self.tell):
                yield from self._owner(passed.component)

    def _of_deliveries(self, moved: Iterable[Delivery]) -> Iterator[_Because]:
        for delivery in moved:
            for waiting in delivery.waiting:
                yield from self._responsible(waiting)
            for later in delivery.downstream:
                yield from self._owner(later)

    def _of_conflicts(self, broken: Iterable[Conflict]) -> Iterator[_Because]:
        for conflict in broken:
            everybody = dict.fromkeys((conflict.other, conflict.subject, *conflict.waiting, *conflict.work))
            for each in everybody:
                yield from self._responsible(each)
            for each in everybody:
                if each.ref not in self.model.consumers:
                    yield from self._owner(each)

    def _responsible(self, subject: Named) -> Iterator[_Because]:
        """The people of a consumer, or of a team."""
        if isinstance(self.model.get(subject.ref), Team):
            yield team_contact(self.model, subject.ref), subject
        if consumer := self.model.consumers.get(subject.ref):
            told = (*stakeholders_of(consumer), *participants_of(self.model, consumer))
            for contact in (*contacts_of(self.model, consumer), *told):
                yield contact, subject

    def _owner(self, subject: Named) -> Iterator[_Because]:
        if entity := self.model.get(subject.ref):
            for contact in (*owners_of(self.model, entity), *participants_of(self.model, entity)):
                yield contact, subject
