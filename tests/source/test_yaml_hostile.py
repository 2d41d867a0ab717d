"""What is refused, and how it is said: no file crashes the parser, stalls it or means something unseen."""

import codecs
import json
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hostile_yaml import SHAPES
from parsing import cut, only_finding, parsed, place, rules, value, values

from platctl.finding import Severity
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import Limits, parse_file

HERE = Path(__file__).parent

# Size, depth and repetition ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    """What became of every hostile shape, on a stack of 256 kB and in 512 MB of memory."""
    if sys.platform != "linux":
        pytest.skip("memory is limited with setrlimit")
    program = [sys.executable, str(HERE / "hostile_yaml.py")]
    done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return {outcome["name"]: outcome for outcome in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_shape_is_read_or_refused_in_moments(shape: str, outcomes: dict[str, dict[str, Any]]) -> None:
    outcome = outcomes[shape]
    assert outcome["seconds"] < 2
    assert outcome["findings"] <= 202
    assert outcome["longest"] < 300


@pytest.mark.parametrize("shape", [name for name in SHAPES if "deep" in name])
def test_deep_nesting_is_refused_at_once_whatever_follows(shape: str, outcomes: dict[str, dict[str, Any]]) -> None:
    assert "too-large" in outcomes[shape]["rules"]
    assert outcomes[shape]["seconds"] < 0.2


@pytest.mark.parametrize("shape", [name for name in SHAPES if "laughs" in name or "repeated" in name or "nest" in name])
def test_aliases_that_explode_are_refused(shape: str, outcomes: dict[str, dict[str, Any]]) -> None:
    assert outcomes[shape]["rules"] == ["too-large"]


@pytest.mark.parametrize("shape", ["merge keys in a row", "one anchor in a row", "50 levels, all there may be"])
def test_places_are_no_deeper_than_values_may_be(shape: str) -> None:
    (document,) = parse_file(SourceFile("a.yaml", SHAPES[shape].encode())).documents
    places, depth = [document.place()], 0
    while places := [value for place in places for _, value in place.parts.values()]:
        depth += 1
        assert depth <= Limits().depth


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("merge keys in a chain", ["unsupported-yaml"]),
        ("many merge keys", ["unsupported-yaml"]),
        ("20,000 directives", ["unsupported-yaml"]),
        ("20,000 keys of one hash", []),
        ("a megabyte of comments", ["empty-file"]),
        ("50,000 documents", []),
        ("30,000 anchors", []),
        ("a wide list", ["too-large"]),
        ("50 levels, all there may be", []),
        ("a hexadecimal megabyte", ["too-large"]),
        ("a sexagesimal megabyte", ["too-large"]),
    ],
)
def test_what_is_wrong_with_it_is_said(shape: str, expected: list[str], outcomes: dict[str, dict[str, Any]]) -> None:
    assert outcomes[shape]["rules"] == expected


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_fifty_levels_are_read_and_the_next_is_named() -> None:
    assert values(nested(50))
    finding = only_finding("a: 1\n---\n" + nested(51) + "\n---\nb: 2\n")
    assert (finding.rule, finding.severity, place(finding.span)) == ("too-large", Severity.ERROR, "3:51-3:52")
    assert finding.message == "lists and mappings are nested more than 50 levels deep"


def test_a_document_that_is_too_deep_does_not_hide_the_others() -> None:
    file = parsed("a: 1\n---\n" + nested(51) + "\n---\nb: 2\n")
    assert [document.value for document in file.documents] == [{"a": 1}, {"b": 2}]
    assert not file.complete


