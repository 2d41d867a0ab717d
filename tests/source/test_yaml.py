"""What documents, values and positions come out of a file that is as it should be."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Sequence

import pytest
from parsing import cut, only_finding, parsed, place, value, values

from platctl.finding import Severity
from platctl.source.yaml.parse import Document, Float

# Scalars ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("no", "No", "NO", "off", "on", "yes", "y", "n", "tRUE", "nUll", "TRUE!", "nil", "none"),
        *("012", "007", "0o10", "0x1F", "0b1", "1_000", "1:30", "12:30:45", "1.2.3", "1e", "e3", ".", "+", "1.e"),
        *(
            "2027-01-31",
            "2023-14-05",
            "2027-01-31T10:00:00Z",
            "=",
            "<",
            "=>",
            "v2",
            "2.x",
            "1,5",
            "1 000",
            "--1",
            "+-1",
        ),
        *(".inf", "-.Inf", ".nan", "NaN", "1e309", "-1e309", "1" + "0" * 400 + ".0", "1" * 19, "9" * 4301),
        *("٣", "１２", "½", "~x", "a#b", "a:b", "don't", 'say "hi"', "Grüße", "日本", "🚀 go"),
    ],
)
def test_what_is_no_number_boolean_or_null_of_yaml_1_2_is_text_as_written(text: str) -> None:
    assert value(f"key: {text}") == {"key": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None)),
        *(("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False)),
        *(("0", 0), ("-0", 0), ("7", 7), ("+7", 7), ("-12", -12), ("123456789012345678", 123456789012345678)),
        *(("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("-.5", -0.5), ("1e3", 1000.0), ("1.5E-2", 0.015), ("010.5", 10.5)),
    ],
)
def test_numbers_booleans_and_null_are_those_of_yaml_1_2(text: str, expected: object) -> None:
    document = value(f"key: {text}")
    assert document == {"key": expected}
    assert type(document["key"]) is (Float if isinstance(expected, float) else type(expected))


@pytest.mark.parametrize("text", ["true", "~", "12", "1.10", "no", ""])
@pytest.mark.parametrize("quote", ["'{}'", '"{}"'])
def test_what_stands_in_quotes_is_text(text: str, quote: str) -> None:
    assert value(f"key: {quote.format(text)}") == {"key": text}


@pytest.mark.parametrize("text", ["2.10", "1.0", "3.", "7e2", "-0.50"])
def test_a_number_keeps_how_it_is_written(text: str) -> None:
    number = value(f"version: {text}")["version"]
    assert number.text == text


def test_a_copied_number_still_keeps_how_it_is_written() -> None:
    number = value("2.10")
    assert copy.deepcopy(number).text == copy.copy(number).text == pickle.loads(pickle.dumps(number)).text == "2.10"


def test_text_over_several_lines_is_folded_or_kept_as_yaml_says() -> None:
    assert value("a: one\n  two\nb: >\n  one\n  two\nc: |\n  one\n  two\nd: |-\n  one\n") == {
        "a": "one two",
        "b": "one two\n",
        "c": "one\ntwo\n",
        "d": "one",
    }


# Documents --------------------------------------------------------------------------------------------------


def test_a_file_may_hold_several_documents() -> None:
    file = parsed("id: a\n---\nid: b\n...\n---\nid: c\n")
    assert [(document.index, document.value) for document in file.documents] == [
        (0, {"id": "a"}),
        (1, {"id": "b"}),
        (2, {"id": "c"}),
    ]


@pytest.mark.parametrize("text", ["---\nid: a\n---\n", "---\n---\nid: a\n", "# nothing\n---\n# more\n---\nid: a\n---"])
def test_an_empty_document_beside_others_is_passed_over(text: str) -> None:
    (document,) = parsed(text).documents
    assert (document.index, document.value) == (0, {"id": "a"})
    assert cut(text, document.span(("id",))) == "a"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b" \r\n\n", "is empty"),
        (b"# only this\n", "contains only comments and empty documents"),
        (b"---\n---\n", "contains only comments and empty documents"),
        (b"null", "contains only comments and empty documents"),
    ],
)
def test_a_file_without_any_document_is_named(content: bytes, what: str) -> None:
    finding = only_finding(content)
    assert (finding.rule, finding.severity, finding.message) == ("empty-file", Severity.INFO, f"the file {what}")
    assert parsed(content).complete


@pytest.mark.parametrize(("text", "expected"), [("- a\n- b\n", ["a", "b"]), ("just text", "just text"), ("3", 3)])
def test_a_document_that_is_no_mapping_is_left_for_others_to_judge(text: str, expected: object) -> None:
    assert value(text) == expected


def test_an_alias_is_a_copy() -> None:
    document = value("a: &x {tags: [p, q]}\nb: *x\nc: [*x]\n")
    assert document == {"a": {"tags": ["p", "q"]}, "b": {"tags": ["p", "q"]}, "c": [{"tags": ["p", "q"]}]}
    document["a"]["tags"].append("r")
    assert document["b"] == {"tags": ["p", "q"]}


def test_an_anchor_may_be_defined_anew_and_belongs_to_its_document() -> None:
    assert value("- &x a\n- *x\n- &x b\n- *x\n") == ["a", "a", "b", "b"]
    assert "`*x`" in only_finding("- &x a\n---\n- *x\n").message


def test_a_key_is_the_same_in_every_way_to_write_it() -> None:
    decomposed = "e\u0301cole"
    (document,) = parsed(f"{decomposed}: 1\n").documents
    assert document.value == {"école": 1}
    assert place(document.span(("école",))) == place(document.span((decomposed,))) == "1:9-1:10"


# Positions --------------------------------------------------------------------------------------------------

MODEL = """\
# the platform
kind: component
id: identity   # who somebody is
title: "Identity: who"
interfaces:
  - id: rest
    versions: [1.4.2, {version: 2.10}]
  - id: events
