"""Versions and ranges: what is compatible with what, what meets a range, and what was meant by another notation."""

import pytest

from platctl.model.other_notations import rewrite_range
from platctl.model.version import Range, Version, compatible, highest


@pytest.mark.parametrize(
    ("old", "new", "keeps"),
    [
        ("2.4.0", "2.4.0", True),
        ("2.4.0", "2.5.0", True),
        ("2.4.0", "2.4.0.post1", True),
        ("2.4.0", "2.3.9", False),
        ("2.4.0", "3.0.0", False),
        ("0.4.1", "0.4.2", True),
        ("0.4.1", "0.5.0", False),
        ("0.4.1", "1.0.0", False),
        ("1!0.4.0", "1!0.5.0", True),
        ("2.4.0", "blue", None),
        ("blue", "2.4.0", None),
    ],
)
def test_a_version_keeps_a_contract_within_its_line_unless_it_is_older(old: str, new: str, keeps: bool | None) -> None:
    assert compatible(Version(old), Version(new)) is keeps


@pytest.mark.parametrize(
    ("text", "line"), [("2.4.0", (2, 0)), ("0.4.1", (0, 4)), ("0", (0, 0)), ("1!0.4", (0, 0)), ("blue", None)]
)
def test_the_line_of_a_version_is_its_major_and_below_one_its_minor(text: str, line: tuple[int, int] | None) -> None:
    assert Version(text).line == line


@pytest.mark.parametrize(
    ("text", "version", "meets"),
    [
        (">=2,<3", "2.0", True),
        (">=2,<3", "3.0", False),
        (">=2", "3.0rc1", False),
        (">=3.0rc1", "3.0rc2", True),
        ("==3.0rc1", "3.0rc1", True),
        ("==2.*", "2.9", True),
        ("===blue", "2.0", False),
        (">=2", "blue", None),
        ("blue", "2.0", None),
        (" ", "2.0", None),
    ],
)
def test_a_version_meets_a_range_or_one_of_them_can_not_be_read(text: str, version: str, meets: bool | None) -> None:
    assert Range(text).admits(Version(version)) is meets


def test_what_is_longer_than_two_hundred_characters_is_not_read() -> None:
    assert Version("1" * 200).parsed
    assert Version("1" * 201).parsed is None
    assert Range(">=" + "1" * 198).parsed
    assert Range(">=" + "1" * 199).parsed is None


@pytest.mark.parametrize(
    ("versions", "text"),
    [(["1.9", "1.10", "1.2"], "1.10"), (["blue", "1.0"], "1.0"), (["blue", "green"], "blue"), ([], None)],
)
def test_the_highest_version_is_the_highest_that_can_be_read(versions: list[str], text: str | None) -> None:
    found = highest(map(Version, versions))
    assert (found and found.text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("^2.4", ">=2.4,<3"),
        ("^v2", ">=2,<3"),
        ("^ 2.4.1", ">=2.4.1,<3"),
        ("~2.4.1", ">=2.4.1,<2.5"),
        ("~ v2.4", ">=2.4,<2.5"),
        ("2.x", "==2.*"),
        ("v2.4.*", "==2.4.*"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0", ">=0,<1"),
        ("^0.0.3", None),
        ("^1.2.3-rc.1", None),
        ("~1", ">=1,<2"),
        ("2", None),
        ("v2.4.1", None),
        (">=1.0.0-1 <2", None),
        (" >=2 <3 ", ">=2,<3"),
        (">=2 blue", None),
        (">=2,<3", None),
        ("blue", None),
    ],
)
def test_a_range_of_another_tool_is_rewritten(written: str, meant: str | None) -> None:
    assert rewrite_range(written) == meant
