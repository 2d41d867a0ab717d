"""What a file is before and after a single value is put into it, or taken out."""

from textwrap import dedent

import pytest
from editing import left, said

from platctl.source.errors import SourceError

PUT = {
    "the comment behind a value stays": ("title", "Old", "title: New  # name\n", "title: Old  # name\n"),
    "single quotes stay": ("title", "it's", "title: 'a'\n", "title: 'it''s'\n"),
    "double quotes stay": ("title", 'say "a"', 'title: "b"\n', 'title: "say \\"a\\""\n'),
    "a colon is put in quotes": ("title", "a: b", "title: c\n", 'title: "a: b"\n'),
    "a number sign is put in quotes": ("title", "a # b", "title: c\n", 'title: "a # b"\n'),
    "a dash is put in quotes": ("title", "- b", "title: c\n", 'title: "- b"\n'),
    "a line break is written as an escape": ("title", "a\nb", "title: 'c'\n", 'title: "a\\nb"\n'),
    "what other readers take for a truth value is put in quotes": ("title", "no", "title: c\n", 'title: "no"\n'),
    "nothing at all is put in quotes": ("title", "", "title: c\n", 'title: ""\n'),
    "what begins like an alias is put in quotes": ("title", "*a", "title: c\n", 'title: "*a"\n'),
    "a value that is missing is filled in": ("title", "a", "title:  # none\nid: b\n", "title: a  # none\nid: b\n"),
    "a text of several lines becomes one, and its comment stays": (
        *("note", "short"),
        "note: >-  # why\n  long\n\n  text\n\n# next\nid: a\n",
        "note: short  # why\n\n# next\nid: a\n",
    ),
    "an item of a list": ("tags[1]", "c", "tags:\n- a\n-   b  # two\n", "tags:\n- a\n-   c  # two\n"),
    "an item in brackets": ("tags.1", "c, d", "tags: [a, b]\n", 'tags: [a, "c, d"]\n'),
    "an item comes at the end of its list": ("tags[1]", "b", "tags:\n  - a\n# end\n", "tags:\n  - a\n  - b\n# end\n"),
    "an item comes at the end of its brackets": ("tags[1]", "b", "tags: [ a ]\n", "tags: [ a, b ]\n"),
    "an item begins an empty list": ("tags[0]", "b", "tags: []  # none\n", "tags: [b]  # none\n"),
    "a deep field": (
        *("changes[1].version", "v3"),
        "changes:\n- component: a\n- component: b\n  version: v2 # new\n",
        "changes:\n- component: a\n- component: b\n  version: v3 # new\n",
    ),
    "a deep field that is missing": (
        *("changes[0].version", "v3"),
        "changes:\n  - component: a\n    # deep\n\n  - component: b\n",
        "changes:\n  - component: a\n    version: v3\n    # deep\n\n  - component: b\n",
    ),
    "an entry between braces": ("effort.b", "6", "effort: {a: 5}\n", 'effort: {a: 5, b: "6"}\n'),
    "an entry of an empty mapping": ("effort.b", "x", "effort:\n# next\nid: a\n", "effort:\n  b: x\n# next\nid: a\n"),
    "a field behind those that come before it": (
        *("owner", "core"),
        "kind: team\ntitle: a  # name\n# who\nstatus: idea\n",
        "kind: team\ntitle: a  # name\nowner: core\n# who\nstatus: idea\n",
    ),
    "a field with what is on the way to it": (
        *("metrics[0].values.2027-Q1", "x"),
        "id: a\ntags:\n    - b\n",
        "id: a\ntags:\n    - b\nmetrics:\n    - values:\n        2027-Q1: x\n",
    ),
    "what needs quotes only between brackets": ("b", "c, d", "a: 1\n", "a: 1\nb: c, d\n"),
    "JSON stays JSON": ("b.c", "d", '{"a": "x"}\n', '{"a": "x", "b": {"c": "d"}}\n'),
    "a field with dots in its name": ("values[1.2]", "b", "values: {1.2: a}\n", "values: {1.2: b}\n"),
}


