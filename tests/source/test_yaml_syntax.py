"""What is said of a text that is not YAML: where it goes wrong, in plain words, and what to write instead."""

import pytest
from parsing import cut, only_finding, parsed, place

from platctl.finding import Severity


@pytest.mark.parametrize(
    ("text", "where", "message", "help_"),
    [
        # A colon, or none
        (
            "title: Platform: the next step  # soon\n",
            "1:16-1:17",
            "a text with `: ` in it needs quotes",
            'write `title: "Platform: the next step"`',
        ),
        ("- id: a\n  title: b: c\n", "2:11-2:12", "a text with `: ` in it needs quotes", 'write `title: "b: c"`'),
        ('a: "b": c', "1:7-1:8", "a text with `: ` in it needs quotes", "write `a: '\"b\": c'`"),
        ('a: it\'s: "so"', "1:8-1:9", "a text with `: ` in it needs quotes", "write `a: 'it''s: \"so\"'`"),
        ("id: a\nowner platform\nlayer: b\n", "2:1-2:15", "this line has no `:`", "write `owner: platform`"),
        ("id: a\nowner\nlayer: b\n", "2:1-2:6", "this line has no `:`", "use `name: value`"),
        ("id: a\nowner:platform\nb: c\n", "2:1-2:15", "a space is missing after the `:`", "write `owner: platform`"),
        ("id:a\nowner: b\n", "1:1-1:5", "a space is missing after the `:`", "write `id: a`"),
        ("kind team\nid: a\n", "1:1-1:10", "this line has no `:`", "write `kind: team`"),
        # Lists
        ("- a\n-b\n- c\n", "2:1-2:3", "a list item needs a space after its dash", "write `- b`"),
        (
            "a: - b\n",
            "1:4-1:5",
            "a list can't start on the line of its key",
            'start it on the next line; if it is text, write `a: "- b"`',
        ),
        (
            "a: 1\n- b\n",
            "2:1-2:2",
            "this is a list item among keys",
            "move it below the key it belongs to, or delete the dash",
        ),
        ("- a\nb: 1\n", "2:1-2:2", "this line among list items has no dash", "start it with `- `"),
        # Indentation
        (
            "a: b\n  c: d\n",
            "2:3-2:5",
            "this line is indented below a line that already has a value",
            "indent it like the other keys, or remove the value of the line above",
        ),
        (
            "a:\n    b: 1\n  c: 2\n",
            "3:3-3:4",
            "the indentation of this line does not match any line above it",
            "indent it exactly like the other lines of the same mapping or list",
        ),
        (
            "a:\n  - b: 1\n    c: 2\n   d: 3\n",
            "4:4-4:5",
            "the indentation of this line does not match any line above it",
            "indent it exactly like the other lines of the same mapping or list",
        ),
        ("a:\n\tb: 1\n", "2:1-2:2", "a tab is used for indentation", "replace each tab with two spaces"),
        (
            "a:\n  b: 1\n\t\tc: 2\n",
            "3:1-3:3",
            "a tab is used for indentation",
            "replace each tab with two spaces",
        ),
        (
            " a: 1\nb: 2\n",
            "2:1-2:2",
            "the document ends before this",
            "indent it like the first line of the document, or add a line `---` before it",
        ),
        ("--- a: b\n", "1:5-1:7", "a mapping can't start on the line of `---`", "start it on the next line"),
        # Quotes and brackets
        ('a: "b\nc: d\n', "1:4-1:5", "this quote is not closed", 'close it with `"`'),
        (
            "a: don't\nb: 'don\nc: d\n",
            "2:4-2:5",
            "this quote is not closed",
            "close it with `'`; use `\"` around text with an apostrophe",
        ),
        (
            "a: 'don't do it'\n",
            "1:9-1:10",
            "text after the closing quote",
            "put the whole value inside the quotes; write a `'` inside it as `''`",
        ),
        (
            'a: "b" c\n',
            "1:8-1:9",
            "text after the closing quote",
            'put the whole value inside the quotes; write a `"` inside it as `\\"`',
        ),
        (
            "a: [WIP] b\n",
            "1:10-1:11",
            "text after the closing `]`",
            'if the brackets are part of the text, write `a: "[WIP] b"`',
        ),
        (
            "a: [b, c\n",
            "1:4-1:5",
            "this `[` is not closed",
            "close it with `]`, and separate its items with commas",
        ),
        (
            "a: {b: c\nd: e\n",
            "1:4-1:5",
            "this `{` is not closed",
            "close it with `}`, and separate its items with commas",
        ),
        (
            "a: [b: c: d]\n",
            "1:9-1:10",
            "`,` or `]` is missing before this",
            "put a comma between items, and quotes around text with `: ` in it",
        ),
        ("a: [b, , c]\n", "1:8-1:9", "the value before this comma is missing", "delete it, or put the text in quotes"),
        ("a: b\n}\n", "2:1-2:2", "`}` has no matching opening bracket", "delete it"),
        (
            'a: "C:\\path"\n',
            "1:7-1:9",
            "an escape that starts with `\\p` is not valid",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        (
            'a: "\\ud800"\n',
            "1:5-1:7",
            "an escape that starts with `\\u` is not valid",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        # Values that begin with a sign
        (
            "requires: >=2,<3\n",
            "1:11-1:12",
            "`>` at the start means that the text is on the lines below",
            'write `requires: ">=2,<3"`',
        ),
        (
            "requires: >2\nid: a\n",
            "1:11-1:13",
            "`>2` starts a block of text on the lines below, which is missing",
            'if it is a version range, put it in quotes: `">2"`',
        ),
        (
            'title: "a\\tb"\nrequires: >2\n',
            "2:11-2:13",
            "`>2` starts a block of text on the lines below, which is missing",
            'if it is a version range, put it in quotes: `">2"`',
        ),
        ("a: @team\n", "1:4-1:5", "a value can't start with `@`", 'write `a: "@team"`'),
        ("- %d items\n", "1:3-1:4", "a value can't start with `%`", 'write `- "%d items"`'),
        ("a: `code`\n", "1:4-1:5", "a value can't start with a backtick", "put the text in quotes"),
        ("a: ]\n", "1:4-1:5", "a value can't start with `]`", 'write `a: "]"`'),
        ("a: ? b\n", "1:4-1:5", "a value can't start with `?`", 'write `a: "? b"`'),
        (
            "files: *.yaml\n",
            "1:8-1:9",
            "`*` at the start means an alias, but no name follows",
            'write `files: "*.yaml"`',
        ),
        (
            "files: *all\n",
            "1:8-1:12",
            "`*all` refers to an anchor `&all`, which does not exist",
            'if it is text, put it in quotes: `"*all"`',
        ),
        ("a: & b\n", "1:4-1:5", "`&` at the start means an anchor, but no name follows", 'write `a: "& b"`'),
        (
            "a: !e!x y\n",
            "1:4-1:5",
            "`!` at the start makes a tag, and tags are not supported",
            'write `a: "!e!x y"`',
        ),
        # Templates
        (
            "a: {{ name }}\n",
            "1:4-1:6",
            "`{{ … }}` is a template, not YAML",
            "render templates before running platctl, or put the value in quotes",
        ),
        (
            "a: {{ name }}-suffix\n",
            "1:4-1:6",
            "`{{ … }}` is a template, not YAML",
            "render templates before running platctl, or put the value in quotes",
        ),
        (
            "{% if x %}\na: 1\n{% endif %}\n",
            "1:1-1:3",
            "`{% … %}` is a template, not YAML",
            "render templates before running platctl, or put the value in quotes",
        ),
    ],
)
def test_a_mistake_is_explained_where_it_stands(text: str, where: str, message: str, help_: str) -> None:
    finding = only_finding(text)
    assert (finding.rule, finding.severity) == ("yaml-syntax", Severity.ERROR)
    assert (place(finding.span), finding.message, finding.help) == (where, message, help_)
    assert not parsed(text).complete


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_and_column_are_right_with_every_line_end(line_end: str) -> None:
    text = line_end.join(["# é", "a: 1", "日本: a: b", ""])
    assert place(only_finding(text).span) == place(only_finding("\ufeff" + text).span) == "3:6-3:7"


@pytest.mark.parametrize(
    "text", ['a: "{{ name }}"', "a: |\n  x\n  \ty", "a:\tb", "[a,\n\tb]", "a: 'b\n\tc'", "a: b #\tc"]
)
def test_what_only_looks_like_a_template_or_a_tab_in_the_indentation_passes(text: str) -> None:
    assert parsed(text).findings == ()


def test_the_other_end_of_a_mistake_is_pointed_at() -> None:
    text = "a: [b, c\nd: e\n"
    (label,) = only_finding(text).related
    assert (cut(text, label.span), label.text) == (":", "this is not allowed inside the brackets")


def test_a_quote_that_closes_many_lines_later_is_shown_where_it_opens() -> None:
    text = "x: y\n---\na: 'b\nc: d\ne: 'f'\n"
    finding = only_finding(text)
    assert (finding.message, place(finding.span)) == ("text after the closing quote", "5:5-5:6")
    assert [(place(label.span), label.text) for label in finding.related] == [
        ("3:4-3:5", "the quoted text starts here")
    ]


def test_one_broken_document_does_not_hide_the_others_of_its_file() -> None:
    file = parsed("id: a\n---\nid: b: c\n---\nid: d\n---\n- [e\n---\nid: f\n")
    assert [(document.index, document.value) for document in file.documents] == [
        (0, {"id": "a"}),
        (1, {"id": "d"}),
        (2, {"id": "f"}),
    ]
    assert [place(finding.span) for finding in file.findings] == ["3:6-3:7", "7:3-7:4"]
    assert [document.span(("id",)).line for document in file.documents] == [1, 5, 9]
    assert not file.complete


def test_an_open_quote_ends_with_its_document() -> None:
    file = parsed('a: "b\n---\nc: "d"\n')
    assert [document.value for document in file.documents] == [{"c": "d"}]
    assert place(only_finding('a: "b\n---\nc: "d"\n').span) == "1:4-1:5"


@pytest.mark.parametrize("text", ["id: a\nb\n---\nid: c\n", "[a]\nid: b\n---\nid: c\n", " id: a\nid: b\n---\nid: c\n"])
def test_half_a_document_is_none(text: str) -> None:
    file = parsed(text)
    assert [document.value for document in file.documents] == [{"id": "c"}]


def test_three_dashes_in_a_text_begin_no_document() -> None:
    file = parsed("a: |\n  ---\n  b: c\nd: ---\ne: [f\n")
    assert file.documents == ()
    assert len(file.findings) == 1


def test_a_mistake_is_said_once_a_line() -> None:
    assert len(parsed("a: *x y\n").findings) == 1
    assert len(parsed("a: x\x85 b: c\n").findings) == 1


def test_all_mistakes_of_all_kinds_are_said_in_reading_order() -> None:
    file = parsed("%YAML 1.2\n---\na: !x 1\na: 2\n---\nb: c: d\n---\n1: <<\n<<: {}\n")
    assert [(finding.span and finding.span.line, finding.rule) for finding in file.findings] == [
        (1, "unsupported-yaml"),
        (3, "unsupported-yaml"),
        (4, "duplicate-key"),
        (6, "yaml-syntax"),
        (8, "unsupported-yaml"),
        (9, "unsupported-yaml"),
    ]
