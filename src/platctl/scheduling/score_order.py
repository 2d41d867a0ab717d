"""The order of work by scores, where some of it has to end before other work can begin."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.precedence import Groups, grouped


@record
class Lifted(Generic[Name]):
    """An order by scores, and by job whose score it is that lifts it above its own."""

    order: tuple[Name, ...]
    lifted_by: Mapping[Name, Name]


def by_score(scores: Mapping[Name, float], before: Iterable[tuple[Name, Name]]) -> Lifted[Name]:
    """The order in which a job counts as much as the best of what waits for it. `before` are pairs (earlier, later).

    Of two that count the same, what the other waits for comes first, then the one with the higher score of its own,
    then the smaller name. Jobs that wait for each other count as much as the best of them.
    """
    names = sorted(scores)
    order, lifted_by = numbers_by_score([scores[name] for name in names], grouped(names, before))
    return Lifted(tuple(names[job] for job in order), {names[job]: names[by] for job, by in lifted_by.items()})


def numbers_by_score(scores: Sequence[float], groups: Groups) -> tuple[list[int], dict[int, int]]:
    """The same with jobs as numbers."""
    members, precedence = groups.members, groups.precedence
    own = [min((-scores[job], job) for job in jobs) for jobs in members]
    best = list(own)
    for group in precedence.latest_first:
        for need in precedence.needs[group]:
            if best[group][0] < best[need][0]:
                best[need] = best[group]
    keys = {group: (best[group][0], own[group][0], group) for group in range(len(members))}
    order: list[int] = []
    for group in precedence.in_order(keys):
        jobs = members[group]
        order += jobs if len(jobs) == 1 else sorted(jobs, key=lambda job: (-scores[job], job))
    lifted_by = {
        job: by for jobs, (score, by) in zip(members, best, strict=True) for job in jobs if -score > scores[job]
    }
    return order, lifted_by
