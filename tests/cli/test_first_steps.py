"""What commands answer before there is a model, and before the first commit."""

from pathlib import Path

import pytest

from platctl.cli.app import COMMANDS
from running import Run, git

CORE = "kind: team\nid: core\n"
NEEDS_NO_MODEL = {"cache", "init", "new", "rule", "schema", "comment"}
CALLS = {
    "approve": ["passkeys", "--for", "shop", "--by", "Ana"],
    "changelog": ["HEAD~1"],
    "compat": ["identity"],
    "history": ["passkeys"],
    "needs": ["shop"],
    "plan compare": ["a", "b"],
    "promote": ["passkeys"],
    "rename": ["passkeys", "sign-in"],
    "set": ["passkeys", "title", "x"],
    "show": ["passkeys"],
    "tradeoff": ["a", "b"],
}
"""Arguments of commands that need some."""

MORE = {
    "changelog": ["--since", "2026-01-01"],
    "history": ["--all"],
    "impact": ["initiative:passkeys"],
    "roadmap": ["--for", "shop"],
}
"""Another way to call a command."""

READ_A_MODEL = [
    pytest.param([name, *arguments.get(name, [])], id=" ".join([name, *arguments.get(name, [])]))
    for name in sorted(COMMANDS.keys() - NEEDS_NO_MODEL)
    for arguments in (CALLS, MORE)
    if arguments is CALLS or name in MORE
]


@pytest.mark.parametrize("is_repository", [False, True])
@pytest.mark.parametrize("call", READ_A_MODEL)
def test_where_there_is_no_model_every_command_leads_to_init(
    tmp_path: Path, run: Run, call: list[str], is_repository: bool
) -> None:
    if is_repository:
        git(tmp_path, "init", "-q")
    result = run(*call, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: there is no model: ")
    assert "help: run `platctl init` to write a first model" in result.stderr


@pytest.mark.parametrize("call", [["impact"], ["ci"], ["history", "--all"], ["changelog", "HEAD"], ["owners"]])
def test_where_there_is_a_model_commands_that_compare_ask_for_a_commit(
    tmp_path: Path, run: Run, call: list[str]
) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "model.yaml").write_text(CORE, "utf-8")
    result = run(*call, cwd=tmp_path)
    assert (result.returncode, result.stderr.splitlines()[0]) == (2, "error: there is no commit yet")


ASK_FOR_THE_DAY = [["roadmap"], ["roadmap", "--audience", "customers"], ["roadmap", "--format", "ical"]]


@pytest.mark.parametrize("call", ASK_FOR_THE_DAY)
@pytest.mark.parametrize(
    ("is_repository", "why"), [(True, "there is no commit yet"), (False, "a folder without git has no date")]
)
def test_a_report_that_needs_the_day_asks_for_it(
    tmp_path: Path, run: Run, call: list[str], is_repository: bool, why: str
) -> None:
    if is_repository:
        git(tmp_path, "init", "-q")
    (tmp_path / "model.yaml").write_text(
        "kind: initiative\nid: a\nstatus: active\nvisibility: public\nend: 2027-01-31\n", "utf-8"
    )
    result = run(*call, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (
        2,
        f"error: this report needs today's date, but {why}\nhelp: add `--today DATE`, such as `--today 2027-03-31`\n",
    )
    assert run(*call, "--today", "2027-01-01", cwd=tmp_path).returncode == 0


def test_a_changelog_for_an_audience_asks_for_it_too(tmp_path: Path, run: Run) -> None:
    for name in ("was", "now"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.yaml").write_text(CORE, "utf-8")
    call = ["changelog", "../was", "--audience", "customers"]
    assert "a folder without git has no date" in run(*call, cwd=tmp_path / "now").stderr
    assert run(*call, "--today", "2027-01-01", cwd=tmp_path / "now").returncode == 0


def test_once_there_is_a_commit_its_day_is_used(tmp_path: Path, run: Run) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "model.yaml").write_text(CORE, "utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    assert run("roadmap", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("option", ["--rule", "--ignore"])
def test_unknown_rules_are_answered_with_all_rules_in_the_same_order(tmp_path: Path, run: Run, option: str) -> None:
    (tmp_path / "model.yaml").write_text(CORE, "utf-8")
    answers = {
        run("validate", option, "foo", cwd=tmp_path, env={"PYTHONHASHSEED": seed}).stderr for seed in ("1", "2", "3")
    }
    (answer,) = answers
    rules = answer.partition("use one of ")[2].rstrip("\n").split(", ")
    assert len(rules) > 60
    assert rules == sorted(rules)
