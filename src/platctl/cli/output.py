"""Where a report goes: a terminal, a pipe, or a file that is replaced as a whole."""

import os
import secrets
import sys
from pathlib import Path

from platctl.cli.app import Globals
from platctl.cli.errors import CliError
from platctl.page import Page


def as_text(page: Page, options: Globals, output: Path | None) -> str:
    """A page for the terminal, in the colours and the width that it has; files are never coloured."""
    from platctl.render.color import terminal_width, use_color
    from platctl.render.text import render

    is_terminal = output is None and sys.stdout.isatty()
    color = output is None and use_color(options.color, os.environ, is_terminal)
    return render(page, width=terminal_width(os.environ, is_terminal), color=color)


def write(text: str, output: Path | None) -> None:
    """Print a report, or replace a file by it in one step."""
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        return
    if output.is_symlink() or output.is_dir():
        kind = "a link" if output.is_symlink() else "a folder"
        raise CliError(f"`--output {output}` is {kind}", "name a file")
    data = text.encode("utf-8", "backslashreplace")
    try:
        if output.exists() and not output.is_file():  # a device or a pipe is written to, never replaced
            output.write_bytes(data)
        else:
            _replace(output, data)
    except OSError as error:
        raise CliError(f"can't write `{output}`: {(error.strerror or 'unknown error').lower()}") from error


def _replace(path: Path, data: bytes) -> None:
    """Write beside, then rename, so that the file is either the old or the new one."""
    beside = path.parent / f".platctl-{secrets.token_hex(8)}.tmp"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