@pytest.mark.parametrize(
    ("limits", "text", "message"),
    [
        (Limits(size=10), "a: 12345678", "the file has 11 bytes; at most 10 are allowed"),
        (Limits(values=3), "[1, 2, 3]", "the file is too large: more than 3 values, with aliases expanded"),
        (Limits(values=3), "[&a 1, *a, *a]", "the file is too large: more than 3 values, with aliases expanded"),
        (Limits(size=20), "[&a abcdefgh, *a]", None),
        (
            Limits(size=26),
            "[&a abcdef,*a,*a,*a,*a,*a]",
            "the file is too large: more than 100,000 values, with aliases",
        ),
        (Limits(scalar=5), "abcdef", "this text has 6 characters; at most 5 are allowed"),
        (Limits(scalar=5), "'abcdef'", "this text has 6 characters; at most 5 are allowed"),
        (Limits(scalar=5), "abcdef: 1", "this text has 6 characters; at most 5 are allowed"),
        (Limits(depth=1), "[[]]", "lists and mappings are nested more than 1 levels deep"),
        (Limits(depth=2), "[&a [], [*a]]", "lists and mappings are nested more than 2 levels deep"),
    ],
)
def test_every_limit_has_its_message(limits: Limits, text: str, message: str | None) -> None:
    file = parse_file(SourceFile("a.yaml", text.encode()), limits)
    assert [finding.message[:60] for finding in file.findings] == ([message[:60]] if message else [])
    assert file.complete is (message is None)
    assert {finding.rule for finding in file.findings} <= {"too-large"}


@pytest.mark.parametrize(
    ("within", "text"),
    [
        (Limits(size=8), "a: 12345"),
        (Limits(values=4), "[1, 2, 3]"),
        (Limits(values=4), "[1, &a 2, *a]"),
        (Limits(values=6), "[&a {b: 1}, *a]\n---\nc"),
        (Limits(values=7), "[&a [[]], *a, *a]"),
        (Limits(size=26), "[&a abcdefghijklm, *a, *a]"),
        (Limits(scalar=5), "{abcde: 'abcde', b: abcde}"),
        (Limits(depth=2), "[[]]"),
        (Limits(depth=2), "[&a [b], *a]"),
        (Limits(depth=2), "[&a {b: c}, *a]"),
        (Limits(depth=4), "[&a [[b]], [*a]]"),
        (Limits(depth=4), "[&a {b: {c: d}}, {e: *a}]"),
    ],
)
def test_a_limit_is_what_may_be_there_and_not_one_more(within: Limits, text: str) -> None:
    (name,) = (each.name for each in fields(Limits) if getattr(within, each.name) != getattr(Limits(), each.name))
    below = replace(within, **{name: getattr(within, name) - 1})
    allowed, refused = (parse_file(SourceFile("a.yaml", text.encode()), limits) for limits in (within, below))
    assert allowed.findings == ()
    assert {finding.rule for finding in refused.findings} == {"too-large"}
    assert not refused.complete


def test_a_text_that_is_too_long_is_cut() -> None:
    file = parse_file(SourceFile("a.yaml", b"a: 123456\nb: 12345"), Limits(scalar=5))
    assert file.documents[0].value == {"a": "12345", "b": 12345}


def test_what_is_wrong_a_thousand_times_is_said_once_with_the_number() -> None:
    (found,) = parsed("a: 1\n" * 1_000).findings
    assert (found.rule, found.span and found.span.line) == ("duplicate-key", 2)
    assert found.message.endswith(", and 998 more findings of this kind in this file")
    assert len(parsed("a: 1\n" * 101).findings) == 100


def test_what_is_broken_a_thousand_times_is_not_read_to_the_end() -> None:
    found, *others = parsed("---\na: [\n" * 50_000).findings
    assert (found.rule, others) == ("yaml-syntax", [])
    assert found.message.endswith(", and at least 100 more findings of this kind in this file")


# Aliases, merge keys, tags, directives, keys -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["a: &a [*a]", "&a [*a]", "a: &a {b: *a}", "a: &a {b: [{c: *a}]}", "a: &a\n  - &b [*a, *b]\n"],
)
def test_an_alias_inside_what_it_repeats_is_refused(text: str) -> None:
    file = parsed(text)
    assert {finding.rule for finding in file.findings} == {"unsupported-yaml"}
    assert "is inside the value that it repeats" in file.findings[0].message
    assert not file.complete


