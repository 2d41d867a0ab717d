"""Reports as alerts: what a code host, an editor or a list of tests can show at a line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from platctl.alert import Alert, AlertRule, Alerts, Grade
from platctl.finding import Finding, Severity, Span, fingerprint
from platctl.model.level import Level
from platctl.rules.registry import rules
from platctl.writing.levels import LEVELS

_FINDING_GRADES = {Severity.ERROR: Grade.CRITICAL, Severity.WARNING: Grade.MINOR, Severity.INFO: Grade.INFO}


def merged(*parts: Alerts) -> Alerts:
    """Combines the alerts of several checks."""
    checks = tuple(check for part in parts for check in part.checks)
    return together(checks, [alert for part in parts for alert in part.alerts])


def together(checks: tuple[str, ...], alerts: Iterable[Alert]) -> Alerts:
    """Sorted alerts with unique names, and the rules that they refer to."""
    ordered = tuple(_told_apart(sorted(alerts, key=_order)))
    named = {alert.rule for alert in ordered}
    return Alerts(checks, ordered, tuple(sorted((rule for rule in _rules() if rule.id in named), key=_rule_id)))


def _order(alert: Alert) -> tuple[bool, int, bool, bool, int, Span, str]:
    """New alerts come before existing ones: tools show only the first few of each severity."""
    waived, severity, grade = alert.waived is not None, alert.severity.rank, alert.grade.rank
    return (waived, severity, alert.is_old, not alert.fails, grade, alert.span, alert.fingerprint)


def _told_apart(alerts: Iterable[Alert]) -> Iterator[Alert]:
    """Numbers alerts that would otherwise be identical, because tools show only one of those."""
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
    for rule in rules():
        yield AlertRule(rule.id, rule.title, rule.explanation, rule.severity, rule.example, rule.fix)
    for level, words in LEVELS.items():
        is_certain = level is not Level.AT_RISK
        title = f"A product {words.one}"
        yield AlertRule(f"impact/{level.value}", title, words.means, level.severity, is_certain=is_certain)
    yield AlertRule(
        "impact/escaped",
        "A product would be affected, but the change edits or removes a dependency",
        "That the product no longer depends on it is what this change claims.",
        Severity.WARNING,
    )
    yield AlertRule(
        "impact/conflict",
        "A new conflict in the plan",
        "The plan has a conflict that it did not have before this change.",
        Severity.WARNING,
    )


def finding_alert(finding: Finding, check: str, anchor: Span, threshold: int, waived: str | None = None) -> Alert:
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
