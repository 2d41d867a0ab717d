"""What a file is before and after an item is put at the end of a list in it."""

from textwrap import dedent

import pytest
from editing import appended, edit

from platctl.edit.yaml_text import NamedText
from platctl.source.errors import SourceError

TABLE = {
    "below the dashes of the list, where they are flush with the key": (
        """\
        id: a   # kept
        approvals:
        - {consumer: shop, by: 'Lena'}
        risks: []
        """,
        """\
        id: a   # kept
        approvals:
        - {consumer: shop, by: 'Lena'}
        - consumer: tv
          by: Ana Ruiz
        risks: []
        """,
    ),
    "where they are indented by two": (
        """\
        approvals:
          - consumer: shop
            by: "Lena"
        risks: []
        """,
        """\
        approvals:
          - consumer: shop
            by: "Lena"
          - consumer: tv
            by: Ana Ruiz
        risks: []
        """,
    ),
    "where they are indented by four, with more than one space after the dash": (
        """\
        approvals:
            -   consumer: shop
                by: Lena
        """,
        """\
        approvals:
            -   consumer: shop
                by: Lena
            -   consumer: tv
                by: Ana Ruiz
        """,
    ),
    "where the dash has a line of its own": (
        """\
        approvals:
          -
            consumer: shop
        """,
        """\
        approvals:
          -
            consumer: shop
          - consumer: tv
            by: Ana Ruiz
        """,
    ),
    "behind a comment that belongs to the last item, before one that does not": (
        """\
        approvals:
          - consumer: shop  # asked twice
            by: Lena
            # by telephone

          # until March
        # what may go wrong
        risks: []
        """,
        """\
        approvals:
          - consumer: shop  # asked twice
            by: Lena
            # by telephone

          # until March
          - consumer: tv
            by: Ana Ruiz
        # what may go wrong
        risks: []
        """,
    ),
    "with a blank line before it, where all items have one": (
        """\
        approvals:
          - consumer: shop

          - consumer: site

        risks: []
        """,
        """\
        approvals:
          - consumer: shop

          - consumer: site

          - consumer: tv
            by: Ana Ruiz

        risks: []
        """,
    ),
    "behind a text of several lines": (
        """\
        approvals:
          - consumer: shop
            note: |
              If it rings

              # twice
        ---
        b: 1
        """,
        """\
        approvals:
          - consumer: shop
            note: |
              If it rings

              # twice
          - consumer: tv
            by: Ana Ruiz
        ---
        b: 1
        """,
    ),
    "behind the blank lines that belong to a text": (
        """\
        approvals:
          - note: |+
              If it rings


        risks: []
        """,
        """\
        approvals:
          - note: |+
              If it rings


          - consumer: tv
            by: Ana Ruiz
        risks: []
        """,
    ),
    "into a list in brackets": (
        "approvals: [{consumer: shop, by: Lena}]  # two\n",
        "approvals: [{consumer: shop, by: Lena}, {consumer: tv, by: Ana Ruiz}]  # two\n",
    ),
    "before a comma at the end of brackets": (
        "approvals: [ {consumer: shop}, ]\n",
        "approvals: [ {consumer: shop}, {consumer: tv, by: Ana Ruiz}, ]\n",
    ),
    "on a line of its own, where the items in brackets have one": (
        """\
        approvals: [
            {consumer: shop, by: Lena}  # first
        ]
        """,
        """\
        approvals: [
            {consumer: shop, by: Lena},  # first
            {consumer: tv, by: Ana Ruiz}
        ]
        """,
    ),
    "on such a line with a comma, where the last one has it": (
        """\
        approvals: [
            {consumer: shop, by: Lena},  # first
        ]
        """,
        """\
        approvals: [
            {consumer: shop, by: Lena},  # first
            {consumer: tv, by: Ana Ruiz},
        ]
        """,
    ),
    "into an empty list, which gets dashes like other lists of the file": (
        """\
        approvals: []  # nobody yet
        tags:
            - a
        """,
        """\
        approvals:  # nobody yet
            - consumer: tv
              by: Ana Ruiz
        tags:
            - a
        """,
    ),
    "into an empty list with a comment in it": (
        "approvals: [  # nobody yet\n]\n",
        "approvals: [{consumer: tv, by: Ana Ruiz}  # nobody yet\n]\n",
    ),
    "into an empty list with an anchor": (
        "approvals: &yes []\nid: a\n",
        "approvals: &yes [{consumer: tv, by: Ana Ruiz}]\nid: a\n",
    ),
    "below a key without anything": (
        """\
        approvals:
          # one a consumer
        id: a
        """,
        """\
        approvals:
          # one a consumer
          - consumer: tv
            by: Ana Ruiz
        id: a
        """,
    ),
    "at the end of a document that has no such list": (
        """\
        id: a
        note: it  # kept

        # The next one.
        ---
        id: b
        """,
        """\
        id: a
        note: it  # kept
        approvals:
          - consumer: tv
            by: Ana Ruiz

        # The next one.
        ---
        id: b
        """,
    ),
    "at such an end with dashes like those of the file's other documents": (
        """\
        id: a
        ...
        ---
        tags:
        - b
        """,
        """\
        id: a
        approvals:
        - consumer: tv
          by: Ana Ruiz
        ...
        ---
        tags:
        - b
        """,
    ),
    "in a document that is indented as a whole": (
        "---\n   id: a\n",
        "---\n   id: a\n   approvals:\n     - consumer: tv\n       by: Ana Ruiz\n",
    ),
    "behind a value that is nothing": (
        "id: a\nnote:\n",
        "id: a\nnote:\napprovals:\n  - consumer: tv\n    by: Ana Ruiz\n",
    ),
    "in a document between braces": (
        "--- {kind: initiative, id: a}  # short\n",
        "--- {kind: initiative, id: a, approvals: [{consumer: tv, by: Ana Ruiz}]}  # short\n",
    ),
    "in a document between braces with an empty list": (
        "{id: a, approvals: [ ], note: b}\n",
        "{id: a, approvals: [{consumer: tv, by: Ana Ruiz} ], note: b}\n",
    ),
    "in JSON, which stays JSON": (
        """\
        {
          "id": "a",
          "approvals": [
            {
              "consumer": "shop"
            }
          ]
        }
        """,
        """\
        {
          "id": "a",
          "approvals": [
            {
              "consumer": "shop"
            },
            {"consumer": "tv", "by": "Ana Ruiz"}
          ]
        }
        """,
    ),
    "in JSON without the list": (
        '{\n  "id": "a"\n}\n',
        '{\n  "id": "a",\n  "approvals": [{"consumer": "tv", "by": "Ana Ruiz"}]\n}\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_an_item_is_put(before: str, after: str) -> None:
    assert appended(dedent(before)) == dedent(after)


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_lines_end_as_in_the_file_and_the_byte_order_mark_stays(before: str, after: str) -> None:
    for line_end in ("\r\n", "\r"):
        written = edit(b"\xef\xbb\xbf" + dedent(before).replace("\n", line_end).encode()).data
        assert written == b"\xef\xbb\xbf" + dedent(after).replace("\n", line_end).encode()


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE.keys())
def test_a_line_end_that_is_missing_stays_missing(before: str, after: str) -> None:
    assert appended(dedent(before)[:-1]) == dedent(after)[:-1]


def test_only_the_document_that_is_meant_is_changed() -> None:
    text = "approvals: [a]\n---\n# empty\n---\napprovals: [b] # second\n---\napprovals: [c]\n"
    expected = text.replace("[b]", "[b, {consumer: tv, by: Ana Ruiz}]")
    assert appended(text, index=1) == expected


def test_it_is_known_where_the_item_stands() -> None:
    found = edit("id: a\napprovals:\n- consumer: shop\nend: 2027-01-31\n")
    assert (found.span.line, found.span.column) == (4, 3)
    assert found.lines == ["- consumer: tv", "  by: Ana Ruiz"]


def test_a_file_of_windows_keeps_carriage_returns_out_of_what_is_shown() -> None:
    assert edit("id: a\r\n").lines == ["  - consumer: tv", "    by: Ana Ruiz"]


REFUSED = {
    "a list that is another one's": "tags: &t [a]\napprovals: *t\n",
    "a list that others repeat": "approvals: &t\n- a\ntags: *t\n",
    "something else than a list": "approvals: {a: b}\n",
    "a word for nothing": "approvals: ~\n",
    "an item after which a text would become longer": "approvals:\n- note: |\n    last line",
    "a document that is no mapping": "- a\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_would_change_something_else_is_left_to_a_person(text: str) -> None:
    with pytest.raises(SourceError) as refused:
        appended(text)
    assert refused.value.message.startswith("`plan.yaml` was not changed: line ")
    assert refused.value.help == "edit the file by hand: add `- {consumer: tv, by: Ana Ruiz}` to its `approvals`"


@pytest.mark.parametrize("text", ["id: a\n---\nb: [\n", "id: a\n<<: *b\n", "id: a\n---\nb: *c\n"])
def test_a_file_that_is_not_read_completely_is_not_changed(text: str) -> None:
    with pytest.raises(SourceError, match="a part of it can't be read"):
        appended(text)


def test_what_platctl_does_not_like_elsewhere_in_the_file_stays_too() -> None:
    text = "%YAML 1.2\n---\nid: a\nx: !t 1\ny: \u200b\ny: \x1b\n"
    assert appended(text) == text + "approvals:\n  - consumer: tv\n    by: Ana Ruiz\n"


def test_texts_are_quoted_where_they_would_not_be_text() -> None:
    item = (NamedText("by", "no"), NamedText("note", "1.0"), NamedText("digest", "012345678901", quoted=True))
    assert appended("a: 1\n", item) == 'a: 1\napprovals:\n  - by: "no"\n    note: "1.0"\n    digest: "012345678901"\n'
