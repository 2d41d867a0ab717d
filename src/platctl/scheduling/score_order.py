"""The order of work by scores, under prerequisites."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.precedence import Groups, grouped


@record
class Lifted(Generic[Name]):
    """An order by scores, and for each job above its own score, the job whose score lifts it."""

    order: tuple[Name, ...]
    lifted_by: Mapping[Name, Name]


def by_score(scores: Mapping[Name, float], before: Iterable[tuple[Name, Name]]) -> Lifted[Name]:
    """The order in which each job counts as much as the best job that waits for it.

    `before` are pairs (earlier, later). Of two jobs that count the same, the prerequisite comes first, then the one
    with the higher own score, then the smaller name. Jobs that wait for each other count as much as the best of them.
    """
    names = sorted(scores)
    order, lifted_by = numbers_by_score([scores[name] for name in names], grouped(names, before))
    return Lifted(tuple(names[job] for job in order), {names[job]: names[by] for job, by in lifted_by.items()})


def numbers_by_score(scores: Sequence[float], groups: Groups) -> tuple[list[int], dict[int, int]]:
    """The same with numbered jobs."""
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
