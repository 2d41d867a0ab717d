"""What the tests of the command line share."""

import shutil
from pathlib import Path

import pytest

from running import Run, platctl


@pytest.fixture
def run() -> Run:
    """Run platctl: `run("validate", cwd=folder)`."""
    return platctl


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up company, unpacked with its two commits; not to be changed."""
    folder = tmp_path_factory.mktemp("unpacked") / "streaming"
    assert platctl("init", "--example", "streaming", folder).returncode == 0
    return folder


@pytest.fixture
def streaming(unpacked: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(unpacked, tmp_path / "streaming", symlinks=True))
