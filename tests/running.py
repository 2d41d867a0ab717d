"""Runs commands in real processes, as a user would."""

import functools
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PLATCTL = Path(sys.executable).with_name("platctl")
_KEPT = {"PATH", "HOME", "TMPDIR", "SYSTEMROOT"}
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
def _server() -> "tuple[socket.socket, subprocess.Popen[bytes]]":
    """A process that forks the command; one for all tests of this process. It ends when its channel closes."""
    ours, theirs = socket.socketpair()
    script = str(Path(__file__).with_name("forked.py"))
    clean = {name: value for name, value in os.environ.items() if name in _KEPT}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, script, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=clean
        )
    ours.settimeout(60)
    return ours, process


def _forked(command: list[str], cwd: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        streams = {"stdout": out.name, "stderr": err.name}
        request = {"arguments": command[1:], "cwd": str(cwd), "environment": environment, **streams}
        channel, _ = _server()
        channel.sendall(json.dumps(request).encode("ascii") + b"\n")
        code = int(channel.recv(64))
        text = [Path(name).read_text("utf-8", "surrogateescape") for name in (out.name, err.name)]
    return subprocess.CompletedProcess(command, code, *text)


def git(folder: Path, *arguments: str) -> str:
    """git with an identity of its own."""
    command = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
