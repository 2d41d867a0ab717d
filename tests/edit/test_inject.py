"""What stands between two markers of a page is replaced, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.edit.inject import injected, markers
from platctl.source.errors import SourceError

BEGIN, END = markers("roadmap")


def page(before: str = "# Wiki\n", between: str = "old\n", after: str = "more\n") -> bytes:
    return f"{before}{BEGIN}\n{between}{END}\n{after}".encode()


def test_the_text_comes_between_the_markers() -> None:
    assert injected(page(), "roadmap", "new\nlines\n", "a.md") == page(between="new\nlines\n")


def test_lines_end_as_those_of_the_page_do() -> None:
    windows = page().replace(b"\n", b"\r\n")
    assert injected(windows, "roadmap", "new\nlines\n", "a.md") == page(between="new\nlines\n").replace(b"\n", b"\r\n")


def test_a_page_may_end_with_its_marker() -> None:
    assert injected(f"{BEGIN}\n{END}".encode(), "roadmap", "new", "a.md") == f"{BEGIN}\nnew\n{END}".encode()


def test_markers_of_other_names_are_left_alone() -> None:
    other = page().replace(b"roadmap", b"plan")
    assert injected(page() + other, "roadmap", "new\n", "a.md") == page(between="new\n") + other


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Wiki\n", "`a.md` has no line `<!-- platctl:begin roadmap -->`"),
        (f"{BEGIN}\n", "`a.md` has no line `<!-- platctl:end roadmap -->`"),
        (f"{BEGIN}\n{BEGIN}\n{END}\n", "`a.md` has 2 lines `<!-- platctl:begin roadmap -->`"),
        (f"{END}\n{BEGIN}\n", "in `a.md` the end marker is before the begin marker"),
        (f"see {BEGIN}\n{END}\n", "`a.md` has no line `<!-- platctl:begin roadmap -->`"),
    ],
)
def test_a_page_without_a_place_for_it_is_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        injected(text.encode(), "roadmap", "new\n", "a.md")
    assert raised.value.message == message
    assert "`<!-- platctl:" in raised.value.help


def test_a_text_that_would_end_itself_is_refused() -> None:
    with pytest.raises(SourceError, match="contains a marker"):
        injected(page(), "roadmap", f"new\n{END}\nnot so\n", "a.md")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_putting_the_same_in_again_changes_nothing_and_the_rest_stays_to_the_byte(
    before: str, between: str, after: str, new: str
) -> None:
    first = page(f"{before}\n", f"{between}\n", after)
    once = injected(first, "roadmap", new, "a.md")
    assert injected(once, "roadmap", new, "a.md") == once
    assert once.startswith(f"{before}\n{BEGIN}\n".encode())
    assert once.endswith(f"{END}\n{after}".encode())
