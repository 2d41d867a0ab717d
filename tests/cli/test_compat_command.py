"""`platctl compat` on the made-up company: what it shows, what makes it fail, and what it refuses."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from running import Run

SHOWN = {
    "streaming-compat.txt": (),
    "streaming-compat.md": ("--format", "markdown"),
    "streaming-compat.json": ("-s", "settop-app", "--format", "json"),
    "streaming-compat.csv": ("--format", "csv"),
    "streaming-compat-identity.txt": ("identity", "--between", "2026-11-23", "2027-12-31"),
    "streaming-compat-identity.csv": ("identity", "--format", "csv"),
    "streaming-compat-consumer.txt": ("tv-app", "identity"),
    "streaming-compat-what-if.txt": ("tv-app", "--add", "identity#rest=4.0.0", "--drop", "identity#rest=3.0.0"),
    "streaming-compat-together.txt": (
        "account-centre",
        "tv-app",
        "web-app",
        "identity",
        "--together",
        "--within",
        "1w",
    ),
}


@pytest.mark.parametrize(("name", "asked"), SHOWN.items())
def test_compat_reads_as_before(
    unpacked: Path, run: Run, golden: Callable[[str, str], None], name: str, asked: tuple[str, ...]
) -> None:
    width = "140" if "consumer" in name else "80"
    result = run("-C", unpacked, "compat", *asked, env={"COLUMNS": width})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def compat(folder: Path, run: Run, *arguments: str, code: int = 0) -> dict[str, Any]:
    result = run("-C", folder, "compat", *arguments, "--format", "json")
    assert (result.returncode, result.stderr) == (code, "")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_the_six_words_have_six_values(unpacked: Path, run: Run) -> None:
    document = compat(unpacked, run, "identity", "playback", "tv-app", "settop-app", "mobile-app", "web-app")
    cells = [cell for table in document["tables"] for row in table["rows"] for cell in row["cells"]]
    assert {cell["word"] for cell in cells} == {"works", "deprecated", "doesnt", "unknown", "no-relation"}
    at_work = compat(unpacked, run, "design-system", "--drop", "design-system=6.3.0", "--at", "2027-10-01")
    assert at_work["first"] == "2027-10-01"
    for cell in cells:
        assert (cell["span"] is None) == (cell["word"] == "no-relation")
        assert (cell["why"] is not None) == (cell["word"] in ("doesnt", "unknown"))


def test_every_cell_of_the_table_is_a_row_of_the_sheet(unpacked: Path, run: Run) -> None:
    rows = list(csv.DictReader(run("-C", unpacked, "compat", "identity", "-f", "csv").stdout.splitlines()))
    (table,) = compat(unpacked, run, "identity")["tables"]
    assert len(rows) == len(table["rows"]) * len(table["columns"])
    assert {row["word"] for row in rows if row["dependent"] == "settop-app" and row["interface"] == "rest"} == {
        "unknown"
    }
    assert all(row["file"] and row["line"] for row in rows if row["word"] != "no-relation")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--fail-on", "breaks"), 1),
        (("--fail-on", "breaks", "--within", "90d"), 0),
        (("--fail-on", "at-risk", "--within", "18d"), 1),
        (("--fail-on", "at-risk", "--within", "17d"), 0),
        (("--fail-on", "breaks", "--within", "18w"), 0),
        (("--fail-on", "breaks", "--within", "19w"), 1),
        (("--fail-on", "breaks", "-s", "live-sports"), 0),
        (("--fail-on", "never", "--within", "1000d"), 0),
        (("studio", "--fail-on", "at-risk"), 0),
    ],
)
def test_what_ends_in_time_fails_only_if_that_is_asked(
    unpacked: Path, run: Run, arguments: tuple[str, ...], code: int
) -> None:
    result = run("-C", unpacked, "compat", *arguments)
    assert (result.returncode, result.stderr) == (code, "")


def test_where_nothing_lies_ahead_a_sentence_says_so(unpacked: Path, run: Run) -> None:
    result = run("-C", unpacked, "compat", "--within", "2d", env={"COLUMNS": "120"})
    assert result.stdout.splitlines()[2:4] == [
        "Nothing ends or weakens until 2026-11-25.",
        "4 more ends after 2026-11-25.",
    ]
    assert "Nothing ends or weakens." in run("-C", unpacked, "compat", "--at", "2030-01-01").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "there is no entity `nothing`"),
        (("team:access",), "`team:access` selects no component or consumer"),
        (("--within", "3 months"), "`--within` can't be `3 months`"),
        (("--within", "0d"), "`--within` can't be `0d`"),
        (("--at", "soon"), "--at"),
        (("--between", "2027-02-01", "2027-01-01"), "2027-01-01 is before 2027-02-01"),
        (("--at", "2027-01-01", "--between", "2027-01-01", "2027-02-01"), "both give the first day"),
        (("--add", "identity"), "names no version"),
        (("--add", "identity=4.0.0"), "identity has several interfaces"),
        (("--add", "identity#grpc=4.0.0"), "identity has no interface `grpc`"),
        (("--add", "identity#rest=3.0"), "changes nothing"),
        (("--drop", "identity#rest=9"), "changes nothing"),
        (("--drop", "identty#rest"), "identty"),
        (("--set", "identity#rest=3.0.0", "--drop", "identity#rest=3.0.0"), "contradicts"),
        (("--fail-on", "gains"), "`--fail-on` can't be `gains`"),
    ],
)
def test_what_makes_no_sense_is_refused(unpacked: Path, run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("-C", unpacked, "compat", *arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert said in result.stderr


def test_an_order_of_moves_has_the_change_at_its_end_or_a_step_that_is_stuck(unpacked: Path, run: Run) -> None:
    asked = compat(unpacked, run, "tv-app", "--drop", "identity#rest=2.4.0")["what_if"]
    assert [step["kind"] for step in asked["steps"]] == ["move"] * 5 + ["drop"]
    assert [step["who"]["id"] for step in asked["steps"][:3]] == ["billing", "recommender", "gateway"]
    assert not any(step["is_stuck"] for step in asked["steps"])
    assert [each["id"] for each in asked["unclear"]] == ["settop-app"]
    stuck = compat(unpacked, run, "tv-app", "--drop", "identity#rest")["what_if"]
    assert [step["is_stuck"] for step in stuck["steps"]] == [True]
    assert "tv-app" in [each["id"] for each in stuck["stuck"]]


def test_what_is_added_comes_before_the_moves_that_need_it(unpacked: Path, run: Run) -> None:
    asked = ("tv-app", "--drop", "identity#rest=3.0.0", "--add", "identity#rest=4.0.0")
    steps = compat(unpacked, run, *asked)["what_if"]["steps"]
    assert [step["kind"] for step in steps] == ["add", "move", "move", "move", "drop"]
    assert [step["to"] for step in steps[1:4]] == [["4.0.0"]] * 3


def test_what_changes_is_shown_though_it_is_not_named(unpacked: Path, run: Run) -> None:
    (table,) = compat(unpacked, run, "--set", "identity#rest=3.0")["tables"]
    assert table["component"]["id"] == "identity"
    assert [column["version"] for column in table["columns"] if not column["is_over"]] == ["3.0.0", "1.3.0"]
