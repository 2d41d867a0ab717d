"""The hidden first line by which a comment is found again."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from platctl.forge.comment import Comment, Marker, id_for, is_id, parse, read_comment
from platctl.page import Page, Paragraph, Section, line
from platctl.render.page.markdown import render
from platctl.source.errors import SourceError

BASE, HEAD = "a" * 40, "b" * 40
IDS = st.from_regex(r"[a-z0-9]([a-z0-9._-]){0,62}", fullmatch=True).filter(lambda text: "--" not in text)


def test_the_marker_names_the_comment_and_what_was_compared() -> None:
    marker = Marker("platform", BASE, HEAD, "77", quiet=True)
    assert str(marker) == f"<!-- platctl:comment id=platform base={BASE} head={HEAD} run=77 quiet=yes -->"


@given(IDS, st.sampled_from(["", BASE, "c" * 64]), st.sampled_from(["", "1", "9" * 18]), st.booleans(), st.text())
def test_a_comment_is_read_back_as_it_was(id_: str, commit: str, run: str, quiet: bool, text: str) -> None:
    comment = Comment(Marker(id_, commit, commit, run, quiet), text.replace("\r", ""))
    assert is_id(id_)
    assert parse(str(comment)) == comment


@given(IDS)
def test_a_marker_is_one_html_comment_and_shows_nothing(id_: str) -> None:
    seen: list[str] = []

    class Parser(HTMLParser):
        def handle_data(self, data: str) -> None:
            seen.append(data)

    Parser().feed(str(Marker(id_, BASE, HEAD, "1")))
    assert seen == []


@given(st.text())
def test_no_text_of_a_model_becomes_a_marker(text: str) -> None:
    marker = str(Marker("model"))
    for said in (text, marker, f"{marker}\n{text}", f"{text}\n{marker}"):
        page = Page((Section(line(said), (Paragraph((line(said),)),)),))
        assert "<!--" not in render(page)


def test_markdown_goes_on_after_the_marker() -> None:
    body = str(Comment(Marker("model"), "### Breaks 1 product\n"))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(body)
    assert [token.type for token in tokens][:2] == ["html_block", "heading_open"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        " <!-- platctl:comment id=a base= head= run= quiet=no -->\n",
        "\ufeff<!-- platctl:comment id=a base= head= run= quiet=no -->\n",
        "x\n<!-- platctl:comment id=a base= head= run= quiet=no -->\n",
        "<!-- platctl:comment id=a base= head= run= quiet=no --> x\n",
        "<!-- platctl:comment id=A base= head= run= quiet=no -->\n",
        "<!-- platctl:comment id=a--b base= head= run= quiet=no -->\n",
        "<!-- platctl:comment id=a base=12 head= run= quiet=no -->\n",
        "<!-- platctl:comment id=a base= head= run=x quiet=no -->\n",
        "<!-- platctl:comment id=a base= head= run= quiet=perhaps -->\n",
        "<!-- platctl:comment -->\n",
    ],
)
def test_what_is_not_quite_a_marker_is_none(body: str) -> None:
    assert parse(body) is None


def test_line_breaks_that_a_host_changed_do_not_matter() -> None:
    comment = Comment(Marker("model"), "one\ntwo\n")
    assert parse(str(comment).replace("\n", "\r\n")) == comment


@pytest.mark.parametrize(
    ("prefix", "id_"),
    [
        ("", "model"),
        ("platform/", "platform"),
        ("Teams/Core Platform/", "teams-core-platform"),
        ("-->/", "model"),
        ("日本/", "model"),
        (f"{'a' * 100}/", "a" * 63),
        (f"{'a' * 62}/b/", "a" * 62),
    ],
)
def test_the_id_comes_from_the_folder(prefix: str, id_: str) -> None:
    assert id_for(prefix) == id_
    assert is_id(id_)


@pytest.mark.parametrize("text", ["", "a b", "a--b", "-a", "A", "a\n", "-->", "é", "a" * 64])
def test_other_ids_are_refused(text: str) -> None:
    assert not is_id(text)


# Files


def refusal(file: Path) -> str:
    with pytest.raises(SourceError) as error:
        read_comment(file)
    assert error.value.help == "run `platctl ci --comment FILE` to write it"
    return error.value.message


def test_a_file_is_read_back(tmp_path: Path) -> None:
    comment = Comment(Marker("model", BASE), "text\n")
    (tmp_path / "c.md").write_text(str(comment))
    assert read_comment(tmp_path / "c.md") == comment


def test_a_file_without_the_marker_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "c.md"
    expected = f"`{file}` does not start with the line that marks comments of platctl"
    for content in (b"", b"hello", b"\xff\xfe", b"\0" * 100, f"x\n{Marker('a')}\n".encode()):
        file.write_bytes(content)
        assert refusal(file) == expected


def test_a_file_that_is_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "c.md"
    expected = f"`{file}` is longer than the 65,536 characters of a comment"
    file.write_text(str(Comment(Marker("a"), "x" * 65_536)))
    assert refusal(file) == expected
    with file.open("wb") as sparse:
        sparse.truncate(10 << 30)
    assert refusal(file) == expected


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == f"there is no comment file `{tmp_path / 'none'}`"
    assert refusal(tmp_path) == f"there is no comment file `{tmp_path}`"
    assert refusal(Path("/dev/zero")) == "there is no comment file `/dev/zero`"
