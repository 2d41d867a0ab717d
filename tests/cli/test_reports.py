"""What people read, as golden files: `pytest --update-golden` renews them, and the diff is reviewed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from running import Run

Golden = Callable[[str, str], None]

REPORTS = {
    "streaming-impact-120.txt": ("impact", "--base", "HEAD~1"),
    "streaming-impact.md": ("impact", "--base", "HEAD~1", "--format", "markdown"),
    "streaming-impact.json": ("impact", "--base", "HEAD~1", "--format", "json"),
    "streaming-explain.txt": ("impact", "--base", "HEAD~1", "--explain", "mobile-app"),
    "streaming-what-if.txt": (
        "impact",
        "component:identity",
        "--effect",
        "removal",
        "--interface",
        "rest",
        "--version",
        "<3",
    ),
    "streaming-what-if-initiative.txt": ("impact", "initiative:passkeys"),
    "streaming-validate.txt": ("validate",),
    "streaming-validate.html": ("validate", "--format", "html"),
    "streaming-validate.json": ("validate", "--format", "json"),
    "rule.txt": ("rule", "unsatisfied-range"),
}


@pytest.mark.parametrize(("name", "arguments"), REPORTS.items(), ids=REPORTS)
def test_a_report_reads_as_before(
    streaming: Path, run: Run, golden: Golden, name: str, arguments: tuple[str, ...]
) -> None:
    result = run("-C", streaming, *arguments, env={"COLUMNS": "120"})
    assert result.stderr == ""
    golden(name, result.stdout)


def test_a_report_for_a_narrow_terminal_reads_as_before(streaming: Path, run: Run, golden: Golden) -> None:
    result = run("-C", streaming, "impact", "--base", "HEAD~1", env={"COLUMNS": "80"})
    golden("streaming-impact-80.txt", result.stdout)
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_same_input_gives_the_same_bytes(streaming: Path, run: Run) -> None:
    outputs = {
        run("-C", streaming, "impact", "--base", "HEAD~1", "--format", "json", env=env).stdout
        for env in (
            {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "C", "COLUMNS": "40"},
            {"PYTHONHASHSEED": "3", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"},
        )
    }
    assert len(outputs) == 1


def test_the_comment_is_markdown_with_a_table_and_details(streaming: Path, run: Run) -> None:
    text = run("-C", streaming, "impact", "--base", "HEAD~1", "--format", "markdown").stdout
    tokens = [token.type for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text)]
    assert tokens[0] == "heading_open"
    assert "table_open" in tokens
    assert len(text) < 65_536
    assert text.count("<details>") == text.count("</details>") > 2
    assert "```mermaid" in text


def test_the_json_counts_what_the_text_counts(streaming: Path, run: Run) -> None:
    document = json.loads(run("-C", streaming, "impact", "--base", "HEAD~1", "--format", "json").stdout)
    summary = document["summary"]
    assert document["format"] == "platctl.impact"
    assert document["format_version"] == 3
    assert (summary["breaks"], summary["must_act"], summary["at_risk"]) == (0, 3, 4)
    assert summary["fails"] is True
    assert sum(verdict["level"] == "must-act" for verdict in document["verdicts"]) == 3


def test_colour_comes_only_when_it_is_wanted(streaming: Path, run: Run) -> None:
    plain = run("-C", streaming, "impact", "--base", "HEAD~1").stdout
    wanted = run("-C", streaming, "--color", "always", "impact", "--base", "HEAD~1").stdout
    forced = run("-C", streaming, "impact", "--base", "HEAD~1", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b" not in plain
    assert "\x1b[" in wanted
    assert forced == plain


def test_quiet_leaves_the_verdict(streaming: Path, run: Run) -> None:
    lines = run("-C", streaming, "-q", "impact", "--base", "HEAD~1").stdout.splitlines()
    assert lines[0].startswith("Base ")
    assert lines[-1] == "FAIL: 3 approvals missing; 1 effect forbidden by policy"
    assert len(lines) < 6


def test_a_what_if_says_in_its_heading_what_was_asked(unpacked: Path, run: Run) -> None:
    for asked, said in (
        (("initiative:passkeys",), "<h1>What if <code>passkeys</code> happened, in the working tree</h1>"),
        (
            ("component:identity", "--effect", "removal"),
            "<h1>What if removal of <code>identity</code> happened, in the",
        ),
    ):
        assert said in run("-C", unpacked, "impact", *asked, "--format", "html").stdout
