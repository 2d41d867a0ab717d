"""The small repositories that examples are unpacked into."""

from pathlib import Path

import pytest

from platctl.source.errors import SourceError
from platctl.source.git.new_repository import commit_all, create_repository
from repos import Repo


def test_the_same_files_make_the_same_commit_wherever_that_is_done(tmp_path: Path) -> None:
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        create_repository(folder)
        (folder / "a.yaml").write_text("kind: team\nid: a\n", "utf-8")
        (folder / ".gitignore").write_text("*.yaml\n", "utf-8")
        commit_all(folder, "First", "2027-03-01")
    one, other = Repo(tmp_path / "one"), Repo(tmp_path / "other")
    assert one.git("log", "main", "--format=%H %s") == other.git("log", "main", "--format=%H %s")
    assert one.git("log", "--format=%an %ae %cs") == "platctl platctl@example.org 2027-03-01"
    assert one.git("ls-files").split() == [".gitignore", "a.yaml"]


def test_what_git_refuses_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="git could not create the example: not a git repository"):
        commit_all(tmp_path, "First", "2027-03-01")
