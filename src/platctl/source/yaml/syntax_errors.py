"""Explains why a text is not valid YAML, and what to write instead."""

import re
from collections.abc import Callable

from platctl.record import record
from platctl.source.yaml.characters import BLANK, described
from platctl.source.yaml.parse_failure import ParseFailure, in_quotes

_QUOTES = "put the text in quotes"
_NEEDS_SPACE = re.compile(rf"(?:[ \t-]|[\w.-]+ *:(?= *{BLANK.pattern}))* *({BLANK.pattern})")
"""In the indentation, or after the dash or the key at the start of a line."""
_TEMPLATE = re.compile(r"\{\{|\{%")


@record
class Explanation:
    """A message with its place (one character if `end` is None), and an optional second place with a label."""

    message: str
    help: str
    start: int
    end: int | None = None
    other: tuple[int, str] | None = None
    rule: str = "yaml-syntax"


def explain(failure: ParseFailure) -> Explanation:
    """The most likely cause."""
    special = _too_deep(failure) or _tab(failure) or _blank(failure) or _template(failure)
    if special:
        return special
    for words, cause in _CAUSES:
        if words in failure.problem:
            return cause(failure)
    help_ = f"check the indentation; if it is text, {_QUOTES}"
    return Explanation(f"this is not valid YAML: {failure.problem}", help_, failure.offset)


def _too_deep(failure: ParseFailure) -> Explanation | None:
    # libyaml 0.2.6 has its own limit, and looks ahead: it may stop before an event shows how deep this goes.
    if "exceeded maximum nesting depth" not in failure.problem:
        return None
    message = "lists and mappings are nested too deeply"
    return Explanation(message, "use fewer levels", failure.offset, rule="too-large")


def _tab(failure: ParseFailure) -> Explanation | None:
    indentation = re.match(r"[ \t]*", failure.line)
    if not indentation or "\t" not in indentation[0]:
        return None
    start = failure.line_start + indentation[0].index("\t")
    end = failure.line_start + indentation.end()
    return Explanation("a tab is used for indentation", "replace each tab with two spaces", start, end)


def _blank(failure: ParseFailure) -> Explanation | None:
    """A character that looks like a space, at a place where YAML needs one."""
    for offset in (failure.offset, failure.context):
        start = failure.stretch.text.line_start(offset)
        if found := _NEEDS_SPACE.match(failure.stretch.text.line(offset)):
            message = f"{described(found[1])} looks like a space, but is not one"
            return Explanation(message, "replace it with a space", start + found.start(1), start + found.end(1))
    return None


def _template(failure: ParseFailure) -> Explanation | None:
    found = _TEMPLATE.search(failure.line)
    if not found:
        return None
    shown = "{{ … }}" if found[0] == "{{" else "{% … %}"
    help_ = "render templates before running platctl, or put the value in quotes"
    start = failure.line_start + found.start()
    return Explanation(f"`{shown}` is a template, not YAML", help_, start, start + 2)


def _colon_in_value(failure: ParseFailure) -> Explanation:
    """A colon where no key can be: in a value, or on a line that is part of the value above."""
    if failure.before.startswith("---"):
        message = "a mapping can't start on the line of `---`"
        return Explanation(message, "start it on the next line", failure.line_start + 4, failure.offset + 1)
    if re.search(r":\s", failure.before):
        return Explanation("a text with `: ` in it needs quotes", _write_in_quotes(failure), failure.offset)
    above = failure.line_before()
    if above is not None and _is_first_and_lacks_colon(failure, above):
        return _missing_colon(failure, above)
    start = failure.line_start + len(failure.before) - len(failure.before.lstrip())
    help_ = "indent it like the other keys, or remove the value of the line above"
    return Explanation("this line is indented below a line that already has a value", help_, start, failure.offset + 1)


def _is_first_and_lacks_colon(failure: ParseFailure, above: int) -> bool:
    first = ParseFailure(failure.stretch, "", above, above).line_before() is None
    line = failure.stretch.text.line(above)
    return first and not re.search(r":(?:\s|$)", line) and not line.lstrip().startswith("- ")


