"""The summary of a step of GitHub Actions, and its limit."""

from pathlib import Path

import pytest

from platctl.page import Page, Paragraph, Section, Table, line
from platctl.questions.ci.step_outputs import add_summary

LIMIT = 1024 * 1024
SHORT = Page((Paragraph((line("Nothing is affected."),)),))


def long(character: str, rows: int = 9000) -> Page:
    """A table of rows with 120 of these characters each."""
    row = (line(character * 60), line(character * 60))
    return Page((Section(line("Long"), (Table((row,) * rows, ("What", "Why")),)),))


def test_a_page_is_cut_to_what_a_step_may_show(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    add_summary(file, long("a"))
    assert LIMIT * 0.9 < file.stat().st_size <= LIMIT


@pytest.mark.parametrize("character", ["a", "é", "名", "😀"])
def test_bytes_are_counted_and_rows_stay_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, character: str) -> None:
    monkeypatch.setattr("platctl.questions.ci.step_outputs._MOST_BYTES", 20_000)
    file = tmp_path / "summary.md"
    add_summary(file, long(character, rows=200))
    text = file.read_bytes().decode("utf-8")
    assert 15_000 < len(text.encode("utf-8")) <= 20_000
    assert {row.count("|") for row in text.splitlines() if row.startswith("|")} == {3}
    assert " more" in text.splitlines()[-1]


@pytest.mark.parametrize("there", [1, LIMIT - 2000])
def test_what_other_steps_of_the_job_wrote_stays_and_counts(tmp_path: Path, there: int) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * there)
    add_summary(file, long("a", rows=100))
    data = file.read_bytes()
    assert data.startswith(b"x" * there + b"\n### Long\n")
    assert len(data) <= LIMIT


@pytest.mark.parametrize("there", [LIMIT - 100, LIMIT, LIMIT + 1])
def test_where_there_is_no_room_nothing_is_added(
    tmp_path: Path, there: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * there)
    add_summary(file, SHORT)
    assert file.stat().st_size == there
    assert capsys.readouterr().err == "note: the summary of this step is full\n"
