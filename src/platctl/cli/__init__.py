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
    if sys.argv[1:] == ["--version"]:  # answered without loading anything
        from platctl import __version__

        print(f"platctl {__version__}")
        return
    sys.exit(_guarded())


def _guarded() -> int:
    from platctl.render.errors import RenderError
    from platctl.shell.errors import CliError, report_bug, report_error
    from platctl.source.errors import SourceError

    try:
        from platctl.cli.app import run

        code = run(sys.argv[1:])
        sys.stdout.flush()
    except (SourceError, CliError, RenderError) as error:
        report_error(error.message, error.help, getattr(error, "excerpt", None))
        return 2
    except BrokenPipeError:
        _forget_stdout()
        return 141
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        _forget_stdout()
        report_error(f"can't write or read: {error.strerror or error}", "")
        return 2
    except Exception as error:
        report_bug(error)
        return 3
    return code


def _forget_stdout() -> None:
    """Keep the interpreter from flushing into a closed or full stream again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
