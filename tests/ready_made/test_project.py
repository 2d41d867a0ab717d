"""What the package says of itself."""

import re
import tomllib
from typing import Any

from packaging.requirements import Requirement

from ready_made.pipelines import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def test_all_extras_are_one_extra() -> None:
    (itself,) = map(Requirement, EXTRAS["all"])
    assert itself.name == PROJECT["name"]
    assert itself.extras == set(EXTRAS) - {"all"}


def test_every_extra_that_is_asked_for_exists() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    asked = {
        one or other
        for text in sources
        for one, other in re.findall(r"""missing_extra\([^)]*"(\w+)"\)|install 'platctl\[(\w+)]'""", text)
    }
    assert asked == set(EXTRAS) - {"all"}


def test_every_link_leads_to_the_repository_that_the_documentation_names() -> None:
    page = (ROOT / "docs/how-to/check-pull-requests.md").read_text("utf-8")
    (repository,) = re.findall(r"- repo: (https://\S+)", page)
    for url in PROJECT["urls"].values():
        assert url == repository or url.startswith(f"{repository}/")
        path = url.partition("/blob/main/")[2]
        assert (ROOT / path).exists()
