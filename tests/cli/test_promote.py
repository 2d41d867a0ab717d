"""`platctl promote`: a stage is reached when all is there that it asks for."""

import shlex
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


MORE = """\
---
kind: goal
id: safe-sign-in
owner: core
---
kind: goal
id: a-goal-of-others
---
kind: component
id: Identity
owner: core
---
kind: component
id: a-component-of-others
---
kind: team
id: another
"""
KNOWN = {"WEEKS": "6", "EFFECT": "addition", "PERIOD": "2027-Q2", "TITLE": "Some"}


def with_own_values(text: str) -> str:
    for placeholder, value in KNOWN.items():
        text = text.replace(placeholder, value)
    return text


def test_the_lines_that_are_shown_make_it_complete(folder: Path, run: Run) -> None:
    (folder / "more.yaml").write_text(MORE, "utf-8")
    shown = run("promote", "passkeys", "--to", "active", cwd=folder).stdout
    lines = [line for line in shown.splitlines() if line.startswith(("effort:", "changes:", "goals:", "period:"))]
    assert len(lines) == 4
    text = MODEL.replace("# until here", with_own_values("\n".join(lines)))
    (folder / "model.yaml").write_text(text, "utf-8")
    result = run("promote", "passkeys", "--to", "active", cwd=folder)
    assert (result.returncode, result.stderr.splitlines()[-1]) == (0, "wrote model.yaml:9")


def commands(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("platctl ")]


@pytest.mark.parametrize("stage", ["proposed", "shaped", "planned", "active", "done"])
@pytest.mark.parametrize("more", ["", MORE, MORE.replace("kind: team", "kind: consumer").replace("core", "my.team")])
def test_the_commands_that_are_shown_make_it_complete(folder: Path, run: Run, stage: str, more: str) -> None:
    idea = "kind: initiative\nid: passkeys\n"
    (folder / "model.yaml").write_text(idea + (f"---\nkind: team\nid: my.team\n{more}" if more else ""), "utf-8")
    shown = run("promote", "passkeys", "--to", stage, "--today", "2027-03-31", cwd=folder).stdout
    for each in commands(shown):
        done = run(*shlex.split(with_own_values(each))[1:], cwd=folder)
        assert done.returncode == 0, (each, done.stderr)
    assert run("promote", "passkeys", "--to", stage, cwd=folder).returncode == 0


def test_what_is_proposed_is_of_this_model(folder: Path, run: Run) -> None:
    (folder / "more.yaml").write_text(MORE, "utf-8")
    shown = run("promote", "passkeys", "--to", "planned", "--today", "2024-12-31", cwd=folder).stdout
    assert commands(shown) == [
        "platctl set initiative:passkeys effort.core WEEKS changes.0.component Identity changes.0.effect EFFECT"
        " goals.0 safe-sign-in period 2025-Q1"
    ]


def test_an_end_alone_is_a_period(folder: Path, run: Run) -> None:
    (folder / "model.yaml").write_text(f"{MODEL}end: 2025-11-30\n", "utf-8")
    shown = run("promote", "passkeys", "--to", "planned", "--today", "2024-12-29", cwd=folder).stdout
    assert "period" not in commands(shown)[-1]


@pytest.mark.parametrize(
    ("lines", "settings", "period"),
    [
        ("deadline: 2026-02-01", "", "2026-Q1"),
        ("start: 2025-11-30", "", "2025-Q4"),
        ("", "calendar: {cadence: month}", "2025-01"),
        ("", "calendar: {cadence: quarter, fiscal_year_start: 10}", "2024-Q2"),
        ("", "calendar: {cadence: sprint}", "2024-S27"),
    ],
)
def test_the_period_is_the_next_one_or_the_one_that_it_names(
    folder: Path, run: Run, lines: str, settings: str, period: str
) -> None:
    (folder / "platctl.yaml").write_text(settings, "utf-8")
    (folder / "model.yaml").write_text(f"{MODEL}{lines}\n", "utf-8")
    shown = run("promote", "passkeys", "--to", "planned", "--today", "2024-12-29", cwd=folder).stdout
    assert commands(shown)[-1].endswith(f" period {period}")


def test_without_a_day_the_period_is_that_of_the_last_work(folder: Path, run: Run) -> None:
    assert "period PERIOD" in run("promote", "passkeys", "--to", "planned", cwd=folder).stdout
    (folder / "more.yaml").write_text("kind: initiative\nid: other\nend: 2023-05-01\n", "utf-8")
    assert "period 2023-Q2" in run("promote", "passkeys", "--to", "planned", cwd=folder).stdout


def test_done_work_ended_today_or_before(folder: Path, run: Run) -> None:
    (folder / "model.yaml").write_text(MODEL + "status: active\nperiod: 2024-Q4\n", "utf-8")
    for today, end in (("2024-11-05", "2024-11-05"), ("2025-02-01", "2024-12-31")):
        shown = run("promote", "passkeys", "--to", "done", "--today", today, cwd=folder).stdout
        assert commands(shown) == [f"platctl set initiative:passkeys end {end}"]


def test_commands_are_not_wrapped(folder: Path, run: Run) -> None:
    shown = run("promote", "passkeys", "--to", "planned", cwd=folder, env={"COLUMNS": "40"}).stdout
    assert commands(shown)[-1].endswith("PERIOD")


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
