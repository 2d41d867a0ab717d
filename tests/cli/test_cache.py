"""`platctl cache`, `--no-cache`, and what is kept by whom."""

from pathlib import Path

import pytest

from running import platctl


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    return {"PLATCTL_CACHE_DIR": str(tmp_path / "kept")}


def shown(env: dict[str, str]) -> str:
    return platctl("cache", env=env).stdout.splitlines()[1]


QUESTIONS = (
    ["validate"],
    ["impact", "--base", "HEAD~1"],
    ["impact", "--base", "HEAD~1", "-f", "json"],
    ["backlog"],
    ["roadmap", "-f", "markdown"],
    ["graph", "-f", "json"],
    ["history"],
    ["balance"],
)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_answer_is_the_same_with_and_without(question: list[str], unpacked: Path, kept: dict[str, str]) -> None:
    plain = platctl("--no-cache", *question, cwd=unpacked, env=kept)
    assert shown(kept).startswith("0 entries")
    for _ in range(3):
        again = platctl(*question, cwd=unpacked, env=kept)
        assert (again.returncode, again.stdout, again.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def test_it_can_be_looked_at_and_removed(unpacked: Path, kept: dict[str, str]) -> None:
    platctl("validate", cwd=unpacked, env=kept)
    path = Path(platctl("cache", env=kept).stdout.splitlines()[0])
    assert not shown(kept).startswith("0 entries")
    assert path.is_file()
    assert path.stat().st_mode & 0o077 == 0
    assert platctl("cache", "--clear", env=kept).stderr == f"removed {path}\n"
    assert not path.exists()
    again = platctl("cache", "--clear", env=kept)
    assert (again.returncode, again.stderr) == (0, f"there is no {path}\n")


def test_a_check_of_a_pull_request_neither_believes_nor_writes_it(unpacked: Path, kept: dict[str, str]) -> None:
    platctl("ci", "--base", "HEAD~1", cwd=unpacked, env=kept)
    assert shown(kept).startswith("0 entries")


def test_without_a_place_for_it_nothing_is_kept_and_everything_works(unpacked: Path) -> None:
    assert platctl("validate", cwd=unpacked, env={"PLATCTL_CACHE_DIR": "here"}).returncode == 0
    assert not (unpacked / "here").exists()
    assert platctl("cache", env={"PLATCTL_CACHE_DIR": "here"}).returncode == 2
