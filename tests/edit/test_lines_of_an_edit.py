"""What is shown of an edit before it is written."""

import pytest
from editing import edit

from platctl.edit.diff import lines, unified


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_edit_is_shown_as_the_lines_that_come_and_go(line_end: str) -> None:
    before = "id: a\napprovals:\n- consumer: web\nend: 2027-03-31\n"
    assert unified(edit(before.replace("\n", line_end))) == [
        "--- a/plan.yaml",
        "+++ b/plan.yaml",
        "@@ -1,4 +1,6 @@",
        " id: a",
        " approvals:",
        " - consumer: web",
        "+- consumer: tv",
        "+  by: Ana Ruiz",
        " end: 2027-03-31",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: 1\nb: 2\n", ["a: 1", "b: 2"]),
        (b"a: 1\nb: 2", ["a: 1", "b: 2"]),
        (b"\xef\xbb\xbfa: 1\r\n\r\n", ["a: 1", ""]),
    ],
)
def test_the_lines_of_a_file_have_no_ends_and_no_byte_order_mark(data: bytes, expected: list[str]) -> None:
    assert lines("a.yaml", data) == expected
