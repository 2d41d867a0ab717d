"""Alerts as SARIF 2.1.0, for code scanning.

Sources: OASIS, SARIF 2.1.0 (sections in brackets); GitHub, "SARIF support for code scanning" (what it requires,
reads and keeps).
"""

import json
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from platctl import __version__
from platctl.alert import Alert, AlertRule, Alerts
from platctl.finding import Label, Severity, Span
from platctl.render.escape import backticks, visible

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_MOST_RESULTS = 25_000
_MOST_PLACES = 100
"""GitHub accepts 1,000 places per result, and shows 100."""
_LONGEST_DESCRIPTION = 1_024

_Object = dict[str, object]


def render(alerts: Alerts) -> str:
    """One run with all alerts, up to the limit of a code host; waived ones are suppressed results."""
    shown = alerts.alerts[:_MOST_RESULTS]
    index = {rule.id: number for number, rule in enumerate(alerts.rules)}
    run: _Object = {
        "tool": {"driver": _driver(alerts.rules)},
        "automationDetails": {"id": f"platctl/{'-'.join(alerts.checks)}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(len(alerts.alerts) - len(shown))],
        "results": [_result(each, index) for each in shown],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _invocation(left_out: int) -> _Object:
    text = f"{left_out:,} results omitted: a code host accepts {_MOST_RESULTS:,} per run. The most urgent are included."
    notes = [{"level": "warning", "message": {"text": text}}] if left_out else []
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _driver(rules: Iterable[AlertRule]) -> _Object:
    return {
        "name": "platctl",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(each) for each in rules],
    }


def _rule(rule: AlertRule) -> _Object:
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in re.split(r"\W+", rule.id)),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation[:_LONGEST_DESCRIPTION]},
        "help": {"text": _help(rule, "{}"), "markdown": _help(rule, "**{}**")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["platctl", *rule.id.split("/")[:-1]],
            "precision": "very-high" if rule.is_certain else "medium",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _help(rule: AlertRule, heading: str) -> str:
    examples = (("Reported", rule.example), ("Instead", rule.fix))
    parts = [f"{heading.format(name)}\n\n{_yaml(text)}" for name, text in examples if text]
    return "\n\n".join([rule.explanation, *parts])


def _yaml(text: str) -> str:
    fence = backticks(text, 3)
    return "\n".join((f"{fence}yaml", *map(visible, text.rstrip().split("\n")), fence))


def _result(alert: Alert, index: dict[str, int]) -> _Object:
    related = alert.related[:_MOST_PLACES]
    result: _Object = {
        "ruleId": alert.rule,
        "ruleIndex": index[alert.rule],
        "level": _LEVELS[alert.severity],
        "message": {"text": _message(alert, related)},
        "locations": [{"physicalLocation": _place(alert.span)}],
        "partialFingerprints": {"primaryLocationLineHash": alert.fingerprint, "platctl/v1": alert.fingerprint},
    }
    if related:
        result["relatedLocations"] = [_related(number, label) for number, label in enumerate(related, start=1)]
    if alert.way:
        steps = [_step(label) for label in (Label(alert.span, alert.title), *alert.way[:_MOST_PLACES])]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if alert.waived is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": visible(alert.waived) or "no reason given"}
        ]
    return result


def _message(alert: Alert, related: Sequence[Label]) -> str:
    """Plain text; links lead to the related places by their numbers [3.11.6]."""
    lines = [_plain(alert.message or alert.title)]
    lines += [f"help: {_plain(alert.help)}"] if alert.help else []
    lines += [f"[{_plain(label.text) or 'see there'}]({number})" for number, label in enumerate(related, start=1)]
    rest = len(alert.related) - len(related)
    lines += [f"and {rest:,} more places"] if rest else []
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text without links [3.11.6]."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", visible(text))


def _related(number: int, label: Label) -> _Object:
    return {"id": number, **_located(label)}


def _step(label: Label) -> _Object:
    return {"location": _located(label)}


def _located(label: Label) -> _Object:
    return {"physicalLocation": _place(label.span), "message": {"text": _plain(label.text) or "see there"}}


def _place(span: Span) -> _Object:
    return {"artifactLocation": {"uri": _uri(span.path), "uriBaseId": "%SRCROOT%"}, "region": _region(span)}


def _uri(path: str) -> str:
    """A relative reference [3.4.3]; bytes that are not UTF-8 are kept."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def _region(span: Span) -> _Object:
    """Of several lines the first, to its end [3.30.8]: a code host shows only what a change touched as a whole."""
    region: _Object = {"startLine": span.line, "startColumn": span.column, "endLine": span.line}
    return {**region, "endColumn": span.end_column} if span.end_line == span.line else region
