"""`platctl owners` on the made-up company."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run, git

SHOWN = {
    "streaming-owners.txt": ("--base", "HEAD~1"),
    "streaming-owners.md": ("--base", "HEAD~1", "--format", "markdown"),
    "streaming-owners-selected.txt": ("tag:payments+1,kind:consumer",),
    "streaming-codeowners.txt": ("--format", "codeowners"),
    "streaming-reviewers.txt": ("--base", "HEAD~1", "--format", "reviewers"),
}


@pytest.mark.parametrize(("name", "arguments"), SHOWN.items())
def test_owners_read_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, arguments: tuple[str, ...]
) -> None:
    result = run("-C", unpacked, "owners", *arguments, env={"COLUMNS": "80"})
    assert result.returncode == 0
    golden(name, result.stdout)


def test_whoever_has_no_handle_is_said(unpacked: Path, run: Run) -> None:
    result = run("-C", unpacked, "owners", "--base", "HEAD~1", "--format", "reviewers")
    assert result.stderr == "note: 11 of 19 have no handle; `platctl owners` names them\n"


def test_a_file_for_code_owners_is_of_all_also_next_to_a_report_on_the_change(
    unpacked: Path, tmp_path: Path, run: Run, golden: Callable[[str, str], None]
) -> None:
    file = tmp_path / "CODEOWNERS"
    call = ("-C", unpacked, "owners", "--base", "HEAD~1", "--report", f"codeowners={file}")
    printed = run(*call, env={"COLUMNS": "80"})
    golden("streaming-owners.txt", printed.stdout)
    golden("streaming-codeowners.txt", file.read_text("utf-8"))
    alone = run("-C", unpacked, "owners", "--format", "codeowners")
    assert printed.stderr == alone.stderr
    reviewers = run(*call, "--format", "reviewers")
    assert "note: 11 of 19 have no handle; `platctl owners` names them\n" in reviewers.stderr
    assert set(alone.stderr.splitlines()) < set(reviewers.stderr.splitlines())


def test_a_report_says_the_same_as_impact(unpacked: Path, run: Run) -> None:
    owners = json.loads(run("-C", unpacked, "owners", "--base", "HEAD~1", "--format", "json").stdout)
    impact = json.loads(run("-C", unpacked, "impact", "--base", "HEAD~1", "--format", "json").stdout)
    agreeing = {
        each["subject"]["id"] for owner in owners["owners"] for each in owner["reasons"] if each["duty"] == "approve"
    }
    missing = {
        each["consumer"]["id"] for each in impact["verdicts"] for one in each["approvals"] if one["state"] != "given"
    }
    assert agreeing == missing
    named = {owner["name"] for owner in owners["owners"]}
    assert named >= {each["contact"]["name"] for each in impact["told"]}


def test_a_folder_can_be_the_base(unpacked: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(unpacked, tmp_path / "before")
    git(tmp_path / "before", "checkout", "-q", "HEAD~1")
    by_folder = run("-C", unpacked, "owners", "--base", tmp_path / "before").stdout
    by_commit = run("-C", unpacked, "owners", "--base", "HEAD~1").stdout
    assert by_folder.partition("\n\n")[2] == by_commit.partition("\n\n")[2] != ""


def test_a_file_of_several_teams_is_noted_with_the_file_for_code_owners(tmp_path: Path, run: Run) -> None:
    teams = "kind: team\nid: a\nhandle: '@o/a'\n---\nkind: team\nid: b\nhandle: '@o/b'\n"
    (tmp_path / "teams.yaml").write_text(teams, "utf-8")
    (tmp_path / "x.yaml").write_text("kind: component\nid: x\nowner: a\n---\nkind: component\nid: y\nowner: b\n")
    result = run("owners", "--format", "codeowners", cwd=tmp_path)
    assert result.stderr.startswith(
        "note: `x.yaml` contains components of several teams: each change of it asks them all"
    )
    assert "several teams" not in run("owners", "kind:component", cwd=tmp_path).stderr
