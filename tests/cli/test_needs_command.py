"""`platctl needs` on the made-up company, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from running import Run

SHOWN = {
    "streaming-needs.txt": ("travel-mode",),
    "streaming-needs-consumer.txt": ("partners/aurora-telecom",),
    "streaming-needs.md": ("mobile-app", "--format", "markdown"),
    "streaming-needs.json": ("settop-app", "--format", "json"),
}


@pytest.mark.parametrize(("name", "asked"), SHOWN.items())
def test_needs_read_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, asked: tuple[str, ...]
) -> None:
    result = run("-C", unpacked, "needs", *asked, env={"COLUMNS": "80"})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def needs(folder: Path, run: Run, *arguments: str) -> dict[str, Any]:
    result = run("-C", folder, "needs", *arguments, "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_the_base_of_the_example_ships_travel_mode_as_planned_and_its_change_does_not(unpacked: Path, run: Run) -> None:
    document = needs(unpacked, run, "travel-mode")
    (feature,) = document["features"]
    assert document["format"] == "platctl.needs"
    assert feature["planned"]["ready"]["date"] == "2027-06-30"
    assert feature["earliest"]["ready"]["date"] == "2027-08-30"
    assert [each["id"] for each in feature["chain"]] == ["downloads-2", "travel-mode"]
    assert feature["steps"][1]["deciding"]["path"] == "initiatives/downloads.yaml"


def test_another_day_moves_what_has_not_begun(unpacked: Path, run: Run) -> None:
    document = needs(unpacked, run, "initiative:wallets", "--today", "2027-02-15", "--at", "2027-03-01")
    (feature,) = document["features"]
    assert (document["today"], document["at"]) == ("2027-02-15", "2027-03-01")
    assert feature["conflicts"][0]["kind"] == "overdue"
    assert feature["earliest"]["ready"]["date"] == "2027-04-01"


def test_quiet_leaves_the_days(unpacked: Path, run: Run) -> None:
    lines = run("-C", unpacked, "-q", "needs", "live-sports", env={"COLUMNS": "120"}).stdout.splitlines()
    assert lines[1:] == ["Live within five seconds (low-latency-live): 2027-02-26"]


def test_what_does_not_exist_gets_the_nearest_of_both_kinds(unpacked: Path, run: Run) -> None:
    for name, said in (
        ("travel-mod", "did you mean `initiative:travel-mode`?"),
        ("mobil-app", "did you mean `consumer:mobile-app`?"),
        ("identity", "`identity` is a component, but a consumer or initiative is needed here"),
        ("component:identity", "is a component, which is not allowed here"),
        ("initiative:mobile-app", "`mobile-app` is a consumer, but an initiative is needed here"),
        ("a b", "is not a reference"),
    ):
        result = run("-C", unpacked, "needs", name)
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr


HOSTILE = """\
kind: consumer
id: shop
uses: [{component: api, requires: ">=2"}]
freezes: [{start: 2027-01-01, end: 2027-02-01, reason: "<b>\\e[31m@team"}]
---
kind: component
id: api
version: 1.0.0
---
kind: initiative
id: odd
title: "<b>x</b>|\\e[31m@team\\n::error::x`\\"]; click n0"
status: planned
start: 2027-01-04
end: 2027-01-08
for: shop
depends_on: [other]
changes: [{component: api, effect: breaking, version: 2.0.0}]
---
kind: initiative
id: other
title: "]--> n0[\\u202e"
status: planned
start: 2027-01-04
end: 2027-01-08
"""


def test_a_hostile_title_comes_out_harmless(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text(HOSTILE, "utf-8")
    texts = {name: run("-C", tmp_path, "needs", "shop", "-f", name).stdout for name in ("text", "markdown", "json")}
    for text in texts.values():
        assert text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert not any(line.startswith("::") for line in text.splitlines())
    html = MarkdownIt("gfm-like", {"linkify": False}).render(texts["markdown"])
    assert "<b>" not in html
    diagram = texts["markdown"].partition("```mermaid")[2].partition("```")[0]
    assert diagram.count("-->") == 1
    assert "click n0" in diagram.replace("#32;", " ")
    assert all(line.count('"') in (0, 2) for line in diagram.splitlines())
