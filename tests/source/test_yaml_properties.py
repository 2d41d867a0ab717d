"""What holds of every file, tried on files that nobody thought of."""

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from parsing import cut, parsed

from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import Float, Limits, ParsedFile, parse_file
from platctl.source.yaml.scalars import plain

PIECES = (
    *("a", "b: ", "id", ": ", ":", "- ", "-", "? ", ", ", "[", "]", "{", "}", "{{", "&a ", "*a", "!t ", "! ", "<<: *a"),
    *(
        "'",
        '"',
        "''",
        "\\",
        '\\"',
        "\\e",
        "\\x41",
        "|",
        ">",
        "|-",
        ">2",
        "#",
        " # c",
        "%",
        "@",
        "`",
        "~",
        "null",
        "true",
    ),
    *(
        "1",
        "1.10",
        "012",
        "1e5",
        "---",
        "...",
        "\n---\n",
        "\n--- ",
        "\n",
        "\n  ",
        "\n    ",
        "\n- ",
        "\r\n",
        "\r",
        "\t",
        " ",
    ),
    *(
        "é",
        "日",
        "𝔘",
        "\u0301",
        "\u200b",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x1b",
        "<<<<<<< a\n",
        "=======\n",
        ">>>>>>> b\n",
    ),
    *("a: 1\n", "a: 1\n", "b: [x, y]\n", "c:\n  - d: e\n", "%YAML 1.2\n", "f: 'g'\n", 'h: "i"\n', "j: |\n  k\n"),
)
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
TIGHT = Limits(size=300, depth=4, values=20, scalar=10, findings=3)

# A busy machine is no reason to fail.
patient = [HealthCheck.too_slow]
quick = settings(deadline=None, max_examples=200, database=None, suppress_health_check=patient)


def leaves(value: object, route: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value in a value, with its route."""
    yield route, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*route, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*route, index))


def check(file: ParsedFile) -> None:
    """That every span lies in the text, and that plain scalars stand where they are said to stand."""
    for finding in file.findings:
        assert finding.message
        for span in (finding.span, *(label.span for label in finding.related)):
            if file.text:
                cut(file.text, span)
    as_written = {finding.rule for finding in file.findings} <= {"duplicate-key", "yaml-syntax", "invisible-character"}
    for document in file.documents:
        for route, value in leaves(document.value):
            cut(file.text, document.span(route, key=True))
            source = cut(file.text, document.span(route))
            if as_written and is_plain(value, source):
                assert plain(source) == value


def is_plain(value: object, source: str) -> bool:
    """Whether this is a scalar on one line without quotes, as opposed to a list, an alias or a block."""
    return (
        not isinstance(value, dict | list) and not source.startswith(tuple("*'\"|>")) and len(source.splitlines()) < 2
    )


@quick
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    check(parsed(data))


@quick
@given(st.text(max_size=100))
def test_no_text_raises(text: str) -> None:
    check(parsed(text.encode("utf-8", "replace")))


@settings(quick, max_examples=600)
@given(YAMLISH)
def test_nothing_like_yaml_raises_and_every_span_is_right(text: str) -> None:
    check(parsed(text))


@quick
@given(YAMLISH)
def test_tight_limits_raise_nothing_either(text: str) -> None:
    check(parse_file(SourceFile("a.yaml", text.encode()), TIGHT))


def same(one: ParsedFile, other: ParsedFile) -> None:
    """That two files mean the same and have the same wrong with them at the same places."""
    assert [document.value for document in one.documents] == [document.value for document in other.documents]
    assert one.findings == other.findings
    for here, there in zip(one.documents, other.documents, strict=True):
        for route, _ in leaves(here.value):
            assert here.span(route) == there.span(route)


@quick
@given(YAMLISH, st.sampled_from(["\r\n", "\r"]))
def test_the_way_lines_end_changes_nothing(text: str, line_end: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    same(parsed(text), parsed(text.replace("\n", line_end)))


@quick
@given(YAMLISH)
def test_a_byte_order_mark_changes_nothing(text: str) -> None:
    text = text.removeprefix("\ufeff")
    same(parsed(text), parsed("\ufeff" + text))


@quick
@given(YAMLISH.filter(lambda text: parsed(text).complete), YAMLISH)
def test_a_document_says_the_same_whatever_follows_it(first: str, second: str) -> None:
    values = [document.value for document in parsed(first).documents]
    both = [document.value for document in parsed(f"{first}\n---\n{second}").documents]
    assert both[: len(values)] == values


SCALARS = st.sampled_from(
    ["no", "on", "012", "1:30", "2027-01-31", "v1", "a b", "1_000", "=", ".inf", "x-y", "0x1F", "é"]
)


@quick
@given(SCALARS | st.text(st.characters(categories=["L", "N", "Pd"], max_codepoint=0x17F), min_size=1, max_size=8))
def test_quotes_around_a_text_change_nothing(text: str) -> None:
    bare = parsed(f"a: {text}\n")
    assume(not bare.findings and isinstance(bare.documents[0].value["a"], str))
    for quoted in (f"a: '{text}'\n", f'a: "{text}"\n'):
        assert parsed(quoted).documents[0].value == bare.documents[0].value == {"a": text}


CHARACTERS = st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n\t")
LEAVES = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(CHARACTERS, max_size=20)
KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
DUMPER = yaml.CSafeDumper
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))


@settings(quick, max_examples=200)
@given(
    tree=TREES.filter(lambda tree: tree is not None),
    flow=st.sampled_from([None, True, False]),
    allow_unicode=st.booleans(),
    width=st.sampled_from([20, 80, 1_000]),
)
def test_what_another_program_writes_is_read_as_it_was_meant(
    tree: object, flow: bool | None, allow_unicode: bool, width: int
) -> None:
    text = yaml.dump(tree, Dumper=DUMPER, default_flow_style=flow, allow_unicode=allow_unicode, width=width)
    file = parsed(text)
    assert [document.value for document in file.documents] == [tree]
    assert file.complete
    check(file)


@quick
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_it_is_written(number: float) -> None:
    (document,) = parsed(repr(number)).documents
    assert isinstance(document.value, Float)
    assert (document.value, document.value.text) == (number, repr(number))


@pytest.mark.parametrize("count", [1, 2, 10])
def test_documents_are_counted_whatever_their_number(count: int) -> None:
    file = parsed("---\na: 1\n" * count)
    assert [document.index for document in file.documents] == list(range(count))
