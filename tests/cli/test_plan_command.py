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


SHOWN = {
    "streaming-plan.txt": ("80", ()),
    "streaming-plan-wide.txt": ("120", ()),
    "streaming-plan.md": ("80", ("--format", "markdown")),
    "streaming-plan.csv": ("80", ("--format", "csv")),
    "streaming-plan-explained.txt": ("80", ("--explain", "media", "--what-if", "capacity:media-6")),
}


@pytest.mark.parametrize(("name", "width", "arguments"), [(name, *how) for name, how in SHOWN.items()], ids=SHOWN)
def test_plans_read_as_before(
    unpacked: Path, golden: Callable[[str, str], None], name: str, width: str, arguments: tuple[str, ...]
) -> None:
    done = platctl("-C", unpacked, "plan", *arguments, env={"COLUMNS": width})
    assert (done.returncode, done.stderr) == (0, "")
    golden(name, done.stdout)


def test_the_same_bytes_whatever_the_hash_seed(unpacked: Path) -> None:
    calls = (
        platctl("-C", unpacked, "plan", "--format", "json", env={"PYTHONHASHSEED": seed}) for seed in ("0", "1", "2")
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
    code = (
        "import sys, importlib.util as util; find = util.find_spec;"
        "util.find_spec = lambda name, *more: None if name == 'highspy' else find(name, *more);"
        "from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "plan", *TODAY], cwd=folder, capture_output=True, text=True, env={"PATH": "/bin"}
    )
    assert done.returncode == 0, done.stderr
    assert (
        done.stderr == "note: without a solver the plan is not proven; install one with `pip install 'platctl[plan]'`\n"
    )
    assert "not proven: 3 initiatives" in done.stdout


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
