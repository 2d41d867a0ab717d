"""What happens where output can't be written, memory is short, or git answers nonsense."""

import os
import resource
import shlex
import subprocess
from pathlib import Path

import pytest

from running import PLATCTL, git, quick

pytestmark = pytest.mark.slow

MODEL = """\
kind: component
id: identity
version: 1.0.0
---
kind: team
id: core
---
kind: initiative
id: passkeys
title: Sign in
proposed_by: Ana
"""
CALLS = {
    "--version": 0,
    "--help": 0,
    "impact --help": 0,
    "rule": 0,
    "validate": 0,
    "validate --format json": 0,
    "impact --base HEAD": 0,
    "set passkeys owner core --dry-run": 0,
    "promote passkeys": 1,
    "new team other --title Other --dry-run": 0,
    "schema component": 0,
}
"""Commands that print something, and their exit code if they can."""
WRONG = ["impact nope", "nope", "validate --nope", "backlog -s nope:", "comment nope.md", "new", "set passkeys"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_text(MODEL, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def shell(folder: Path, line: str, program: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """A line of a shell, in which `platctl` is the installed command, by default in a forked process."""
    line = line.replace("platctl", shlex.quote(str(program or quick())), 1)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(["sh", "-c", line], cwd=folder, env=kept, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("call", "where"),
    [
        *(("validate", where) for where in ("<&-", ">&-", ">/dev/full")),
        ("backlog -s tag:none", "2>/dev/full"),
        *(("impact nope", where) for where in ("2>&-", "2>/dev/full", ">/dev/full 2>/dev/full", "<&- >&- 2>&-")),
    ],
)
def test_a_process_of_its_own_ends_as_a_forked_one(folder: Path, call: str, where: str) -> None:
    forked, own = (shell(folder, f"platctl {call} {where}", each) for each in (quick(), PLATCTL))
    assert (own.returncode, own.stdout, own.stderr) == (forked.returncode, forked.stdout, forked.stderr)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("where", [">&-", ">/dev/full"])
def test_a_report_that_can_not_be_written_is_one_line_and_2(folder: Path, call: str, where: str) -> None:
    result = shell(folder, f"platctl {call} {where}")
    lines = [line for line in result.stderr.splitlines() if line.startswith(("error:", "Traceback", "Exception"))]
    why = "standard output is closed" if where == ">&-" else "no space left on device"
    assert (result.returncode, lines) == (2, [f"error: can't write: {why}"])


def test_a_closed_output_does_not_matter_where_nothing_is_written_to_it(folder: Path) -> None:
    result = shell(folder, "platctl validate --output report.txt >&-")
    assert (result.returncode, result.stderr) == (0, "")
    assert (folder / "report.txt").read_text("utf-8").endswith("3 entities (working tree)\n")


@pytest.mark.parametrize("call", WRONG)
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full", "<&- >&- 2>&-"])
def test_a_wrong_call_is_2_also_where_no_one_can_read_why(folder: Path, call: str, where: str) -> None:
    result = shell(folder, f"platctl {call} {where}")
    assert (result.returncode, result.stdout, result.stderr) == (2, "", "")


def test_a_wrong_call_is_2_also_where_the_reader_of_its_error_went_away(folder: Path) -> None:
    assert shell(folder, "{ platctl impact nope 2>&1; echo $? >&3; } 3>&1 | true", PLATCTL).stdout == ""
    line = "exec 3>code; { platctl impact nope 2>&1; echo $? >&3; } | true; cat code"
    assert shell(folder, line, PLATCTL).stdout == "2\n"


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_a_report_is_complete_where_its_notes_can_not_be_written(folder: Path, where: str) -> None:
    whole = shell(folder, "platctl backlog -s tag:none")
    assert whole.stderr.startswith("note: ")
    result = shell(folder, f"platctl backlog -s tag:none {where}")
    assert (result.returncode, result.stdout, result.stderr) == (0, whole.stdout, "")


@pytest.mark.parametrize("call", CALLS)
def test_without_an_input_a_command_does_the_same(folder: Path, call: str) -> None:
    assert shell(folder, f"platctl {call} <&-").returncode == CALLS[call]


@pytest.mark.parametrize("megabytes", range(16, 76, 6))
def test_too_little_memory_is_one_line_and_2(folder: Path, megabytes: int) -> None:
    """Where the limit is met depends on the machine: in each place the answer is the same."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    result = subprocess.run(
        [PLATCTL, "impact", "--base", "HEAD"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=limit,
    )
    if result.returncode not in range(4):
        pytest.skip("the system or a compiled library ended the process")
    if result.returncode == 1 and "in main" not in result.stderr:
        pytest.skip("the interpreter could not start")
    assert result.returncode in (0, 2)
    errors = [line for line in result.stderr.splitlines() if not line.startswith("help: ")]
    assert errors == ([] if result.returncode == 0 else ["error: there is not enough memory"])