@pytest.mark.parametrize("merged", ["*a", "[*a, *a]", "{x: 1}", "{}"])
def test_a_merge_key_is_refused_and_the_rest_is_read(merged: str) -> None:
    text = f"a: &a {{x: 1}}\nb:\n  <<: {merged}\n  y: 2\n"
    finding = only_finding(text)
    assert (finding.rule, cut(text, finding.span)) == ("unsupported-yaml", "<<")
    assert finding.message == "merge keys (`<<`) are not supported"
    assert finding.help == "write the merged keys here"
    assert parsed(text).documents[0].value == {"a": {"x": 1}, "b": {"y": 2}}
    assert not parsed(text).complete


def test_a_key_in_quotes_merges_nothing() -> None:
    assert value('"<<": 1') == {"<<": 1}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("!!python/object/apply:os.system ['touch PWNED']", ["touch PWNED"]),
        ("!!python/name:os.system x", "x"),
        ("!!set {b}", {"b": None}),
        ("!!binary aGk=", "aGk="),
        ("!!bool maybe", "maybe"),
        ("!!int ''", ""),
        ("!!timestamp nope", "nope"),
        ("!!str 12", "12"),
        ("!local\n  b: 1", {"b": 1}),
        ("! 12", "12"),
        ("! b", "b"),
        ('! "12"', "12"),
        ("&x !t 12", "12"),
        ("!t &x 12", "12"),
        ("!<tag:yaml.org,2002:int> 12", "12"),
    ],
)
def test_a_tag_is_refused_and_does_nothing(
    written: str, expected: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    finding = only_finding(f"a: {written}")
    tag = next(word for word in written.split() if word.startswith("!"))
    assert (finding.rule, cut(f"a: {written}", finding.span)) == ("unsupported-yaml", tag)
    assert finding.message == f"tags such as `{tag}` are not supported"
    assert parsed(f"a: {written}").documents[0].value == {"a": expected}
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize("written", ["!x [b, c]", "&y !x [b, c]", "! [b, c]"])
def test_what_has_a_tag_is_where_its_value_begins(written: str) -> None:
    text = f"a: {written}\n"
    assert cut(text, parsed(text).documents[0].span(("a",))) == "[b, c]"


@pytest.mark.parametrize("text", ["a: Done!", "a: Hello !", "- wow ! yes", "a: 'b' # ! c", "[a!, b]"])
def test_an_exclamation_mark_in_text_is_no_tag(text: str) -> None:
    assert values(text)


@pytest.mark.parametrize("line", ["%YAML 1.2", "%YAML 1.1", "%TAG !e! tag:example.org:", "%nonsense"])
def test_a_directive_is_refused_and_the_document_is_read(line: str) -> None:
    finding = only_finding(f"{line}\n---\na: no\n")
    assert (finding.rule, place(finding.span)) == ("unsupported-yaml", f"1:1-1:{len(line) + 1}")
    assert finding.message == f"directives such as `{line.split()[0]}` are not supported"
    assert parsed(f"{line}\n---\na: no\n").documents[0].value == {"a": "no"}


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("1", "`1` is a number"),
        ("1.5", "`1.5` is a number"),
        ("2027", "`2027` is a number"),
        ("true", "`true` is a boolean"),
        ("~", "`~` is null"),
        ("null", "`null` is null"),
    ],
)
def test_a_key_that_is_not_text_is_an_error_but_stays(key: str, what: str) -> None:
    finding = only_finding(f"a: 1\n{key}: 2\n")
    assert (finding.rule, place(finding.span)) == ("unsupported-yaml", f"2:1-2:{len(key) + 1}")
    assert finding.message == f"a key must be text, but {what}"
    assert finding.help == f'write `"{key}":`'
    assert parsed(f"a: 1\n{key}: 2\n").documents[0].value == {"a": 1, key: 2}


