"""Writes reports to a terminal, a pipe, or files that are replaced as a whole."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from platctl.page import Page
from platctl.shell.errors import CliError
from platctl.shell.options import Globals
from platctl.shell.progress import PROGRESS


def as_text(page: Page, options: Globals, output: Path | None) -> str:
    """A page as text, with the terminal's colours and width; files are never coloured."""
    from platctl.render.page.terminal import terminal_width, use_color
    from platctl.render.page.text import render

    is_terminal = output is None and sys.stdout.isatty()
    color = output is None and use_color(options.color, os.environ, is_terminal)
    return render(page, width=terminal_width(os.environ, is_terminal), color=color)


def write(texts: Sequence[tuple[str, Path | None]]) -> None:
    """Print texts without a file, and replace each file in one step; either all files are replaced or none."""
    PROGRESS.stop()
    devices: list[tuple[Path, bytes]] = []
    staged: list[tuple[Path, Path]] = []
    try:
        for text, output in texts:
            if output is None or str(output) == "-":
                continue
            data = text.encode("utf-8", "backslashreplace")
            with _explained(output):
                if _is_device(output):
                    devices.append((output, data))
                else:
                    staged.append((_staged(output, data), output))
        for beside, output in staged:
            with _explained(output):
                beside.replace(output)
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)
    for device, data in devices:
        with _explained(device):
            device.write_bytes(data)
    for text, output in texts:
        if output is None or str(output) == "-":
            sys.stdout.write(text)


@contextlib.contextmanager
def _explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        help_ = "" if os.path.isdir(output.parent) else f"create the folder `{output.parent}` first"  # noqa: PTH112
        raise CliError(f"can't write `{output}`: {(error.strerror or 'unknown error').lower()}", help_) from error


def _is_device(output: Path) -> bool:
    """Whether it is a device or pipe, which is written to and never replaced."""
    if output.is_symlink() or output.is_dir():
        kind = "a symbolic link" if output.is_symlink() else "a folder"
        raise CliError(f"the output `{output}` is {kind}", "name a file")
    return output.exists() and not output.is_file()


def _staged(path: Path, data: bytes) -> Path:
    """Write to a temporary file next to it, to be renamed later, so that the file is either old or new."""
    import secrets

    beside = path.parent / f".platctl-{secrets.token_hex(8)}.tmp"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside
