"""A file on disk is replaced as a whole or not at all, whatever happens meanwhile."""

import errno
import multiprocessing
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from editing import YES

from platctl.edit.disk import create, write
from platctl.edit.edit import Edit, append
from platctl.edit.yaml_text import NamedText
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

TEXT = b"# kept\r\nid: a\r\napprovals: []"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_bytes(TEXT)
    return tmp_path


def edit(folder: Path, path: str = "plans/a.yaml") -> Edit:
    return append(SourceFile(path, (folder / path).read_bytes()), 0, "approvals", YES)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_new_bytes_are_there_and_the_mode_is_kept(folder: Path) -> None:
    path = folder / "plans" / "a.yaml"
    path.chmod(0o640)
    wanted = edit(folder)
    write(folder, wanted)
    assert path.read_bytes() == wanted.data
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(folder) == ["plans", "plans/a.yaml"]


def refusal(folder: Path, wanted: Edit) -> SourceError:
    """What is said, after which everything is as it was."""
    before = {name: (folder / name).read_bytes() for name in names(folder) if (folder / name).is_file()}
    with pytest.raises(SourceError) as refused:
        write(folder, wanted)
    assert {name: (folder / name).read_bytes() for name in names(folder) if (folder / name).is_file()} == before
    return refused.value


def test_what_was_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    wanted = edit(folder)
    (folder / "plans" / "a.yaml").write_bytes(TEXT + b" # new")
    assert refusal(folder, wanted).message == "`plans/a.yaml` has changed since it was read; nothing was written"


def test_what_is_gone_meanwhile_does_not_come_back(folder: Path) -> None:
    wanted = edit(folder)
    (folder / "plans" / "a.yaml").unlink()
    assert "was removed" in refusal(folder, wanted).message


def test_a_read_only_file_stays(folder: Path) -> None:
    (folder / "plans" / "a.yaml").chmod(0o444)
    refused = refusal(folder, edit(folder))
    assert refused.message == "`plans/a.yaml` is read-only"
    assert refused.help.endswith("`chmod u+w plans/a.yaml`")


def test_a_symbolic_link_is_not_followed(folder: Path) -> None:
    wanted = edit(folder)
    (folder / "plans" / "a.yaml").rename(folder / "real.yaml")
    (folder / "plans" / "a.yaml").symlink_to(folder / "real.yaml")
    assert "is a symbolic link" in refusal(folder, wanted).message


def test_a_folder_that_is_a_link_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    wanted = edit(folder)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "plans").rename(elsewhere / "plans")
    (folder / "plans").symlink_to(elsewhere / "plans")
    assert "is a symbolic link to a folder" in refusal(folder, wanted).message
    assert (elsewhere / "plans" / "a.yaml").read_bytes() == TEXT


def test_a_file_with_two_names_is_not_torn_apart(folder: Path) -> None:
    (folder / "b.yaml").hardlink_to(folder / "plans" / "a.yaml")
    assert "is one of 2 hard links to the same file" in refusal(folder, edit(folder)).message


@pytest.mark.parametrize("path", ["../a.yaml", "/a.yaml", "plans/../../a.yaml"])
def test_nothing_outside_the_model_is_written(folder: Path, path: str) -> None:
    wanted = edit(folder)
    outside = Edit(SourceFile(path, TEXT), wanted.data, wanted.span)
    (folder.parent / "a.yaml").write_bytes(TEXT)
    assert "is outside the model" in refusal(folder, outside).message


# A new file ---------------------------------------------------------------------------------------------------------

NEW = SourceFile("plans/2027/b.yaml", b"id: b\r\n")


def test_a_new_file_is_there_with_its_folders_and_nothing_else(folder: Path) -> None:
    create(folder, NEW)
    assert (folder / NEW.path).read_bytes() == NEW.data
    assert names(folder) == ["plans", "plans/2027", "plans/2027/b.yaml", "plans/a.yaml"]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((folder / NEW.path).stat().st_mode) == 0o666 & ~umask


def test_a_disk_without_second_names_gets_it_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    create(folder, NEW)
    assert (folder / NEW.path).read_bytes() == NEW.data
    with pytest.raises(SourceError, match="already exists"):
        create(folder, NEW)


@pytest.mark.parametrize("is_link", [False, True])
def test_what_is_there_is_never_overwritten(folder: Path, is_link: bool) -> None:
    taken = folder / "plans" / "b.yaml"
    if is_link:
        taken.symlink_to(folder / "nowhere.yaml")
    else:
        taken.write_bytes(b"id: c")
    with pytest.raises(SourceError, match="already exists"):
        create(folder, SourceFile("plans/b.yaml", b"id: b"))
    assert names(folder) == ["plans", "plans/a.yaml", "plans/b.yaml"]
    assert is_link or taken.read_bytes() == b"id: c"