@pytest.mark.parametrize("text", ["? [a, b]\n: 1\nc: 2\n", "{a: 1}: 1\nc: 2\n", "? {a: 1}\nc: 2\n"])
def test_a_list_or_mapping_as_a_key_is_left_out(text: str) -> None:
    finding = only_finding(text)
    assert (finding.rule, finding.message) == (
        "unsupported-yaml",
        "a key must be text, but this is a list or a mapping",
    )
    assert parsed(text).documents[0].value == {"c": 2}
    assert not parsed(text).complete


def test_an_empty_key_is_named() -> None:
    assert only_finding("?\n: 1\n").message == "a key must be text, but this one is empty"


# Duplicate keys ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("id", "id"),
        ("id", '"id"'),
        ("'id'", "id"),
        ("id", r'"\x69d"'),
        ("id", r'"i\u0064"'),
        ("caf\u00e9", "cafe\u0301"),
        (r'"cafe\u0301"', "caf\u00e9"),
        ("? id\n", "id"),
    ],
)
def test_a_duplicate_key_is_reported_with_both_places(first: str, second: str) -> None:
    text = f"{first}: a\nother: b\n{second}: c\n".replace("\n:", "\n:")
    finding = only_finding(text)
    assert (finding.rule, finding.severity) == ("duplicate-key", Severity.ERROR)
    assert finding.message.endswith("; the first one is used")
    assert cut(text, finding.span) == second
    assert [(cut(text, label.span), label.text) for label in finding.related] == [
        (first.removeprefix("? ").strip(), "first used here")
    ]


def test_a_file_with_a_duplicate_key_is_read_with_the_first() -> None:
    file = parsed("a: 1\nb: {c: 1, c: [x, y], c: 3}\na: 2\n")
    assert file.documents[0].value == {"a": 1, "b": {"c": 1}}
    assert [place(finding.span) for finding in file.findings] == ["2:11-2:12", "2:22-2:23", "3:1-3:2"]
    assert file.complete


def test_keys_that_differ_in_case_or_place_are_no_duplicates() -> None:
    assert value("a: {b: 1}\nA: {b: 1}\nb: 2\n") == {"a": {"b": 1}, "A": {"b": 1}, "b": 2}


# Encodings --------------------------------------------------------------------------------------------------

KEY = "id: x\n"


@pytest.mark.parametrize(
    ("content", "message", "where"),
    [
        (codecs.BOM_UTF16_LE + KEY.encode("utf-16-le"), "the file is UTF-16, not UTF-8", "1:1-1:1"),
        (codecs.BOM_UTF16_BE + KEY.encode("utf-16-be"), "the file is UTF-16, not UTF-8", "1:1-1:1"),
        (KEY.encode("utf-16-le"), "the file is UTF-16, not UTF-8", "1:1-1:1"),
        (KEY.encode("utf-16-be"), "the file is UTF-16, not UTF-8", "1:1-1:1"),
        (codecs.BOM_UTF32_LE + KEY.encode("utf-32-le"), "the file is UTF-32, not UTF-8", "1:1-1:1"),
        (codecs.BOM_UTF32_BE + KEY.encode("utf-32-be"), "the file is UTF-32, not UTF-8", "1:1-1:1"),
        (KEY.encode("utf-32-le"), "the file is UTF-32, not UTF-8", "1:1-1:1"),
        (KEY.encode("utf-32-be"), "the file is UTF-32, not UTF-8", "1:1-1:1"),
        (
            "id: x\ntitle: Grüße\n".encode("latin-1"),
            "the file is not UTF-8: byte 0xFC is not valid here; it looks like Latin-1 or Windows-1252",
            "2:10-2:11",
        ),
        (b"id: \xc0\xaf", "the file is not UTF-8: byte 0xC0 is not valid here", "1:5-1:6"),
        (b"id: \xed\xa0\x80", "the file is not UTF-8: byte 0xED is not valid here", "1:5-1:6"),
        (b"id: \xf4\x90\x80\x80", "the file is not UTF-8: byte 0xF4 is not valid here", "1:5-1:6"),
        ("a: é\r\nb: é\r\nc: ".encode() + b"\xff", "the file is not UTF-8: byte 0xFF is not valid here", "3:4-3:5"),
        (codecs.BOM_UTF8 + b"a: \xff", "the file is not UTF-8: byte 0xFF is not valid here", "1:4-1:5"),
        (b"id: \xe2\x82", "the file is not UTF-8: byte 0xE2 is not valid here", "1:5-1:6"),
    ],
)
def test_what_is_not_utf_8_is_named(content: bytes, message: str, where: str) -> None:
    file = parsed(content)
    (finding,) = file.findings
    assert (finding.rule, finding.severity, finding.message) == ("encoding", Severity.ERROR, message)
    assert (place(finding.span), finding.help) == (where, "save the file as UTF-8")
    assert (file.text, file.documents, file.complete) == ("", (), False)