def _no_colon(failure: ParseFailure) -> Explanation:
    return _missing_colon(failure, failure.stretch.text.line_start(failure.context))


def _missing_colon(failure: ParseFailure, line_start: int) -> Explanation:
    """A line among keys without a colon."""
    line = failure.stretch.text.line(line_start)
    content = line.strip()
    start = line_start + len(line) - len(line.lstrip())
    message, help_ = "this line has no `:`", "use `name: value`"
    if found := re.fullmatch(r"-([^\s-].{0,80})", content):
        message, help_ = "a list item needs a space after its dash", f"write `- {found[1]}`"
    elif found := re.fullmatch(r"([\w.-]{1,40}):([^\s/:].{0,80})", content):
        message, help_ = "a space is missing after the `:`", f"write `{found[1]}: {found[2]}`"
    elif found := re.fullmatch(r"([\w.-]{1,40})\s+([^\s:].{0,80})", content):
        help_ = f"write `{found[1]}: {found[2]}`"
    return Explanation(message, help_, start, start + len(content))


def _list_in_value(failure: ParseFailure) -> Explanation:
    message = "a list can't start on the line of its key"
    help_ = f"start it on the next line; if it is text, {_write_in_quotes(failure)}"
    return Explanation(message, help_, failure.offset)


def _unexpected(failure: ParseFailure) -> Explanation:
    """Something other than the next entry of a mapping or list."""
    if failure.begins_line:
        return _misplaced_line(failure)
    last = failure.before.rstrip()[-1]
    if last in "\"'":
        return _after_quote(failure, last)
    if last in "]}":
        help_ = f"if the brackets are part of the text, {_write_in_quotes(failure)}"
        return Explanation(f"text after the closing `{last}`", help_, failure.offset)
    return Explanation(f"`{failure.character}` is not allowed here", _write_in_quotes(failure), failure.offset)


def _misplaced_line(failure: ParseFailure) -> Explanation:
    is_item = failure.characters(failure.offset, 2).strip() == "-"
    among_keys = "key" in failure.problem
    same_column = failure.column_of(failure.offset) == failure.column_of(failure.context)
    if failure.character in ("]", "}"):
        return Explanation(f"`{failure.character}` has no matching opening bracket", "delete it", failure.offset)
    if same_column and is_item and among_keys:
        help_ = "move it below the key it belongs to, or delete the dash"
        return Explanation("this is a list item among keys", help_, failure.offset)
    if same_column and not among_keys:
        return Explanation("this line among list items has no dash", "start it with `- `", failure.offset)
    help_ = "indent it exactly like the other lines of the same mapping or list"
    return Explanation("the indentation of this line does not match any line above it", help_, failure.offset)


def _after_quote(failure: ParseFailure, quote: str) -> Explanation:
    start = failure.stretch.document_at(failure.offset).read_until_failure()
    other = None
    if start < failure.line_start:
        other = (start, "the quoted text starts here")
    help_ = f"put the whole value inside the quotes; write a `{quote}` inside it as `{_ESCAPED[quote]}`"
    return Explanation("text after the closing quote", help_, failure.offset, other=other)


_ESCAPED = {"'": "''", '"': '\\"'}


def _open_brackets(failure: ParseFailure) -> Explanation:
    """A `[` or `{` that is not closed properly."""
    opening = failure.characters(failure.context)
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if failure.is_on_one_line and failure.character.strip():
        message = f"`,` or `{closing}` is missing before this"
        return Explanation(message, "put a comma between items, and quotes around text with `: ` in it", failure.offset)
    other = (failure.offset, "this is not allowed inside the brackets") if failure.character.strip() else None
    help_ = f"close it with `{closing}`, and separate its items with commas"
    return Explanation(f"this `{opening}` is not closed", help_, failure.context, other=other)


