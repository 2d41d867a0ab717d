"""The command line: from options to a call, from a report to its output and exit code."""

import contextlib
import errno
import gc
import os
import sys

_RESERVE = bytearray(1 << 18)
"""Released where memory is short, so that there is enough to say so."""
_OF_MEMORY = ("failed to map segment", "annot allocate memory", "can't start new thread")
"""Parts of the messages of the loader and of Python where there is too little memory."""


def main() -> None:
    """Run platctl. Every error ends here, as one message and one of the documented exit codes."""
    gc.disable()  # a run is short and creates few cycles; collecting them while loading takes a third of the time
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a pipe with another encoding must not cause a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _guarded()
    except BrokenPipeError:
        _forget(sys.stdout.fileno())
        code = 141
    _flush_stderr()
    sys.exit(code)


def _replace_closed_streams() -> None:
    """Open the streams that the caller closed, or the first files opened would get their numbers.

    Nothing can be read from stdin, stderr takes everything, and writing to stdout fails, but only if it happens.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", closefd=False))  # noqa: SIM115


def _guarded() -> int:
    try:
        if sys.argv[1:] == ["--version"]:  # answered without loading anything
            from platctl import __version__

            print(f"platctl {__version__}")
            code = 0
        else:
            from platctl.cli.app import run

            code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _told(error)
    return code


def _told(error: Exception) -> int:
    """Report an error on stderr; returns the exit code that belongs to it."""
    try:
        return _no_memory() if _is_of_memory(error) else _explained(error)
    except Exception as another:  # while loading what explains an error
        if _is_of_memory(another):
            return _no_memory()
        raise


def _explained(error: Exception) -> int:
    from platctl.render.errors import RenderError
    from platctl.shell.errors import CliError, report_bug, report_error
    from platctl.source.errors import SourceError

    if isinstance(error, (SourceError, CliError, RenderError)):
        report_error(error.message, error.help, getattr(error, "excerpt", None))
        return 2
    if isinstance(error, OSError):
        _forget(sys.stdout.fileno())
        reason = "standard output is closed" if error.errno == errno.EBADF else (error.strerror or str(error)).lower()
        report_error(f"can't write{' or read' if error.filename else ''}: {reason}", "")
        return 2
    report_bug(error)
    return 3


def _is_of_memory(error: Exception) -> bool:
    """Whether there is not enough memory, also for loading a library or starting a process or thread."""
    if isinstance(error, (ImportError, RuntimeError)):
        return any(each in str(error) for each in _OF_MEMORY)
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def _no_memory() -> int:
    """Report it without loading anything, in memory kept for that."""
    _RESERVE.clear()
    with contextlib.suppress(OSError):
        os.write(2, b"error: there is not enough memory\nhelp: raise the limit for this process\n")
    return 2


def _flush_stderr() -> None:
    try:
        sys.stderr.flush()
    except OSError:
        _forget(sys.stderr.fileno())


def _forget(stream: int) -> None:
    """Keep the interpreter from flushing into a closed or full stream again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
