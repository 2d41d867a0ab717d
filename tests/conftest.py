"""What all tests share: the flag that renews golden files, how Hypothesis searches, and which tests are slow."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from recorded import telling
from running import platctl

settings.register_profile("platctl", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("fast", settings.get_profile("platctl"), max_examples=10)
settings.load_profile("platctl")

FAST = "not slow"
SLOW = ("browser", "cli", "docs", "edit", "forge", "leaks", "ready_made")
SLOW_FILES = (
    "test_opensearch",
    "test_json_schema",
    "test_past",
    "test_base.py",
    "test_complete",
    "test_architecture",
    "test_propagation",
    "test_sarif",
    "test_fetch",
    "test_cost",
    "test_git.py",
    "test_yaml_hostile",
    "test_yaml_properties",
)
"""What starts processes, or has much to search: the rest is the fast lane, `pytest -m "not slow"`."""

PACKAGING = ("test_pre_commit.py", "test_own_ci.py")
"""What builds and installs platctl anew, and runs what `.ci/run` runs besides: `pytest -m packaging`."""

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is printed now into the golden files")


def pytest_configure(config: pytest.Config) -> None:
    if "PLATCTL_CACHE_DIR" not in os.environ:  # the processes that run tests have that of the one that started them
        os.environ["PLATCTL_CACHE_DIR"] = config.stash.setdefault(_STORE, tempfile.mkdtemp(prefix="platctl-cache-"))
    gc.set_threshold(20_000, 10, 10)  # models are many small objects in few cycles: looking for those takes a fifth
    if config.option.markexpr == FAST:
        settings.load_profile("fast")


def pytest_unconfigure(config: pytest.Config) -> None:
    if store := config.stash.get(_STORE, None):
        shutil.rmtree(store)


_STORE = pytest.StashKey[str]()
"""The folder of what is kept between runs."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The fast lane does not read what it leaves out, which would be a good part of its work."""
    return True if config.option.markexpr == FAST and _is_slow(collection_path) else None


def pytest_collection_finish() -> None:
    """What is there now stays: it need not be looked through again for what is not used."""
    gc.collect()
    gc.freeze()


def _is_slow(path: Path) -> bool:
    return path.parent.name in SLOW or path.name.startswith(SLOW_FILES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _is_slow(item.path):
            item.add_marker(pytest.mark.slow)
        if item.path.name in PACKAGING:
            item.add_marker(pytest.mark.packaging)


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up company, unpacked with its two commits; not to be changed."""
    folder = tmp_path_factory.mktemp("unpacked") / "streaming"
    assert platctl("init", "--example", "streaming", folder).returncode == 0
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file: `golden("streaming-impact.txt", text)`."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        kept = telling(name, text)
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(kept, "utf-8")
        assert kept == path.read_text("utf-8"), "if that is meant, `pytest --update-golden` renews it"

    return check
