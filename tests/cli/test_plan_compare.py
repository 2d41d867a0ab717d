"""`platctl plan compare` and `plan --scenario`: against plans that are made apart, and what both say."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from running import platctl

A, B = "travellers", "movers"
WEEKS = ("--granularity", "week")
TODAY = ("--today", "2027-01-01")
CLINIC = """\
kind: initiative
id: sessions-3-clinic
title: A week with every team that moves to playback sessions 4
owner: media
status: proposed
proposed_by: Wanjiru Kamau
effort:
  media: 6
  apps: 2
scores:
  reach: 900000
  impact: 1
  confidence: 0.8
"""
WISHES = {
    A: (
        *("--what-if", "capacity:media+16@2027-Q1", "--what-if", "capacity:media+16@2027-Q2"),
        *("--pin", "travel-mode=2027-Q1", "--without", "edge-packaging"),
    ),
    B: ("--pin", "retire-identity-v2=2027-Q1", "--pin", "settop-sessions-4=2027-Q1", "--without", "wallets"),
}
"""What the scenarios of the example ask for, as options."""


def done(*arguments: str | Path, cwd: Path, code: int = 0) -> str:
    result = platctl(*arguments, cwd=cwd)
    assert result.returncode == code, result.stderr
    return result.stdout


def answer(*arguments: str | Path, cwd: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done(*arguments, "--format", "json", cwd=cwd))
    return found


@pytest.fixture(scope="module")
def apart(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example once for each scenario, with its edits made in the files by hand."""
    found = {}
    for name in (A, B):
        folder = found[name] = tmp_path_factory.mktemp("apart") / name
        shutil.copytree(unpacked, folder)
        (folder / "scenarios.yaml").unlink()
    done("set", "initiative:travel-mode", "earliest", "2027-01-04", cwd=found[A])
    done("set", "initiative:travel-mode", "status", "proposed", cwd=found[B])
    for field in ("start", "end"):
        done("set", "initiative:travel-mode", field, "--unset", cwd=found[B])
    (found[B] / "clinic.yaml").write_text(CLINIC, "utf-8")
    return found


