"""What an initiative must say at each stage: one table for whoever asks."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from platctl.model.entity.initiative import Initiative
from platctl.model.vocabulary import WAY, Status

_IDEA = ("title", "proposed_by")
_PROPOSED = (*_IDEA, "owner")
_SHAPED = (*_PROPOSED, "effort", "changes")
_PLANNED = (*_SHAPED, "goals", "period")

STAGES: Mapping[Status, tuple[str, ...]] = {
    Status.IDEA: _IDEA,  # somebody to ask
    Status.PROPOSED: _PROPOSED,  # somebody who shapes it
    Status.SHAPED: _SHAPED,  # what can be ranked and planned
    Status.PLANNED: _PLANNED,  # what others may count on
    Status.ACTIVE: _PLANNED,
    Status.DONE: ("title", "owner", "end"),  # since when its changes hold
    Status.DROPPED: (),
    Status.PARKED: (),
}
"""What an initiative must have filled in at each stage. `period` is met by `start` and `end`, too."""

INTAKE = WAY[: WAY.index(Status.PLANNED)]
"""The stages before anybody counts on it."""

EXAMPLES: Mapping[str, str] = {
    "title": "title: Sign in without a password",
    "proposed_by": "proposed_by: Ana Ruiz",
    "owner": "owner: identity-team",
    "effort": "effort: {identity-team: 6}",
    "changes": "changes: [{component: identity, effect: addition, version: 3.1.0}]",
    "goals": "goals: [safe-sign-in]",
    "period": "period: 2027-Q2",
    "end": "end: 2027-06-30",
}
"""A line that fills in each of the fields."""

_FILLED: Mapping[str, Callable[[Initiative], bool]] = {
    "title": lambda each: bool(each.title),
    "proposed_by": lambda each: bool(each.proposed_by),
    "owner": lambda each: each.owner is not None,
    "effort": lambda each: bool(each.effort),
    "changes": lambda each: bool(each.changes),
    "goals": lambda each: bool(each.goals),
    "period": lambda each: each.period is not None or (each.start is not None and each.end is not None),
    "end": lambda each: each.end is not None,
}


def missing(initiative: Initiative, status: Status) -> list[str]:
    """The fields that it lacks for a stage."""
    return [field for field in STAGES[status] if not _FILLED[field](initiative)]


def stage_before(initiative: Initiative) -> Status | None:
    """The last stage up to planned, before the present one, for which all is there."""
    stages = WAY[: WAY.index(Status.PLANNED) + 1]
    if initiative.status in stages:
        stages = stages[: stages.index(initiative.status)]
    return next((stage for stage in reversed(stages) if not missing(initiative, stage)), None)


def stage_after(status: Status) -> Status | None:
    """The next stage; None at the end, and off the way."""
    return dict(pairwise(WAY)).get(status)
