"""A real browser, and the scripts that judge what it shows; where they are missing, these tests are skipped.

`PLATCTL_BROWSER_TOOLS` names a folder with `node_modules/axe-core` and `node_modules/mermaid`. With
`PLATCTL_BROWSER_REQUIRED` set, what is missing is an error; `.ci/run` sets both.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def _missing(what: str) -> None:
    if os.environ.get("PLATCTL_BROWSER_REQUIRED"):
        pytest.fail(f"{what}, and PLATCTL_BROWSER_REQUIRED is set")
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One browser for all tests of a process."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        _missing("there is no Chromium on the path")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """The text of a script from the npm registry: `tool("axe-core/axe.min.js")`."""

    def read(name: str) -> str:
        folder = os.environ.get("PLATCTL_BROWSER_TOOLS", "")
        path = Path(folder, "node_modules", name)
        if not folder or not path.is_file():
            _missing(f"{name} is not in the folder that PLATCTL_BROWSER_TOOLS names")
        return path.read_text("utf-8")

    return read
