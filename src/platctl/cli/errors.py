"""What can't go on, said on stderr."""

import sys
import traceback


class CliError(Exception):
    """A call or a configuration that is wrong; ends with exit code 2."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help


def report_error(message: str, help_: str) -> None:
    """One line that says what is wrong, one that says what to do."""
    note(f"error: {message}")
    if help_:
        note(f"help: {help_}")


def report_bug(error: Exception) -> None:
    """Say that platctl itself failed, with what its makers need, and nothing of the input."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((frame for frame in reversed(frames) if "platctl" in frame.filename), frames[-1])
    where = f"{place.filename.rsplit('platctl', 1)[-1].lstrip('/')}:{place.lineno}"
    note(f"error: platctl failed: {type(error).__name__} at {where}")
    note("help: this is a bug in platctl; please report this line and `platctl --version`")


def note(text: str) -> None:
    """A line on stderr, where progress and notes go; text from files is made harmless."""
    from platctl.render.escape import visible

    print(visible(text), file=sys.stderr)
