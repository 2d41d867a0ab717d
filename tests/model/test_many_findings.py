"""What is wrong many times in one file is one finding with the number."""

import pytest

from builders import model


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        ("kind: consumr\nid: a\n", "unknown-kind"),
        ("kind: consumer\n", "missing-field"),
        ("kind: team\nid: a{}\nxx: 1\n", "unknown-field"),
        ("kind: team\nid: a\n", "duplicate-id"),
    ],
)
@pytest.mark.parametrize(("number", "listed"), [(100, None), (1_200, 1)])
def test_a_file_of_broken_documents_is_one_finding(document: str, rule: str, number: int, listed: int | None) -> None:
    text = "---\n".join(document.format(each) for each in range(number))
    found = [each for each in model(text, "kind: team\nid: t\n").findings if each.rule == rule]
    expected = number - (rule == "duplicate-id")
    assert len(found) == (listed or expected)
    if listed:
        assert found[0].message.endswith(f", and {expected - 1:,} more findings of this kind in this file")
