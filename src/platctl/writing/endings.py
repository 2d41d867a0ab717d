"""How a dependency ends or weakens, in words."""

from collections.abc import Mapping
from typing import Final

from platctl.outlook.endings import EndKind
from platctl.page import Tone

_WHAT: Final[Mapping[EndKind, str]] = {
    EndKind.UNMET: "unavailable",
    EndKind.BROKEN: "its contract breaks",
    EndKind.DEPRECATED: "deprecated",
    EndKind.UNCONFIRMED: "only versions that no one has confirmed",
    EndKind.BEHAVIOUR: "it behaves differently",
    EndKind.UNCLEAR: "it may no longer fit",
}


def ending(kind: EndKind, day: str) -> str:
    """`unavailable from 2027-03-31`."""
    return f"{_WHAT[kind]} from {day}"


def ending_tone(kind: EndKind) -> Tone:
    """The tone of such an end: a warning, or a note where nothing ends."""
    return Tone.WARN if kind in (EndKind.UNMET, EndKind.BROKEN, EndKind.DEPRECATED) else Tone.NOTE


def to_do(kind: EndKind) -> str:
    """What it asks of those who depend on it, before the name: `Move off`."""
    if kind in (EndKind.UNMET, EndKind.DEPRECATED):
        return "Move off"
    return "Adapt to" if kind is EndKind.BROKEN else "Check"
