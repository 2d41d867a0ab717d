"""A solver in a process of its own, which can neither write into a report nor outlive this run."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any


class SolverError(Exception):
    """The solver stopped without an answer."""


@dataclass
class SolverProcess:
    """A running solver, which answers one question after the other."""

    _to: IO[str]
    _from: IO[str]

    def ask(self, question: Mapping[str, object], watch: Callable[[Any], None] | None = None) -> dict[str, Any]:
        """The answer; `watch` is told how far it is. Raises SolverError if the solver stops."""
        try:
            self._to.write(json.dumps(question) + "\n")
            self._to.flush()
            while line := self._from.readline():
                found: dict[str, Any] = json.loads(line)
                if "progress" not in found:
                    return found
                if watch:
                    watch(found["progress"])
        except OSError:
            pass
        raise SolverError


@contextlib.contextmanager
def solver_process(module: str) -> Iterator[SolverProcess]:
    """A running solver, of a module of this package."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-m", f"platctl.scheduling.{module}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
    )
    assert child.stdin is not None  # noqa: S101  it is a pipe
    assert child.stdout is not None  # noqa: S101
    try:
        yield SolverProcess(child.stdin, child.stdout)
    finally:
        child.kill()
        with contextlib.suppress(OSError):
            child.communicate()