def test_one_byte_order_mark_is_taken_and_a_second_is_refused() -> None:
    assert value("\ufeffid: x") == {"id": "x"}
    finding = only_finding("\ufeff\ufeffid: x")
    assert (finding.rule, place(finding.span)) == ("control-character", "1:1-1:2")


# Characters that nobody sees --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x85", "U+0085 (next line)"),
        ("\u2028", "U+2028 (line separator)"),
        ("\u2029", "U+2029 (paragraph separator)"),
        ("\ufeff", "U+FEFF (zero width no-break space)"),
        ("\x1b", "U+001B (ESC)"),
        ("\x07", "U+0007 (BEL)"),
        ("\x08", "U+0008 (backspace)"),
        ("\x0b", "U+000B (vertical tab)"),
        ("\x0c", "U+000C (form feed)"),
        ("\x7f", "U+007F (DEL)"),
        ("\x9b", "U+009B (control character)"),
        ("\ufffe", "U+FFFE (control character)"),
    ],
)
@pytest.mark.parametrize(
    ("text", "where"),
    [("id: a{}b\n", "1:6-1:7"), ("id: x # a{}owner: evil\n", "1:10-1:11"), ('é: "{}"\n', "1:5-1:6")],
)
def test_a_control_character_in_the_file_is_refused(character: str, name: str, text: str, where: str) -> None:
    finding = only_finding(text.format(character))
    assert (finding.rule, finding.severity) == ("control-character", Severity.ERROR)
    assert (finding.message, finding.help) == (f"{name} is not allowed in a YAML file", "delete it")
    assert place(finding.span) == where


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_an_invisible_line_break_breaks_no_line(character: str) -> None:
    text = f"id: x{character}owner: evil\ntitle: y\n---\nid: z\n"
    file = parsed(text)
    assert rules(text) == ["control-character"]
    assert [document.value for document in file.documents] == [{"id": "z"}]
    assert file.documents[0].span(("id",)).line == 4


@pytest.mark.parametrize(
    ("escape", "name"),
    [
        (r"\e", "U+001B (ESC)"),
        (r"\0", "U+0000 (NUL)"),
        (r"\b", "U+0008 (backspace)"),
        (r"\r", "U+000D (carriage return)"),
        (r"\x9b", "U+009B (control character)"),
        (r"\N", "U+0085 (next line)"),
        (r"\L", "U+2028 (line separator)"),
        (r"\u2029", "U+2029 (paragraph separator)"),
        (r"\U0000fffe", "U+FFFE (control character)"),
    ],
)
def test_a_control_character_by_an_escape_is_an_error_and_stays(escape: str, name: str) -> None:
    finding = only_finding(f'a: "x{escape}y"')
    assert (finding.rule, finding.severity, place(finding.span)[:3]) == ("control-character", Severity.ERROR, "1:4")
    assert finding.message == f"an escape in this text produces {name}"
    (document,) = parsed(f'a: "x{escape}y"').documents
    assert len(document.value["a"]) == 3
    assert rules(f'"x{escape}y": 1') == ["control-character"]


