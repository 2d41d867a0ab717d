"""What the tests of the command line share."""

from pathlib import Path

import pytest

from running import Run, platctl


@pytest.fixture
def run() -> Run:
    """Run platctl: `run("validate", cwd=folder)`."""
    return platctl


@pytest.fixture
def streaming(tmp_path: Path) -> Path:
    """The made-up company, unpacked with its two commits."""
    folder = tmp_path / "streaming"
    assert platctl("init", "--example", "streaming", folder).returncode == 0
    return folder
