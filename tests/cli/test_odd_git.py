"""A git whose answers have another form than those of git."""

import os
import stat
from pathlib import Path

import pytest

from running import Run, git

pytestmark = pytest.mark.slow

FAKE = """\
#!/bin/sh
for word; do
  case "$word" in
    -C|-c) skip=1; continue;;
    -*) ;;
    *) [ -n "$skip" ] || { [ "$word" = WANTED ] && { cat "FOLDER/answer"; exit CODE; }; break; };;
  esac
  skip=
done
exec REAL "$@"
"""
ANSWERS = [
    b"",
    b"\xff\xfe\0bad\0",
    b"a" * 40 + b" blob 9\nshort",
    b"a" * 40 + b" commit 3\nabc\n",
    b":100644 100644 1 2 M\0",
    b"100644 blob \xff\tx.yaml\0",
    b"H 1\tx.yaml\0? y.yaml\0",
    b"\n" * 9,
]
COMMANDS = [
    "cat-file",
    "config",
    "diff-tree",
    "for-each-ref",
    "ls-files",
    "ls-tree",
    "merge-base",
    "rev-list",
    "rev-parse",
]
CALLS = [["impact", "--base", "HEAD~1"], ["history", "--all"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    git(folder, "init", "-q")
    for version in (1, 2):
        (folder / "model.yaml").write_text(f"kind: component\nid: identity\nversion: {version}\n", "utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "-q", "-m", str(version))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("code", [0, 1])
def test_an_answer_that_can_not_be_understood_is_no_bug(
    folder: Path, tmp_path: Path, run: Run, command: str, code: int
) -> None:
    real = next(path for each in os.get_exec_path() if (path := Path(each, "git")).is_file())
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    text = FAKE.replace("WANTED", command).replace("FOLDER", str(tmp_path)).replace("CODE", str(code))
    fake.write_text(text.replace("REAL", str(real)), "utf-8")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    path = os.pathsep.join([str(fake.parent), *os.get_exec_path()])
    for answer in [b"nonsense\n", *(ANSWERS if code == 0 else [])]:
        (tmp_path / "answer").write_bytes(answer)
        for call in CALLS:
            result = run(*call, cwd=folder, env={"PATH": path})
            assert result.returncode in (0, 1, 2), (call, answer, result.stderr)
            assert "Traceback" not in result.stderr
            assert result.stderr.count("error: ") == (1 if result.returncode == 2 else 0), (call, answer, result.stderr)
