"""What work does to a component, in a few words."""

from collections.abc import Mapping
from typing import Final

_VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "addition": ("adds", ""),
    "change": ("changes", "with "),
    "breaking": ("breaks", "with "),
    "deprecation": ("deprecates", ""),
    "removal": ("removes", ""),
    "internal": ("reworks", "with "),
}
"""By effect: the verb, and the words before the version."""


def change_words(effect: str, subject: str, version: str | None, sunset: str | None = None) -> str:
    """`adds Identity 3.1.0`, `removes Identity rest <3`, `breaks Gateway with 5.0.0`."""
    verb, preposition = _VERBS[effect]
    told = f" {preposition}{version}" if version else ""
    until = f", sunset {sunset}" if sunset else ""
    return f"{verb} {subject}{told}{until}"
