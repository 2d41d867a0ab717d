"""Promises to consumers that were kept or broken.

A promise is work committed in base, with an end, for a consumer that asked for it or whose feature it is. It is kept
if the work is done by that day; broken if it is given up, no longer for the consumer, ends later, or is not done after
that day.
"""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.named import named
from platctl.model.vocabulary import Status
from platctl.outlook.difference import Pairing
from platctl.outlook.plan import Plan
from platctl.questions.changelog.days_as_text import Days
from platctl.questions.changelog.report import Promise, PromiseOutcome
from platctl.record import record


@record(slots=False)
class Promises:
    """The promises of base, compared with head. `since` is the day of base: what was overdue then is not new."""

    base: Plan
    head: Plan
    pairing: Pairing
    days: Days
    today: Date | None = None
    since: Date | None = None

    def of(self, before: Initiative, after: Initiative | None, promised: Date, done: Date | None) -> Iterator[Promise]:
        """The outcome of the promises of one initiative: its last promised end, and the day on which it was done."""
        still = self.head.asking(after) if after else ()
        for consumer in map(self.pairing.head, self.base.asking(before)):
            if consumer in self.head.model.consumers:
                is_still_for = after is None or consumer in still
                outcome = self._outcome(promised, after, done) if is_still_for else PromiseOutcome.WITHDRAWN
                name = named(self.head.model, consumer)
                yield Promise(name, outcome, self.days.text(promised), self._now(after, outcome, done))

    def _outcome(self, promised: Date, after: Initiative | None, done: Date | None) -> PromiseOutcome:
        if after is None and done is None:
            return PromiseOutcome.GIVEN_UP
        if after is None or after.status is Status.DONE:
            return PromiseOutcome.LATE if done and done > promised else PromiseOutcome.KEPT
        if not after.status.is_committed:
            return PromiseOutcome.GIVEN_UP
        end = self.head.window(after).end
        if end is None:
            return PromiseOutcome.UNDATED
        if end > promised:
            return PromiseOutcome.MOVED
        return PromiseOutcome.OVERDUE if self._has_passed(promised) else PromiseOutcome.OPEN

    def _has_passed(self, promised: Date) -> bool:
        is_over = self.today is not None and self.today > promised
        return is_over and not (self.since and self.since > promised)

    def _now(self, after: Initiative | None, outcome: PromiseOutcome, done: Date | None) -> str | None:
        if after is None:
            return self.days.text(done)
        if outcome is PromiseOutcome.GIVEN_UP:
            return after.status.value
        if after.status is Status.DONE:
            return self.days.text(done)
        return self.days.text(self.head.window(after).end)
