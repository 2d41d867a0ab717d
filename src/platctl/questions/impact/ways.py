"""The ways on which a change reaches consumers, as a picture."""

from collections.abc import Iterator

from platctl.model.entity.component import Strength
from platctl.model.level import Level
from platctl.outlook.cause import Cause
from platctl.page import Arrow, Box, Diagram, Target, Tone
from platctl.questions.impact.report import ImpactReport
from platctl.record import record
from platctl.writing.levels import LEVELS
from platctl.writing.phrases import level_words

MOST_BOXES = 40
"""A picture with more is unreadable."""
_BANDS = ("consumers", "components")


@record
class _Way:
    """A dependency that carries harm from one box to another."""

    below: str
    above: str
    level: Level
    requires: str
    is_soft: bool


def ways(report: ImpactReport) -> Diagram | None:
    """The ways from what changes to who is harmed, each at its strongest level; None if there are too many."""
    labels: dict[str, str] = {}
    kept: dict[tuple[str, str], _Way] = {}
    for cause in _causes(report):
        for way in _steps(cause, labels):
            known = kept.get((way.below, way.above))
            if known is None or way.level.rank < known.level.rank:
                kept[way.below, way.above] = way
    if not 1 < len(labels) <= MOST_BOXES:
        return None
    levels = {_name(each.component.id): each.level for each in report.components}
    levels |= {str(each.consumer.ref): each.level for each in report.verdicts}
    changed = {_name(each.subject.partition("#")[0]) for each in report.changes}
    reached = {each.level for each in kept.values()} - {Level.INFORMED}
    key = [(Arrow("", "", tone=LEVELS[each].tone), level_words(each)) for each in Level if each in reached]
    if any(each.is_soft for each in kept.values()):
        key.append((Arrow("", "", is_soft=True), "works without it, less well"))
    found = kept.values()
    return Diagram(
        boxes=tuple(
            _box(name, label, levels.get(name), is_changed=name in changed or name not in levels)
            for name, label in labels.items()
        ),
        arrows=tuple(
            Arrow(each.below, each.above, each.requires, LEVELS[each.level].tone, each.is_soft) for each in found
        ),
        title="How it travels",
        bands=_BANDS,
        is_rising=True,
        key=tuple(key),
    )


def _causes(report: ImpactReport) -> Iterator[Cause]:
    """What harms consumers, also beside what decides."""
    for verdict in report.verdicts:
        if verdict.level.is_harm:
            yield verdict.cause
            yield from (each for each in verdict.others if each.level.is_harm)


def _steps(cause: Cause, labels: dict[str, str]) -> Iterator[_Way]:
    """The steps of one way, from the change upwards; adds the labels of what stands on it."""
    below = _name(cause.subject.partition("#")[0])
    labels.setdefault(below, cause.subject.label)
    for step in reversed(cause.steps):
        above = str(step.entity.ref) if step.entity.ref.kind == "consumer" else _name(step.entity.id)
        labels.setdefault(above, step.entity.label)
        yield _Way(below, above, step.level, step.requires or "", step.strength is Strength.SOFT)
        below = above


def _name(component: str) -> str:
    return f"component:{component}"


def _box(name: str, label: str, level: Level | None, *, is_changed: bool) -> Box:
    notes = [f"{LEVELS[level].mark} {level_words(level)}"] if level else []
    notes += ["changes"] if is_changed else []
    tone = LEVELS[level].tone if level else Tone.STRONG
    band = 1 if name.startswith("component:") else 0
    return Box(name, label, tone, ", ".join(notes), band, to=Target(anchor=name))
