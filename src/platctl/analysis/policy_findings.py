"""Findings about policies: what is not agreed, forbidden or only said, and policies that a change alters."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity, Span, fingerprint
from platctl.model.model import Model
from platctl.model.placement import Route
from platctl.report.impact import ApprovalState, ApprovalStatus, Verdict

_JUDGING = ("policies", "waivers", "rules", "impact", "selectors")
"""The settings that decide what passes a check."""
_NARROWING = ("roots", "layers")
"""The settings that decide what is checked at all, and can't be those of base: head's files would not fit them."""


def policy_findings(verdict: Verdict) -> Iterator[Finding]:
    """What the policies say about one verdict."""
    if verdict.waived:
        return
    for approval in verdict.approvals:
        if not approval.is_given:
            help_ = _what_to_do(verdict, approval)
            yield _finding(
                verdict, "missing-approval", Severity.ERROR, approval.policy, _missing(verdict, approval), help_
            )
    for policy in verdict.forbidden:
        message = (
            f"`{verdict.consumer.id}`: {verdict.level.value}; forbidden by the policy `{policy.id}`: {policy.label}"
        )
        help_ = "change the plan, or agree on a waiver in platctl.yaml first, in a change of its own"
        yield _finding(verdict, "forbidden-change", Severity.ERROR, policy.id, message, help_)
    for policy in verdict.told:
        message = f"`{verdict.consumer.id}`: {verdict.level.value}; the policy `{policy.id}` says: {policy.label}"
        yield _finding(verdict, "policy-note", Severity.INFO, policy.id, message, "")


def _finding(verdict: Verdict, rule: str, severity: Severity, policy: str, message: str, help_: str) -> Finding:
    about = f"{verdict.consumer.ref} {policy}"
    mark = fingerprint(rule, verdict.fingerprint, policy)
    return Finding(rule, severity, message, verdict.span, help=help_, about=about, fingerprint=mark)


def _missing(verdict: Verdict, approval: ApprovalStatus) -> str:
    name, level = verdict.consumer.id, verdict.level.value
    match approval.state:
        case ApprovalState.LAPSED:
            return f"`{name}` agreed to something else: what {approval.by} approved was altered afterwards ({level})"
        case ApprovalState.BY_ANOTHER:
            return f"`{name}` has not agreed to: {level}; {approval.by} can't agree for it under `{approval.policy}`"
    return f"`{name}` has not agreed to: {level}"


def _what_to_do(verdict: Verdict, approval: ApprovalStatus) -> str:
    initiative = verdict.cause.initiative
    whose = f"{' or '.join(approval.of)} may agree; " if approval.of else ""
    if initiative is None:
        return f"{whose}an initiative that changes {verdict.cause.subject} has to hold the approval"
    command = f"`platctl approve {initiative.ref.name} --for {verdict.consumer.ref.name} --by NAME`"
    return f"{whose}then write it down: {command}"


# Policies that change ---------------------------------------------------------------------------------------


def policy_changes(base: Model, head: Model) -> Iterator[Finding]:
    """Settings that decide what passes a check, and differ: this change is judged by those of base."""
    for name in (*_JUDGING, *_NARROWING):
        was, now = (getattr(model.config, name, None) for model in (base, head))
        if was != now:
            message = f"`{name}` changes: this check still uses what base says; the next one will not"
            if name in _NARROWING:
                message = f"`{name}` changes, which decides what is checked: this check uses the new one"
            span = _span(head, (name,))
            help_ = "let somebody review it who may change the rules"
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
