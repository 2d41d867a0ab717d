"""Alerts as SARIF, judged by the official schema, by what GitHub requires, and by how a viewer reads messages."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from alerting import BROKEN, RULES, WARNING, alerts, any_alerts, many
from hypothesis import given, settings
from oracles import HOSTILE, hidden, sarif_links
from schemas import sarif_run

from platctl import __version__
from platctl.alert import Alerts
from platctl.finding import Label, Span
from platctl.render.alerts.sarif import render
from platctl.rules.registry import rules


def read(some: Alerts) -> dict[str, Any]:
    return sarif_run(render(some))


def result(some: Alerts) -> dict[str, Any]:
    (only,) = read(some)["results"]
    return only  # type: ignore[no-any-return]


# One alert ---------------------------------------------------------------------------------------------------


def test_a_run_names_the_tool_its_version_and_the_category() -> None:
    run = read(alerts(WARNING, checks=("impact",)))
    assert run["tool"]["driver"]["name"] == "platctl"
    assert run["tool"]["driver"]["semanticVersion"] == __version__
    assert run["automationDetails"] == {"id": "platctl/impact/"}
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_rule_has_all_that_a_code_host_shows() -> None:
    rule = read(alerts(WARNING))["tool"]["driver"]["rules"][2]
    assert rule == {
        "id": "unused-component",
        "name": "UnusedComponent",
        "shortDescription": {"text": "A component that nobody uses"},
        "fullDescription": {"text": "Nobody knows."},
        "help": {
            "text": "Nobody knows.\n\nReported\n\n```yaml\nid: x\n```\n\nInstead\n\n```yaml\nid: y\n```",
            "markdown": "Nobody knows.\n\n**Reported**\n\n```yaml\nid: x\n```\n\n**Instead**\n\n```yaml\nid: y\n```",
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["platctl"], "precision": "very-high", "problem.severity": "warning"},
    }


def test_what_may_be_is_less_precise_than_what_is() -> None:
    rules = {each["id"]: each["properties"] for each in read(alerts())["tool"]["driver"]["rules"]}
    assert rules["impact/at-risk"] == {
        "tags": ["platctl", "impact"],
        "precision": "medium",
        "problem.severity": "recommendation",
    }


def test_every_rule_of_ours_is_described_within_the_limits_of_a_code_host() -> None:
    for rule in rules():
        assert 0 < len(rule.title) <= 1_024
        assert 0 < len(rule.explanation) <= 1_024


def test_a_result_has_its_rule_level_place_and_fingerprints() -> None:
    assert result(alerts(WARNING)) == {
        "ruleId": "unused-component",
        "ruleIndex": 2,
        "level": "warning",
        "message": {"text": "nobody uses `identity`\nhelp: remove it"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "components/a.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 13},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": "f1", "platctl/v1": "f1"},
    }


def test_of_several_lines_the_first_is_marked_so_that_a_change_of_it_is_enough_to_show_it() -> None:
    region = result(alerts(BROKEN))["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 15, "startColumn": 5, "endLine": 15}


def test_related_places_are_linked_from_the_message() -> None:
    one = result(alerts(BROKEN))
    assert one["message"]["text"].splitlines()[1] == "[gateway stands on identity: decided here](1)"
    (related,) = one["relatedLocations"]
    assert related["id"] == 1
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "components/gateway.yaml"


def test_the_way_leads_from_the_change_to_the_product() -> None:
    (flow,) = result(alerts(BROKEN))["codeFlows"]
    steps = [step["location"]["message"]["text"] for step in flow["threadFlows"][0]["locations"]]
    assert steps == [BROKEN.title, "gateway stands on identity", "mobile-app stands on gateway"]


def test_what_is_waived_stays_with_its_reason() -> None:
    assert result(alerts(replace(WARNING, waived="agreed")))["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "agreed"}
    ]


def test_a_clean_run_has_no_results() -> None:
    assert read(alerts())["results"] == []


# Limits ------------------------------------------------------------------------------------------------------


def test_results_beyond_what_a_code_host_takes_are_counted() -> None:
    run = json.loads(render(many(30_000)))["runs"][0]
    assert len(run["results"]) == 25_000
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("5,000 results omitted")
    assert run["results"][0]["partialFingerprints"]["platctl/v1"] == f"{0:016x}"


def test_places_beyond_what_a_code_host_shows_are_counted() -> None:
    one = result(alerts(replace(WARNING, related=BROKEN.related * 1_234)))
    assert one["message"]["text"].endswith("\nand 1,134 more places")


# Any text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü.yaml", "a%20b/%C3%BC.yaml"),
        ("a#b?c%41.yaml", "a%23b%3Fc%2541.yaml"),
        ("c:/x.yaml", "c%3A/x.yaml"),
        ("a\nb.yaml", "a%0Ab.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
    ],
)
def test_a_path_is_a_relative_reference(path: str, uri: str) -> None:
    location = result(alerts(replace(WARNING, span=Span(path))))["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("text", [*HOSTILE, "[x](1)", "\\[x](1)", "\\\\[x](https://evil.example)", "[[x](1)](2)"])
def test_hostile_texts_make_no_links(text: str) -> None:
    one = result(alerts(replace(BROKEN, message=text, help=text, related=(Label(BROKEN.span, text),))))
    assert sarif_links(one["message"]["text"]) == ["1"]
    assert not hidden(one["message"]["text"])


@settings(max_examples=50)
@given(any_alerts)
def test_any_text_makes_a_valid_file_that_a_code_host_takes(some: Alerts) -> None:
    run = read(some)
    assert len(run["results"]) == len(some.alerts)
    for alert, one in zip(some.alerts, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] == alert.rule
        assert sarif_links(one["message"]["text"]) == [str(each["id"]) for each in one.get("relatedLocations", ())]
        places = [one["locations"][0], *one.get("relatedLocations", ())]
        for span, place in zip((alert.span, *(label.span for label in alert.related)), places, strict=True):
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert urlsplit(uri)[:2] == urlsplit(uri)[3:] == ("", "")
            assert unquote_to_bytes(uri) == span.path.encode("utf-8", "surrogateescape")
    texts = _strings(run)
    assert not any(hidden(each) for each in texts)
    assert "##[" not in render(some)
    assert "" not in texts


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return [value] if isinstance(value, str) else []


def test_the_rules_are_those_of_the_alerts() -> None:
    assert [each["id"] for each in read(alerts())["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]