@pytest.mark.parametrize(("field", "value", "before", "after"), PUT.values(), ids=PUT.keys())
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_value_is_put_in_and_nothing_else_happens(
    field: str, value: str, before: str, after: str, line_end: str
) -> None:
    assert said(before.replace("\n", line_end), field, value) == after.replace("\n", line_end)


TAKEN = {
    "with its line": ("b", "a: 1\nb: 2  # two\n# next\nc: 3\n", "a: 1\n# next\nc: 3\n"),
    "at the end without a line end": ("b", "a: 1\nb: 2", "a: 1"),
    "at the beginning": ("a", "a: 1\nb: 2\n", "b: 2\n"),
    "with all that is below it": ("b", "a: 1\nb:\n  - c\n  # deep\n# next\n", "a: 1\n# next\n"),
    "a text of several lines": ("b", "a: 1\nb: |\n  c\n\n  d\ne: 2\n", "a: 1\ne: 2\n"),
    "an item": ("b[0]", "b:\n  - c  # one\n  - d\n", "b:\n  - d\n"),
    "an item with its fields": ("b[1]", "b:\n- c: 1\n  d: 2\n- c: 3\n  d: 4\ne: 5\n", "b:\n- c: 1\n  d: 2\ne: 5\n"),
    "an item in brackets": ("b[1]", "b: [c, d, e]\n", "b: [c, e]\n"),
    "the first entry between braces": ("b.c", "b: {c: 1, d: 2}\n", "b: {d: 2}\n"),
    "the first field of an item": ("b[0].c", "b:\n- c: 1\n  d: 2\n", "b:\n- d: 2\n"),
    "the last item, and with it the list": ("b[0]", "a: 1\nb:\n- c\n", "a: 1\n"),
    "the last entry, and with it all that was only for it": ("b[0].c", "a: 1\nb: [{c: 1}]\n", "a: 1\n"),
    "a comment below what is on one line stays": ("b", "a: 1\nb: 2\n  # deep\nc: 3\n", "a: 1\n  # deep\nc: 3\n"),
    "what holds more than what goes stays": (
        *("a.b.c.d", "a:\n  b:\n    c:\n      d: 1\n  e: 2\nf: 3\n"),
        "a:\n  e: 2\nf: 3\n",
    ),
    "what holds more stays between braces too": ("a.b[0].c", "a: {b: [{c: 1}], e: 2}\nf: 3\n", "a: {e: 2}\nf: 3\n"),
    "the last entry between braces": ("b.d", "b: {c: 1, d: 2}\n", "b: {c: 1}\n"),
    "the first item in brackets": ("b[0]", "b: [c, d]\n", "b: [d]\n"),
    "the last field of an item": ("b[0].d", "b:\n- c: 1\n  d: 2\n- e\n", "b:\n- c: 1\n- e\n"),
    "a field that is empty": ("b", "a: 1\nb:\nc: 3\n", "a: 1\nc: 3\n"),
    "an item that is a list": ("b[1]", "b:\n- c\n- - d\n  - e\nf: 1\n", "b:\n- c\nf: 1\n"),
    "a text that keeps the blank lines behind it": ("b", "a: 1\nb: |+\n  c\n\n\nd: 2\n", "a: 1\nd: 2\n"),
    "a field of the first document": ("a", "a: 1\nb: 2\n---\nc: 3\n", "b: 2\n---\nc: 3\n"),
}


@pytest.mark.parametrize(("field", "before", "after"), TAKEN.values(), ids=TAKEN.keys())
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_value_is_taken_out(field: str, before: str, after: str, line_end: str) -> None:
    assert left(before.replace("\n", line_end), field) == after.replace("\n", line_end)


REFUSED = {
    "a value that others repeat": ("a", "x", "a: &a b\nc: *a\n"),
    "a part of what stands elsewhere": ("c.d", "x", "a: &a {d: 1}\nc: *a\n"),
    "a part of what others repeat": ("a.d", "x", "a: &a {d: 1}\nc: *a\n"),
    "a word for nothing that would have to hold something": ("a.b", "x", "a: ~\n"),
}


