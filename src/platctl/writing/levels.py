"""The words, tone and urgency of each level."""

from collections.abc import Mapping
from typing import Final

from platctl.alert import Grade
from platctl.model.level import Level
from platctl.page import Run, Tone
from platctl.record import record
from platctl.writing.phrases import level_words


@record
class LevelWords:
    """The verb for one consumer and for several; `mark` goes with its tone, `means` explains it in alerts."""

    one: str
    many: str
    tone: Tone
    mark: str
    grade: Grade
    means: str


LEVELS: Final[Mapping[Level, LevelWords]] = {
    Level.BREAKS: LevelWords(
        "breaks", "break", Tone.BAD, "✕", Grade.CRITICAL, "What the product requires is no longer available."
    ),
    Level.MUST_ACT: LevelWords(
        *("must act", "must act", Tone.WARN, "▲", Grade.MAJOR),
        "What the product requires is still available, but deprecated or only until a date.",
    ),
    Level.AT_RISK: LevelWords(
        *("is at risk", "are at risk", Tone.RISK, "?", Grade.MINOR),
        "The model doesn't settle it, or a component in between has to absorb it.",
    ),
    Level.GAINS: LevelWords(
        "gains", "gain", Tone.GOOD, "+", Grade.INFO, "Something new is available, or an unmet need is met."
    ),
    Level.INFORMED: LevelWords("is to be informed", "are to be informed", Tone.NOTE, "○", Grade.INFO, "Nothing to do."),
}


def level_run(level: Level, text: str = "") -> Run:
    """A level by its word, or as another text, in its tone and with its sign."""
    words = LEVELS[level]
    return Run(text or level_words(level), words.tone, mark=words.mark)
