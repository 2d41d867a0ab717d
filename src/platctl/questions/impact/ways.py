"""The ways on which a change reaches consumers, as a picture."""

from platctl.model.entity.component import Strength
from platctl.model.level import Level
from platctl.page import Arrow, Box, Diagram, Target, Tone
from platctl.questions.impact.report import ImpactReport
from platctl.writing.levels import LEVELS
from platctl.writing.phrases import level_words

MOST_BOXES = 40
"""A picture with more is unreadable."""
_BANDS = ("consumers", "components")


def ways(report: ImpactReport) -> Diagram | None:
    """The ways from what changes to who is harmed, at the strongest level of each; None if there are too many."""
    boxes: dict[str, Box] = {}
    levels: dict[tuple[str, str], Level] = {}
    arrows: dict[tuple[str, str], Arrow] = {}
    for verdict in report.verdicts:
        if not verdict.level.is_harm:
            continue
        subject = verdict.cause.subject
        below = f"component:{subject.partition('#')[0]}"
        boxes.setdefault(below, Box(below, subject.label, Tone.STRONG, "changes", 1, to=Target(anchor=below)))
        for step in reversed(verdict.cause.steps):
            is_consumer = step.entity.ref.kind == "consumer"
            name = str(step.entity.ref) if is_consumer else f"component:{step.entity.id}"
            words = LEVELS[step.level]
            note = f"{words.mark} {level_words(step.level)}"
            box = Box(name, step.entity.label, words.tone, note, 0 if is_consumer else 1, to=Target(anchor=name))
            boxes.setdefault(name, box)
            way = (below, name)
            if way not in levels or step.level.rank < levels[way].rank:
                levels[way] = step.level
                arrows[way] = Arrow(*way, step.requires or "", words.tone, is_soft=step.strength is Strength.SOFT)
            below = name
    if not 1 < len(boxes) <= MOST_BOXES:
        return None
    reached = set(levels.values()) - {Level.INFORMED}
    key = tuple((Arrow("", "", tone=LEVELS[each].tone), level_words(each)) for each in Level if each in reached)
    soft = any(each.is_soft for each in arrows.values())
    return Diagram(
        boxes=tuple(boxes.values()),
        arrows=tuple(arrows.values()),
        title="How it travels",
        bands=_BANDS,
        is_rising=True,
        key=(*key, *([(Arrow("", "", is_soft=True), "works without it, less well")] if soft else [])),
    )
