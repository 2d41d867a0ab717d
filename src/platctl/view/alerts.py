"""Reports as alerts: what a code host, an editor or a list of tests can show at a line."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from platctl.alert import Alert, AlertRule, Alerts, Grade
from platctl.finding import Finding, Label, Severity, Span, fingerprint
from platctl.model.effect import Level
from platctl.report.impact import Conflict, ImpactReport, Verdict
from platctl.report.validation import ValidationReport
from platctl.rules.registry import RULES
from platctl.view import words

_FINDING_GRADES = {Severity.ERROR: Grade.CRITICAL, Severity.WARNING: Grade.MINOR, Severity.INFO: Grade.INFO}
_LEVEL_GRADES = {
    Level.BREAKS: Grade.CRITICAL,
    Level.MUST_ACT: Grade.MAJOR,
    Level.AT_RISK: Grade.MINOR,
    Level.GAINS: Grade.INFO,
    Level.INFORMED: Grade.INFO,
}
_LEVEL_TITLES = {
    Level.BREAKS: "A product breaks",
    Level.MUST_ACT: "A product must act",
    Level.AT_RISK: "A product is at risk",
    Level.GAINS: "A product gains",
    Level.INFORMED: "A product is to be informed",
}
_LEVEL_MEANS = {
    Level.BREAKS: "What the product requires is not there any more.",
    Level.MUST_ACT: "What the product requires is still there, but only until a date, or only deprecated.",
    Level.AT_RISK: "The written facts don't settle it, or a component in between has to absorb it.",
    Level.GAINS: "A new possibility, or an unmet need is met.",
    Level.INFORMED: "Nothing to do.",
}
_LEVEL_SEVERITIES = {Level.BREAKS: Severity.ERROR, Level.MUST_ACT: Severity.WARNING}


def from_validation(report: ValidationReport, new: Collection[str] | None = None) -> Alerts:
    """Every finding, those that a waiver accepts included. `new` are the fingerprints that base does not have."""
    threshold = report.fail_on.rank if report.fail_on else -1
    shown = [
        replace(
            _finding(each.finding, "validate", report.anchor, threshold),
            is_old=new is not None and each.finding.fingerprint not in new,
        )
        for each in report.diagnostics
    ]
    waived = [_finding(each.finding, "validate", report.anchor, -1, each.reason) for each in report.waived]
    return _together(("validate",), [*shown, *waived])


def from_impact(report: ImpactReport) -> Alerts:
    """Every verdict, what no longer fits, and what is missing before it may happen."""
    failing = {each.consumer.ref for each in report.failing}
    verdicts = [_verdict(each, fails=each.consumer.ref in failing) for each in report.verdicts]
    conflicts = [_conflict(each, report.anchor) for each in report.conflicts]
    threshold = Severity.ERROR.rank if report.fail_on else -1
    found = [_finding(each, "impact", report.anchor, threshold) for each in report.findings]
    return _together(("impact",), [*verdicts, *found, *conflicts])


def merged(*parts: Alerts) -> Alerts:
    """The alerts of several checks as one."""
    checks = tuple(check for part in parts for check in part.checks)
    return _together(checks, [alert for part in parts for alert in part.alerts])


def _together(checks: tuple[str, ...], alerts: Iterable[Alert]) -> Alerts:
    """Alerts in order and told apart, with the rules that they name."""
    ordered = tuple(_told_apart(sorted(alerts, key=_order)))
    named = {alert.rule for alert in ordered}
    return Alerts(checks, ordered, tuple(sorted((rule for rule in _rules() if rule.id in named), key=_rule_id)))


def _order(alert: Alert) -> tuple[bool, int, bool, bool, int, Span, str]:
    """What a change brings comes before what was there: tools show only the first few of a severity."""
    waived, severity, grade = alert.waived is not None, alert.severity.rank, alert.grade.rank
    return (waived, severity, alert.is_old, not alert.fails, grade, alert.span, alert.fingerprint)


def _told_apart(alerts: Iterable[Alert]) -> Iterator[Alert]:
    """Of several alike, the first keeps its name; tools would show only one of them."""
    seen: Counter[str] = Counter()
    for alert in alerts:
        mark = alert.fingerprint
        seen[mark] += 1
        if (number := seen[mark]) == 1:
            yield alert
        else:
            yield replace(alert, name=f"{alert.name} {number}", fingerprint=fingerprint(mark, str(number)))


def _rule_id(rule: AlertRule) -> str:
    return rule.id


def _rules() -> Iterator[AlertRule]:
    for rule in RULES:
        yield AlertRule(rule.id, rule.title, rule.explanation, rule.severity, rule.example, rule.fix)
    for level, title in _LEVEL_TITLES.items():
        severity = _LEVEL_SEVERITIES.get(level, Severity.INFO)
        is_certain = level is not Level.AT_RISK
        yield AlertRule(f"impact/{level.value}", title, _LEVEL_MEANS[level], severity, is_certain=is_certain)
    yield AlertRule(
        "impact/conflict",
        "A plan that no longer fits",
        "Something in the plan fitted together before this change and does not any more.",
        Severity.WARNING,
    )


def _finding(finding: Finding, check: str, anchor: Span, threshold: int, waived: str | None = None) -> Alert:
    return Alert(
        check,
        finding.rule,
        finding.severity,
        _FINDING_GRADES[finding.severity],
        name=f"{finding.rule} in {(finding.span or anchor).path} ({finding.fingerprint})",
        title=finding.rule,
        message=finding.message,
        span=finding.span or anchor,
        fingerprint=finding.fingerprint,
        help=finding.help,
        related=finding.related,
        fails=finding.severity.rank <= threshold,
        waived=waived,
    )


def _verdict(verdict: Verdict, *, fails: bool) -> Alert:
    cause = verdict.cause
    grade = _LEVEL_GRADES[verdict.level]
    asked = "; ".join(part for part in (words.ask(verdict), words.approval(verdict)) if part)
    decides = Label(cause.span.resolve(), f"{cause.steps[-1].entity.id} stands on {cause.subject}: decided here")
    return Alert(
        "impact",
        f"impact/{verdict.level.value}",
        verdict.severity,
        Grade.BLOCKER if grade is Grade.CRITICAL and verdict.tier == 1 else grade,
        name=verdict.consumer.id,
        title=f"{words.level_words(verdict.level)}: {verdict.consumer.id} ({words.tier_words(verdict.tier)})",
        message=f"{words.way(cause)}: {words.reason(cause)}",
        span=verdict.span,
        fingerprint=verdict.fingerprint,
        help=asked if verdict.level.is_harm else "",
        related=(decides,),
        way=tuple(Label(step.span.resolve(), f"{step.entity.id} stands on {step.on}") for step in cause.steps[::-1]),
        fails=fails,
        is_quiet=not verdict.level.is_harm,
        waived=verdict.waived,
    )


def _conflict(conflict: Conflict, anchor: Span) -> Alert:
    mark = fingerprint("impact", conflict.kind.value, str(conflict.subject.ref), str(conflict.other.ref))
    return Alert(
        "impact",
        "impact/conflict",
        Severity.WARNING,
        Grade.MINOR,
        name=f"{conflict.subject.id} {conflict.kind.value} ({mark})",
        title=f"no longer fits: {conflict.subject.id}",
        message=words.conflict(conflict),
        span=conflict.span or anchor,
        fingerprint=mark,
    )
