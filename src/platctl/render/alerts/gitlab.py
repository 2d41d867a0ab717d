"""Alerts as a Code Quality report of GitLab.

Source: GitLab, "Code Quality report format", and its schema app/validators/json_schemas/codeclimate.json.
"""

import json

from platctl.alert import Alert, Alerts
from platctl.render.escape import visible


def render(alerts: Alerts) -> str:
    """A JSON array without waived alerts; an empty one is the result of a clean run."""
    entries = [_entry(each) for each in alerts.alerts if each.waived is None]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(alert: Alert) -> dict[str, object]:
    help_ = f" (help: {visible(alert.help)})" if alert.help else ""
    return {
        "description": visible(alert.message or alert.title) + help_,
        "check_name": alert.rule,
        "fingerprint": alert.fingerprint,
        "severity": alert.grade.value,
        "location": {"path": visible(alert.span.path), "lines": {"begin": alert.span.line}},
    }
