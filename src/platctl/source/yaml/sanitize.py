"""Finds text that must not reach the parser, and makes it harmless without moving anything."""

import re
from collections.abc import Iterator

from platctl.finding import Severity
from platctl.source.yaml.characters import INVISIBLE, REFUSED, described
from platctl.source.yaml.problems import Problems
from platctl.source.yaml.text import Text

_USUAL = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])
_DIRECTIVE = re.compile(r"(%(?<![^\r\n]%)\S*)[^\r\n]*")
_MARKER = re.compile(r"(?<![^\r\n])(?:<{7}|\|{7}|={7}|>{7})(?![^ \r\n])[^\r\n]*")
_MEND_CONFLICT = "keep one side, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`"
_VISIBLE = re.compile(r"[^\r\n]")


def sanitized(problems: Problems) -> Text:
    """The text to parse: everything not allowed is reported, and replaced by as many harmless characters."""
    text = problems.text.characters
    # Much faster than searching for each character: usually nothing is left.
    unusual = text.encode().translate(None, _USUAL).decode()
    if INVISIBLE.search(unusual):
        _report_invisible(text, problems)
    if REFUSED.search(unusual):
        text = _without_refused(text, problems)
    if _DIRECTIVE.search(text):
        text = _without_directives(text, problems)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        text = _without_conflicts(text, problems)
    return problems.text if text is problems.text.characters else Text(problems.text.path, text)


def _report_invisible(text: str, problems: Problems) -> None:
    # A byte order mark is reported anyway.
    runs = (found for found in INVISIBLE.finditer(text) if found[1] and "\ufeff" not in found[1])
    for found in problems.few(runs):
        message = f"invisible character {described(found[1][0])}"
        problems.add("invisible-character", message, *found.span(1), "delete it", severity=Severity.WARNING)


def _without_refused(text: str, problems: Problems) -> str:
    for found in problems.few(REFUSED.finditer(text)):
        message = f"{described(found[0][0])} is not allowed in a YAML file"
        problems.add("control-character", message, *found.span(), "delete it")
    return REFUSED.sub(lambda found: "\ufffd" * len(found[0]), text)


def _without_directives(text: str, problems: Problems) -> str:
    """The text with directives turned into comments."""
    for found in problems.few(_DIRECTIVE.finditer(text)):
        message = f"directives such as `{found[1][:20]}` are not supported"
        help_ = "delete the line; if it is text, indent it"
        problems.add("unsupported-yaml", message, *found.span(), help_)
    return _DIRECTIVE.sub(lambda found: "#" + found[0][1:], text)


def _without_conflicts(text: str, problems: Problems) -> str:
    """The text with only the upper side of each merge conflict, so that the rest can still be checked."""
    kept, done = [], 0
    for start, end in _lower_sides(text, problems):
        kept += [text[done:start], _VISIBLE.sub(" ", text[start:end])]
        done = end
    return "".join([*kept, text[done:]])


def _lower_sides(text: str, problems: Problems) -> Iterator[tuple[int, int]]:
    """The lines of markers, and the text between `=======` (or `|||||||`) and `>>>>>>>`."""
    is_open, lower = False, None
    for marker in _MARKER.finditer(text):
        sign = marker[0][0]
        if sign == "<" or (sign == ">" and not is_open):
            message = "the file contains an unresolved merge conflict"
            problems.left_out("yaml-syntax", message, *marker.span(), _MEND_CONFLICT)
        if sign == "<":
            is_open, lower = True, None
            yield marker.span()
        elif sign == ">":
            yield marker.start() if lower is None else lower, marker.end()
            is_open, lower = False, None
        elif is_open and lower is None:
            lower = marker.start()
