"""How levels are called, and how loudly each is told."""

from collections.abc import Mapping
from typing import Final

from platctl.alert import Grade
from platctl.model.level import Level
from platctl.page import Tone
from platctl.record import record


@record
class LevelWords:
    """What one consumer does, and several do; `means` explains it to who sees an alert."""

    one: str
    many: str
    tone: Tone
    grade: Grade
    means: str


LEVELS: Final[Mapping[Level, LevelWords]] = {
    Level.BREAKS: LevelWords(
        "breaks", "break", Tone.BAD, Grade.CRITICAL, "What the product requires is not there any more."
    ),
    Level.MUST_ACT: LevelWords(
        *("must act", "must act", Tone.WARN, Grade.MAJOR),
        "What the product requires is still there, but only until a date, or only deprecated.",
    ),
    Level.AT_RISK: LevelWords(
        *("is at risk", "are at risk", Tone.WARN, Grade.MINOR),
        "The written facts don't settle it, or a component in between has to absorb it.",
    ),
    Level.GAINS: LevelWords("gains", "gain", Tone.GOOD, Grade.INFO, "A new possibility, or an unmet need is met."),
    Level.INFORMED: LevelWords("is to be informed", "are to be informed", Tone.NOTE, Grade.INFO, "Nothing to do."),
}
