"""What the tests of the command line share."""

import shutil
from pathlib import Path

import pytest

from running import Run, platctl


@pytest.fixture
def run() -> Run:
    """Run platctl: `run("validate", cwd=folder)`."""
    return platctl


@pytest.fixture
def streaming(unpacked: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(unpacked, tmp_path / "streaming", symlinks=True))
