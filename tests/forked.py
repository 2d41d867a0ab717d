"""Starts the command in processes that are forked from one with its imports done: a start costs most of a short run."""

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import socket
import sys
from pathlib import Path

import platctl
from platctl.model.fields import Part


def serve(channel: socket.socket) -> None:
    """Answers each request, a line of JSON, with the exit code of a new process."""
    _prepare()
    with channel, channel.makefile("rw", encoding="utf-8") as lines:
        for line in lines:
            request = json.loads(line)
            child = os.fork()
            if not child:
                channel.close()
                os._exit(_run(request))
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), file=lines, flush=True)


def _prepare() -> None:
    """Does once what each process would do by itself: import, and what Pydantic puts off until a class is used."""
    for module in pkgutil.walk_packages(platctl.__path__, "platctl."):
        importlib.import_module(module.name)
    for late in ("packaging.specifiers", "icalendar", "networkx", "jinja2"):
        importlib.import_module(late)
    _build(Part)
    gc.freeze()


def _build(part: type[Part]) -> None:
    for each in part.__subclasses__():
        each.model_rebuild()
        _build(each)


def _run(request: dict[str, object]) -> int:
    """What the installed script does, in another folder, environment and with other streams."""
    os.environ.clear()
    os.environ.update(request["environment"])  # type: ignore[arg-type]
    os.chdir(str(request["cwd"]))
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(str(request[name]), os.O_WRONLY), number)
        old = getattr(sys, name)
        setattr(sys, name, io.TextIOWrapper(open(number, "wb"), encoding=old.encoding, errors=old.errors))  # noqa: SIM115, PTH123
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["platctl", *request["arguments"]]  # type: ignore[misc]
    from platctl.cli import main

    try:
        main()
        code: object = 0
    except SystemExit as ended:
        code = ended.code
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    sys.path.remove(str(Path(__file__).parent))
    serve(socket.socket(fileno=int(sys.argv[1])))
