"""Runs commands in real processes, as a user would."""

import functools
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import asking

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PLATCTL = Path(sys.executable).with_name("platctl")
_KEPT = {"PATH", "HOME", "TMPDIR", "SYSTEMROOT", "PLATCTL_CACHE_DIR"}
_AT_START = ("PYTHON", "LC_", "LANG")
"""Variables that Python reads when it starts."""


def platctl(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """The installed command, with an environment that knows nothing of the one who runs the tests."""
    clean = {name: value for name, value in os.environ.items() if name in _KEPT} | (env or {})
    command = [str(PLATCTL), *map(str, arguments)]
    if hasattr(os, "fork") and not any(name.startswith(_AT_START) for name in clean):
        return _forked(command, cwd or Path.cwd(), clean)
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


@functools.cache
def _server() -> "tuple[Path, subprocess.Popen[bytes]]":
    """The folder of a process that forks the command, one for all tests of this process. It ends with its stdin."""
    folder = Path(tempfile.mkdtemp(prefix="platctl-"))
    script = Path(__file__).with_name("forked.py")
    clean = {name: value for name, value in os.environ.items() if name in _KEPT}
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "door"))
        door.listen()
        command = [sys.executable, str(script), str(door.fileno()), str(folder)]
        process = subprocess.Popen(command, pass_fds=[door.fileno()], stdin=subprocess.PIPE, env=clean)
    return folder, process


@functools.cache
def quick() -> Path:
    """A `platctl` for the path of shells, which runs the installed command in a forked process."""
    script = _server()[0] / "platctl"
    script.write_text(f"#!{sys.executable} -IS\n{Path(asking.__file__).read_text('utf-8')}", "utf-8")
    script.chmod(0o700)
    return script


def _forked(command: list[str], cwd: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    door = str(_server()[0] / "door")
    text = functools.partial(tempfile.TemporaryFile, "w+", encoding="utf-8", errors="surrogateescape")
    with open(os.devnull, "rb") as no, text() as out, text() as err:  # noqa: PTH123
        code = asking.ask(door, command[1:], str(cwd), environment, (no.fileno(), out.fileno(), err.fileno()))
        for stream in (out, err):
            stream.seek(0)
        return subprocess.CompletedProcess(command, code, out.read(), err.read())


def git(folder: Path, *arguments: str, at: str | None = None) -> str:
    """git with an identity of its own, and perhaps a time for what it commits."""
    command = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    times = {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at} if at else {}
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **times}).stdout
