"""The command line: from options to a call, from a report to its output and exit code."""

import gc
import os
import sys


def main() -> None:
    """Run platctl. Every error ends here, as one message and one of the documented exit codes."""
    gc.disable()  # a run is short and creates few cycles; collecting them while loading takes a third of the time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a pipe with another encoding must not cause a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _guarded()
    except BrokenPipeError:
        _forget_stdout()
        code = 141
    sys.exit(code)


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
    from platctl.render.errors import RenderError
    from platctl.shell.errors import CliError, report_bug, report_error
    from platctl.source.errors import SourceError

    if isinstance(error, (SourceError, CliError, RenderError)):
        report_error(error.message, error.help, getattr(error, "excerpt", None))
        return 2
    if isinstance(error, OSError):
        _forget_stdout()
        report_error(f"can't write or read: {error.strerror or error}", "")
        return 2
    report_bug(error)
    return 3


def _forget_stdout() -> None:
    """Keep the interpreter from flushing into a closed or full stream again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
