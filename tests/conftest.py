"""What all tests share: the flag that renews golden files, and how Hypothesis searches."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from recorded import telling

settings.register_profile("platctl", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("platctl")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is printed now into the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file: `golden("streaming-impact.txt", text)`."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        kept = telling(name, text)
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(kept, "utf-8")
        assert kept == path.read_text("utf-8")

    return check
