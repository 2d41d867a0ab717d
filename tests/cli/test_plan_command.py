"""`platctl plan`: the call, what it writes, and what it says without a solver."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from repos import Repo
from running import platctl

MODEL = """\
kind: team
id: core
title: Core
lead: Lee
capacity: 10
---
kind: goal
id: trust
---
kind: initiative
id: keys
title: Keys
owner: core
proposed_by: Ana
status: planned
period: 2027-Q2
effort: {core: 8}
goals: [trust]
scores: {profit: 5}
changes: [{component: auth, effect: internal}]
---
kind: initiative
id: sso
title: Single sign-on
owner: core
proposed_by: Ana
status: proposed
effort: {core: 9}
goals: [trust]
scores: {profit: 9}
changes: [{component: auth, effect: internal}]
---
kind: component
id: auth
owner: core
version: 1.0.0
---
kind: initiative
id: hush
title: Secret merger
visibility: restricted
owner: core
proposed_by: Ana
status: proposed
effort: {core: 9}
scores: {profit: 30}
"""
SETTINGS = """\
scoring:
  model: profit
  models: [{id: profit, title: Profit, value: profit, criteria: [{id: profit}]}]
"""
TODAY = ("--today", "2027-01-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "platctl.yaml").write_text(SETTINGS)
    (tmp_path / "model.yaml").write_text(MODEL)
    return tmp_path


def answer(folder: Path, *arguments: str, code: int = 0) -> dict[str, object]:
    done = platctl("plan", *TODAY, "--format", "json", *arguments, cwd=folder)
    assert done.returncode == code, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def ends(report: dict[str, object]) -> dict[str, str]:
    work = report["work"]
    assert isinstance(work, list)
    return {each["initiative"]["id"]: each["period"] for each in work}


IN_WEEKS = ("--granularity", "week")
SHOWN = {
    "streaming-plan.txt": ("80", ()),
    "streaming-plan-wide.txt": ("120", ()),
    "streaming-plan.md": ("80", ("--format", "markdown")),
    "streaming-plan.csv": ("80", ("--format", "csv")),
    "streaming-plan-explained.txt": ("80", ("--explain", "media", "--what-if", "capacity:media-6")),
    "streaming-weeks.txt": ("80", IN_WEEKS),
    "streaming-weeks-wide.txt": ("120", IN_WEEKS),
    "streaming-weeks.md": ("80", (*IN_WEEKS, "--format", "markdown")),
    "streaming-weeks.csv": ("80", (*IN_WEEKS, "--format", "csv")),
    "streaming-weeks.ics": ("80", (*IN_WEEKS, "--format", "ical")),
}


@pytest.mark.parametrize(("name", "width", "arguments"), [(name, *how) for name, how in SHOWN.items()], ids=SHOWN)
def test_plans_read_as_before(
    unpacked: Path, golden: Callable[[str, str], None], name: str, width: str, arguments: tuple[str, ...]
) -> None:
    done = platctl("-C", unpacked, "plan", *arguments, env={"COLUMNS": width})
    assert (done.returncode, done.stderr) == (0, "")
    golden(name, done.stdout.replace("\r\n", "\n"))


@pytest.mark.parametrize("more", [(), IN_WEEKS], ids=["periods", "weeks"])
def test_the_same_bytes_whatever_the_hash_seed(unpacked: Path, more: tuple[str, ...]) -> None:
    calls = (
        platctl("-C", unpacked, "plan", *more, "--format", "json", env={"PYTHONHASHSEED": seed})
        for seed in ("0", "1", "2")
    )
    found = {done.stdout for done in calls}
    assert len(found) == 1
    json.loads(found.pop())


def test_the_plan_is_proven_and_the_files_stray(folder: Path) -> None:
    report = answer(folder)
    assert ends(report) == {"hush": "2027-Q1", "sso": "2027-Q2", "keys": "2027-Q3"}
    assert (report["proof"], report["gap"], report["value"]) == ("optimal", 0.0, 43.06)
    answer(folder, "--check", code=1)


def test_a_plan_becomes_an_edit_of_files(folder: Path) -> None:
    before = (folder / "model.yaml").read_text()
    tried = platctl("plan", *TODAY, "--apply", "--dry-run", cwd=folder)
    assert tried.returncode == 0, tried.stderr
    assert (folder / "model.yaml").read_text() == before
    assert "+status: planned" in tried.stdout
    done = platctl("plan", *TODAY, "--apply", "--without", "hush", cwd=folder)
    assert done.returncode == 0, done.stderr
    text = (folder / "model.yaml").read_text()
    assert "title: Single sign-on\nowner: core\nproposed_by: Ana\nstatus: planned\n" in text
    assert "effect: internal}]\nstart: 2027-01-01\nend: 2027-03-31\n" in text
    assert platctl("plan", *TODAY, "--check", "--without", "hush", cwd=folder).returncode == 0
    again = platctl("plan", *TODAY, "--apply", "--without", "hush", cwd=folder)
    assert again.stderr == "nothing to do: the files say the same as the plan\n"


def weeks(report: dict[str, object]) -> dict[str, str]:
    work = report["work"]
    assert isinstance(work, list)
    return {each["initiative"]["id"]: f"{each['first_week']}/{each['last_week']}" for each in work}


def test_a_schedule_becomes_an_edit_of_files(folder: Path) -> None:
    """Work of 8, 9 and 9 person-weeks, by a team that has 10 in a quarter."""
    asked = (*IN_WEEKS, "--without", "hush")
    report = answer(folder, *asked)
    assert weeks(report) == {"keys": "2026-W53/2027-W10", "sso": "2027-W11/2027-W22"}
    assert (report["proof"], report["lateness"], report["finish"]) == ("optimal", 0, "2027-06-04")
    answer(folder, *asked, "--check", code=1)
    done = platctl("plan", *TODAY, *asked, "--apply", cwd=folder)
    assert done.returncode == 0, done.stderr
    text = (folder / "model.yaml").read_text()
    assert "effect: internal}]\nstart: 2027-03-15\nend: 2027-06-04\n" in text
    assert platctl("plan", *TODAY, *asked, "--check", cwd=folder).returncode == 0


def test_the_finish_or_days_come_first(folder: Path) -> None:
    text = MODEL.replace("effort: {core: 8}", "effort: {core: 8}\ndeadline: 2027-03-01")
    (folder / "model.yaml").write_text(text.replace("period: 2027-Q2", "end: 2027-03-01"))
    by_day = answer(folder, *IN_WEEKS, "--without", "hush", code=1)
    assert list(weeks(by_day)) == ["keys", "sso"]
    finish = answer(folder, *IN_WEEKS, "--without", "hush", "--minimize", "finish", code=1)
    assert finish["finish"] == by_day["finish"]
    assert (by_day["aim"], finish["aim"]) == ("lateness", "finish")


def test_pins_and_what_ifs(folder: Path) -> None:
    assert ends(answer(folder, "--pin", "keys=2027-Q1"))["keys"] == "2027-Q1"
    assert ends(answer(folder, "--with", "keys", "--horizon", "1")) == {"keys": "2027-Q1"}
    assert "sso" not in ends(answer(folder, "--without", "sso"))
    assert ends(answer(folder, "--delay", "keys", "1"))["keys"] == "2027-Q3"
    asked = answer(folder, "--what-if", "capacity:core+10@2027-Q1")
    assert ends(asked) == {"hush": "2027-Q1", "sso": "2027-Q1", "keys": "2027-Q2"}
    difference = asked["difference"]
    assert isinstance(difference, dict)
    assert {each[0]["id"]: each[1] for each in difference["moves"]} == {"sso": -1, "keys": -1}
    assert difference["value"] > difference["was"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--pin", "keys=2026-Q1"], "`2026-Q1` is not a period of the plan"),
        (["--pin", "kes"], "there is no initiative `kes`"),
        (["--delay", "keys", "0"], "`--delay` can't be by 0 periods"),
        (["--delay", "keys", "soon"], "Invalid value for '--delay': 'soon'"),
        (["--what-if", "more people"], "`more people` is no what-if"),
        (["--what-if", "capacity:core+4@2031-Q1"], "`2031-Q1` is not a period of the plan"),
        (["--explain", "nobody"], "there is no team or initiative `nobody`"),
        (["--apply", "--head", "HEAD"], "`--apply` writes into the files on disk"),
        (["--model", "nothing"], "`--model` can't be `nothing`"),
        (["--granularity", "day"], "`--granularity` can't be `day`"),
        ([*IN_WEEKS, "--minimize", "cost"], "`--minimize` can't be `cost`"),
        ([*IN_WEEKS, "--explain", "core"], "`--explain` explains a plan in periods"),
    ],
)
def test_a_wrong_wish_is_told(folder: Path, arguments: list[str], said: str) -> None:
    done = platctl("plan", *TODAY, *arguments, cwd=folder)
    assert done.returncode == 2
    assert f"error: {said}" in done.stderr


def test_without_open_work_there_is_nothing_to_plan(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("kind: team\nid: core\n")
    done = platctl("plan", *TODAY, cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "error: there is nothing to plan: no initiative is open",
    )


def test_explained_work_and_teams(folder: Path) -> None:
    text = platctl("plan", *TODAY, "--horizon", "1", "--explain", "core", cwd=folder).stdout
    assert "One more person-week of Core" in text
    assert "it would displace" in text


def test_without_a_solver_one_line_says_so(folder: Path, tmp_path: Path) -> None:
    """The library is there, but can't be found: an empty module path stands for a plain install."""
    said = "note: without a solver the {} is not proven; install one with `pip install 'platctl[{}]'`\n"
    done = without(folder, "highspy", "plan", *TODAY)
    assert (done.returncode, done.stderr) == (0, said.format("plan", "plan"))
    assert "not proven: 3 initiatives" in done.stdout
    done = without(folder, "ortools", "plan", *TODAY, *IN_WEEKS)
    assert (done.returncode, done.stderr) == (0, said.format("schedule", "schedule"))
    assert "not proven: nothing is late; 3 initiatives in" in done.stdout
    (folder / "scenario.yaml").write_text("kind: scenario\nid: s\nbans: [sso]\n")
    done = without(folder, "highspy", "plan", "compare", "s", *TODAY)
    assert (done.returncode, done.stderr) == (0, said.format("plan", "plan"))
    assert "Current plan is worth 8.12 more (24 %) by Profit (not proven)" in done.stdout


