"""What an item is before and after it is made to say something else."""

from textwrap import dedent

import pytest
from editing import amended

from platctl.source.errors import SourceError

NEW = {"consumer": "tv", "by": "Ana", "digest": "0a1b2c3d4e5f"}

TABLE = {
    "a new entry gets its line below the one before it": (
        """\
        approvals:
          - consumer:   'tv'   # the apps
            by: "Ana"
            # asked twice
        end: 2027-03-31
        """,
        """\
        approvals:
          - consumer:   'tv'   # the apps
            by: "Ana"
            digest: 0a1b2c3d4e5f
            # asked twice
        end: 2027-03-31
        """,
    ),
    "an entry that is not said any more goes with its line": (
        """\
        approvals:
        - consumer: tv
          by: Ana
          on: 2026-11-19  # in a meeting
          # kept
          digest: "000000000000"
        """,
        """\
        approvals:
        - consumer: tv
          by: Ana
          # kept
          digest: "0a1b2c3d4e5f"
        """,
    ),
    "one may go and another come at the same place": (
        """\
        approvals:
          - consumer: tv
            by: Ana
            on: 2026-11-19
        """,
        """\
        approvals:
          - consumer: tv
            by: Ana
            digest: 0a1b2c3d4e5f
        """,
    ),
    "the first entry gives its place to the second": (
        """\
        approvals:
          - on: 2026-11-19
            consumer: tv
            by: Ana
        """,
        """\
        approvals:
          - consumer: tv
            by: Ana
            digest: 0a1b2c3d4e5f
        """,
    ),
    "a value that is missing is filled in": (
        "approvals:\n- {consumer: tv, by: Ana}\n- consumer: tv\n  by: Ana\n  digest:  # none\n",
        "approvals:\n- {consumer: tv, by: Ana, digest: 0a1b2c3d4e5f}\n- consumer: tv\n  by: Ana\n  digest:  # none\n",
    ),
    "braces stay braces": (
        "approvals: [{by: 'Ana', consumer: tv, on: 2026-11-19, digest: \"000000000000\"}] # one\n",
        "approvals: [{by: 'Ana', consumer: tv, digest: \"0a1b2c3d4e5f\"}] # one\n",
    ),
    "an entry in braces may be the first to go": (
        "approvals: [{on: 2026-11-19, consumer: tv, by: Ana}]\n",
        "approvals: [{consumer: tv, by: Ana, digest: 0a1b2c3d4e5f}]\n",
    ),
    "JSON stays JSON": (
        '{"approvals": [{\n  "consumer": "tv",\n  "by": "Ana"\n}]}\n',
        '{"approvals": [{\n  "consumer": "tv",\n  "by": "Ana",\n  "digest": "0a1b2c3d4e5f"\n}]}\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_an_item_is_changed_where_it_differs(before: str, after: str) -> None:
    assert amended(dedent(before), **NEW) == dedent(after)


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_lines_end_as_in_the_file(before: str, after: str) -> None:
    written = amended(dedent(before).replace("\n", "\r\n"), **NEW)
    assert written == dedent(after).replace("\n", "\r\n")


def test_only_the_item_that_is_meant_is_changed() -> None:
    text = "approvals:\n- consumer: tv\n- consumer: tv\n  digest: a\n- consumer: tv\n"
    assert amended(text, at=1, consumer="tv", digest="b") == text.replace("digest: a", "digest: b")


def test_a_value_without_anything_is_filled_in_behind_the_colon() -> None:
    assert amended("a:\n- b: 1\n  c:  # d\n", field="a", b="e", c="f") == "a:\n- b: e\n  c: f  # d\n"


REFUSED = {
    "an item that stands elsewhere": "x-one: &one {consumer: tv, by: Ana}\napprovals:\n- *one\n",
    "an item that others repeat": "approvals:\n- &one\n  consumer: tv\n  by: Ana\n- *one\n",
    "an item that is a text": "approvals: [tv]\n",
    "an item that is not there": "approvals: []\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_would_change_something_else_is_left_to_a_person(text: str) -> None:
    with pytest.raises(SourceError) as refused:
        amended(text, **NEW)
    assert refused.value.message.startswith("`plan.yaml` was not changed: line ")
    assert refused.value.help == "edit the file by hand: write `consumer: tv, by: Ana, digest: 0a1b2c3d4e5f` there"
