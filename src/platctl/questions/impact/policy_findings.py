"""Findings about policies: missing approvals, forbidden effects, notes, and changes to the policies themselves."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity, Span, fingerprint
from platctl.model.foreign import quoted
from platctl.model.model import Model
from platctl.questions.impact.report import ApprovalState, ApprovalStatus, EscapeKind, Verdict
from platctl.questions.impact.words import would
from platctl.record import record
from platctl.source.yaml.document import Route
from platctl.writing.levels import LEVELS

_EDITS = {EscapeKind.LEFT: "remove", EscapeKind.EDITED: "edit"}
_JUDGING = ("policies", "approvals", "people", "waivers", "rules", "impact", "selectors")
"""The settings that decide what passes a check."""
_NARROWING = ("roots", "exclude", "layers")
"""The settings that decide what is checked at all, and can't be those of base: head's files would not fit them."""


@record
class Ways:
    """How an approval can be given: in the files of the change, or in a review."""

    trusts_files: bool
    reviews: bool


def policy_findings(verdict: Verdict, ways: Ways) -> Iterator[Finding]:
    """What the policies require for one verdict."""
    if verdict.waived:
        return
    for approval in verdict.approvals:
        if not approval.is_given:
            help_ = _what_to_do(verdict, approval, ways)
            yield _finding(
                verdict, "missing-approval", Severity.ERROR, approval.policy, _missing(verdict, approval), help_
            )
    for policy in verdict.forbidden:
        title = f": {policy.label}" if policy.label != policy.id else ""
        message = f"{_what(verdict)}, which the policy `{policy.id}` forbids{title}"
        help_ = "change the plan, or first merge a waiver in platctl.yaml as a separate change"
        yield _finding(verdict, "forbidden-change", Severity.ERROR, policy.id, message, help_)
    for policy in verdict.told:
        message = f"{_what(verdict)}; note of the policy `{policy.id}`: {policy.label}"
        yield _finding(verdict, "policy-note", Severity.INFO, policy.id, message, "")


def _what(verdict: Verdict) -> str:
    if verdict.escape:
        consumer, edit = verdict.consumer.label_with_id, _EDITS[verdict.escape]
        return f"{consumer} {would(verdict.level)} if this change did not {edit} a dependency"
    return f"{verdict.consumer.label_with_id} {LEVELS[verdict.level].one}"


def _finding(verdict: Verdict, rule: str, severity: Severity, policy: str, message: str, help_: str) -> Finding:
    about = f"{verdict.consumer.ref} {policy}"
    mark = fingerprint(rule, verdict.fingerprint, policy)
    return Finding(rule, severity, message, verdict.span, help=help_, about=about, fingerprint=mark)


def _missing(verdict: Verdict, approval: ApprovalStatus) -> str:
    match approval.state:
        case ApprovalState.LAPSED:
            return f"{_what(verdict)}; the approval by {approval.by} was for a different change"
        case ApprovalState.CLAIMED:
            return f"{_what(verdict)}; the approval by {approval.by} is only claimed in this change"
        case ApprovalState.UNBOUND:
            return f"{_what(verdict)}; the approval by {approval.by} has no digest, so it does not count"
        case ApprovalState.BY_ANOTHER:
            return f"{_what(verdict)}; {approval.by} is not an approver under the policy `{approval.policy}`"
    return f"{_what(verdict)}, which no one has approved"


def _what_to_do(verdict: Verdict, approval: ApprovalStatus, ways: Ways) -> str:
    initiative = verdict.cause.initiative
    name = initiative.ref.name if initiative else "INITIATIVE"
    where = "" if initiative else f" in an initiative that changes {verdict.cause.subject}"
    if approval.asks and not approval.of:
        roles = " or ".join(approval.asks)
        return f"{verdict.consumer.label} has no {roles} who could approve: first declare one, as a separate change"
    *others, last = approval.of or ("anyone",)
    whose = f"{', '.join(others)} or {last}" if others else last
    command = f"`platctl approve {name} --for {verdict.consumer.ref.name} --by NAME`"
    if approval.state is ApprovalState.UNBOUND:
        return f"run {command} to add the digest of what was approved"
    if ways.reviews:
        return "; ".join((f"ask for an approving review by {whose}", *_handles_to_add(approval)))
    if approval.state is ApprovalState.CLAIMED:
        trust = "`approvals: {trust: file}` in the base's platctl.yaml"
        return f"merge the approval first, as a separate change; or let such approvals count with {trust}"
    first = "" if ways.trusts_files else ", and merge it first, as a separate change"
    apart = "; or make that edit first, as a separate change" if verdict.escape else ""
    return f"approvers: {whose}; record the approval{where} with {command}{first}{apart}"


def _handles_to_add(approval: ApprovalStatus) -> Iterator[str]:
    """The lines of platctl.yaml without which a review can't count."""
    if approval.no_handle:
        lines = ", ".join(f'{quoted(name)}: "@HANDLE"' for name in approval.no_handle)
        yield f"for their reviews to count, first add `people: {{{lines}}}` to platctl.yaml, as a separate change"


def policy_changes(base: Model, head: Model) -> Iterator[Finding]:
    """Settings that decide what passes a check and that differ: this change is judged by those of base."""
    for name in (*_JUDGING, *_NARROWING):
        was, now = (getattr(model.config, name, None) for model in (base, head))
        if was != now:
            message = f"`{name}` changes: this check still uses the settings of base, the next one the new settings"
            if name in _NARROWING:
                message = f"`{name}` changes, which decides what is checked: this check already uses the new setting"
            span = _span(head, (name,))
            help_ = "ask someone who may change the rules to review this"
            yield Finding(
                "policy-changed",
                Severity.WARNING,
                message,
                span,
                help=help_,
                about=name,
                fingerprint=fingerprint("policy-changed", name),
            )


def _span(model: Model, route: Route) -> Span:
    placement = model.config_placement
    return placement.span(route, key=True) if placement else model.anchor
