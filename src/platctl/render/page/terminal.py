"""Whether to use colours, and the width of the page."""

import os
from collections.abc import Mapping

MIN_WIDTH = 40
_MAX_WIDTH = 10_000
_OFF = ("0", "false")


def use_color(option: str, environ: Mapping[str, str], is_tty: bool) -> bool:
    """`--color`, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, then whether the output is a terminal.

    Sources: no-color.org, force-color.org, bixense.com/clicolors. They disagree on the order; options win here.
    """
    if option in ("always", "never"):
        return option == "always"
    if environ.get("NO_COLOR"):
        return False
    if forced := environ.get("FORCE_COLOR"):
        return forced.lower() not in _OFF
    if environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return environ.get("CLICOLOR") != "0" and is_tty and environ.get("TERM") != "dumb"


def terminal_width(environ: Mapping[str, str], is_tty: bool, fallback: int = 80) -> int:
    """COLUMNS, then the width of the terminal, then `fallback`; never below what a page needs."""
    width = _columns(environ) or (_terminal_columns() if is_tty else 0) or fallback
    return max(MIN_WIDTH, width)


def _columns(environ: Mapping[str, str]) -> int:
    text = environ.get("COLUMNS", "")
    return min(int(text), _MAX_WIDTH) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _terminal_columns() -> int:
    for descriptor in (1, 2, 0):
        try:
            if columns := os.get_terminal_size(descriptor).columns:
                return columns
        except OSError:
            continue
    return 0
