"""What a change means for each consumer, and what each one escapes, judged by the policies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from platctl.finding import Severity, Span, fingerprint
from platctl.model.calendar import Date
from platctl.model.language.selector import SelectorError, parse_selector
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.renames import maybe_renamed
from platctl.model.settings.approval import Trust
from platctl.model.settings.config import Config
from platctl.outlook.cause import Cause
from platctl.outlook.choosing import Chooser
from platctl.outlook.comparing import apart
from platctl.outlook.contacts import contacts_of
from platctl.outlook.escaping import Escape, as_base_depends, escaped_apart, escapes
from platctl.outlook.shifts import ChangeSet
from platctl.outlook.spread import Spread
from platctl.questions.impact.report import EscapeKind, Failure, Verdict
from platctl.questions.impact.reviewers import Reviewer
from platctl.questions.impact.ruling import Judge, Ruling
from platctl.questions.impact.severity import severity_of, waiver_for
from platctl.record import record


@record(slots=False)
class Judging:
    """Makes verdicts on a comparison, by the settings that judge."""

    spread: Spread
    changes: ChangeSet
    settings: Config
    fail_on: Level | None
    today: Date | None
    reviewers: tuple[Reviewer, ...] | None = None
    _chosen: dict[str, frozenset[Ref]] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        return self.spread.head.model

    def verdicts(self, affected: Iterable[Ref], escaped: Iterable[Verdict]) -> tuple[Verdict, ...]:
        """What happens to each of these consumers, the strongest first; `escaped` is what happens to none."""
        levels = {each.consumer.ref: each.level for each in escaped}
        return tuple(sorted((self._verdict(ref, levels.get(ref)) for ref in affected), key=_verdict_order))

    def escapes(self, only: frozenset[Ref] | None) -> tuple[Verdict, ...]:
        """What consumers (of `only`; None means all) escape, the strongest first."""
        found = escapes(self.spread, self._as_base_depends) if self._as_base_depends else ()
        wanted = (each for each in found if only is None or only & {each.consumer, each.was})
        return tuple(sorted(map(self._escaped, wanted), key=_verdict_order))

    @cached_property
    def judge(self) -> Judge:
        return Judge(
            self.settings.policies,
            self.spread.base.model,
            self.model,
            self.spread.pairing,
            self.changes,
            self._initiatives_on,
            self._selected,
            self.today,
            self.trusts_files,
            self.reviewers,
        )

    @property
    def trusts_files(self) -> bool:
        """Whether approvals that the change brings count. Base decides: a change can't trust itself."""
        base = self.spread.base.model
        return (base.config if base.files else self.settings).approvals.trust is Trust.FILE

    @cached_property
    def _chooser(self) -> Chooser:
        states = self.spread.head, self.spread.base, self.spread.pairing
        return Chooser(*states, lambda: frozenset(self.spread.propagation.nodes), self.settings.selectors)

    def _selected(self, selector: str) -> frozenset[Ref]:
        """What a selector of a policy names in either state. One that names nothing is a finding of `validate`."""
        if selector not in self._chosen:
            try:
                self._chosen[selector] = self._chooser.of([parse_selector(selector)])
            except SelectorError:
                self._chosen[selector] = frozenset()
        return self._chosen[selector]

    @cached_property
    def _as_base_depends(self) -> Spread | None:
        return as_base_depends(self.spread)

    def _escaped(self, escape: Escape) -> Verdict:
        """What a consumer escapes. It fails only by policy: leaving may well be right."""
        ref, base = escape.consumer, self.spread.base.model
        consumer, (cause, *others) = base.consumers[escape.was], escape.causes
        ruling = self.judge.ruling(ref, (*escape.causes, *self._escaped_apart(ref)), escaped=True)
        waiver = waiver_for(self.model, self.settings, ref, self.today)
        failure = self._failure(cause.level, ruling)
        present = self.model.consumers.get(ref, consumer)
        now = maybe_renamed(base, self.model, self.spread.pairing.head_of, escape.was)
        return Verdict(
            consumer=named(self.model, ref) if ref in self.model.consumers else named(base, escape.was),
            tier=min(filter(None, (present.tier, consumer.tier)), default=None),
            type=present.type,
            level=cause.level,
            severity=Severity.ERROR if ruling.forbidden else Severity.WARNING,
            because=tuple(f"the policy {each.id} forbids it" for each in ruling.forbidden),
            cause=cause,
            others=tuple(others),
            contacts=contacts_of(base, consumer),
            approvals=ruling.approvals,
            forbidden=ruling.forbidden,
            told=ruling.told,
            fails=None if waiver or failure is Failure.LEVEL else failure,
            span=self._place_left(escape),
            fingerprint=_mark(ref, cause, "escaped"),
            waived=waiver.reason if waiver else None,
            escaped=cause.level,
            maybe_now=named(self.model, now) if now else None,
            escape=EscapeKind.LEFT if escape.has_left else EscapeKind.EDITED,
        )

    def _escaped_apart(self, consumer: Ref) -> Iterator[Cause]:
        for part in self._parts:
            if self._as_base_depends:
                kept = self._as_base_depends.apart(part.comparison)
                yield from escaped_apart(part, kept, consumer)

    def _verdict(self, ref: Ref, escaped: Level | None) -> Verdict:
        consumer = self.model.consumers[ref]
        cause, *others = self.spread.causes(ref)
        ruling = self.judge.ruling(ref, (cause, *others, *self._causes_apart(ref)))
        severity, because = severity_of(consumer, cause, ruling.forbidden, self.today)
        waiver = waiver_for(self.model, self.settings, ref, self.today)
        return Verdict(
            consumer=named(self.model, ref),
            tier=consumer.tier,
            type=consumer.type,
            level=cause.level,
            severity=severity,
            because=because,
            cause=cause,
            others=tuple(others),
            contacts=contacts_of(self.model, consumer),
            approvals=ruling.approvals,
            forbidden=ruling.forbidden,
            told=ruling.told,
            fails=None if waiver else self._failure(cause.level, ruling),
            span=self._place(cause),
            fingerprint=_mark(ref, cause),
            gain=self.spread.gain(ref) if cause.level.is_harm else None,
            escaped=escaped,
            waived=waiver.reason if waiver else None,
        )

    def _causes_apart(self, consumer: Ref) -> Iterator[Cause]:
        """The causes hidden by stronger ones: approving one initiative does not approve another on the same path."""
        for part in self._parts:
            if consumer in part.propagation:
                yield from part.causes(consumer)

    @cached_property
    def _parts(self) -> list[Spread]:
        """What each piece of work does alone, and what the edits of the catalog do; empty without policies."""
        return list(apart(self.spread)) if self.settings.policies else []

    def _failure(self, level: Level, ruling: Ruling) -> Failure | None:
        """Why an effect fails the check: forbidden, not approved, or too strong where no policy requires approval."""
        threshold = self.fail_on
        if threshold is None:
            return None
        if ruling.forbidden:
            return Failure.FORBIDDEN
        if not all(approval.is_given for approval in ruling.approvals):
            return Failure.APPROVAL
        return Failure.LEVEL if level.is_harm and level.reaches(threshold) and not ruling.approvals else None

    def _place(self, cause: Cause) -> Span:
        """The changed line behind a cause, if head has it, or else the dependency that decides."""
        there = (line.span for line in self.changes.behind(cause) if line.span and line.span.path in self.model.files)
        return next(there, None) or cause.span.resolve()

    def _place_left(self, escape: Escape) -> Span:
        """The same for what is escaped; dependencies that are gone have no place in head."""
        there = self._place(escape.causes[0])
        if not escape.has_left or there != escape.causes[0].span.resolve():
            return there
        return self.model.name_at(escape.consumer) if escape.consumer in self.model.consumers else self.model.anchor

    @cached_property
    def _initiatives_on(self) -> Mapping[Ref, list[Ref]]:
        """By component: the initiatives that change it and are not given up."""
        found: dict[Ref, list[Ref]] = {}
        for initiative in self.model.initiatives.values():
            if not initiative.status.is_given_up:
                for change in initiative.changes:
                    found.setdefault(self.model.canonical(change.component.component), []).append(initiative.ref)
        return found


def _mark(consumer: Ref, cause: Cause, *more: str) -> str:
    return fingerprint("impact", cause.subject, cause.level.value, str(consumer), *more)


def _verdict_order(verdict: Verdict) -> tuple[int, int, Ref]:
    return (verdict.level.rank, verdict.tier or 99, verdict.consumer.ref)
