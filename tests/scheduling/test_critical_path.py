"""When waiting work can end, and how late it may be, against all paths there are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.critical_path import CriticalPaths, Task

Plan = Mapping[int, Task[int]]


def plan(*tasks: Task[int]) -> Plan:
    return {task.name: task for task in tasks}


@st.composite
def plans(draw: st.DrawFn, most: int = 7) -> Plan:
    """Tasks with days, each of which may wait for any before it."""
    tasks = []
    for number in range(draw(st.integers(1, most))):
        start = draw(st.integers(1, 40))
        before = tuple(other for other in range(number) if draw(st.booleans()))
        end, release, has_begun = start + draw(st.integers(0, 9)), draw(st.integers(1, 40)), draw(st.booleans())
        tasks.append(Task(number, start, end, release, has_begun, before=before))
    return plan(*draw(st.permutations(tasks)))


def paths(work: Plan, to: int) -> Iterator[list[Task[int]]]:
    """Every path that ends at a task, wherever it begins."""
    yield [work[to]]
    for before in work[to].before:
        for path in paths(work, before):
            yield [*path, work[to]]


def end_of(path: list[Task[int]]) -> int:
    """The end of a path whose tasks are done one after the other, if nothing else holds them up."""
    day = 0
    for task in path:
        assert task.start
        assert task.end
        if task.has_begun:
            day = max(day, task.release, task.end)
        elif day == 0:
            day = max(task.release, task.start) + task.end - task.start
        else:
            day += 1 + task.end - task.start
    return day


def slow_end(work: Plan, to: int) -> int:
    return max(map(end_of, paths(work, to)))


@given(plans())
def test_the_earliest_end_is_that_of_the_longest_path(work: Plan) -> None:
    found = CriticalPaths(work.values()).finishes
    assert {each: finish.day for each, finish in found.items()} == {each: slow_end(work, each) for each in work}
    assert all(finish.is_known for finish in found.values())


@given(plans())
def test_the_chain_is_a_path_that_takes_as_long_as_the_longest(work: Plan) -> None:
    for last in work:
        chain = [work[each] for each in CriticalPaths(work.values()).chain(last)]
        assert all(one.name in other.before for one, other in pairwise(chain))
        assert end_of(chain) == slow_end(work, last)


def late(task: Task[int], days: int) -> Task[int]:
    """The same task, that much longer after its earliest days."""
    assert task.start
    assert task.end
    start = task.start if task.has_begun else max(task.start, task.release)
    end = max(task.end, task.release) if task.has_begun else start + task.end - task.start
    return replace(task, start=start, end=end + days)


@given(plans(), st.data())
def test_slack_is_how_much_longer_it_may_take_before_the_end_moves(work: Plan, data: st.DataObject) -> None:
    last = data.draw(st.sampled_from(sorted(work)))
    timeline = CriticalPaths(work.values())
    ends = {each: finish.day for each, finish in timeline.finishes.items()}
    latest = timeline.latest([last], ends[last])
    assert set(latest) == set(timeline.behind([last]))
    for each, day in latest.items():
        # Begun work waits while it runs: what moves is its end as it is, not its own part of it.
        longer = ends[each] - late(work[each], 0).end if work[each].has_begun else 0  # type: ignore[operator]
        for more, moves in ((day - ends[each], False), (day - ends[each] + 1, True)):
            moved = {**work, each: late(work[each], longer + more)}
            assert (slow_end(moved, last) > ends[last]) is moves


def test_work_without_days_makes_what_waits_for_it_unknown_but_not_before_a_day() -> None:
    work = CriticalPaths(plan(Task(1, release=5), Task(2, 1, 3, before=(1,))).values())
    assert [(each.day, each.is_known) for each in work.finishes.values()] == [(5, False), (8, False)]


def test_work_of_which_only_the_end_is_known_keeps_it_while_it_can_begin_before() -> None:
    def ends(after: int) -> tuple[int, bool]:
        found = Task(1, end=9).finish(after)
        return found.day, found.is_known

    assert (ends(0), ends(8), ends(9)) == ((9, True), (9, True), (10, False))


def test_what_is_blocked_or_in_a_circle_has_no_end_nor_has_what_waits_for_it() -> None:
    a, b, c, d, e, f = range(6)
    work = plan(
        Task(a, 1, 2, is_blocked=True),
        Task(b, 1, 2, before=(a,)),
        Task(c, 1, 2, before=(d,)),
        Task(d, 1, 2, before=(c,)),
        Task(e, 1, 2, before=(d, f)),
        Task(f, 1, 2),
    )
    assert set(CriticalPaths(work.values()).finishes) == {f}


def test_a_chain_of_thousands_is_no_problem() -> None:
    tasks = [Task(number, 1, 2, before=(number - 1,) if number else ()) for number in range(5000)]
    timeline = CriticalPaths(tasks)
    assert timeline.finishes[4999].day == 10_000
    assert len(timeline.chain(4999)) == 5000
