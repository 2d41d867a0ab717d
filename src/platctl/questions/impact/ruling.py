"""What policies say about an effect on a consumer: the approvals it needs, whether it is forbidden, and notes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from platctl.model.approval_digest import is_digest_of
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.initiative import Approval, Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.policy import Action, Approver, Condition, Policy
from platctl.model.window import window
from platctl.outlook.cause import Cause
from platctl.outlook.difference import Pairing
from platctl.outlook.shifts import ChangeSet, OfferChange
from platctl.questions.impact.report import ApprovalSource, ApprovalState, ApprovalStatus, PolicyName
from platctl.questions.impact.reviewers import Handles, Reviewer, folded
from platctl.record import record


@record
class Ruling:
    """What all policies together say about one consumer."""

    approvals: tuple[ApprovalStatus, ...] = ()
    forbidden: tuple[PolicyName, ...] = ()
    told: tuple[PolicyName, ...] = ()


@record(slots=False)
class Judge:
    """Applies policies. A consumer is judged as it is in either state, so that a change can't move it out of reach.

    `initiatives_on` has, by component, the initiatives of head that change it. `selected` evaluates a selector in
    both states. `today` is None if the date is not known; then no notice is long enough. With `trusts_files`,
    approvals that the change itself brings count. `reviewers` have approved it on the code host; None if they are not
    looked at.
    """

    policies: tuple[Policy, ...]
    base: Model
    head: Model
    pairing: Pairing
    changes: ChangeSet
    initiatives_on: Mapping[Ref, Sequence[Ref]]
    selected: Callable[[str], frozenset[Ref]]
    today: Date | None
    trusts_files: bool = False
    reviewers: tuple[Reviewer, ...] | None = None

    @cached_property
    def _base_name(self) -> Mapping[Ref, Ref]:
        return {head: base for base, head in self.pairing.head_of.items() if base in self.base.entities}

    def ruling(self, consumer: Ref, causes: Sequence[Cause], *, escaped: bool = False) -> Ruling:
        """What follows for a consumer from all causes that reach it, or from all that it escapes."""
        approvals: list[ApprovalStatus] = []
        named: dict[Action, list[PolicyName]] = {action: [] for action in Action}
        for policy in self.policies:
            if escaped and not policy.when.escaped:
                continue
            matching = [cause for cause in causes if self._applies(policy, consumer, cause)]
            if matching and policy.action is Action.APPROVE:
                approvals.append(self._approval(policy, consumer, matching))
            elif matching:
                named[policy.action].append(PolicyName(policy.id, policy.label))
        return Ruling(tuple(approvals), tuple(named[Action.FORBID]), tuple(named[Action.TELL]))

    def _applies(self, policy: Policy, consumer: Ref, cause: Cause) -> bool:
        when = policy.when
        if not cause.level.reaches(when.level) or (policy.action is not Action.TELL and not cause.level.is_harm):
            return False
        states = list(self._states(consumer))
        return (
            (when.tier is None or any((each.tier or 99) <= when.tier for each in states))
            and (when.visibility is None or any(each.visibility is when.visibility for each in states))
            and (when.consumers is None or consumer in self.selected(when.consumers))
            and self._is_about(when, cause.component)
            and (not when.effect or any(_has(change, when) for change in self.changes.behind(cause)))
            and (not when.in_freeze or any(each.frozen_on(cause.due or self.today) for each in states))
            and (when.notice_days is None or self._is_short_notice(cause, when.notice_days))
        )

    def _states(self, consumer: Ref) -> Iterator[Consumer]:
        """The consumer as head has it, then as base has it."""
        for model, ref in ((self.head, consumer), (self.base, self._base_name.get(consumer, consumer))):
            if ref in model.consumers:
                yield model.consumers[ref]

    def _is_about(self, when: Condition, component: Ref) -> bool:
        return (when.components is None or component in self.selected(when.components)) and (
            when.layer is None or when.layer.lower() in self._layers(component)
        )

    def _layers(self, component: Ref) -> set[str]:
        """The layer of a component in head, and the one in base."""
        before = self.base.components.get(self._base_name.get(component, component))
        found = (self.head.components.get(component), before)
        return {each.layer.lower() for each in found if each and each.layer}

    def _is_short_notice(self, cause: Cause, days: int) -> bool:
        due = cause.due or self.today
        return due is None or self.today is None or (due - self.today).days < days

    def _approval(self, policy: Policy, consumer: Ref, causes: Iterable[Cause]) -> ApprovalStatus:
        """The worst of all causes: approving one change does not approve another."""
        whose = tuple(dict.fromkeys(self._approvers(policy, consumer)))
        found = [self._best(policy, consumer, cause, whose) for cause in causes]
        return max(found, key=_standing)

    def _best(self, policy: Policy, consumer: Ref, cause: Cause, whose: tuple[str, ...]) -> ApprovalStatus:
        missing = ApprovalStatus(
            policy.id,
            policy.label,
            ApprovalState.MISSING,
            whose,
            asks=policy.by,
            no_handle=tuple(self._without_handle(policy, consumer, whose)),
        )
        found = [
            self._written(missing, cause, ref, approval)
            for ref in self._initiatives(cause)
            for approval in self.head.initiatives[ref].approvals
            if self.head.canonical(approval.consumer) == consumer
        ]
        return min([*found, *self._reviewed(missing, consumer), missing], key=_standing)

    def _reviewed(self, asked: ApprovalStatus, consumer: Ref) -> Iterator[ApprovalStatus]:
        """The approving reviews by those whom the policy asks."""
        names = {folded(name) for name in asked.of}
        owners = self._owners(consumer) if Approver.OWNER in asked.asks else ()
        for each in self.reviewers or ():
            is_asked = not asked.asks or not names.isdisjoint(map(folded, each.names))
            if is_asked or each.team in owners:
                by, source = each.names[0], ApprovalSource.REVIEW
                yield replace(asked, state=ApprovalState.GIVEN, by=by, on=each.on, source=source)

    def _without_handle(self, policy: Policy, consumer: Ref, whose: tuple[str, ...]) -> Iterator[str]:
        if self.reviewers is None:
            return
        owners = self._owners(consumer) if Approver.OWNER in policy.by else ()
        teams = [team for ref in owners if (team := self.base.teams.get(ref)) and team.handle]
        of_team = {folded(name) for team in teams for name in (team.lead or "", *team.members)}
        yield from (name for name in whose if not self._handles.has(name) and folded(name) not in of_team)

    @cached_property
    def _handles(self) -> Handles:
        return Handles(self.base)

    def _owners(self, consumer: Ref) -> tuple[Ref, ...]:
        """The teams and users that own a consumer, according to base if base has the consumer."""
        *_, known = self._states(consumer)
        return self.base.canonical_all(known.owners)

    def _initiatives(self, cause: Cause) -> Sequence[Ref]:
        """The initiatives whose approvals count: the one that plans it, or those that name what is edited."""
        if cause.initiative:
            return [cause.initiative.ref] if cause.initiative.ref in self.head.initiatives else []
        return [ref for ref in self.initiatives_on.get(cause.component, ()) if self._names(ref, cause)]

    def _names(self, initiative: Ref, cause: Cause) -> bool:
        """Whether it changes what a cause results from: the same interface, if both name one."""
        used = cause.subject.partition("#")[2].lower()
        targets = [each.component for each in self.head.initiatives[initiative].changes]
        here = [each for each in targets if self.head.canonical(each.component) == cause.component]
        return any(not used or not each.interface or each.interface.lower() == used for each in here)

    def _written(self, asked: ApprovalStatus, cause: Cause, initiative: Ref, approval: Approval) -> ApprovalStatus:
        """The status of an approval in a file of head."""
        source = ApprovalSource.BASE if self._base_has(initiative, approval) else ApprovalSource.CHANGE
        state = self._state(asked, cause, self.head.initiatives[initiative], approval, source)
        return replace(asked, state=state, by=approval.by, on=approval.on, source=source)

    def _state(
        self, asked: ApprovalStatus, cause: Cause, initiative: Initiative, approval: Approval, source: ApprovalSource
    ) -> ApprovalState:
        if self._is_other(approval, initiative) or self._is_early(cause, initiative):
            return ApprovalState.LAPSED
        if asked.asks and folded(approval.by) not in {folded(name) for name in asked.of}:
            return ApprovalState.BY_ANOTHER
        if approval.digest is None:
            return ApprovalState.UNBOUND
        is_trusted = self.trusts_files or source is ApprovalSource.BASE
        return ApprovalState.GIVEN if is_trusted else ApprovalState.CLAIMED

    def _base_has(self, initiative: Ref, approval: Approval) -> bool:
        """Whether base has the same approval: by the same person, for the same consumer, with the same digest."""
        before = self.base.initiatives.get(self._base_name.get(initiative, initiative))
        return before is not None and any(
            (folded(each.by), each.digest) == (folded(approval.by), approval.digest)
            and self._meant(each.consumer, self.head.canonical(approval.consumer))
            for each in before.approvals
        )

    def _meant(self, name: Ref, entity: Ref) -> bool:
        """Whether a name means this entity of head according to base: an alias can't redirect what was approved."""
        return self.pairing.head(self.base.canonical(name)) == entity

    def _is_other(self, approval: Approval, initiative: Initiative) -> bool:
        """Whether a different change was approved. An unreadable digest does not count as an omitted one."""
        if approval.digest is not None:
            return not is_digest_of(approval.digest, self.head, initiative, self._meant)
        removed = self.head.documents[initiative.ref].removed
        return any(route[0] == "approvals" and route[-1] == "digest" for route in removed if route)

    def _is_early(self, cause: Cause, initiative: Initiative) -> bool:
        """Whether an edit of the catalog takes effect before the approved day."""
        end, due = window(initiative, self.head.config.calendar.calendar).end, cause.due or self.today
        return cause.initiative is None and end is not None and due is not None and due < end

    def _approvers(self, policy: Policy, consumer: Ref) -> Iterator[str]:
        """The names of the approvers. Only those of base, if it has the consumer: a change can't appoint its own."""
        *_, known = self._states(consumer)
        for word in policy.by:
            if word == Approver.PRODUCT_MANAGER:
                yield from [known.product_manager] if known.product_manager else []
            elif word == Approver.OWNER:
                yield from self._team(known)
            else:
                yield word

    def _team(self, consumer: Consumer) -> Iterator[str]:
        """The people of the teams that own a consumer, and the users."""
        for owner in consumer.owners:
            # Head says who an owner is only if base does not have it.
            yield from next((_people(model, owner) for model in (self.base, self.head) if model.get(owner)), ())


def _people(model: Model, owner: Ref) -> tuple[str, ...]:
    ref = model.canonical(owner)
    if user := model.users.get(ref):
        return (user.label,)
    team = model.teams.get(ref)
    return (*([team.lead] if team.lead else []), *team.members) if team else ()


def _has(change: OfferChange, when: Condition) -> bool:
    return change.effect.value in {effect.value for effect in when.effect}


def _standing(status: ApprovalStatus) -> int:
    """0 for the best."""
    return list(ApprovalState).index(status.state)
