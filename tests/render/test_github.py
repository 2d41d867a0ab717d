"""Alerts as workflow commands, read back as a runner reads them."""

from dataclasses import replace

import pytest
from alerting import BROKEN, WARNING, alerts, any_alerts, many
from hypothesis import given
from oracles import HOSTILE, annotations, commands, hidden

from platctl.alert import Alerts
from platctl.finding import Severity, Span
from platctl.render.alerts.github import render
from platctl.render.escape import visible


def test_an_alert_is_a_command_with_its_place() -> None:
    assert render(alerts(WARNING)) == (
        "::warning file=components/a.yaml,line=3,endLine=3,col=5,endColumn=13,title=unused-component"
        "::nobody uses `identity`%0Ahelp: remove it\n"
    )


def test_a_place_of_several_lines_has_no_columns() -> None:
    (annotation,) = annotations(render(alerts(BROKEN)))
    assert annotation.place == ("initiatives/retire.yaml", "15", "18")
    assert annotation.properties["title"] == "breaks: mobile-app (tier 1)"


def test_a_line_of_which_nothing_belongs_to_the_place_is_not_in_it() -> None:
    alert = replace(WARNING, span=Span("a.yaml", 3, 1, 5, 1))
    assert annotations(render(alerts(alert)))[0].place == ("a.yaml", "3", "4")


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_a_severity_has_its_command(severity: Severity, command: str) -> None:
    assert annotations(render(alerts(replace(WARNING, severity=severity))))[0].command == command


def test_ten_of_each_severity_are_shown_and_the_rest_is_counted() -> None:
    some = [
        *many(12, BROKEN).alerts,
        *many(30_000).alerts,
        *many(3, replace(WARNING, severity=Severity.INFO)).alerts,
        replace(WARNING, is_quiet=True),
        replace(WARNING, waived="agreed"),
    ]
    text = render(alerts(*some))
    kinds = [each.command for each in annotations(text)]
    assert (kinds.count("error"), kinds.count("warning"), kinds.count("notice")) == (10, 10, 3)
    assert text.splitlines()[-1] == "Not shown as annotations: error 2, warning 29,990, for the record 1, waived 1"


def test_the_first_alerts_are_the_ones_that_are_shown() -> None:
    some = [replace(WARNING, title=f"number {each}") for each in range(30)]
    assert [each.properties["title"] for each in annotations(render(alerts(*some)))] == [
        f"number {each}" for each in range(10)
    ]


def test_nothing_found_prints_nothing() -> None:
    assert render(alerts()) == ""


def test_a_message_stays_below_what_a_runner_cuts() -> None:
    for text in ("x" * 10_000, "\U0001f600" * 10_000, "\x1b" * 10_000):
        (annotation,) = annotations(render(alerts(replace(WARNING, message=text, title=text))))
        assert len(annotation.data.encode("utf-16-le")) // 2 <= 4_000
        assert annotation.data.endswith("…")
        assert len(annotation.properties["title"].encode("utf-16-le")) // 2 <= 255


def test_an_alert_without_a_message_says_its_title() -> None:
    assert annotations(render(alerts(replace(WARNING, message="", help=""))))[0].data == "unused-component"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_arrive_as_plain_text(text: str) -> None:
    alert = replace(WARNING, title=text, message=text, help="", span=Span(text))
    (annotation,) = annotations(render(alerts(alert)))
    assert annotation.properties["title"] == visible(text).rstrip()
    assert (annotation.properties["file"], annotation.data) == (visible(text), visible(text))


@given(any_alerts)
def test_any_text_makes_the_commands_that_are_meant_and_no_other(some: Alerts) -> None:
    text = render(some)
    meant = [each for each in some.alerts if each.waived is None and not each.is_quiet]
    read = annotations(text)
    assert sorted(each.command for each in read) == sorted(
        {"error": "error", "warning": "warning", "info": "notice"}[each.severity.value] for each in meant
    )
    assert commands(text) == text.splitlines()[: len(read)]
    assert {name for each in read for name in each.properties} <= {
        "file",
        "line",
        "endLine",
        "col",
        "endColumn",
        "title",
    }
    assert "##[" not in text
    assert not hidden(text)


@given(any_alerts)
def test_the_last_line_is_never_a_command(some: Alerts) -> None:
    rest = [line for line in render(some).splitlines() if not line.startswith("::")]
    assert rest == [] or (len(rest) == 1 and rest[0].startswith("Not shown as annotations: "))
    assert commands("\n".join(rest)) == []
