"""Alerts as a Code Quality report, judged by what GitLab documents and by what its parser refuses."""

from dataclasses import replace

import pytest
from alerting import BROKEN, WARNING, alerts, any_alerts, many
from hypothesis import given
from oracles import HOSTILE, hidden
from schemas import code_quality

from platctl.alert import Alerts, Grade
from platctl.finding import Span
from platctl.render.alerts.gitlab import render
from platctl.render.escape import visible


def test_an_alert_is_an_entry() -> None:
    assert code_quality(render(alerts(WARNING))) == [
        {
            "description": "nobody uses `identity` (help: remove it)",
            "check_name": "unused-component",
            "fingerprint": "f1",
            "severity": "minor",
            "location": {"path": "components/a.yaml", "lines": {"begin": 3}},
        }
    ]


@pytest.mark.parametrize("grade", Grade)
def test_a_grade_is_a_severity(grade: Grade) -> None:
    assert code_quality(render(alerts(replace(BROKEN, grade=grade))))[0]["severity"] == grade.value


def test_what_is_waived_is_left_out() -> None:
    assert code_quality(render(alerts(replace(WARNING, waived="agreed"), BROKEN)))[0]["check_name"] == "impact/breaks"


def test_a_clean_run_is_an_empty_list() -> None:
    assert render(alerts()) == "[]\n"


def test_ten_thousand_alerts_are_all_there() -> None:
    assert len(code_quality(render(many(10_000)))) == 10_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_written_out(text: str) -> None:
    (entry,) = code_quality(render(alerts(replace(WARNING, message=text, help="", span=Span(text.replace("/", ""))))))
    assert entry["description"] == visible(text)


@given(any_alerts)
def test_any_text_is_harmless(some: Alerts) -> None:
    text = render(some)
    assert len(code_quality(text)) == sum(each.waived is None for each in some.alerts)
    assert not hidden(text)
    assert "##[" not in text
