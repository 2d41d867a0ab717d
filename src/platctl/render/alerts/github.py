"""Alerts as workflow commands of GitHub Actions, which become annotations of a pull request."""

from collections.abc import Iterable, Iterator

from platctl.alert import Alert, Alerts
from platctl.finding import Severity, Span
from platctl.render.escape import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST = 10
"""The number of annotations of each kind that a runner keeps per step (actions/runner, ExecutionContext.cs)."""
_LONGEST_MESSAGE = 4_000
"""UTF-16 units; a runner cuts at 4,096 (the same file)."""
_LONGEST_TITLE = 255
"""GitHub, REST API for check runs, `annotations[].title`."""


def render(alerts: Alerts) -> str:
    """The most urgent alerts, a command each, and a line that counts the rest.

    Alerts that are waived, or only for the record, are just counted.
    """
    urgent = [each for each in alerts.alerts if each.waived is None and not each.is_quiet]
    shown, rest = [], {}
    for severity, command in _COMMANDS.items():
        group = [each for each in urgent if each.severity is severity]
        shown += [_command(command, each) for each in group[:_MOST]]
        rest[severity.value] = len(group) - _MOST
    rest["for the record"] = sum(each.waived is None and each.is_quiet for each in alerts.alerts)
    rest["waived"] = sum(each.waived is not None for each in alerts.alerts)
    counts = ", ".join(f"{name} {count:,}" for name, count in rest.items() if count > 0)
    return "".join(f"{each}\n" for each in (*shown, *([f"Not shown as annotations: {counts}"] if counts else [])))


def _command(name: str, alert: Alert) -> str:
    """Source: actions/toolkit, command.ts (escaping); actions/runner, ActionCommand.cs (reading)."""
    properties = [*_place(alert.span), ("title", _cut(visible(alert.title), _LONGEST_TITLE))]
    written = ",".join(f"{key}={_property(value)}" for key, value in properties if value)
    return f"::{name} {written}::{_data(_cut(_message(alert), _LONGEST_MESSAGE))}"


def _place(span: Span) -> Iterator[tuple[str, str]]:
    """The last line is included, the last column is not. Columns count only within one line."""
    ends_before = span.end_line > span.line and span.end_column == 1
    end_line = span.end_line - 1 if ends_before else span.end_line
    yield "file", visible(span.path)
    yield "line", str(span.line)
    yield "endLine", str(end_line)
    if span.end_line == span.line:
        yield "col", str(span.column)
        yield "endColumn", str(span.end_column)


def _message(alert: Alert) -> str:
    parts: Iterable[str] = (alert.message or alert.title, f"help: {alert.help}" if alert.help else "")
    return "\n".join(visible(part) for part in parts if part)


def _cut(text: str, most: int) -> str:
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * most else units[: 2 * most - 2].decode("utf-16-le", "ignore") + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
