"""`platctl changelog` in real repositories, and what it refuses."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from running import Run, git

SHOWN = {
    "streaming-changelog-80.txt": ((), "80"),
    "streaming-changelog-120.txt": (("--limit", "2"), "120"),
    "streaming-changelog.md": (("--format", "markdown", "--audience", "product-managers"), "80"),
    "streaming-changelog.json": (("--format", "json", "--for", "partners/aurora-telecom"), "80"),
    "streaming-changelog-customers.txt": (("--audience", "customers"), "80"),
}


@pytest.mark.parametrize(("name", "asked"), SHOWN.items())
def test_a_changelog_reads_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, asked: tuple[tuple[str, ...], str]
) -> None:
    arguments, columns = asked
    result = run("-C", unpacked, "changelog", "HEAD~1", *arguments, env={"COLUMNS": columns})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


PLAN = """\
kind: initiative
id: passkeys
status: planned
requested_by: [web]
end: 2027-03-31
---
kind: consumer
id: web
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A plan that slips twice on its way: committed on the 1st, the 10th and the 20th, each at noon in UTC."""
    git(tmp_path, "init", "-q", "-b", "main")
    for day, end in (("01", "2027-03-31"), ("10", "2027-04-30"), ("20", "2027-06-30")):
        commit(tmp_path, PLAN.replace("2027-03-31", end), f"2026-10-{day}T12:00:00Z")
    return tmp_path


def commit(folder: Path, text: str, when: str, *merged: str) -> str:
    """Commit a plan on a day, on top of what is checked out. The author's date is another one, and means nothing."""
    (folder / "plan.yaml").write_text(text)
    git(folder, "add", "--all")
    heads = git(folder, "rev-list", "--max-count=1", "--all").split() and ["HEAD"]
    parents = [word for parent in (*heads, *merged) for word in ("-p", parent)]
    command = ["git", "-C", str(folder), "commit-tree", git(folder, "write-tree").strip(), "-m", "plan", *parents]
    dates = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z"}
    who = {f"GIT_{role}_{what}": "t" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **dates, **who}
    made = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()
    git(folder, "reset", "-q", "--hard", made)
    return made


