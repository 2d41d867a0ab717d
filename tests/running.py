"""Runs commands in real processes, as a user would."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PLATCTL = Path(sys.executable).with_name("platctl")
_KEPT = {"PATH", "HOME", "TMPDIR", "SYSTEMROOT"}


def platctl(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """The installed command, with an environment that knows nothing of the one who runs the tests."""
    clean = {name: value for name, value in os.environ.items() if name in _KEPT}
    return subprocess.run(
        [str(PLATCTL), *map(str, arguments)],
        cwd=cwd,
        env={**clean, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def git(folder: Path, *arguments: str) -> str:
    """git with an identity of its own."""
    command = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
