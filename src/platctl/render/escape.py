"""Makes text from files safe, one function per target."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_NON_ASCII = re.compile(r"[^ -~]")
_NAMED = {"\t": " ", "\n": r"\n", "\r": r"\r"}
_JOINERS = "\u200c\u200d"
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Invisible letters and marks (Unicode, Default_Ignorable_Code_Point)."""
_FIRST_JOINED_SCRIPT = "\u0590"
"""Latin, Greek and Cyrillic come before it and need no joiners; Arabic and the scripts of India do."""
_MOST_MARKS = 4
"""More combining marks on one letter than any script needs; they would run into the lines above and below."""


def visible(text: str, *, whole_line: bool = True) -> str:
    """Text for a terminal or a log: characters that control, hide or reorder are escaped, as in `\\x1b`.

    Joiners stay where emoji and scripts need them. With `whole_line`, `guarded` is applied too; a caller that
    puts lines together from pieces does that itself, at the end.
    Sources: Unicode general categories, UTS 39 (joiners), Trojan Source (CVE-2021-42574).
    """
    shown = _NON_ASCII.sub(_shown, text)
    return guarded(shown) if whole_line else shown


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMED:
        return _NAMED[character]
    return character if _is_harmless(match.string, match.start()) else _written_out(character)


def _written_out(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=4096)
def _category(character: str) -> str:
    return unicodedata.category(character)


def _is_harmless(text: str, at: int) -> bool:
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character in _JOINERS:
        return _joins(before) and _joins(after)
    if _is_selector(character):
        return bool(before) and _selects(character, before)
    if character in _BLANK_LETTERS:
        return False
    if _category(character) in ("Mn", "Me"):
        return not _is_piled(text, at)
    return _category(character)[0] != "C" and _category(character) not in ("Zl", "Zp")


def _joins(character: str) -> bool:
    """Whether a joiner is meaningful next to a character: an emoji, or a letter of a script that has joiners."""
    if not character or character < _FIRST_JOINED_SCRIPT or character in _BLANK_LETTERS:
        return False
    return _category(character)[0] in "LM" or _category(character) in ("So", "Sk")