def without(folder: Path, library: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    code = (
        "import sys, importlib.util as util; find = util.find_spec;"
        f"util.find_spec = lambda name, *more: None if name == '{library}' else find(name, *more);"
        "from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, env={"PATH": "/bin"}
    )


def test_an_audience_sees_its_own_plan(folder: Path) -> None:
    done = platctl("plan", *TODAY, "--audience", "product-managers", "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "hush" not in done.stdout
    assert "merger" not in done.stdout
    assert ends(json.loads(done.stdout)) == {"sso": "2027-Q1", "keys": "2027-Q2"}


def test_missing_approvals_keep_work_out_of_a_plan(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    policy = "policies: [{id: agree, when: {level: breaks}, action: approve, by: product-manager}]\n"
    repo.write("platctl.yaml", SETTINGS + policy)
    user = "kind: consumer\nid: shop\nproduct_manager: Bo\nuses: [{component: auth, requires: '<2'}]\n"
    breaking = MODEL.replace("effect: internal}]\n---\nkind: component", "effect: removal}]\n---\nkind: component")
    repo.write("model.yaml", f"{breaking}---\n{user}")
    report = answer(repo.path)
    left = report["left_out"]
    assert isinstance(left, list)
    assert {each["initiative"]["id"]: each["limit"] for each in left} == {"sso": "approval"}