def ends(report: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {each["initiative"]["id"]: (each["first"], each["last"]) for each in report["work"]}


@pytest.mark.parametrize("more", [(), WEEKS], ids=["periods", "weeks"])
@pytest.mark.parametrize("name", [A, B])
def test_the_plan_for_a_scenario_is_that_of_a_model_in_which_it_is_so(
    unpacked: Path, apart: dict[str, Path], name: str, more: tuple[str, ...]
) -> None:
    supposed = answer("plan", *more, "--scenario", name, cwd=unpacked)
    made = answer("plan", *more, *WISHES[name], cwd=apart[name])
    assert supposed["scenario"]["id"] == name
    assert made["scenario"] is None
    assert ends(supposed) == ends(made)
    assert [supposed[part] == made[part] for part in ("value", "proof", "loads")] == [True] * 3


@pytest.mark.parametrize("more", [(), WEEKS], ids=["periods", "weeks"])
def test_every_difference_is_one_between_two_plans_made_apart(
    unpacked: Path, apart: dict[str, Path], more: tuple[str, ...]
) -> None:
    compared = answer("plan", "compare", A, B, *more, cwd=unpacked)
    plans = {name: answer("plan", *more, *WISHES[name], cwd=apart[name]) for name in (A, B)}
    sides = {A: compared["first"], B: compared["second"]}
    for name, plan in plans.items():
        left = plan["left_out"] if more else len(plan["left_out"])
        last = max(each["last"] for each in plan["work"])
        told = [sides[name][part] for part in ("value", "proof", "work", "left_out", "finish")]
        assert told == [plan["value"], plan["proof"], len(plan["work"]), left, last]

    was, now = (ends(plans[name]) for name in (A, B))
    work = {each["initiative"]["id"]: each for each in compared["work"]}
    assert work.keys() == was.keys() | now.keys()
    for name, each in work.items():
        for side, days in (("first", was.get(name)), ("second", now.get(name))):
            assert (each[side] and (each[side]["first"], each[side]["last"])) == days
        both = name in was and name in now
        days = (date.fromisoformat(now[name][1]) - date.fromisoformat(was[name][1])).days if both else None
        assert each["days"] == days
        assert each["moved"] == (steps(plans, name) if both else None)


def steps(plans: dict[str, dict[str, Any]], name: str) -> int:
    """By how many periods or weeks the end of work moves from one plan to the other."""
    places = []
    for plan in (plans[A], plans[B]):
        (each,) = (each for each in plan["work"] if each["initiative"]["id"] == name)
        if "period" in each:
            places.append([period["name"] for period in plan["periods"]].index(each["period"]))
        else:
            year, week = each["last_week"].split("-W")
            places.append(date.fromisocalendar(int(year), int(week), 1).toordinal() // 7)
    return places[1] - places[0]


def test_who_gains_and_what_goals_get_is_what_impact_says_of_both_plans(
    unpacked: Path, apart: dict[str, Path], tmp_path: Path
) -> None:
    """Each plan is written into its own files, and `impact` compares the folders."""
    compared = answer("plan", "compare", A, B, cwd=unpacked)
    for name, folder in apart.items():
        shutil.copytree(folder, tmp_path / name)
        write(answer("plan", *WISHES[name], cwd=folder), tmp_path / name)
    today = ("--today", "2026-11-23", "--fail-on", "never")
    found = answer("impact", "--base", tmp_path / A, *today, cwd=tmp_path / B)
    moved = {each["initiative"]["id"]: each for each in found["deliveries"]}
    told: dict[str, set[str]] = {}
    for consumer in compared["consumers"]:
        for turn, verdicts in (("sooner", {"added", "earlier"}), ("later", {"dropped", "delayed"})):
            for each in consumer[turn]:
                delivery = moved[each["initiative"]["id"]]
                assert each["verdict"] in verdicts
                assert [each[part] for part in ("verdict", "was", "now")] == [
                    delivery[part] for part in ("verdict", "was", "now")
                ]
                told.setdefault(consumer["consumer"]["id"], set()).add(each["initiative"]["id"])
    for name, delivery in moved.items():
        for consumer in delivery["waiting"]:
            assert name in told[consumer["id"]]
    assert compared["goals"] == found["goals"]
    assert compared["goals"]


def write(plan: dict[str, Any], folder: Path) -> None:
    """Write the days of a plan into the files; what it leaves out is not planned any more."""
    for each in plan["work"]:
        name = f"initiative:{each['initiative']['id']}"
        if each["status"] != "active":
            done("set", name, "period", "--unset", cwd=folder)
            done("set", name, "status", "planned", "start", each["first"], "end", each["last"], cwd=folder)
    for each in plan["left_out"]:
        if each["status"] == "planned":
            done("set", f"initiative:{each['initiative']['id']}", "status", "proposed", cwd=folder)


# What is printed

SHOWN = {
    "streaming-compare.txt": ("80", ()),
    "streaming-compare-wide.txt": ("120", WEEKS),
    "streaming-compare.md": ("80", ("--format", "markdown")),
    "streaming-compare.csv": ("80", (*WEEKS, "--format", "csv")),
    "streaming-compare.json": ("80", ("--format", "json")),
    "streaming-compare.ics": ("80", ("--format", "ical")),
}


@pytest.mark.parametrize(("name", "width", "arguments"), [(name, *how) for name, how in SHOWN.items()], ids=SHOWN)
def test_comparisons_read_as_before(
    unpacked: Path, golden: Callable[[str, str], None], name: str, width: str, arguments: tuple[str, ...]
) -> None:
    result = platctl("-C", unpacked, "plan", "compare", A, B, *arguments, env={"COLUMNS": width})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout.replace("\r\n", "\n"))


def test_three_runs_print_the_same(unpacked: Path) -> None:
    calls = (
        platctl("-C", unpacked, "plan", "compare", A, B, "--format", "json", env={"PYTHONHASHSEED": seed})
        for seed in ("0", "1", "2")
    )
    (text,) = {call.stdout for call in calls}
    json.loads(text)


def test_one_scenario_is_compared_with_the_current_plan(unpacked: Path) -> None:
    found = answer("plan", "compare", A, cwd=unpacked)
    plan = answer("plan", cwd=unpacked)
    assert (found["first"]["scenario"], found["second"]["scenario"]["id"]) == (None, A)
    assert found["first"]["value"] == plan["value"]
    same = answer("plan", "compare", A, A, cwd=unpacked)
    assert not [each for each in same["work"] if each["days"] != 0]
    assert (same["consumers"], same["goals"]) == ([], [])


def test_the_other_way_round_is_the_opposite(unpacked: Path) -> None:
    one, other = (answer("plan", "compare", *names, cwd=unpacked) for names in ((A, B), (B, A)))
    assert (one["first"], one["second"]) == (other["second"], other["first"])
    assert {each["initiative"]["id"]: each["days"] for each in one["work"]} == {
        each["initiative"]["id"]: None if each["days"] is None else -each["days"] for each in other["work"]
    }
    turns = [
        {each["consumer"]["id"]: (len(each[first]), len(each[then])) for each in found["consumers"]}
        for found, first, then in ((one, "sooner", "later"), (other, "later", "sooner"))
    ]
    assert turns[0] == turns[1]


def test_plans_without_work_are_compared_and_shown(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(
        "kind: team\nid: t\ncapacity: 13\n---\nkind: initiative\nid: a\nstatus: proposed\n---\n"
        "kind: scenario\nid: none\nbans: [a]\n"
    )
    assert "neither plan has any work" in done("plan", "compare", "none", "none", *WEEKS, *TODAY, cwd=tmp_path)
    for format_ in ("text", "markdown", "csv", "ical", "json", "html"):
        assert done("plan", "--scenario", "none", *WEEKS, *TODAY, "--format", format_, cwd=tmp_path)
    assert "optimal: no work" in done("plan", "--scenario", "none", *WEEKS, *TODAY, cwd=tmp_path)


# Never a fact


def test_no_other_command_knows_a_scenario(unpacked: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(unpacked, plain)
    (plain / "scenarios.yaml").unlink()
    for call in (["backlog"], ["roadmap"], ["goals"], ["plan"], ["balance"], ["needs", "tv-app"], ["influence"]):
        reports = [json.loads(done(*call, "--format", "json", cwd=folder)) for folder in (unpacked, plain)]
        assert reports[0] == reports[1], call


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_text(
        "kind: team\nid: core\ncapacity: 10\n---\n"
        "kind: initiative\nid: keys\nowner: core\nstatus: planned\nend: 2027-03-31\neffort: {core: 3}\n---\n"
        "kind: scenario\nid: fits\nedits: [{entity: initiative:keys, set: {title: Keys}}]\n---\n"
        "kind: scenario\nid: late\nedits: [{entity: initiative:keys, set: {status: planned}}]\n---\n"
        "kind: scenario\nid: wrong\n"
        "edits: [{entity: initiative:gone, remove: true}, {entity: initiative:keys, set: {end: soon}}]\n"
    )
    return tmp_path


def test_a_scenario_that_does_not_fit_is_refused_with_every_place(small: Path) -> None:
    result = platctl("plan", "--scenario", "wrong", *TODAY, cwd=small)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: model.yaml:22:18: there is no initiative `gone`",
        "error: model.yaml:22:87: `soon` is not a date; use the form `2027-03-31`",
        "error: scenario `wrong` does not fit the model",
        "help: `platctl validate` shows each place",
    ]


def test_what_is_so_already_is_a_note_and_a_finding(small: Path) -> None:
    result = platctl("plan", "--scenario", "late", *TODAY, cwd=small)
    assert result.returncode == 0
    assert result.stderr == "note: model.yaml:18:41: `status` of `keys` is so already\n"
    found = {
        (each["finding"]["rule"], each["finding"]["span"]["line"])
        for each in json.loads(_validated(small))["diagnostics"]
    }
    assert ("outdated-scenario", 18) in found
    assert ("invalid-scenario", 22) in found
    assert ("unknown-reference", 22) in found


def test_a_pin_to_a_period_is_passed_over_once_that_has_passed(small: Path) -> None:
    for period, code, said in (
        ("2025-Q3", 0, "note: more.yaml:3:35: 2025-Q3 has passed"),
        ("2031-Q1", 2, "error: scenario `p` pins `keys` to 2031-Q1, which is beyond the plan"),
    ):
        (small / "more.yaml").write_text(f"kind: scenario\nid: p\npins: [{{initiative: keys, period: {period}}}]\n")
        result = platctl("plan", "--scenario", "p", *TODAY, cwd=small)
        assert (result.returncode, said in result.stderr) == (code, True), result.stderr


def test_validate_tells_what_plan_refuses(small: Path) -> None:
    (small / "more.yaml").write_text(
        "kind: scenario\nid: p\nedits: [{entity: initiative:keys, remove: true}]\npins: [keys]\n"
    )
    assert platctl("plan", "--scenario", "p", *TODAY, cwd=small).returncode == 2
    found = [each["finding"] for each in json.loads(_validated(small))["diagnostics"]]
    (finding,) = [each for each in found if each["span"]["path"] == "more.yaml"]
    assert (finding["rule"], finding["message"]) == ("invalid-scenario", "there is no initiative `keys`")


def test_an_edit_shows_nobody_what_is_hidden_from_them(small: Path) -> None:
    (small / "more.yaml").write_text(
        "kind: initiative\nid: hush\ntitle: Merger\nstatus: planned\nend: 2027-03-31\nvisibility: restricted\n---\n"
        "kind: scenario\nid: p\nedits: [{entity: initiative:hush, set: {visibility: public}}]\n"
    )
    for call in (["plan", "--scenario", "p"], ["plan", "compare", "p"]):
        text = done(*call, *TODAY, "--audience", "product-managers", "--format", "json", cwd=small)
        assert "Merger" not in text
        assert "hush" not in text


def test_a_scenario_that_is_read_in_part_is_refused(small: Path) -> None:
    (small / "more.yaml").write_text("kind: scenario\nid: unread\npins: 3\n")
    result = platctl("plan", "--scenario", "unread", *TODAY, cwd=small)
    assert result.returncode == 2
    assert "error: scenario `unread` can't be read completely" in result.stderr


def _validated(folder: Path) -> str:
    return platctl("validate", *TODAY, "--format", "json", cwd=folder).stdout


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["plan", "--scenario", "fist"], "there is no scenario `fist`"),
        (["plan", "--scenario", "fits", "--apply"], "a scenario is no fact"),
        (["plan", "--scenario", "fits", "--check"], "a scenario is no fact"),
        (["plan", "compare"], "Missing argument 'SCENARIO'"),
        (["plan", "compare", "fits", "wrong"], "scenario `wrong` does not fit the model"),
        (["plan", "compare", "fits", "late", "--granularity", "day"], "`--granularity` can't be `day`"),
    ],
)
def test_a_wrong_call_is_told(small: Path, call: list[str], said: str) -> None:
    today = [] if call == ["plan", "compare"] else TODAY
    result = platctl(*call, *today, cwd=small)
    assert result.returncode == 2
    assert f"error: {said}" in result.stderr


def test_what_is_typed_comes_before_what_a_scenario_says(unpacked: Path) -> None:
    found = answer("plan", "--scenario", B, "--with", "wallets", cwd=unpacked)
    assert "wallets" in ends(found)
    assert [each["id"] for each in found["difference"]["enters"]] == ["wallets"]
    without = answer("plan", "--scenario", B, "--without", "retire-identity-v2", cwd=unpacked)
    assert "retire-identity-v2" not in ends(without)


def test_an_audience_compares_what_it_may_see(unpacked: Path) -> None:
    for format_ in ("text", "json", "csv", "ical", "markdown", "html"):
        text = done("plan", "compare", A, B, "--audience", "product-managers", "--format", format_, cwd=unpacked)
        assert "artner API 2" not in text
        assert "partner-api-2" not in text
    result = platctl("plan", "compare", A, B, "--audience", "customers", cwd=unpacked)
    assert (result.returncode, result.stdout) == (2, "")
    assert "scenario `travellers` is not for this audience" in result.stderr
