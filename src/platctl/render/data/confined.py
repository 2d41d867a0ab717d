"""Runs work in a process of its own, with limited memory and time; what it does can end only that process."""

import contextlib
import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

MOST_SECONDS = 20
MOST_MEMORY = 256 << 20
"""Bytes that the work may need, beside what is loaded already. Systems other than Linux may not enforce it."""
Answer = tuple[str, str]
"""What became of it, and a text."""


def confined(work: Callable[..., Answer], *arguments: object) -> Answer | None:
    """What the work gives back; None if it takes too long or is ended by the system.

    Raises MemoryError if it needs too much memory.
    """
    # Elsewhere a forked process may crash in libraries of the system.
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_limited, args=(there, work, arguments, MOST_SECONDS), daemon=True)
    process.start()
    there.close()
    try:
        answer: Answer | None = here.recv() if here.poll(MOST_SECONDS) else None
    except EOFError:
        answer = None
    finally:
        process.kill()
        process.join()
        here.close()
    if answer == ("memory", ""):
        raise MemoryError
    return answer


def _limited(there: Connection, work: Callable[..., Answer], arguments: tuple[object, ...], seconds: int) -> None:
    _limit(seconds)
    try:
        answer = work(*arguments)
    except MemoryError:
        answer = ("memory", "")
    there.send(answer)
    there.close()


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # on Windows; there only the time is limited
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    with contextlib.suppress(ValueError, OSError):
        most = _size() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _size() -> int:
    """The address space of this process in bytes."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * 4096
    except (OSError, ValueError, IndexError):
        return 1 << 30
