"""Findings about policies: what is not agreed, forbidden or only said, and policies that a change alters."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity, Span, fingerprint
from platctl.model.model import Model
from platctl.questions.impact.report import ApprovalState, ApprovalStatus, Verdict
from platctl.source.yaml.document import Route
from platctl.writing.levels import LEVELS

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
        title = f": {policy.label}" if policy.label != policy.id else ""
        message = f"{_what(verdict)}, which the policy `{policy.id}` forbids{title}"
        help_ = "change the plan, or agree on a waiver in platctl.yaml first, in a change of its own"
        yield _finding(verdict, "forbidden-change", Severity.ERROR, policy.id, message, help_)
    for policy in verdict.told:
        message = f"{_what(verdict)}; the policy `{policy.id}` says: {policy.label}"
        yield _finding(verdict, "policy-note", Severity.INFO, policy.id, message, "")


def _what(verdict: Verdict) -> str:
    return f"`{verdict.consumer.id}` {LEVELS[verdict.level].one}"


def _finding(verdict: Verdict, rule: str, severity: Severity, policy: str, message: str, help_: str) -> Finding:
    about = f"{verdict.consumer.ref} {policy}"
    mark = fingerprint(rule, verdict.fingerprint, policy)
    return Finding(rule, severity, message, verdict.span, help=help_, about=about, fingerprint=mark)


def _missing(verdict: Verdict, approval: ApprovalStatus) -> str:
    match approval.state:
        case ApprovalState.LAPSED:
            return f"{_what(verdict)}; what {approval.by} approved was something else"
        case ApprovalState.BY_ANOTHER:
            return f"{_what(verdict)}; {approval.by} can't agree to that under the policy `{approval.policy}`"
    return f"{_what(verdict)}, and nobody has agreed to that"


def _what_to_do(verdict: Verdict, approval: ApprovalStatus) -> str:
    initiative = verdict.cause.initiative
    name = initiative.ref.name if initiative else "INITIATIVE"
    where = "" if initiative else f" in an initiative that changes {verdict.cause.subject}"
    if approval.asks and not approval.of:
        roles = " or ".join(approval.asks)
        return f"`{verdict.consumer.id}` has no {roles} who could agree: write one down first, in a change of its own"
    *others, last = approval.of or ("anybody",)
    whose = f"{', '.join(others)} or {last}" if others else last
    command = f"`platctl approve {name} --for {verdict.consumer.ref.name} --by NAME`"
    return f"{whose} may agree; then write it down{where}: {command}"


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
