"""The steps from an idea to the end of a component, each with the fact that says so."""

from collections.abc import Iterator, Sequence

from platctl.finding import Span
from platctl.graph.reach import Count
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.past import History
from platctl.model.ref import Ref
from platctl.outlook.lifelines import Life
from platctl.questions.show.report import Answer, Maturity, Rung, ShownVersion, ShownWork
from platctl.record import record

_BUILT = {Lifecycle.EXPERIMENTAL: Answer.IN_PART}
_DECIDED = ("planned", "active", "done")


@record(slots=False)
class Ladder:
    """What is known of one component."""

    model: Model
    component: Component
    today: Date | None
    history: History
    life: Life | None
    work: Sequence[ShownWork]
    versions: Sequence[ShownVersion]
    users: Count
    others: Count

    def rungs(self) -> Iterator[Rung]:
        """All steps in order."""
        yield self._idea()
        yield self._decided()
        yield self._contract()
        yield self._built()
        yield self._released()
        yield self._used()
        yield self._deprecated()
        yield self._ended()

    @property
    def _ref(self) -> Ref:
        return self.component.ref

    def _idea(self) -> Rung:
        past = self.history.past
        if past and self.life:
            first = self.life.turns[0].index
            at = past.moments[first].at
            if first:
                day, by = f", {at.date}" if at.date else "", f" by {at.author}" if at.author else ""
                return Rung(Maturity.IDEA, Answer.YES, f"first written in {at.short}{day}{by}")
            return Rung(Maturity.IDEA, Answer.UNKNOWN, f"older than the first commit, {at.short}")
        if self.work:
            first_work = self.work[0]
            fact = f"{first_work.initiative.label_with_id}, {first_work.status}"
            return Rung(Maturity.IDEA, Answer.YES, fact, first_work.span)
        return Rung(Maturity.IDEA, Answer.UNKNOWN, self.history.missing or "not in a commit yet")

    def _decided(self) -> Rung:
        decided = [each for each in self.work if each.status in _DECIDED]
        if decided:
            first = min(decided, key=lambda each: (each.end is None, each.end or Date.max, each.initiative.ref))
            end = f", ends {first.end}" if first.end and first.status != "done" else f" {first.end or ''}".rstrip()
            return Rung(
                Maturity.DECIDED, Answer.YES, f"{first.initiative.label_with_id}, {first.status}{end}", first.span
            )
        touching = {each.initiative.ref for each in self.work}
        for ref, decision in self.model.decisions.items():
            if touching & set(map(self.model.canonical, decision.about)):
                return Rung(Maturity.DECIDED, Answer.YES, f"decision {decision.label}", self._at(ref, "chose"))
        if self.work:
            return Rung(Maturity.DECIDED, Answer.NO, f"{len(self.work)} proposed, none planned", self.work[0].span)
        return Rung(Maturity.DECIDED, Answer.UNKNOWN, "no work that is written down touches it")

    def _contract(self) -> Rung:
        interfaces = self.component.interfaces
        if interfaces:
            names = ", ".join(each.id for each in interfaces[:4]) + (", …" if len(interfaces) > 4 else "")
            count = "1 interface" if len(interfaces) == 1 else f"{len(interfaces)} interfaces"
            return Rung(Maturity.CONTRACT, Answer.YES, f"{count}: {names}", self._at(self._ref, "interfaces"))
        if any(listed(self.component)):
            return Rung(Maturity.CONTRACT, Answer.IN_PART, "versions, but no interface with a name", self._version_at())
        return Rung(Maturity.CONTRACT, Answer.UNKNOWN, "no interface is written down")

    def _built(self) -> Rung:
        if "lifecycle" not in self.component.given_fields:
            return Rung(Maturity.BUILT, Answer.UNKNOWN, "no lifecycle is written down")
        lifecycle = self.component.lifecycle
        span = self._at(self._ref, "lifecycle")
        return Rung(Maturity.BUILT, _BUILT.get(lifecycle, Answer.YES), f"lifecycle {lifecycle.value}", span)

    def _released(self) -> Rung:
        dated = [each for each in listed(self.component) if each.offered.since]
        past = [each for each in dated if self.today and each.offered.since and each.offered.since <= self.today]
        if past:
            last = max(past, key=lambda each: each.offered.since or Date.min)
            span = self._at(self._ref, *last.within, "since")
            return Rung(Maturity.RELEASED, Answer.YES, f"{last.offered.version.text} since {last.offered.since}", span)
        if dated and len(dated) == len(list(listed(self.component))):
            first = min(dated, key=lambda each: each.offered.since or Date.max)
            fact = f"{first.offered.version.text} from {first.offered.since} on"
            return Rung(Maturity.RELEASED, Answer.NO, fact, self._at(self._ref, *first.within, "since"))
        if any(listed(self.component)):
            return Rung(Maturity.RELEASED, Answer.UNKNOWN, "no version says since when it is there", self._version_at())
        return Rung(Maturity.RELEASED, Answer.UNKNOWN, "no version is written down")

    def _used(self) -> Rung:
        direct = self.users.direct + self.others.direct
        more = self.users.transitive + self.others.transitive - direct
        if not direct:
            return Rung(Maturity.USED, Answer.NO, "nothing that is written down depends on it")
        said = [f"{self.users.direct} consumers"] if self.users.direct != 1 else ["1 consumer"]
        said += [f"{self.others.direct} components"] if self.others.direct != 1 else ["1 component"]
        through = f", and {more} more through them" if more else ""
        return Rung(Maturity.USED, Answer.YES, f"by {' and '.join(said)}{through}")

    def _deprecated(self) -> Rung:
        there = [each for each in self._written if not each.is_over and not each.begins]
        old = [each for each in there if each.is_deprecated]
        if self.component.lifecycle in (Lifecycle.DEPRECATED, Lifecycle.RETIRED):
            fact = f"lifecycle {self.component.lifecycle.value}"
            return Rung(Maturity.DEPRECATED, Answer.YES, fact, self._at(self._ref, "lifecycle"))
        if not there:
            return Rung(Maturity.DEPRECATED, Answer.UNKNOWN, "no version is available")
        if not old:
            return Rung(Maturity.DEPRECATED, Answer.NO, f"{len(there)} of {len(there)} versions live")
        first = min(old, key=lambda each: each.deprecated or Date.min)
        answer = Answer.YES if len(old) == len(there) else Answer.IN_PART
        since = f" since {first.deprecated}" if first.deprecated else ""
        fact = f"{len(old)} of {len(there)} versions: {first.version}{since}"
        return Rung(Maturity.DEPRECATED, answer, fact, first.span)

    def _ended(self) -> Rung:
        if self.component.lifecycle is Lifecycle.RETIRED:
            return Rung(Maturity.ENDED, Answer.YES, "lifecycle retired", self._at(self._ref, "lifecycle"))
        over = [each for each in self._written if each.is_over]
        ahead = [each for each in self._written if each.ends]
        if not self._written:
            return Rung(Maturity.ENDED, Answer.UNKNOWN, "no version is written down")
        if over:
            answer = Answer.YES if len(over) == len(self._written) else Answer.IN_PART
            return Rung(Maturity.ENDED, answer, f"{len(over)} of {len(self._written)} versions", over[0].span)
        if ahead:
            first = min(ahead, key=lambda each: each.ends or Date.max)
            return Rung(Maturity.ENDED, Answer.NO, f"{first.version} on {first.ends}", first.span)
        return Rung(Maturity.ENDED, Answer.NO, "no end is in sight")

    @property
    def _written(self) -> list[ShownVersion]:
        """Without what an interface offers that names no version."""
        return [each for each in self.versions if each.version]

    def _at(self, ref: Ref, *route: str | int) -> Span | None:
        span = self.model.at(ref, route)
        return span if span.path else None

    def _version_at(self) -> Span | None:
        return self._at(self._ref, *next(listed(self.component)).route)
