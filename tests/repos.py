"""Real git repositories, folders and users to test with."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from platctl.source.tree import Tree

_NOBODY = 65534

_SETTINGS = {
    "init.defaultBranch": "main",
    "init.templateDir": "",
    "protocol.file.allow": "always",
    "maintenance.auto": "false",
    "core.fsync": "none",
}

_ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": os.devnull,
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
    **{f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(_SETTINGS)},
    **{f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(_SETTINGS.values())},
    **{f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "ada@example.com" for who in ("AUTHOR", "COMMITTER")},
}


class Repo:
    """A git repository in `path`, made with the first call."""

    def __init__(self, path: Path, *init: str) -> None:
        self.path = path
        self._written = 0
        path.mkdir(parents=True, exist_ok=True)
        if not (path / ".git").exists():
            self.git("init", "-q", *init)

    def git(self, *arguments: str | bytes, stdin: bytes = b"", date: str = "2027-03-01T12:00:00Z") -> str:
        """Runs git as a person would, and gives back what it printed."""
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, input=stdin, capture_output=True, env=_ENVIRONMENT | dates
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, path: str, text: str = "kind: team\nid: a\n") -> Path:
        """Writes one file and the folders it needs."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def commit(self, *paths: str, date: str = "2027-03-01T12:00:00Z") -> str:
        """Writes each of these files with new content, commits everything, and gives back the id."""
        for path in paths:
            self._written += 1
            self.write(path, f"{path} {self._written}\n")
        self.git("add", "--all", "--force")
        told = self.git("-c", "core.abbrev=no", "commit", "--allow-empty", "-m", "change", date=date)
        return told.partition("]")[0].rpartition(" ")[2]  # "[main 0123…] change"

    def id(self, name: str) -> str:
        """The id of a commit or object."""
        return self.git("rev-parse", name)

    def clone(self, name: str, *options: str) -> "Repo":
        """A clone beside this repository, over the same protocol as from a server."""
        self.git("clone", "-q", *options, f"file://{self.path}", f"../{name}")
        return Repo(self.path.parent / name)


def paths(tree: Tree) -> list[str]:
    """What was read."""
    return [file.path for file in tree.files]


def contents(tree: Tree) -> dict[str, bytes]:
    """What was read, with its content."""
    return {file.path: file.data for file in tree.files}


def said(tree: Tree) -> list[str]:
    """What was not read: severity, rule and message of each finding."""
    return [f"{finding.severity} {finding.rule}: {finding.message}" for finding in tree.findings]


@contextmanager
def opened() -> Iterator[list[str]]:
    """Every path that Python itself opens meanwhile."""
    seen: list[str] = []
    _watchers.append(seen)
    yield seen
    _watchers.remove(seen)


_watchers: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watchers and event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], str | bytes):
        for seen in _watchers:
            seen.append(os.fsdecode(arguments[0]))


sys.addaudithook(_watch)  # there is no way to remove one again


def as_anyone(work: Callable[[Path], list[str]]) -> list[str]:
    """Does `work` in a new folder as a user whom file permissions bind, also where the tests run as root."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        process = context.Process(target=_work_as_anyone, args=(work, Path(folder), there))
        process.start()
        there.close()
        try:
            return list(here.recv())
        finally:
            process.join()
            subprocess.run(["chmod", "-R", "u+rwx", folder], check=True)


def _work_as_anyone(work: Callable[[Path], list[str]], folder: Path, answer: Connection) -> None:
    if os.geteuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    os.environ["HOME"] = str(folder)
    answer.send(work(folder))