@pytest.mark.parametrize("text", [r'"a\tb\nc"', r'"\u00e9\_\\e\""', r"'\e\0'", r"a\e", "|\n  \\e\n"])
def test_harmless_escapes_pass(text: str) -> None:
    assert values(f"a: {text}")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "U+200B (zero width space)"),
        ("\u202e", "U+202E (right-to-left override)"),
        ("\u2066", "U+2066 (left-to-right isolate)"),
        ("\u2060", "U+2060 (word joiner)"),
        ("\u00ad", "U+00AD (soft hyphen)"),
        ("\u3164", "U+3164 (hangul filler)"),
        ("\U000e0041", "U+E0041 (tag latin capital letter a)"),
    ],
)
def test_an_invisible_character_is_a_warning(character: str, name: str) -> None:
    text = f"a: x{character}{character}y\n# {character}\n"
    first, second = parsed(text).findings
    assert (first.rule, first.severity) == ("invisible-character", Severity.WARNING)
    assert (first.message, first.help) == (f"invisible character {name}", "delete it")
    assert (place(first.span), place(second.span)) == ("1:5-1:7", "2:3-2:4")
    assert parsed(text).documents[0].value == {"a": f"x{character * 2}y"}
    escaped = only_finding(f'a: "\\U{ord(character):08x}"')
    assert (escaped.rule, escaped.severity) == ("invisible-character", Severity.WARNING)
    assert escaped.message == f"an escape in this text produces the invisible character {name}"


BLANKS = ["\u00a0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u202f", "\u205f", "\u2800", "\u3000"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: x@\n", "1:5-1:6"),
        ("a: @x\n", "1:4-1:5"),
        ("a@: x\n", "1:2-1:3"),
        ("a: x\n@b: y\n", "2:1-2:2"),
        ("a:\n@ - b: y\n", "2:1-2:2"),
        ("a:@x\n", "1:3-1:4"),
        ("a: x\nb:@y\n", "2:3-2:4"),
        ("a:\n  -@x\n", "2:4-2:5"),
        ("a: x@# y\n", "1:5-1:6"),
        ("a: x\nb: {c:@y}\n", "2:7-2:8"),
    ],
)
def test_what_looks_like_a_space_is_named_where_yaml_would_need_one(text: str, where: str, blank: str) -> None:
    code = f"U+{ord(blank):04X} ("
    found = [each for each in parsed(text.replace("@", blank)).findings if each.message.startswith(code)]
    assert [place(each.span) for each in found] == [where]
    assert found[0].message.endswith(") looks like a space, but is not one")
    assert found[0].help == "replace it with a space"


@pytest.mark.parametrize("blank", BLANKS)
def test_what_looks_like_a_space_is_fine_in_a_text(blank: str) -> None:
    text = "a: it costs 5@€ - see@b\nc: '@x@'\nd: |\n  Titre@: de la page@\ne: [x@y, z]\n# f:@g\n"
    assert parsed(text.replace("@", blank)).findings == ()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{ ?foo: bar}", "1:3-1:7"),
        ("[?x]", "1:2-1:4"),
        ("a: [b, ?x y]", "1:8-1:12"),
        ("a: {b: 1,?c: 2}", "1:10-1:12"),
        ("a: [\n  ?x: y]", "2:3-2:5"),
        ('[?"x": y]', "1:2-1:6"),
        ("key: &an:chor value", "1:6-1:14"),
        ("key: &an?chor value", "1:6-1:14"),
        ("key: &an:chor [a]", "1:6-1:14"),
        ("key: &an:chor {a: b}", "1:6-1:14"),
    ],
)
def test_what_the_parser_reads_unlike_yaml_1_2_is_refused(text: str, where: str) -> None:
    found = [each for each in parsed(text).findings if each.rule == "unsupported-yaml"]
    assert [(place(each.span), each.severity) for each in found] == [(where, Severity.ERROR)]
    assert "unlike in YAML 1.2" in found[0].message


