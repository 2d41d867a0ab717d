"""Alerts as test results in JUnit XML, for tools that show test results.

Source: Jenkins, xunit-plugin, junit-10.xsd; it has no place for a file or line, so these are in the text.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from platctl.alert import Alert, Alerts
from platctl.render.escape import visible

_NOTHING_FOUND = "nothing found"


def render(alerts: Alerts) -> str:
    """A suite for each check, and a case for each alert: one that fails the check fails, a waived one is skipped.

    Other alerts pass, with their text. A suite is never empty, because some tools take that for a mistake.
    """
    root = Element("testsuites", name="platctl")
    for check in alerts.checks:
        _add_suite(root, check, [each for each in alerts.alerts if each.check == check])
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_suite(root: Element, check: str, alerts: list[Alert]) -> None:
    class_name = f"platctl.{check}"
    suite = SubElement(root, "testsuite", name=class_name)
    suite.set("tests", str(max(1, len(alerts))))
    suite.set("failures", str(sum(_is_failure(each) for each in alerts)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(each.waived is not None for each in alerts)))
    for alert in alerts:
        _add_outcome(SubElement(suite, "testcase", classname=class_name, name=visible(alert.name)), alert)
    if not alerts:
        SubElement(suite, "testcase", classname=class_name, name=_NOTHING_FOUND)


def _add_outcome(case: Element, alert: Alert) -> None:
    if alert.waived is not None:
        SubElement(case, "skipped", message=visible(f"waived: {alert.waived}"))
    elif _is_failure(alert):
        failure = SubElement(case, "failure", type=alert.rule, message=visible(alert.message))
        failure.text = _text(alert)
    else:
        SubElement(case, "system-out").text = _text(alert)


def _is_failure(alert: Alert) -> bool:
    return alert.fails and alert.waived is None


def _text(alert: Alert) -> str:
    return "\n".join(map(visible, _lines(alert)))


def _lines(alert: Alert) -> Iterator[str]:
    yield f"{alert.severity.value}[{alert.rule}]: {alert.message}"
    yield f"--> {alert.span}"
    for label in (*alert.way, *alert.related):
        yield f"--> {label.span} {label.text}"
    if alert.help:
        yield f"help: {alert.help}"
