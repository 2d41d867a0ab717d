"""How a text is written as one line of YAML."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from platctl.edit.yaml_text import NamedText, flow, scalar
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.characters import ESCAPED, INVISIBLE
from platctl.source.yaml.parse import parse_file


@pytest.mark.parametrize(
    "text",
    ["Ana Ruiz", "O'Neill & Co.", "tv-app", "partners/aurora", "consumer:tv", "2026-11-19", "José (ops)", "12 weeks"],
)
def test_what_is_text_to_every_reader_stays_bare(text: str) -> None:
    assert scalar(text) == text


QUOTED = ["", " ", "no", "On", "y", "null", "~", "true", "1", "1.0", "1e5", "012345678901", "-", "- a", "? a", "a: b"]
QUOTED += ["a:", "a #b", "#x", "&x", "*x", "!x", "|", ">", "%x", "@x", "`x`", "'x'", "{a}", "[a]", "a ", " a", "---"]


@pytest.mark.parametrize("text", QUOTED)
def test_what_may_be_something_else_gets_quotes(text: str) -> None:
    assert scalar(text) == f'"{text}"' or text == "012345678901"


def test_a_digest_is_always_quoted() -> None:
    assert scalar("012345678901", quoted=True) == '"012345678901"'


def test_quotes_backslashes_tabs_and_line_breaks_are_escaped() -> None:
    assert scalar('say "a\\b"\n\tthen') == r'"say \"a\\b\"\n\tthen"'


def test_a_comma_needs_quotes_only_between_brackets() -> None:
    assert scalar("Ruiz, Ana") == "Ruiz, Ana"
    assert flow((NamedText("by", "Ruiz, Ana"),)) == '{by: "Ruiz, Ana"}'


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\r", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\udcff"])
def test_what_nobody_sees_is_not_written(character: str) -> None:
    with pytest.raises(SourceError, match="can't be written to a file"):
        scalar(f"Ana{character}")


WRITABLE = st.text(max_size=30).filter(lambda text: not ESCAPED.search(text) and not INVISIBLE.search(text))
TEXTS = WRITABLE | st.text("no1.e:#-'\"\\[]{},&*!|>%@`~ \n\t", max_size=8) | st.sampled_from(QUOTED)


@given(TEXTS, st.booleans())
def test_every_text_is_read_back_by_platctl_and_by_a_reader_of_yaml_1_1(text: str, quoted: bool) -> None:
    for line in (f"- {scalar(text, quoted=quoted)}", f"[{scalar(text, quoted=quoted, flow=True)}]"):
        parsed = parse_file(SourceFile("a.yaml", line.encode()))
        assert [document.value for document in parsed.documents] == [[text]]
        assert parsed.findings == ()
        assert yaml.load(line, yaml.BaseLoader) == [text]