@pytest.mark.parametrize(
    "text", ["? a\n: b", "?a: b", "a: ?b", "[a?b, c?]", "{a: ?b}", "{? a: b}", "a: '[?x]'", "a: b [?c]", "a: &b [c]"]
)
def test_a_question_mark_that_all_read_alike_is_fine(text: str) -> None:
    plain = [each for each in parsed(text).findings if "YAML 1.2" in each.message]
    assert plain == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\u200b\u2060c\n", "invisible character U+200B (zero width space)"),
        ('a: "\\u200b\\u2060"\n', "an escape in this text produces the invisible character U+200B (zero width space)"),
        ('a: "\\tb\u200b"\n', "invisible character U+200B (zero width space)"),
    ],
    ids=["the first of several", "the first of several escapes", "beside an escape of something else"],
)
def test_invisible_characters_in_a_row_are_said_once(text: str, message: str) -> None:
    assert only_finding(text).message == message


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧 family",
        "می‌خواهم",
        "❤️",
        "שלום \u200fabc\u200e",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    ],
)
def test_what_emoji_and_scripts_need_passes(text: str) -> None:
    assert value(f"a: {text}") == {"a": text}


# What is not YAML at all ------------------------------------------------------------------------------------


def test_a_git_lfs_pointer_is_named() -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    finding = only_finding(pointer)
    assert (finding.rule, finding.message) == ("encoding", "this is a Git LFS pointer, not the file itself")
    assert finding.help == "run `git lfs pull`, or keep YAML files out of LFS"


def test_a_binary_file_is_named() -> None:
    finding = only_finding(b"\x7fELF\x02\x01\x01" + bytes(20))
    assert finding.message == "this is a binary file, not text: it contains a NUL byte"
    assert only_finding(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").rule == "encoding"
    assert place(only_finding(b"a: 1\nb: 2\0").span) == "2:5-2:6"


CONFLICT = """\
id: a
<<<<<<< HEAD
owner: team-a
tags: [x]
||||||| base
owner: nobody
=======
owner: team-b
>>>>>>> feature/b
title: A
"""


def test_a_merge_conflict_is_named_and_the_upper_side_is_read() -> None:
    finding = only_finding(CONFLICT)
    assert (finding.rule, cut(CONFLICT, finding.span)) == ("yaml-syntax", "<<<<<<< HEAD")
    assert finding.message == "the file contains an unresolved merge conflict"
    file = parsed(CONFLICT)
    assert file.documents[0].value == {"id": "a", "owner": "team-a", "tags": ["x"], "title": "A"}
    assert cut(CONFLICT, file.documents[0].span(("title",))) == "A"
    assert not file.complete


def test_every_conflict_of_a_file_is_named() -> None:
    assert rules(CONFLICT + "---\n" + CONFLICT) == ["yaml-syntax"] * 2


@pytest.mark.parametrize("left_over", ["<<<<<<< HEAD", ">>>>>>> other"])
def test_one_marker_alone_is_a_conflict_too_and_the_rest_is_read(left_over: str) -> None:
    text = f"id: a\n{left_over}\ntitle: A\n"
    assert only_finding(text).message == "the file contains an unresolved merge conflict"
    assert parsed(text).documents[0].value == {"id": "a", "title": "A"}


def test_what_only_looks_like_a_conflict_passes() -> None:
    assert values("a: |\n  <<<<<<< x\n  =======\n  >>>>>>> y\n")
    assert values("a: <<<<<<< x\n")


# Time -------------------------------------------------------------------------------------------------------


def test_a_thousand_documents_take_no_longer_than_one_with_as_much_in_it() -> None:
    start = time.process_time()
    assert len(values("---\nid: a\n" * 5_000)) == 5_000
    assert time.process_time() - start < 1
