"""Patterns of paths, compared with a slow search by regular expressions written from the description."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from platctl.model.language.path_pattern import covers

NAMES = st.sampled_from(["a", "b", "ab", "x.yaml", ".", "[a]"])
PATHS = st.lists(st.sampled_from(["a", "b", "ab", "x.yaml"]), min_size=1, max_size=4).map("/".join)
PATTERNS = st.lists(st.sampled_from(["a", "*", "**", "?b", "[ab]", "*.yaml", "."]), max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("pattern", "path", "is_covered"),
    [
        ("model", "model/a.yaml", True),
        ("model/", "model/a.yaml", True),
        ("./model", "model/a.yaml", True),
        ("model", "model2/a.yaml", False),
        ("model", "other/model/a.yaml", False),
        (".", "a.yaml", True),
        ("teams/*/model", "teams/core/model/x/a.yaml", True),
        ("teams/*/model", "teams/core/sub/model/a.yaml", False),
        ("**/values.yaml", "values.yaml", True),
        ("**/values.yaml", "deploy/shop/values.yaml", True),
        ("*.yaml", "deploy/values.yaml", False),
        ("docker-compose*.yml", "docker-compose.test.yml", True),
        ("deploy/**", "deploy/a/b.yaml", True),
    ],
)
def test_a_pattern_covers_what_it_names_and_everything_below(pattern: str, path: str, is_covered: bool) -> None:
    assert covers(pattern, path) is is_covered


@given(PATTERNS, PATHS)
@example("**", "a")
@example("a/**", "a")
def test_it_agrees_with_a_regular_expression_for_each_step(pattern: str, path: str) -> None:
    steps = [step for step in pattern.split("/") if step not in ("", ".")]
    regex = "".join("(?:[^/]+/){0,9}" if step == "**" else f"{_step(step)}/" for step in steps)
    assert covers(pattern, path) is bool(re.match(regex, f"{path}/"))


def _step(step: str) -> str:
    return step.replace(".", r"\.").replace("*", "[^/]*").replace("?", "[^/]")


def test_many_wildcards_take_no_time() -> None:
    started = time.process_time()
    assert not covers("/".join([*["**", "a*"] * 30, "c"]), "/".join(["a"] * 200) + "/b")
    assert time.process_time() - started < 1
