"""A line on the terminal that says what a run is doing, once it takes longer than a second."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

_SECONDS = 1.0
_ERASE = "\r\x1b[K"


class _StatusLine:
    """The line of this run: it appears after a second, and goes before anything else is written."""

    def __init__(self) -> None:
        self._text = ""
        self._is_shown = False
        self._timer: threading.Timer | None = None

    def start(self, text: str) -> None:
        """Show this text in a second, if stderr is a terminal."""
        self.say(text)
        if self._timer is None and sys.stderr is not None and sys.stderr.isatty():
            import threading

            self._timer = threading.Timer(_SECONDS, self._show)
            self._timer.daemon = True
            self._timer.start()

    def say(self, text: str) -> None:
        """Show another text instead."""
        self._text = text
        if self._is_shown:
            self._write(f"{_ERASE}{text}…")

    def stop(self) -> None:
        """Nothing more is shown."""
        if self._timer is None:
            return
        self._timer.cancel()
        self._timer.join()  # it may be about to write
        self._timer = None
        if self._is_shown:
            self._is_shown = False
            self._write(_ERASE)

    def _show(self) -> None:
        self._is_shown = True
        self._write(f"{self._text}…")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, UnicodeError, ValueError):  # nothing depends on it
            self._is_shown = False


PROGRESS = _StatusLine()
