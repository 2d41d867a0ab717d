"""`platctl backlog` on the made-up company, and what it refuses."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from platctl.questions.backlog.command import BacklogViews
from platctl.shell.formats import formats_of
from running import Run

SHOWN = {
    "streaming-backlog-80.txt": ((), "80"),
    "streaming-backlog-120.txt": (("--compare", "wsjf"), "120"),
    "streaming-backlog-whole-cost.txt": (("--model", "whole_cost", "--compare", "rice"), "120"),
    "streaming-backlog.md": (("--format", "markdown", "--group-by", "team"), "80"),
    "streaming-backlog-matrix.txt": (("--matrix", "--limit", "10"), "80"),
    "streaming-backlog.svg": (("--format", "svg", "--limit", "10"), "80"),
    "streaming-backlog.html": (("--format", "html", "--matrix", "--limit", "10"), "80"),
    "streaming-backlog.json": (("--format", "json", "--limit", "3"), "80"),
    "streaming-backlog.csv": (("--format", "csv"), "80"),
    "streaming-backlog-explain.txt": (("--explain", "downloads-2"), "80"),
}


@pytest.mark.parametrize(("name", "asked"), SHOWN.items())
def test_a_backlog_reads_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, asked: tuple[tuple[str, ...], str]
) -> None:
    arguments, columns = asked
    result = run("-C", unpacked, "backlog", *arguments, env={"COLUMNS": columns})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def ranks(folder: Path, run: Run, *arguments: str) -> dict[str, int]:
    found = json.loads(run("-C", folder, "backlog", "--format", "json", *arguments).stdout)
    return {each["initiative"]["id"]: each["rank"] for each in found["items"]}


def test_the_example_shows_what_a_score_alone_would_not(unpacked: Path, run: Run) -> None:
    plain = ranks(unpacked, run)
    assert plain["retire-identity-v2"] < plain["downloads-2"] < plain["design-system-7"], "a cheap prerequisite rises"
    alone = ranks(unpacked, run, "--no-decisions")
    assert alone["downloads-2"] < alone["retire-identity-v2"], "a decision goes before a score"


def test_files_in_another_order_rank_the_same(streaming: Path, run: Run) -> None:
    before = ranks(streaming, run)
    folder = streaming / "initiatives"
    for number, path in enumerate(sorted(folder.iterdir(), reverse=True)):
        path.rename(folder / f"{number:02}-{path.name}")
    assert ranks(streaming, run) == before


def test_a_selection_has_the_work_that_concerns_it(unpacked: Path, run: Run) -> None:
    everything = ranks(unpacked, run)
    for selector in ("tv-app", "one-identity", "team:discovery", "component:identity", "wallets"):
        some, others = (ranks(unpacked, run, option, selector) for option in ("--select", "--exclude"))
        assert some
        assert some | others == everything
        assert not some.keys() & others.keys()
    assert ranks(unpacked, run, "--select", "wallets").keys() == {"wallets"}
    asked_for, approved = {"recommender-2", "design-system-7"}, {"retire-identity-v2"}
    assert ranks(unpacked, run, "--select", "tv-app").keys() == asked_for | approved
    assert "recommender-2" in ranks(unpacked, run, "--select", "team:discovery")


def test_what_does_not_exist_gets_the_nearest(unpacked: Path, run: Run) -> None:
    for arguments, said in (
        (("--model", "rcie"), "did you mean `rice`?"),
        (("--explain", "pass-keys"), "did you mean `passkeys`?"),
        (("--group-by", "teams"), "did you mean `team`?"),
        (("--explain", "legacy-player"), "there is no initiative"),
    ):
        result = run("-C", unpacked, "backlog", *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr


HOSTILE = """\
kind: initiative
id: odd
title: "=HYPERLINK(\\"http://x\\")|<b>\\e[31m@team\\n::error::x"
requested_by: [shop]
scores: {reach: 5, impact: 1, confidence: 1, effort: 1}
"""


def test_a_hostile_title_comes_out_harmless(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text(HOSTILE, "utf-8")
    texts = {name: run("-C", tmp_path, "backlog", "-f", name).stdout for name in formats_of(BacklogViews)}
    for text in texts.values():
        assert "\x1b" not in text
        assert not any(line.startswith("::") for line in text.splitlines())
    assert not any("<b>" in texts[name] for name in ("markdown", "html", "svg"))
    (row,) = csv.DictReader(io.StringIO(texts["csv"]))
    assert row["title"].startswith("'=HYPERLINK")


def test_a_plan_without_a_score_can_fail_a_check(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text("kind: initiative\nid: x\nstatus: planned\n", "utf-8")
    assert run("-C", tmp_path, "backlog").returncode == 0
    result = run("-C", tmp_path, "backlog", "--fail-on", "warning")
    assert result.returncode == 1
    assert "warning[unscored-plan]" in result.stdout


def test_a_scoring_model_that_can_not_be_read_ranks_nothing(tmp_path: Path, run: Run) -> None:
    """Without what was left out it would be another model: a sum where a formula was meant."""
    (tmp_path / "model.yaml").write_text("kind: initiative\nid: x\nscores: {a: 1}\n", "utf-8")
    config = "scoring:\n  models:\n    - {id: good, value: a}\n    - {id: odd, value: a.b, criteria: [{id: a}]}\n"
    (tmp_path / "platctl.yaml").write_text(config, "utf-8")
    assert run("-C", tmp_path, "backlog", "--model", "good").returncode == 0
    for arguments in (("backlog", "--model", "odd"), ("backlog", "--model", "good", "--compare", "odd")):
        result = run("-C", tmp_path, *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert "the scoring model can't be read: platctl.yaml:4:24" in result.stderr
    (tmp_path / "platctl.yaml").write_text("scoring: {migration: much}\n", "utf-8")
    assert "platctl.yaml:1:22" in run("-C", tmp_path, "backlog").stderr


WITHOUT_SCORES = """\
kind: initiative
id: a
status: planned
owner: nobody
---
kind: initiative
id: b
status: planned
---
kind: initiative
id: c
status: idea
effort: {core: 2}
---
kind: initiative
id: d
scores: {reach: 1, impact: 99, confidence: 1}
effort: {core: 2}
---
kind: initiative
id: e
scores: {reach: 1, impact: 99, confidence: 1}
effort: {core: 2}
---
kind: team
id: core
"""


def test_what_can_not_be_ranked_is_told_once_by_reason(tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text(WITHOUT_SCORES, "utf-8")
    (tmp_path / "platctl.yaml").write_text(
        "scoring:\n  models:\n  - {id: own, value: impact, criteria: [{id: impact, scale: [1, 3]}]}\n", "utf-8"
    )
    call = ("-C", tmp_path, "backlog", "-m", "own")
    shown = run(*call).stdout
    apart = shown.partition("Not ranked (3)\n")[2].partition("\n\n")[0].splitlines()
    assert apart == [
        "  missing impact",
        "    a, planned, warning[unscored-plan]   model.yaml:2:5",
        "    b, planned, warning[unscored-plan]   model.yaml:7:5",
        "    c, idea   model.yaml:11:5",
    ]
    assert "Findings (2)" in shown
    assert shown.count("unscored-plan") == 2
    first = run(*call, "--limit", "1").stdout
    assert "Findings (1)" in first
    assert "1 more finding not shown" in first
    assert json.loads(run(*call, "--limit", "1", "-f", "json").stdout)["findings_left_out"] == 1
    one = run(*call, "-s", "d").stdout
    assert "`d` is 99" in one
    assert "Findings (1)" in one
    assert "unscored-plan" not in one
    assert run(*call, "-s", "d", "--fail-on", "warning").returncode == 1
    assert run(*call, "-s", "c", "--fail-on", "warning").returncode == 0
    assert run(*call, "--limit", "1", "--fail-on", "warning").stdout.splitlines()[-1].startswith("FAIL: 4 findings")
