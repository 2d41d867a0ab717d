"""Starts the command in processes that are forked from one with its imports done: a start costs most of a short run."""

import atexit
import contextlib
import gc
import importlib
import io
import os
import pkgutil
import select
import shutil
import socket
import sys
import traceback
from pathlib import Path
from typing import TextIO

import platctl
from platctl.model.entity.kinds import KINDS
from platctl.model.settings.config import Config
from platctl.model.validator import adapter


def serve(door: socket.socket, folder: str) -> None:
    """Answers each request of `asking.py` from a new process, until stdin is closed; then the folder goes."""
    _prepare()
    while door in select.select([door, sys.stdin], [], [])[0]:
        channel, _ = door.accept()
        if not os.fork():
            door.close()
            channel.sendall(b"%d" % _run(channel))
            os._exit(0)
        channel.close()
        while _ended():
            pass
    shutil.rmtree(folder)


def _ended() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG) != (0, 0)
    except ChildProcessError:
        return False


def _prepare() -> None:
    """Does once what each process would do by itself: import, and what Pydantic puts off until a class is used."""
    for module in pkgutil.walk_packages(platctl.__path__, "platctl."):
        importlib.import_module(module.name)
    for late in ("packaging.specifiers", "icalendar", "networkx", "jinja2"):
        importlib.import_module(late)
    for part in (*KINDS.values(), Config):
        adapter(part)
    gc.freeze()


def _run(channel: socket.socket) -> int:
    """What the installed script does, in the folder, with the environment and the streams of the one who asks."""
    request, streams, _, _ = socket.recv_fds(channel, 1, 3)
    while more := channel.recv(1 << 16):
        request += more
    cwd, closed, count, *words = request.decode("utf-8", "surrogateescape").split("\0")
    os.environ.clear()
    os.environ.update(word.split("=", 1) for word in words[int(count) :])
    os.chdir(cwd)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdout, sys.stderr = _text(1, sys.stdout), _text(2, sys.stderr)
    for number in map(int, closed):
        os.close(number)
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)
    sys.argv = ["platctl", *words[: int(count)]]
    from platctl.cli import main

    try:
        main()
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()  # what the interpreter does at its end, which a forked process does not reach
    if {_flushed(sys.stdout), _flushed(sys.stderr)} != {True}:
        return 120
    return code if isinstance(code, int) else int(code is not None)


def _flushed(stream: TextIO | None) -> bool:
    """Flushes it as the interpreter does at its end, which exits with 120 if that is not possible."""
    with contextlib.suppress(OSError):
        if stream and not stream.closed:
            stream.flush()
        return True
    return False


def _text(number: int, old: TextIO) -> io.TextIOWrapper:
    by_line = number == 2 or os.isatty(number)
    return io.TextIOWrapper(open(number, "wb"), old.encoding, old.errors, line_buffering=by_line)


if __name__ == "__main__":
    sys.path.remove(str(Path(__file__).parent))
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
