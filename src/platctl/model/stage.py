"""The fields that an initiative needs at each stage."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from platctl.model.entity.initiative import Initiative
from platctl.model.vocabulary import WAY, Status

_IDEA = ("title", "proposed_by")
_PROPOSED = (*_IDEA, "owner")
_SHAPED = (*_PROPOSED, "effort", "changes")
_PLANNED = (*_SHAPED, "goals", "period")

STAGES: Mapping[Status, tuple[str, ...]] = {
    Status.IDEA: _IDEA,  # someone to ask
    Status.PROPOSED: _PROPOSED,  # a team that shapes it
    Status.SHAPED: _SHAPED,  # can be ranked and planned
    Status.PLANNED: _PLANNED,  # others can count on it
    Status.ACTIVE: _PLANNED,
    Status.DONE: ("title", "owner", "end"),  # the day its changes took effect
    Status.DROPPED: (),
    Status.PARKED: (),
}
"""The fields that an initiative needs at each stage. An `end` also counts as `period`: others need that day."""

INTAKE = WAY[: WAY.index(Status.PLANNED)]
"""The stages before others can count on it."""

_FILLED: Mapping[str, Callable[[Initiative], bool]] = {
    "title": lambda each: bool(each.title),
    "proposed_by": lambda each: bool(each.proposed_by),
    "owner": lambda each: each.owner is not None,
    "effort": lambda each: bool(each.effort),
    "changes": lambda each: bool(each.changes),
    "goals": lambda each: bool(each.goals),
    "period": lambda each: each.period is not None or _has_end(each),
    "end": lambda each: _has_end(each),
}


def _has_end(initiative: Initiative) -> bool:
    """Whether its last day is written, as a day or as a release, also one that has no day yet."""
    return initiative.end is not None or ("end",) in initiative.waits


def missing(initiative: Initiative, status: Status) -> list[str]:
    """The fields that an initiative lacks for a stage."""
    return [field for field in STAGES[status] if not is_given(initiative, field)]


def is_given(initiative: Initiative, field: str) -> bool:
    """Whether an initiative has a field that stages need."""
    return _FILLED[field](initiative)


def stage_before(initiative: Initiative) -> Status | None:
    """The last stage before the current one, at most planned, for which no field is missing."""
    stages = WAY[: WAY.index(Status.PLANNED) + 1]
    if initiative.status in stages:
        stages = stages[: stages.index(initiative.status)]
    return next((stage for stage in reversed(stages) if not missing(initiative, stage)), None)


def stage_after(status: Status) -> Status | None:
    """The next stage; None after the last one, and for dropped and parked initiatives."""
    return dict(pairwise(WAY)).get(status)
