"""Text from files is harmless wherever it is printed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import HOSTILE, commands, hidden, html_parts, links, texts, tokens

from platctl.render.escape import BREAK, code_span, guarded, html, markdown, mermaid, visible

# The terminal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [text] {100 %}", "plain [text] {100 %}"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("a\tb", "a b"),
        ("two\nlines\r\n", r"two\nlines\r\n"),
        ("\x85\x9b\x7f", r"\x85\x9b\x7f"),
        ("live\u202e\u2066x\u2069", r"live\u202e\u2066x\u2069"),
        ("\u2028\u2029\u00ad\ufeff\u200b", r"\u2028\u2029\xad\ufeff\u200b"),
        ("\udc80", r"\udc80"),
        ("\ue000\U000e0041", r"\ue000\U000e0041"),
        ("\u3164\u115f", r"\u3164\u115f"),
        ("pay\u200cpal \u200d", r"pay\u200cpal \u200d"),
        ("a\ufe0f\ufe01", r"a\ufe0f\ufe01"),
    ],
)
def test_what_controls_hides_or_reorders_is_written_out(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Identität, naïveté, e\u0301",
        "名前　日本語",
        "عربي עברית",
        "می\u200cخواهم",
        "क्\u200dष",
        "👨\u200d👩\u200d👧 👍🏽 🇩🇪",
        "❤\ufe0f ❤\ufe0f\u200d🔥 1\ufe0f\u20e3",
        "葛\U000e0100",
        "10\u00a0000 €",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_combining_marks_do_not_pile_up() -> None:
    assert visible("a" + "\u0301" * 6) == "a" + "\u0301" * 4 + r"\u0301\u0301"


@given(texts)
def test_nothing_hidden_is_left(text: str) -> None:
    assert hidden(visible(text)) == []
    assert "\n" not in visible(text)


@given(texts)
def test_no_line_is_a_command_of_a_runner(text: str) -> None:
    assert commands(visible(text)) == []


def test_a_command_keeps_its_look_and_length() -> None:
    assert guarded("  ::error::x") == "  ∶:error::x"
    assert guarded("a ##[error]x ###[y]") == "a #♯[error]x ##♯[y]"
    assert guarded("std::vector") == "std::vector"


@given(texts)
def test_guarding_keeps_the_length(text: str) -> None:
    assert len(guarded(text)) == len(text)


# Markdown ----------------------------------------------------------------------------------------------------

_STRUCTURE = {
    "paragraph": "{}",
    "second line": "one\\\n{}",
    "lazy second line": "one\n{}",
    "bullet": "- {}",
    "nested bullet": "- a\n  - {}",
    "heading": "### {}",
    "cell": "| a | b |\n| --- | --- |\n| {} | c |",
    "header": "| {} | b |\n| --- | --- |\n| c | d |",
}


def _kinds(text: str) -> list[str]:
    return [token.type for token in tokens(text) if token.type not in ("text", "text_special")]


@pytest.mark.parametrize("place", _STRUCTURE)
@given(text=texts)
def test_markdown_makes_text_and_nothing_else(place: str, text: str) -> None:
    expected = _kinds(_STRUCTURE[place].format("word"))
    if not visible(text).strip():
        return
    kinds = _kinds(_STRUCTURE[place].format(markdown(text)))
    assert [kind for kind in kinds if kind != "code_inline"] == expected


@pytest.mark.parametrize("place", _STRUCTURE)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_come_out_as_text(place: str, text: str) -> None:
    kinds = _kinds(_STRUCTURE[place].format(markdown(text)))
    assert [kind for kind in kinds if kind != "code_inline"] == _kinds(_STRUCTURE[place].format("word"))


@given(texts)
def test_markdown_says_what_the_text_says(text: str) -> None:
    expected = re.sub(" +", " ", visible(text, whole_line=False))
    assert _shown(markdown(text)).replace(BREAK, "").strip() == expected.strip()


def _shown(text: str, *, code: str | None = None) -> str:
    """What is read, and copied; with `code` that in place of all code, where hosts look for no links."""
    return "".join(
        token.content if code is None or token.type != "code_inline" else code
        for token in tokens(text)
        if token.type.startswith("text") or token.type == "code_inline"
    )


@given(texts)
def test_a_host_finds_nothing_to_link_in_markdown(text: str) -> None:
    assert links(_shown(markdown(text), code=" ")) == []
    assert links(_shown(markdown(text), code="`")) == []


COPIED = st.one_of(
    st.from_regex(r"[0-9a-f]{7,40}", fullmatch=True),
    st.from_regex(r"[a-z][a-z0-9._+-]{0,9}[a-z0-9]@[a-z]{1,9}(\.[a-z]{2,5}){1,2}", fullmatch=True),
    st.from_regex(r"https?://[a-z]{1,9}\.example(/[a-z0-9_.~-]{1,9}){0,3}[/a-z0-9]", fullmatch=True),
    st.from_regex(r"([a-z@_][a-z0-9@_-]{0,9}/){1,3}[0-9a-z_-]{1,40}\.ya?ml(:1?[0-9]{1,3}:[0-9]{1,3})?", fullmatch=True),
)
AROUND = st.sampled_from([("", ""), ("see ", " there"), ("(", ")"), ("of ", ", and more"), ("is: ", "."), ("'", "'")])


@given(COPIED, AROUND)
def test_what_is_copied_out_of_markdown_is_what_was_written(copied: str, around: tuple[str, str]) -> None:
    text = copied.join(around)
    assert _shown(markdown(text)) == text
    assert links(_shown(markdown(text), code=" ")) == []
    shown, tags = html_parts(html(text))
    assert shown == text
    assert set(tags) <= {"code", "/code"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of da39a3e, by a@b.example.", "of `da39a3e`, by `a@b.example`."),
        ("@org/team fixes #12: :bomb:", "`@org/team` fixes `#12`: `:bomb:`"),
        ("components/identity.yaml:9:7", "components/identity.yaml:9:7"),
        ("node_modules/@scope/a_b.yaml:100:7", "`node_modules/@scope/a_b.yaml:100:7`"),
        ("1,200,000 users", "1,200,000 users"),
        ("of a@b.example:", "of `a@b.example`:"),
        ("C#, odd/##[x]", r"C\#, odd/\#\#\[x\]"),
    ],
)
def test_only_what_a_host_would_link_becomes_code(text: str, expected: str) -> None:
    assert markdown(text) == expected


@given(texts)
def test_markdown_is_no_math_and_no_quick_action(text: str) -> None:
    assert "$" not in markdown(text)
    assert not markdown(text).lstrip().startswith("/")


@given(texts)
def test_html_is_text_without_links(text: str) -> None:
    shown, tags = html_parts(f"<summary>{html(text)}</summary>")
    assert [tag for tag in tags if tag not in ("code", "/code")] == ["summary", "/summary"]
    assert shown.replace(BREAK, "") == visible(text, whole_line=False)
    outside = re.sub("<code>.*?</code>", " ", html(text))
    assert links(html_parts(outside)[0]) == []
    assert links(html_parts(html(text, has_code=False))[0]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("identity#rest", "`identity#rest`"),
        ("a`b", "``a`b``"),
        ("`a``", "``` `a`` ```"),
        (" a ", "`  a  `"),
        ("a|b", r"<code>a\|b</code>"),
        ("", ""),
    ],
)
def test_code_has_a_fence_that_is_longer_than_its_backticks(text: str, expected: str) -> None:
    assert code_span(text) == expected


@pytest.mark.parametrize("place", _STRUCTURE)
@given(text=texts)
def test_code_stays_code(place: str, text: str) -> None:
    shown = visible(text, whole_line=False)
    if not shown.strip():
        return
    kinds = _kinds(_STRUCTURE[place].format(code_span(text)))
    code = ["html_inline", "html_inline"] if "|" in shown else ["code_inline"]
    plain = _kinds(_STRUCTURE[place].format("word"))
    assert [kind for kind in kinds if kind not in code] == plain
    assert len(kinds) == len(plain) + len(code)


@given(texts)
def test_code_says_what_the_text_says(text: str) -> None:
    shown = visible(text, whole_line=False)
    if shown.strip() and "|" not in shown:
        assert [token.content for token in tokens(code_span(text)) if token.type == "code_inline"] == [shown]


# Mermaid -----------------------------------------------------------------------------------------------------


def test_a_label_of_a_picture_is_coded() -> None:
    assert mermaid('a "b"]; #1') == "a #34;b#34;#93;#59; #35;1"
    assert mermaid("1. größer als 名前") == "1#46; größer als 名前"


@given(texts)
def test_a_label_has_only_letters_digits_blanks_and_codes(text: str) -> None:
    label = mermaid(text)
    assert all(each in " \u200c\u200d" or each.isalnum() or each > "\x7f" for each in re.sub(r"#\d+;", "", label))
    assert re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label) == visible(text, whole_line=False)
