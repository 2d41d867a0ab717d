"""What holds of every edit, tried on files that nobody thought of and on those of the examples."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from editing import YES, amended, appended, edit
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.yaml"))
KEYS = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True)
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" \n"), max_size=20)
VALUES = st.recursive(
    TEXTS | st.integers(0, 99) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
ITEMS = st.lists(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=3), max_size=3)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
STYLE = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "indent": st.sampled_from([2, 4]),
        "width": st.sampled_from([20, 1000]),
        "line_break": st.sampled_from(["\n", "\r\n"]),
        "explicit_end": st.booleans(),
    }
)
COMMENTS = st.sampled_from(["", "# a: b", "  # - c", "        # d", "#"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, int]:
    """A file as another program writes it, with comments and blank lines between its lines, and a document of it."""
    documents = draw(st.lists(DOCUMENTS, min_size=1, max_size=3))
    index = draw(st.integers(0, len(documents) - 1))
    if draw(st.booleans()):
        items = {"approvals": draw(ITEMS)}
        documents[index] = draw(st.sampled_from([{**documents[index], **items}, {**items, **documents[index]}]))
    text = yaml.dump_all(documents, sort_keys=False, allow_unicode=True, explicit_start=True, **draw(STYLE))
    between = draw(st.lists(COMMENTS, min_size=3, max_size=3))
    lines = text.split("\n")
    noisy = "\n".join(f"{line}\n{between[at % 3]}" if at % 4 == 3 else line for at, line in enumerate(lines))
    chosen = noisy if [each.value for each in parse(noisy).documents] == documents else text
    return chosen if draw(st.booleans()) else chosen.rstrip("\n"), index


def parse(text: str):
    return parse_file(SourceFile("plan.yaml", text.encode()))


def plain(text: str) -> list[dict[str, object]]:
    """What a reader that is not ours makes of it, without empty documents."""
    return [each for each in yaml.load_all(text, yaml.BaseLoader) if each]


@settings(max_examples=200)
@given(files())
def test_an_item_comes_at_the_end_of_its_list_and_nothing_else_happens(file: tuple[str, int]) -> None:
    text, index = file
    try:
        after = appended(text, index=index)
    except SourceError:
        reject()
    expected = plain(text)
    items = expected[index].get("approvals") or []
    expected[index]["approvals"] = [*items, {"consumer": "tv", "by": "Ana Ruiz"}]
    assert plain(after) == expected
    # All that was there is there in its order, except for the brackets of an empty list.
    without_brackets = [text[: found.start()] + text[found.end() :] for found in re.finditer(r" \[\]", text)]
    assert any(is_part_of(kept, after) for kept in (text, *without_brackets))
    assert len(after) < len(text) + 80


@settings(max_examples=100)
@given(ITEMS.filter(bool), st.booleans(), st.sampled_from([2, 4]))
def test_an_item_that_is_put_in_and_taken_out_again_leaves_the_same_bytes(
    items: list[dict[str, str]], flow: bool, indent: int
) -> None:
    text = yaml.dump({"a": 1, "approvals": items, "b": 2}, default_flow_style=flow, indent=indent, width=1000)
    put = edit(text)
    if flow:
        assert put.data.decode().replace(", {consumer: tv, by: Ana Ruiz}", "") == text
    else:
        lines = put.data.decode().splitlines(keepends=True)
        del lines[put.span.line - 1 : put.span.end_line]
        assert "".join(lines) == text


@given(TEXTS, TEXTS)
def test_an_item_that_is_changed_there_and_back_leaves_the_same_bytes(one: str, other: str) -> None:
    text = 'x: 1\napprovals:\n- by: a # b\n  note: "" # d\n'
    first = amended(text, by="a", note=f"1{one}")
    second = amended(first, by="a", note=f"2{other}")
    assert amended(second, by="a", note=f"1{one}") == first


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_document_of_the_examples_can_be_edited(path: Path) -> None:
    text = path.read_text("utf-8")
    for document in parse(text).documents:
        fields = [name for name, value in document.value.items() if isinstance(value, list)]
        added = () if "approvals" in document.value else ("approvals",)  # settings have a mapping of that name
        for field in (*fields, *added):
            after = edit(text, YES, index=document.index, field=field).data.decode()
            assert is_part_of(text.splitlines(), after.splitlines())


def is_part_of(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether all characters, or lines, of one are in the other in their order."""
    left = iter(after)
    return all(each in left for each in before)
