"""`platctl goals` on the made-up company, and on models that are not as they should be."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run, git

SHOWN = {
    "streaming-goals.txt": ("80", ("goals",)),
    "streaming-goals-wide.txt": ("120", ("goals",)),
    "streaming-goals.md": ("80", ("goals", "--format", "markdown")),
    "streaming-goals-change.txt": ("80", ("goals", "watch-anywhere", "--base", "HEAD~1", "--explain")),
    "streaming-goals-change.md": ("80", ("goals", "--base", "HEAD~1", "--format", "markdown")),
}


@pytest.mark.parametrize(("name", "width", "arguments"), [(name, *how) for name, how in SHOWN.items()], ids=SHOWN)
def test_goals_read_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, width: str, arguments: tuple[str, ...]
) -> None:
    result = run("-C", unpacked, *arguments, env={"COLUMNS": width})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def test_the_json_has_the_numbers_behind_the_words(unpacked: Path, run: Run) -> None:
    text = run("-C", unpacked, "goals", "offline-viewing", "--base", "HEAD~1", "--format", "json").stdout
    document = json.loads(text)
    assert (document["format"], document["today"]) == ("platctl.goals", "2026-11-23")
    (status,) = document["goals"]
    assert status["progress"]["share"] == 0.1875
    (metric,) = status["metrics"]
    assert (metric["current"], metric["on"], metric["outlook"]) == (5.5, "2026-09-30", "late")
    assert (metric["trend"]["values"], metric["trend"]["reaches"]) == (3, "2028-12-02")
    assert status["closing"] == {
        "gap": 6.5,
        "is_from_baseline": False,
        "planned": 0.0,
        "late": 6.0,
        "open": 0.0,
        "silent": 0,
    }
    (moved,) = document["changes"]["moved"]
    assert (moved["turn"], moved["was"]["end"], moved["now"]["end"]) == ("delayed", "2027-03-31", "2027-06-30")
    assert run("-C", unpacked, "goals", "offline-viewing", "--base", "HEAD~1", "--format", "json").stdout == text


def test_the_csv_has_a_row_for_each_metric_and_one_for_a_goal_without(unpacked: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-C", unpacked, "goals", "--format", "csv").stdout)))
    named = [(row["goal"], row["metric"]) for row in rows]
    assert ("smooth-start", "start-time") in named
    assert ("smooth-start", "live-delay") in named
    assert ("safe-for-children", "") in named
    (offline,) = (row for row in rows if row["goal"] == "offline-viewing")
    assert (offline["progress"], offline["gap"], offline["reaches"]) == ("0.1875", "late", "2028-12-02")


def test_a_day_may_be_asked_for(unpacked: Path, run: Run) -> None:
    arguments = ("-C", unpacked, "goals", "offline-viewing", "--format", "json", "--today", "2026-07-01")
    (status,) = json.loads(run(*arguments).stdout)["goals"]
    assert (status["metrics"][0]["current"], status["metrics"][0]["later"]) == (5, 1)


def test_gaps_fail_where_that_is_wanted_and_in_a_comparison_only_the_new_ones(unpacked: Path, run: Run) -> None:
    assert run("-C", unpacked, "-q", "goals").returncode == 0
    everything = run("-C", unpacked, "-q", "goals", "--fail-on", "gap")
    assert everything.returncode == 1
    assert everything.stdout.splitlines()[-1] == "FAIL: 2 gaps (--fail-on gap)"
    new = run("-C", unpacked, "-q", "goals", "--fail-on", "gap", "--base", "HEAD~1")
    assert new.stdout.splitlines()[-1] == "FAIL: 1 new gap (--fail-on gap)"
    assert run("-C", unpacked, "goals", "one-identity", "--fail-on", "gap", "--base", "HEAD~1").returncode == 0


def test_an_earlier_state_has_the_goals_of_then(unpacked: Path, run: Run) -> None:
    assert "planned too late" not in run("-C", unpacked, "-q", "goals", "--head", "HEAD~1").stdout
    assert "planned too late" in run("-C", unpacked, "-q", "goals", "--head", "HEAD").stdout


def test_a_folder_may_be_compared_with(streaming: Path, tmp_path: Path, run: Run) -> None:
    git(streaming, "worktree", "add", "-q", str(tmp_path / "before"), "HEAD~1")
    result = run("-C", streaming, "-q", "goals", "--base", tmp_path / "before", "--fail-on", "gap")
    assert result.stdout.splitlines()[-1] == "FAIL: 1 new gap (--fail-on gap)"


def test_goals_are_chosen_by_selectors(unpacked: Path, run: Run) -> None:
    def chosen(*arguments: str) -> list[str]:
        document = json.loads(run("-C", unpacked, "goals", "--format", "json", *arguments).stdout)
        return [each["goal"]["id"] for each in document["goals"]]

    assert chosen("--select", "initiative:downloads-2") == ["offline-viewing"]
    assert chosen("--select", "state:new", "--base", "HEAD~1") == ["one-identity"]
    assert "vision" not in chosen("--exclude", "goal:vision")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("goals", "ofline-viewing"), "there is no goal `ofline-viewing`"),
        (("goals", "initiative:passkeys"), "`initiative:passkeys` is an initiative, but a goal is needed here"),
        (("goals", "--fail-on", "gaps"), "`--fail-on` can't be `gaps`"),
        (("goals", "--format", "sarif"), "`--format` can't be `sarif`"),
        (("goals", "--base", "nowhere"), "nowhere"),
    ],
)
def test_a_wrong_call_is_told(unpacked: Path, run: Run, arguments: tuple[str, ...], error: str) -> None:
    result = run("-C", unpacked, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert error in result.stderr


def test_goals_in_a_circle_and_orphans_are_told_and_stop_nothing(tmp_path: Path, run: Run) -> None:
    goals = ("{kind: goal, id: a, parent: b}", "{kind: goal, id: b, parent: a}", "{kind: goal, id: c, parent: gone}")
    (tmp_path / "goals.yaml").write_text("\n---\n".join(goals), "utf-8")
    result = run("-C", tmp_path, "goals", "--explain")
    assert (result.returncode, result.stderr) == (0, "")
    assert "a: its parents lead back to it" in result.stdout
    assert "c: its parent `gone` does not exist" in result.stdout
    assert "a: unknown, because it has no metric and no sub-goal" in result.stdout


def test_a_model_without_goals_has_none_and_its_planned_work_serves_none(tmp_path: Path, run: Run) -> None:
    (tmp_path / "work.yaml").write_text("{kind: initiative, id: x, status: planned}", "utf-8")
    result = run("-C", tmp_path, "goals")
    assert result.returncode == 0
    assert "x is planned but serves no goal" in result.stdout
    assert result.stdout.splitlines()[-1] == "0 goals"


def test_a_file_that_can_not_be_read_may_hide_work(tmp_path: Path, run: Run) -> None:
    (tmp_path / "goals.yaml").write_text("{kind: goal, id: a}", "utf-8")
    (tmp_path / "work.yaml").write_text("kind: initiative\nid: [", "utf-8")
    assert "there may be more work than this" in run("-C", tmp_path, "goals").stdout


def test_names_and_units_are_shown_and_never_obeyed(tmp_path: Path, run: Run) -> None:
    numbers = "baseline: 0, target: 1, values: {2026-01-01: 2}"
    metric = f"metrics: [{{id: m, title: '<b>|*x*', unit: \"\\e[31m::error::\", {numbers}}}]"
    (tmp_path / "goals.yaml").write_text(f"kind: goal\nid: a\ntitle: '![x](http://e.example)'\n{metric}\n", "utf-8")
    shown = {
        name: run("-C", tmp_path, "goals", "--format", name).stdout for name in ("text", "markdown", "html", "csv")
    }
    text, markdown, html, _ = shown.values()
    assert "\x1b" not in "".join(shown.values())
    assert "<b>" not in markdown + html
    assert "![x](" not in markdown
    assert "<b>|*x*," in text
    assert "\\x1b[31m::error::" in text