def _no_value(failure: ParseFailure) -> Explanation:
    if not failure.character or failure.characters(failure.offset, 3) in ("---", "..."):
        return Explanation("a bracket before this is not closed", "close it with `]` or `}`", failure.offset)
    if failure.character == ",":
        return Explanation(
            "the value before this comma is missing", "delete it, or put the text in quotes", failure.offset
        )
    return _first_character(failure)


def _first_character(failure: ParseFailure) -> Explanation:
    """A value that starts with a character that has another meaning."""
    what = "line" if failure.begins_line else "value"
    sign = "a backtick" if failure.character == "`" else f"`{failure.character}`"
    help_ = _QUOTES if failure.begins_line else _write_in_quotes(failure)
    return Explanation(f"a {what} can't start with {sign}", help_, failure.offset)


def _bad_name(failure: ParseFailure) -> Explanation:
    """A `*` or `&` that is not followed by a name."""
    meaning = {"*": "an alias", "&": "an anchor"}.get(failure.characters(failure.context), "a name")
    message = f"`{failure.characters(failure.context)}` at the start means {meaning}, but no name follows"
    return Explanation(message, _write_in_quotes(failure), failure.context)


def _block_text(failure: ParseFailure) -> Explanation:
    """`>=2` and the like."""
    sign = failure.characters(failure.context)
    message = f"`{sign}` at the start means that the text is on the lines below"
    return Explanation(message, _write_in_quotes(failure), failure.context)


def _open_quote(failure: ParseFailure) -> Explanation:
    quote = failure.characters(failure.context)
    help_ = f"close it with `{quote}`"
    if quote == "'":
        help_ += '; use `"` around text with an apostrophe'
    return Explanation("this quote is not closed", help_, failure.context)


def _escape(failure: ParseFailure) -> Explanation:
    # The parser stops before the escape or in it.
    start = failure.offset if failure.character == "\\" else failure.line_start + failure.before.rfind("\\")
    help_ = "write `\\\\` for a backslash, or use single quotes"
    return Explanation(
        f"an escape that starts with `{failure.characters(start, 2)}` is not valid", help_, start, start + 2
    )


def _tag(failure: ParseFailure) -> Explanation:
    message = "`!` at the start makes a tag, and tags are not supported"
    return Explanation(message, _write_in_quotes(failure), failure.context)


def _outside(failure: ParseFailure) -> Explanation:
    help_ = "indent it like the first line of the document, or add a line `---` before it"
    return Explanation("the document ends before this", help_, failure.offset)


def _write_in_quotes(failure: ParseFailure) -> str:
    line = in_quotes(failure.line)
    return f"write `{line}`" if line else _QUOTES


_CAUSES: tuple[tuple[str, Callable[[ParseFailure], Explanation]], ...] = (
    ("mapping values are not allowed", _colon_in_value),
    ("could not find expected ':'", _no_colon),
    ("block sequence entries are not allowed", _list_in_value),
    ("mapping keys are not allowed", _first_character),
    ("did not find expected key", _unexpected),
    ("did not find expected '-' indicator", _unexpected),
    ("did not find expected ',' or", _open_brackets),
    ("did not find expected node content", _no_value),
    ("cannot start any token", _first_character),
    ("did not find expected alphabetic", _bad_name),
    ("did not find expected comment or line break", _block_text),
    ("found an indentation indicator equal to 0", _block_text),
    ("found unexpected end of stream", _open_quote),
    ("found unexpected document indicator", _open_quote),
    ("found unknown escape character", _escape),
    ("found invalid Unicode character escape code", _escape),
    ("did not find expected hexdecimal number", _escape),
    ("found undefined tag handle", _tag),
    ("did not find expected tag URI", _tag),
    ("did not find the expected '>'", _tag),
    ("did not find expected whitespace or line break", _tag),
    ("URI escaped octet", _tag),
    ("UTF-8 octet", _tag),
    ("did not find expected <document start>", _outside),
)
"""By the messages of libyaml 0.2."""