depends_on:
- store#sql
description: |
  Several
  lines.

# the end
note: over
  two lines
"""


def only_document(text: str) -> Document:
    (document,) = parsed(text).documents
    return document


@pytest.mark.parametrize(
    ("route", "written"),
    [
        (("kind",), "component"),
        (("id",), "identity"),
        (("title",), '"Identity: who"'),
        (("interfaces", 0, "id"), "rest"),
        (("interfaces", 0, "versions"), "[1.4.2, {version: 2.10}]"),
        (("interfaces", 0, "versions", 1), "{version: 2.10}"),
        (("interfaces", 0, "versions", 1, "version"), "2.10"),
        (("interfaces", 1), "id: events"),
        (("depends_on",), "- store#sql"),
        (("depends_on", 0), "store#sql"),
        (("description",), "|\n  Several\n  lines."),
        (("note",), "over\n  two lines"),
        ((), MODEL.partition("\n")[2].rstrip()),
    ],
)
def test_a_route_leads_to_the_value_as_it_is_written(route: Sequence[str | int], written: str) -> None:
    assert cut(MODEL, only_document(MODEL).span(route)) == written


@pytest.mark.parametrize(
    ("route", "written"),
    [
        (("kind",), "kind"),
        (("interfaces",), "interfaces"),
        (("interfaces", 0, "versions", 1, "version"), "version"),
        (("interfaces", 1), "id: events"),
    ],
)
def test_a_route_leads_to_the_key_as_well(route: Sequence[str | int], written: str) -> None:
    assert cut(MODEL, only_document(MODEL).span(route, key=True)) == written


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize(
    ("route", "written"),
    [
        (("interfaces", 1, "type"), "id: events"),
        (("interfaces", 9, "id"), "- id: rest\n    versions: [1.4.2, {version: 2.10}]\n  - id: events"),
        (("id", "x", 3), "identity"),
        (("depends_on", "component"), "- store#sql"),
    ],
)
def test_a_route_that_does_not_exist_leads_as_far_as_it_goes(
    route: Sequence[str | int], written: str, key: bool
) -> None:
    assert cut(MODEL, only_document(MODEL).span(route, key=key)) == written


@pytest.mark.parametrize(
    ("text", "route", "where"),
    [
        ("a: 1\r\nb:\r\n  - 2\r\n", ("b", 0), "3:5-3:6"),
        ("a: 1\rb: 2\r", ("b",), "2:4-2:5"),
        ("a: 1\n\rb: 2\r\n", ("b",), "3:4-3:5"),
        ("\ufeffa: 1", ("a",), "1:4-1:5"),
        ("a:\t1", ("a",), "1:4-1:5"),
        ("[a,\tb]", (1,), "1:5-1:6"),
        ("🚀: 日本 # x", ("🚀",), "1:4-1:6"),
        ("ä: {ö: 𝔘n}", ("ä", "ö"), "1:8-1:10"),
        ("x: 1\n---\n- y\n---\n# c\nz: 3\n", ("x",), "1:4-1:5"),
        ("a:\nb: 1\n", ("a",), "1:3-1:3"),
        ("a: &x foo", ("a",), "1:7-1:10"),
        ("a: &x\n  b: 1\n", ("a",), "2:3-2:7"),
        ("a: &x # why\n  - b\n", ("a",), "2:3-2:6"),
        ("a: &x\nb: *x", ("a",), "1:6-1:6"),
        ("a: &x [b]\nc: *x", ("c",), "2:4-2:6"),
        ("a: &x [b]\nc: *x", ("c", 0), "1:8-1:9"),
        ("a: ''", ("a",), "1:4-1:6"),
        ("a: 'x\n\n  y'\n", ("a",), "1:4-3:5"),
        ("a: >-\n  x\n\n\n\nb: 1", ("a",), "1:4-2:4"),
        ("? a\n: b\n", ("a",), "2:3-2:4"),
        ("--- text\n", (), "1:5-1:9"),
        ("a: {}\n\n\nb: 1\n", (), "1:1-4:5"),
    ],
)
def test_lines_and_columns_count_characters_from_one(text: str, route: Sequence[str | int], where: str) -> None:
    assert place(parsed(text).documents[0].span(route)) == where


def test_every_document_of_a_file_has_its_own_positions() -> None:
    text = "id: a\n---\n# c\n---\nid: b\n---\nid: c\n"
    spans = [document.span(("id",)) for document in reversed(parsed(text).documents)]
    assert [span.line for span in spans] == [7, 5, 1]


def test_the_first_of_two_equal_keys_is_the_one_that_is_found() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    (document,) = parsed(text).documents
    assert document.value == {"a": 1, "b": 2}
    assert place(document.span(("a",))) == "1:4-1:5"


def test_the_text_is_there_to_be_quoted() -> None:
    assert parsed("\ufeffid: a\r\n").text == "id: a\r\n"


# Set-up -----------------------------------------------------------------------------------------------------


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)


def test_the_parser_is_loaded_only_when_something_is_parsed() -> None:
    run(
        "import platctl.source.yaml.parse, sys; assert not {'yaml', 'yaml._yaml'} & set(sys.modules)"
    ).check_returncode()


def test_a_pyyaml_without_its_c_parser_is_named_when_something_is_parsed() -> None:
    script = """
import sys
sys.modules["yaml._yaml"] = None
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file
parse_file(SourceFile("a.yaml", b"a: 1"))
"""
    assert "RuntimeError: PyYAML lacks its C parser" in run(script).stderr


def test_nothing_is_wrong_with_ordinary_values() -> None:
    assert values("a: [1, 'b']\n---\n'c'\n") == [{"a": [1, "b"]}, "c"]
