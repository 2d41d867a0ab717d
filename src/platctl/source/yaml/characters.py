"""Invisible characters: those not allowed in a file, and those that are only suspicious."""

import re
import unicodedata

# NEL, LS and PS end a line only for YAML 1.1 parsers; a byte order mark is only allowed at the start.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+")
"""Characters that are not allowed in a file."""

ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Characters that escapes such as `"\\e"` may not produce either."""

# Not included are characters that texts need: U+200C and U+200D (Persian, emoji), U+200E and U+200F (Hebrew, Arabic),
# variation selectors, and the tag characters of a flag such as Scotland's, skipped by the first alternative.
INVISIBLE = re.compile(
    "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    "|([\u00ad\u034f\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]+)"
)
"""Group 1 is a run of characters that are invisible, or that reverse the reading direction."""

BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
"""A character that looks like a space. Texts need them, so they only matter where YAML would need a space."""

_CONTROLS = {
    0x00: "NUL",
    0x07: "BEL",
    0x08: "backspace",
    0x0B: "vertical tab",
    0x0C: "form feed",
    0x0D: "carriage return",
}
_CONTROLS |= {0x1B: "ESC", 0x7F: "DEL", 0x85: "next line"}


def described(character: str) -> str:
    """The description of a character that can't be seen, such as `U+200B (zero width space)`."""
    code = ord(character)
    known = _CONTROLS.get(code) or unicodedata.name(character, "control character").lower()
    return f"U+{code:04X} ({known})"