@pytest.mark.parametrize(("field", "value", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_change_something_else_is_left_to_a_person(field: str, value: str, text: str) -> None:
    with pytest.raises(SourceError) as refused:
        said(text, field, value)
    assert refused.value.message.startswith("`plan.yaml` was not changed: line ")
    assert refused.value.help == f"edit the file by hand: write `{field}: {value}`"


@pytest.mark.parametrize(
    ("field", "text"),
    [("a", "a: &a b\nc: *a\n"), ("b[0].c", "b:\n- c: 1\n  # kept\n  d: 2\n"), ("b.c", "b: {c: 1, # kept\n d: 2}\n")],
)
def test_what_would_take_more_along_is_left_to_a_person(field: str, text: str) -> None:
    with pytest.raises(SourceError) as refused:
        left(text, field)
    assert refused.value.help == f"edit the file by hand: remove `{field}`"


def test_what_is_left_to_a_person_is_said_with_its_line() -> None:
    with pytest.raises(SourceError, match="line 2 can't be edited"):
        said("x: 1\na: &a b\nc: *a\n", "a", "x")
    with pytest.raises(SourceError, match="line 1 can't be edited"):
        said("a: &a {d: 1}\nc: *a\n", "a.d", "x")


WRONG = {
    "a list has items": ("tags.x", "tags: [a]\n", "`tags` is a list, so it can't contain `x`"),
    "a text has no fields": ("title.x", "title: a\n", "`title` is a single value, so it can't contain `x`"),
    "a mapping is no value": ("effort", "effort: {a: 1}\n", "`effort` is a mapping, not a single value"),
    "a list is no value": ("tags", "tags: [a]\n", "`tags` is a list, not a single value"),
    "items are not left out": ("tags[3]", "tags: [a]\n", "`tags` has 1 item, counted from 0"),
    "two dots": ("a..b", "a: 1\n", "`a..b` is not a field"),
    "an open bracket": ("a[1", "a: 1\n", "`a[1` is not a field"),
    "nothing": ("", "a: 1\n", "the field is empty"),
}


@pytest.mark.parametrize(("field", "text", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_is_no_field_is_said(field: str, text: str, message: str) -> None:
    with pytest.raises(SourceError) as refused:
        said(text, field, "v")
    assert refused.value.message == message
    assert refused.value.help


def test_characters_that_nobody_sees_are_not_written() -> None:
    with pytest.raises(SourceError, match="can't be written to a file"):
        said("title: a\n", "title", "b\x1b[2J")


def test_only_the_document_that_is_meant_is_changed() -> None:
    assert said("a: 1\n---\na: 2 # second\n---\na: 3\n", "a", "b", index=1) == "a: 1\n---\na: b # second\n---\na: 3\n"


def test_the_byte_order_mark_stays() -> None:
    assert said("\ufeffa: b\n", "a", "c") == "\ufeffa: c\n"


def test_what_is_there_already_needs_no_edit() -> None:
    assert said("a: 'b'  # c\n", "a", "b") is None
    assert left("a: b\n", "c.d[1]") is None
    assert left("a: [b]\n", "a[1]") is None
    assert left("a: b\n", "a.b") is None


KIND = """\
kind: initiative
id: a
effort: {core: 5}
scores: {reach: "5"}
changes: [{component: b, effect: addition, version: 2.9}]
"""
TYPED = [
    ("effort.core", "2.50", "effort: {core: 2.50}"),
    ("title", "2.50", 'title: "2.50"'),
    ("title", "true", 'title: "true"'),
    ("title", "null", 'title: "null"'),
    ("changes[0].version", "2.10", "version: 2.10}"),
    ("x-done", "true", "x-done: true"),
    ("x-done", "yes", 'x-done: "yes"'),
    ("period", "2027", "period: 2027"),
    ("end", "2027-03-31", "end: 2027-03-31"),
]


@pytest.mark.parametrize(("field", "typed", "written"), TYPED)
def test_what_is_typed_is_a_number_where_the_field_takes_one(field: str, typed: str, written: str) -> None:
    assert written in (said(KIND, field, typed, typed=True) or "")


def test_a_field_of_the_model_comes_behind_those_before_it() -> None:
    after = said(dedent(KIND), "owner", "core", typed=True)
    assert after == KIND.replace("id: a\n", "id: a\nowner: core\n")