def ends(folder: Path, run: Run, *arguments: str) -> tuple[str, str] | None:
    """From which end to which one the work moved."""
    result = run("-C", folder, "changelog", *arguments, "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    facts = [each["fact"] for each in json.loads(result.stdout)["entries"] if each["kind"] in ("slipped", "pulled-in")]
    return (facts[0]["was"], facts[0]["now"]) if facts else None


def test_base_is_the_commit_that_is_named_and_head_the_working_tree(repository: Path, run: Run) -> None:
    assert ends(repository, run, "HEAD~2") == ("2027-03-31", "2027-06-30")
    assert ends(repository, run, "HEAD~2", "HEAD~1") == ("2027-03-31", "2027-04-30")
    assert ends(repository, run, "HEAD", "HEAD~2") == ("2027-06-30", "2027-03-31")
    assert ends(repository, run, "HEAD") is None
    (repository / "plan.yaml").write_text(PLAN.replace("2027-03-31", "2028-01-01"))
    assert ends(repository, run, "HEAD") == ("2027-06-30", "2028-01-01")


@pytest.mark.parametrize(
    ("asked", "nth"),
    [(["HEAD~1"], 2), (["HEAD~2", "HEAD~1"], 1), (["HEAD~2"], 2), (["--since", "2026-10-12"], 2)],
)
def test_a_slip_says_for_which_time_work_slips(repository: Path, run: Run, asked: list[str], nth: int) -> None:
    entries = json.loads(run("-C", repository, "changelog", *asked, "--format", "json").stdout)["entries"]
    assert [each["fact"]["nth"] for each in entries if each["kind"] == "slipped"] == [nth]


def test_a_slip_that_is_not_committed_yet_counts(repository: Path, run: Run) -> None:
    (repository / "plan.yaml").write_text(PLAN.replace("2027-03-31", "2027-09-30"))
    assert "3rd slip" in run("-C", repository, "changelog", "HEAD").stdout


def test_a_slip_counts_under_a_new_name(repository: Path, run: Run) -> None:
    renamed = PLAN.replace("id: passkeys", "id: sign-in\naliases: [passkeys]").replace("2027-03-31", "2027-09-30")
    commit(repository, renamed, "2026-10-25T12:00:00Z")
    assert "3rd slip" in run("-C", repository, "changelog", "HEAD~1").stdout


def test_an_audience_that_reads_no_days_learns_of_no_slip_within_a_period(repository: Path, run: Run) -> None:
    (repository / "platctl.yaml").write_text("audiences: {board: {like: product-managers, dates: period}}\n")
    assert (
        "time"
        not in run("-C", repository, "changelog", "HEAD~1", "--audience", "board", "--today", "2026-11-01").stdout
    )


def test_base_is_not_where_histories_parted(repository: Path, run: Run) -> None:
    git(repository, "checkout", "-q", "-b", "other", "HEAD~2")
    assert ends(repository, run, "main") == ("2027-06-30", "2027-03-31")


@pytest.mark.parametrize(
    ("day", "was"),
    [("2026-10-01", "2027-03-31"), ("2026-10-09", "2027-03-31"), ("2026-10-10", "2027-04-30")],
)
def test_since_a_day_is_since_the_last_commit_up_to_it(repository: Path, run: Run, day: str, was: str) -> None:
    assert ends(repository, run, "--since", day) == (was, "2027-06-30")


def test_since_a_day_up_to_a_commit(repository: Path, run: Run) -> None:
    assert ends(repository, run, "--since", "2026-10-09", "HEAD~1") == ("2027-03-31", "2027-04-30")
    assert ends(repository, run, "--since", "2999-12-31") is None


def test_since_a_day_follows_the_line_and_not_what_was_merged_into_it(repository: Path, run: Run) -> None:
    git(repository, "checkout", "-q", "-b", "side", "HEAD~2")
    side = commit(repository, PLAN.replace("2027-03-31", "2028-01-01"), "2026-10-05T12:00:00Z")
    git(repository, "checkout", "-q", "main")
    commit(repository, PLAN.replace("2027-03-31", "2027-06-30"), "2026-10-21T12:00:00Z", side)
    assert ends(repository, run, "--since", "2026-10-05") == ("2027-03-31", "2027-06-30")


def test_two_folders_need_no_history(tmp_path: Path, run: Run) -> None:
    for name, end in (("before", "2027-03-31"), ("after", "2027-04-30")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.yaml").write_text(PLAN.replace("2027-03-31", end))
    assert ends(tmp_path / "after", run, str(tmp_path / "before")) == ("2027-03-31", "2027-04-30")


def test_nothing_changed_is_one_line(repository: Path, run: Run) -> None:
    result = run("-C", repository, "changelog", "HEAD", "HEAD", env={"COLUMNS": "120"})
    assert result.stdout.splitlines()[0].endswith(": none in the plan")
    assert len(result.stdout.splitlines()) == 1


def test_quiet_leaves_the_totals(repository: Path, run: Run) -> None:
    result = run("-C", repository, "-q", "changelog", "HEAD~1", env={"COLUMNS": "120"})
    since = f"Changes from {git(repository, 'rev-parse', 'HEAD~1')[:7]} (HEAD~1, 2026-10-10) to the working tree"
    assert result.stdout.splitlines() == [f"{since}: 1 slipped, 1 promise broken"]


def test_a_base_that_is_named_by_its_id_is_named_once(repository: Path, run: Run) -> None:
    base = git(repository, "rev-parse", "HEAD~1").strip()
    for written in (base, base[:7]):
        said = run("-C", repository, "-q", "changelog", written, env={"COLUMNS": "120"}).stdout
        assert said.startswith(f"Changes from {base[:7]} (2026-10-10) to the working tree: ")


def test_a_shallow_clone_says_that_it_does_not_reach_so_far(repository: Path, tmp_path: Path, run: Run) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    result = run("-C", clone, "changelog", "--since", "2026-10-05")
    assert (result.returncode, result.stdout) == (2, "")
    assert "the history of HEAD has no commit up to 2026-10-05" in result.stderr
    assert "git fetch --unshallow" in result.stderr


def test_what_could_not_be_read_is_said(repository: Path, run: Run) -> None:
    (repository / "plan.yaml").write_text(PLAN.split("---")[1])
    (repository / "broken.yaml").write_text("kind: initiative\nid: passkeys\nstatus: [\n")
    for more in ((), ("--audience", "product-managers")):
        result = run("-C", repository, "changelog", "HEAD", *more, env={"COLUMNS": "120"})
        assert "Some files of the working tree could not be read" in result.stdout
        assert "dropped" not in result.stdout


@pytest.mark.parametrize(
    ("asked", "message", "help_"),
    [
        ((), "no start is given", "`--since 2026-10-01`"),
        (("mian",), "there is no branch, tag or commit `mian` here", "did you mean `main`?"),
        (("HEAD~9",), "the history is not that long", "run `git log --oneline` to see it"),
        (("HEAD~1", "HEAD~9"), "the history is not that long", ""),
        (("--since", "2026-13-01"), "--since: `2026-13-01` is not a date", ""),
        (("--since", "2026-09-30"), "the history of HEAD has no commit up to 2026-09-30", "use a later date"),
        (("--since", "1960-01-01"), "the history of HEAD has no commit up to 1960-01-01", "use a later date"),
        (("--since", "2026-10-01", "HEAD~1", "HEAD"), "the start is given twice", "one of START"),
        (("HEAD~1", "--for", "wed"), "there is no consumer `wed`", "did you mean `web`?"),
        (
            ("HEAD~1", "--for", "web", "--audience", "customers"),
            "names a consumer that is internal",
            "use `--audience dev",
        ),
        (("HEAD~1", "--audience", "customer"), "`--audience` can't be `customer`", "did you mean `customers`?"),
        (("HEAD~1", "--format", "svg"), "`--format` can't be `svg`", "text, markdown, json"),
        (("HEAD~1", "--limit", "-1"), "-1", ""),
    ],
)
def test_a_call_that_means_nothing_says_what_would(
    repository: Path, run: Run, asked: tuple[str, ...], message: str, help_: str
) -> None:
    result = run("-C", repository, "changelog", *asked)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert help_ in result.stderr


def test_an_audience_needs_a_day(tmp_path: Path, run: Run) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    result = run("-C", tmp_path, "changelog", tmp_path, "--audience", "customers")
    assert (result.returncode, "add `--today DATE`" in result.stderr) == (2, True)


HOSTILE = """\
kind: initiative
id: x
title: "<b>\\e[31m@team ##[error] | `code`"
status: planned
end: 2027-03-31
requested_by: [web]
outcome: "::error::x"
---
kind: consumer
id: web
title: "](javascript:x)"
"""


def test_titles_of_others_are_text_in_every_format(tmp_path: Path, run: Run) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, HOSTILE, "2026-10-01T12:00:00Z")
    (tmp_path / "plan.yaml").write_text(HOSTILE.replace("2027-03-31", "2027-06-30"))
    outputs = {
        name: run("-C", tmp_path, "changelog", "HEAD", "--format", name).stdout for name in ("text", "markdown", "json")
    }
    assert all("\x1b" not in output for output in outputs.values())
    assert "<b>" not in outputs["markdown"]
    assert "<a " not in MarkdownIt().render(outputs["markdown"])


def test_json_has_everything_that_the_text_only_counts(unpacked: Path, run: Run) -> None:
    result = run("-C", unpacked, "changelog", "HEAD~1", "--format", "json", "--limit", "0")
    document: dict[str, Any] = json.loads(result.stdout)
    assert document["format"] == "platctl.changelog"
    assert sum(document["totals"].values()) == len(document["entries"])
