"""`platctl promote`: a stage is reached when all is there that it asks for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from running import Run, git

MODEL = """\
kind: team
id: core
---
kind: initiative
id: passkeys
title: Sign in without a password   # the name
proposed_by: Ana Ruiz
owner: core
# until here
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_text(MODEL, "utf-8")
    return tmp_path


def test_a_complete_stage_is_written_down(folder: Path, run: Run) -> None:
    result = run("promote", "passkeys", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "wrote model.yaml:9\n")
    assert (folder / "model.yaml").read_text("utf-8") == MODEL.replace("owner: core", "owner: core\nstatus: proposed")
    assert "+status: proposed" in result.stdout.splitlines()


def test_what_is_missing_is_said_with_a_line_for_each(
    folder: Path, run: Run, golden: Callable[[str, str], None]
) -> None:
    result = run("promote", "passkeys", "--to", "planned", cwd=folder, env={"COLUMNS": "100"})
    assert (result.returncode, result.stderr) == (1, "")
    golden("promote-lacking.txt", result.stdout)
    assert (folder / "model.yaml").read_text("utf-8") == MODEL


def test_the_lines_that_are_shown_make_it_complete(folder: Path, run: Run) -> None:
    shown = run("promote", "passkeys", "--to", "active", cwd=folder).stdout
    lines = [line for line in shown.splitlines() if line.startswith(("effort:", "changes:", "goals:", "period:"))]
    assert len(lines) == 4
    text = MODEL.replace("# until here", "\n".join(lines)).replace("core", "identity-team")
    (folder / "model.yaml").write_text(
        text + "---\nkind: goal\nid: safe-sign-in\n---\nkind: component\nid: identity\n", "utf-8"
    )
    result = run("promote", "passkeys", "--to", "active", cwd=folder)
    assert (result.returncode, result.stderr.splitlines()[-1]) == (0, "wrote model.yaml:9")


def test_a_dry_run_writes_nothing(folder: Path, run: Run) -> None:
    result = run("promote", "passkeys", "--dry-run", cwd=folder)
    assert (result.returncode, (folder / "model.yaml").read_text("utf-8")) == (0, MODEL)
    assert "+status: proposed" in result.stdout


def test_every_initiative_of_the_company_that_is_ready_moves_on(streaming: Path, run: Run) -> None:
    assert run("promote", "gateway-identity-3", cwd=streaming).returncode == 0
    changed = [line for line in git(streaming, "diff", "-U0").splitlines() if line[:2] in ("+s", "-s")]
    assert changed == ["-status: proposed", "+status: shaped"]


OTHERWISE = {
    "where it is already": ("status: active", ["--to", "active"], 0, "is already active"),
    "back": (
        "status: active",
        ["--to", "idea"],
        2,
        "run `platctl set initiative:passkeys status idea` to move it back",
    ),
    "from the end": ("status: done", [], 2, "is done, which has no next stage"),
    "from what was given up": ("status: parked", [], 2, "use `--to` to name the stage"),
    "to a stage that is none": ("status: idea", ["--to", "plannd"], 2, "did you mean `planned`?"),
    "past what can't be read": ("effort: much", ["--to", "shaped"], 2, "`effort` of initiative:passkeys can't be read"),
}


@pytest.mark.parametrize(("line", "arguments", "code", "said"), OTHERWISE.values(), ids=OTHERWISE.keys())
def test_other_ways_are_not_gone(folder: Path, run: Run, line: str, arguments: list[str], code: int, said: str) -> None:
    text = MODEL.replace("# until here", line)
    (folder / "model.yaml").write_text(text, "utf-8")
    result = run("promote", "passkeys", *arguments, cwd=folder)
    assert (result.returncode, (folder / "model.yaml").read_text("utf-8")) == (code, text)
    assert said in result.stderr


def test_what_was_parked_goes_on_where_it_is_told_to(folder: Path, run: Run) -> None:
    (folder / "model.yaml").write_text(MODEL + "status: parked\n", "utf-8")
    assert run("promote", "passkeys", "--to", "proposed", cwd=folder).returncode == 0
    assert (folder / "model.yaml").read_text("utf-8") == MODEL + "status: proposed\n"
