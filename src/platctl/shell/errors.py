"""Errors that end a run, reported on stderr."""

import contextlib
import os
import sys
import traceback
from typing import TYPE_CHECKING

from platctl.shell.progress import PROGRESS

if TYPE_CHECKING:
    from platctl.page import Excerpt

_ROOM = 100


class CliError(Exception):
    """A wrong call or configuration; ends with exit code 2. `excerpt` shows the place in a long argument."""

    def __init__(self, message: str, help: str = "", excerpt: "Excerpt | None" = None) -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help
        self.excerpt = excerpt


def report_error(message: str, help_: str, excerpt: "Excerpt | None" = None) -> None:
    """Print one line with the problem, the place if there is one, and one line with what to do."""
    note(f"error: {message}")
    if excerpt:
        from platctl.render.page.excerpt import excerpt_lines

        for each in excerpt_lines(excerpt, 1, _ROOM)[1:]:
            note("".join(run.text for run in each).rstrip())
    if help_:
        note(f"help: {help_}")


def report_bug(error: Exception) -> None:
    """Report a bug in platctl, with what its developers need, and without any of the input."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((frame for frame in reversed(frames) if "platctl" in frame.filename), frames[-1])
    where = f"{place.filename.rsplit('platctl', 1)[-1].lstrip('/')}:{place.lineno}"
    note(f"error: platctl failed: {type(error).__name__} at {where}")
    help_ = "please report this line, `platctl --version` and what PLATCTL_TRACEBACK=1 shows"
    note(f"help: this is a bug in platctl; {help_}")
    if os.environ.get("PLATCTL_TRACEBACK"):
        for each in "".join(traceback.format_exception(error)).rstrip("\n").split("\n"):
            note(each)


def note(text: str) -> None:
    """Print a line on stderr, for progress and notes; control characters are made visible.

    The report and the exit code are the same where the line can't be written.
    """
    from platctl.render.escape import visible

    PROGRESS.stop()
    with contextlib.suppress(OSError):
        print(visible(text), file=sys.stderr)