def _is_selector(character: str) -> bool:
    """Variation selectors are invisible, and a row of them can carry a message."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _selects(selector: str, character: str) -> bool:
    """Whether a selector chooses between forms of a character: of an emoji, or of a letter that has some."""
    if selector in "\ufe0e\ufe0f":
        return _category(character)[0] in "NPS"
    return character >= _FIRST_JOINED_SCRIPT and _category(character)[0] in "LS"


def _is_piled(text: str, at: int) -> bool:
    below = text[max(0, at - _MOST_MARKS) : at]
    return len(below) == _MOST_MARKS and all(_category(each) in ("Mn", "Me") for each in below)


_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[)")


def guarded(line: str) -> str:
    """A line that no runner takes for a command, of the same length and look: `∶:` for `::`, `#♯[` for `##[`.

    Source: actions/runner, ActionCommand.cs. `::name` counts after leading blanks, `##[name]` anywhere in a line.
    Applied everywhere, not only in CI, so that the same input gives the same bytes.
    """
    return _COMMAND.sub(lambda match: "#♯" if match[0] == "##" else f"{match[1]}∶", line)


BREAK = "\u200b"
"""Invisible; separates what would otherwise be read as one."""
_LINKED = (
    (re.compile(r"@|[#!](?=\d|\Z)"), rf"\g<0>{BREAK}"),
    (re.compile(r"\b(GH-)(?=\d)", re.IGNORECASE), rf"\g<1>{BREAK}"),
    (re.compile(r"/(?=/)"), rf"/{BREAK}"),
    (re.compile(r"\b(mailto|xmpp|www)(?=[:.])", re.IGNORECASE), rf"\g<1>{BREAK}"),
    (re.compile(r":(?=(?:100|1234|[0-9+-]*[a-z_][a-z0-9_+-]*):)", re.IGNORECASE), rf":{BREAK}"),
)
"""What hosts turn into links, mentions and emoji after markdown is done, so that a backslash does not help."""
_RUN = re.compile(r"[A-Za-z0-9_./@:#~+%=?,;!&-]*[A-Za-z0-9][A-Za-z0-9_./@:#~+%=?,;!&-]*")
"""What is copied as a whole: a hash, an address, a path; without any sign that means something in code or tables."""
_PUNCTUATION = ".,;:!?#&"
"""What ends a sentence, or is no part of what it follows; a colon is, of an emoji."""
_HASH = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{7,}(?![0-9A-Za-z])")
_LEADING_COLON = re.compile(r"^(\s*):(?=:|\s*$)")
_LEADING = re.compile(r"^( *)(\d*)([-+=:.)/])")
_MARKDOWN: dict[str, str | int | None] = {character: f"\\{character}" for character in "\\`*_[]#|~{}"}
_HTML_TABLE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_ELEMENT_TABLE = {**_HTML_TABLE, ord("#"): "&#35;"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_MARKDOWN_TABLE = str.maketrans({**_MARKDOWN, **_ENTITIES})
_INNER_TABLE = {**_HTML_TABLE, ord("{"): "&#123;", ord("}"): "&#125;"}


@lru_cache(maxsize=4096)
def markdown(text: str, *, has_code: bool = True) -> str:
    """Text for any place in GitHub-flavoured markdown, a table cell or the start of a line included.

    It can't become markup, HTML, math, a mention, reference, link or emoji, or a quick action of GitLab. What would be
    linked becomes code, so that it can be copied; without `has_code`, an invisible character separates it.
    Sources: GFM 2.4 (backslash escapes), 4 (block starts), 6.9 (autolinks); GitHub, "Autolinked references".
    """
    shown = re.sub(" +", " ", visible(text, whole_line=False))
    inert = "".join(
        f"`{piece}`" if is_copied else _unlinked(piece).translate(_MARKDOWN_TABLE)
        for piece, is_copied in _pieces(shown, has_code=has_code)
    )
    return _LEADING.sub(r"\1\2\\\3", inert)


def html(text: str, *, has_code: bool = True) -> str:
    """Text for HTML inside markdown, where backslashes count for nothing but hosts still look for links.

    Braces are escaped, since MDX runs what is between them as code. `has_code` as for `markdown`.
    """
    return "".join(
        f"<code>{piece.translate(_INNER_TABLE)}</code>" if is_copied else _unlinked(piece).translate(_INNER_TABLE)
        for piece, is_copied in _pieces(visible(text, whole_line=False), has_code=has_code)
    )


def _pieces(text: str, *, has_code: bool) -> Iterator[tuple[str, bool]]:
    """A text in pieces, and whether each is something to copy that a host would link."""
    at = 0
    for found in _RUN.finditer(text) if has_code else ():
        ends = (found[0].rstrip(_PUNCTUATION), found[0].rstrip(_PUNCTUATION.replace(":", "")))
        copied = next(filter(_is_linked, ends), None)
        if copied:
            yield text[at : found.start()], False
            yield copied, True
            at = found.start() + len(copied)
    yield text[at:], False


def _is_linked(text: str) -> bool:
    return _unlinked(text) != text


def element(text: str) -> str:
    """Text for an element or a quoted attribute of an HTML or SVG file.

    `#` and a leading `::` are coded, so that no line of it is a command to a runner.
    """
    coded = visible(text, whole_line=False).translate(_ELEMENT_TABLE)
    return _LEADING_COLON.sub(r"\1&#58;", coded)


def _unlinked(text: str) -> str:
    for pattern, replacement in _LINKED:
        text = pattern.sub(replacement, text)
    return _HASH.sub(lambda match: BREAK.join(re.findall(".{1,6}", match[0])), text)


def code_span(text: str) -> str:
    """Text as code. What has a pipe becomes HTML, since a code span can't hold one both in and outside of tables.

    Source: GFM 6.3 (a span ends at a run of backticks as long as the one it began with), 4.10 (tables).
    """
    shown = visible(text, whole_line=False)
    if not shown.strip():
        return shown
    if "|" in shown:
        return f"<code>{markdown(text, has_code=False)}</code>"
    fence = backticks(shown, 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def backticks(text: str, least: int) -> str:
    """A fence that is longer than any run of backticks in a text."""
    return "`" * max(least, 1 + max((len(run) for run in re.findall("`+", text)), default=0))


_WIKI = re.compile(r"[!-'*+:-@\[-`{-~]|^-|-(?=-)|\b(?:RFC|PMID|ISBN) ")


def wikitext(text: str) -> str:
    """Text for any place in wikitext: it can't become markup, a template, link, table, signature or magic word.

    All signs but `.,()/` and single hyphens are coded; so is the blank behind a word that makes a link of a number.
    Sources: MediaWiki, "Help:Formatting", "Help:Magic words", "Help:Magic links".
    """
    return _WIKI.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", visible(text, whole_line=False))


def mermaid(text: str) -> str:
    """A label for double quotes in a flow chart: all but letters, digits and blanks as `#35;`.

    Source: mermaid, "Entity codes to escape characters". Everything, since labels are read as markdown too:
    `1. x` shows "Unsupported markdown: list".
    """
    shown = visible(text, whole_line=False)
    return "".join(each if each == " " or _is_word(each) else f"#{ord(each)};" for each in shown)


def _is_word(character: str) -> bool:
    return character.isalnum() or _category(character)[0] == "M" or character in _JOINERS