@pytest.mark.parametrize("path", ["../b.yaml", "/b.yaml", "plans/../../b.yaml"])
def test_no_new_file_is_written_outside_of_the_model(folder: Path, path: str) -> None:
    with pytest.raises(SourceError, match="is outside the model"):
        create(folder, SourceFile(path, b""))
    assert not (folder.parent / "b.yaml").exists()


@pytest.mark.parametrize("is_link", [False, True])
def test_no_new_file_is_written_through_what_is_no_folder(
    folder: Path, is_link: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    if is_link:
        (folder / "other").symlink_to(elsewhere)
    else:
        (folder / "other").write_bytes(b"")
    with pytest.raises(SourceError, match="`other` is not a folder, or is a link"):
        create(folder, SourceFile("other/b.yaml", b""))
    assert names(elsewhere) == []


# Every call to the system fails once -------------------------------------------------------------------------------

CALLS = ("lstat", "open", "fstat", "read", "write", "fchown", "chmod", "fsync", "close", "replace", "unlink", "access")


@contextmanager
def failing_at(number: int, patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the n-th call to the system fail as on a full disk; gives the names of the calls made."""
    made: list[str] = []

    def failing(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            made.append(name)
            if len(made) == number:
                if name == "close":
                    real(*arguments, **options)
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments, **options)

        return call

    with patch.context() as context:
        for name in CALLS:
            context.setattr(os, name, failing(name, getattr(os, name)))
        yield made


def test_any_call_to_the_system_may_fail_and_the_file_is_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "plans" / "a.yaml"
    wanted = edit(folder)
    number, made, replaced = 0, [""], 0
    while number <= len(made):
        number += 1
        path.write_bytes(TEXT)
        failed = False
        with failing_at(number, monkeypatch) as made:
            try:
                write(folder, wanted)
            except SourceError:
                failed = True
        assert path.read_bytes() == (TEXT if failed else wanted.data), made
        leftover = [name for name in names(folder) if ".platctl" in name]
        assert not leftover or made[number - 1] == "unlink"
        for name in leftover:
            (folder / name).unlink()
        replaced += not failed
    assert set(CALLS) - {"access"} <= set(made)
    assert replaced >= 3


def test_a_disk_that_takes_few_bytes_at_a_time_gets_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    wanted = edit(folder)
    write(folder, wanted)
    assert (folder / "plans" / "a.yaml").read_bytes() == wanted.data


# Processes that end, and processes at the same time ----------------------------------------------------------------

_FOREVER = """
import sys
from pathlib import Path
from platctl.edit.disk import create, write
from platctl.edit.edit import append
from platctl.edit.yaml_text import NamedText
from platctl.source.tree import SourceFile

root = Path(sys.argv[1])
print("ready", flush=True)
while True:
    data = (root / "plans" / "a.yaml").read_bytes()
    write(root, append(SourceFile("plans/a.yaml", data), 0, "approvals", (NamedText("consumer", "x" * 1000),)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_process_that_is_killed_leaves_a_whole_file(folder: Path) -> None:
    for attempt in range(8):
        (folder / "plans" / "a.yaml").write_bytes(b"approvals: []\n")
        with subprocess.Popen([sys.executable, "-c", _FOREVER, folder], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.02 + attempt * 0.011)
            process.send_signal(signal.SIGKILL)
        data = (folder / "plans" / "a.yaml").read_bytes()
        (document,) = parse_file(SourceFile("a.yaml", data)).documents
        assert all(item == {"consumer": "x" * 1000} for item in document.value["approvals"])
        assert data.endswith(b"\n")


def _append_often(folder: Path, name: str, count: int) -> None:
    for number in range(count):
        item = (NamedText("consumer", f"{name}{number}"),)
        while True:
            try:
                data = (folder / "plans" / "a.yaml").read_bytes()
                write(folder, append(SourceFile("plans/a.yaml", data), 0, "approvals", item))
            except SourceError as refused:
                assert "has changed" in refused.message  # noqa: PT017
            else:
                break


def test_processes_that_edit_at_once_lose_nothing(folder: Path) -> None:
    start = multiprocessing.get_context("spawn").Process
    running = [start(target=_append_often, args=(folder, name, 10)) for name in "abc"]
    for process in running:
        process.start()
    for process in running:
        process.join()
    text = (folder / "plans" / "a.yaml").read_text("utf-8")
    assert [process.exitcode for process in running] == [0, 0, 0]
    assert sorted(re.findall(r"consumer: (\w+)", text)) == sorted(
        f"{name}{number}" for name in "abc" for number in range(10)
    )
