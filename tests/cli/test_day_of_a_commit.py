"""One commit has one day, in every command and every time zone: that of its committer date, in UTC."""

import json
from pathlib import Path
from typing import Any

import pytest

from repos import Repo
from running import Run

PLAN = """\
kind: team
id: core
---
kind: component
id: auth
owner: core
version: 1.0.0
sunset: 2027-01-01
---
kind: consumer
id: shop
owner: core
uses: [auth]
---
kind: goal
id: faster
---
kind: initiative
id: q1
title: Faster sign-in
status: planned
owner: core
start: 2026-10-01
end: {end}
"""
DAY = "2027-01-01"
TODAY_OF = ("needs shop", "roadmap", "goals", "intake", "changelog HEAD~1")
ZONES = ("UTC", "America/Los_Angeles", "Pacific/Kiritimati")


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that slips in a commit late on the last evening of 2026 in Los Angeles; its author wrote it in 2020."""
    repo = Repo(tmp_path_factory.mktemp("late") / "repo")
    repo.write("plan.yaml", PLAN.format(end="2026-12-31"))
    repo.commit(date="2026-11-20T12:00:00Z")
    repo.write("plan.yaml", PLAN.format(end="2027-03-31"))
    repo.git("commit", "-qam", "slip", "--date", "2020-02-02T12:00:00Z", date="2026-12-31T20:00:00-0800")
    return repo.path


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("command", TODAY_OF)
def test_today_is_the_day_of_the_last_commit(late: Path, run: Run, command: str, zone: str) -> None:
    assert _json(run, late, *command.split(), zone=zone)["today"] == DAY
    assert _json(run, late, *command.split(), "--today", "2026-12-30", zone=zone)["today"] == "2026-12-30"


@pytest.mark.parametrize("zone", ZONES)
def test_a_history_names_the_same_day(late: Path, run: Run, zone: str) -> None:
    story = _json(run, late, "history", "q1", zone=zone)
    assert [each["at"]["date"] for each in story["chapters"]] == ["2026-11-20", DAY]
    assert story["look"]["last"]["date"] == DAY
    assert _json(run, late, "history", "q1", "--since", DAY, zone=zone)["chapters"] == story["chapters"][1:]
    (slip,) = _json(run, late, "history", "--all", zone=zone)["slips"]
    assert (slip["at"]["date"], slip["period"]) == (DAY, "2027-Q1")


@pytest.mark.parametrize("zone", ZONES)
def test_a_changelog_counts_from_the_same_day(late: Path, run: Run, zone: str) -> None:
    def since(day: str) -> str:
        return run("-C", late, "changelog", "--since", day, env={"COLUMNS": "200", "TZ": zone}).stdout

    assert "(last commit up to 2026-12-31, 2026-11-20) to the working tree: 1 slipped" in since("2026-12-31")
    assert f"(last commit up to {DAY}, {DAY}) to the working tree: none in the plan" in since(DAY)


@pytest.mark.parametrize("zone", ZONES)
def test_a_sunset_is_judged_on_the_same_day(late: Path, run: Run, zone: str) -> None:
    def finds(*more: str) -> bool:
        return "sunset-in-past" in run("-C", late, "validate", *more, env={"TZ": zone}).stdout

    assert finds()
    assert not finds("--today", "2026-12-31")


def _json(run: Run, folder: Path, *arguments: str, zone: str) -> dict[str, Any]:
    result = run("-C", folder, *arguments, "--format", "json", env={"TZ": zone})
    assert (result.returncode, result.stderr) == (0, "")
    return dict(json.loads(result.stdout))
