"""Alerts as test results, judged by the schema of Jenkins and by an XML parser."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from alerting import BROKEN, WARNING, alerts, any_alerts, many
from hypothesis import given, settings
from oracles import HOSTILE, hidden
from schemas import junit_suites

from platctl.alert import Alerts
from platctl.finding import Span
from platctl.render.alerts.junit import render


def cases(text: str) -> Iterator[tuple[str | None, str | None, list[str]]]:
    for case in junit_suites(text).iter("testcase"):
        yield case.get("classname"), case.get("name"), [each.tag for each in case]


def test_each_check_is_a_suite_and_each_alert_a_case() -> None:
    text = render(alerts(BROKEN, WARNING, replace(WARNING, name="x", fingerprint="f3", waived="agreed")))
    assert list(cases(text)) == [
        ("platctl.validate", "unused-component in a.yaml (f1)", ["system-out"]),
        ("platctl.validate", "x", ["skipped"]),
        ("platctl.impact", "mobile-app", ["failure"]),
    ]


def test_a_failure_says_what_where_and_which_way() -> None:
    failure = next(junit_suites(render(alerts(BROKEN))).iter("failure"))
    assert failure.attrib == {"type": "impact/breaks", "message": BROKEN.message}
    assert failure.text == (
        f"error[impact/breaks]: {BROKEN.message}\n"
        "--> initiatives/retire.yaml:15:5\n"
        "--> components/gateway.yaml:25:5 gateway stands on identity\n"
        "--> consumers/apps.yaml:56:5 mobile-app stands on gateway\n"
        "--> components/gateway.yaml:25:5 gateway stands on identity: decided here"
    )


def test_a_check_that_found_nothing_passes() -> None:
    assert list(cases(render(alerts()))) == [
        ("platctl.validate", "nothing found", []),
        ("platctl.impact", "nothing found", []),
    ]


def test_what_is_waived_is_skipped_with_its_reason_even_if_it_would_fail() -> None:
    (skipped,) = junit_suites(render(alerts(replace(BROKEN, waived="moves in spring")))).iter("skipped")
    assert skipped.get("message") == "waived: moves in spring"


def test_the_file_is_the_same_whenever_it_is_written() -> None:
    assert "time" not in render(alerts(BROKEN))


def test_ten_thousand_alerts_are_all_there() -> None:
    root = ElementTree.fromstring(render(many(10_000, replace(WARNING, fails=True))))
    assert (root.get("tests"), root.get("failures")) == ("10001", "10000")


@pytest.mark.parametrize("text", [*HOSTILE, "\ufffe\uffff", "\x00\x01\x1f", "]]>", "<!DOCTYPE x>", "&x;"])
def test_hostile_texts_are_text(text: str) -> None:
    alert = replace(BROKEN, name=text, message=text, help=text, span=Span(text))
    root = junit_suites(render(alerts(alert)))
    assert {each.tag for each in root.iter()} == {"testsuites", "testsuite", "testcase", "failure"}
    assert not hidden("".join(root.itertext()))


@settings(max_examples=5 * settings.default.max_examples // 6)
@given(any_alerts)
def test_any_text_is_valid_xml_1_0(some: Alerts) -> None:
    text = render(some)
    junit_suites(text)
    assert not hidden(text)
    assert "##[" not in text
