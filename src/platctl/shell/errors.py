"""What can't go on, said on stderr."""

import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platctl.page import Excerpt

_ROOM = 100


class CliError(Exception):
    """A call or a configuration that is wrong; ends with exit code 2. `excerpt` shows where in a long argument."""

    def __init__(self, message: str, help: str = "", excerpt: "Excerpt | None" = None) -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help
        self.excerpt = excerpt


def report_error(message: str, help_: str, excerpt: "Excerpt | None" = None) -> None:
    """One line that says what is wrong, the place if there is one to show, and a line that says what to do."""
    note(f"error: {message}")
    if excerpt:
        from platctl.render.page.excerpt import excerpt_lines

        for each in excerpt_lines(excerpt, 1, _ROOM)[1:]:
            note("".join(run.text for run in each).rstrip())
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
