"""Schedules: against every schedule there is, published optima, and worked examples."""

import itertools
import statistics
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platctl.scheduling.critical_path import CriticalPaths, Task
from platctl.scheduling.holding_up import HoldUps
from platctl.scheduling.project import Activity, Project, Shape, Starts, Taken, breaks, finish, lateness
from platctl.scheduling.project_search import ScheduleLimits, Scheduler, scheduler
from platctl.scheduling.serial import Aim, cost, latest_starts, serial_schedule
from platctl.scheduling.solver_process import SolverError
from scheduling.psplib import DATA, best_known, instance, instances, project

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the instances are not here")
NAMES = "abcd"
STEPS = 7

shapes = st.lists(
    st.one_of(st.none(), st.builds(Shape, st.integers(1, 3), st.fixed_dictionaries({"r": st.integers(0, 3)}))),
    min_size=1,
    max_size=STEPS - 3,
)


@st.composite
def projects(draw: st.DrawFn) -> Project[str]:
    """Up to four activities whose shapes depend on their starts, in seven steps."""
    found = {}
    names = NAMES[: draw(st.integers(1, 4))]
    for at, name in enumerate(names):
        possible = {start: shape for start, shape in enumerate(draw(shapes)) if shape is not None}
        if draw(st.booleans()):
            possible = dict.fromkeys(range(STEPS - 2), Shape(draw(st.integers(0, 2)), {"r": draw(st.integers(0, 2))}))
        after = draw(st.sets(st.sampled_from(names[:at]), max_size=2)) if at else set()
        found[name] = Activity(
            name,
            possible,
            tuple((each, draw(st.integers(0, 1))) for each in sorted(after)),
            draw(st.one_of(st.none(), st.integers(-3, STEPS))),
            draw(st.integers(1, 3)),
        )
    others = st.builds(Taken, st.just("r"), st.integers(0, 3), st.integers(4, STEPS), st.integers(1, 3))
    taken = draw(st.lists(others, max_size=2))
    pairs = list(itertools.combinations(names, 2))
    order = draw(st.lists(st.sampled_from(pairs), max_size=1)) if pairs else []
    return Project(found, {"r": draw(st.integers(1, 4))}, tuple(taken), tuple(order))


def every_schedule(found: Project[str]) -> Iterator[Starts[str]]:
    names = list(found.activities)
    for picked in itertools.product(*(found.activities[name].shapes for name in names)):
        starts = dict(zip(names, picked, strict=True))
        if is_kept(found, starts):
            yield starts


def is_kept(found: Project[str], starts: Mapping[str, int]) -> bool:
    """The rules once more, step by step."""
    end = {name: found.activities[name].end(start) for name, start in starts.items()}
    for name, each in found.activities.items():
        if any(end[before] + lag > starts[name] for before, lag in each.after):
            return False
    if any(end[first] > end[then] for first, then in found.order):
        return False
    for step in range(STEPS + 3):
        other = sum(each.amount for each in found.taken if each.first <= step < each.until)
        own = sum(
            found.activities[name].shapes[start].takes.get("r", 0)
            for name, start in starts.items()
            if start <= step < end[name]
        )
        if own and own + other > found.capacity["r"]:
            return False
    return True


@pytest.fixture(scope="module")
def running() -> Iterator[Scheduler]:
    with scheduler(ScheduleLimits()) as found:
        yield found


@given(projects())
def test_a_schedule_holds_if_every_rule_is_kept_in_every_step(found: Project[str]) -> None:
    names = list(found.activities)
    for picked in itertools.product(*(found.activities[name].shapes for name in names)):
        starts = dict(zip(names, picked, strict=True))
        assert (not list(breaks(found, starts))) == is_kept(found, starts)


@settings(max_examples=60)
@given(projects(), st.sampled_from(Aim))
def test_no_other_schedule_is_better(running: Scheduler, found: Project[str], aim: Aim) -> None:
    simple, scheduled = serial_schedule(found, aim), running.schedule(found, aim)
    best = min((cost(found, starts, aim) for starts in every_schedule(found)), default=None)
    assert (simple is None) == (scheduled is None)
    if scheduled is None or simple is None:
        return
    assert best is not None
    assert not list(breaks(found, simple))
    assert not list(breaks(found, scheduled.starts))
    assert best <= cost(found, scheduled.starts, aim) <= cost(found, simple, aim)
    assert scheduled.is_proven
    assert scheduled.least == scheduled.reached == best[:2]


@settings(max_examples=60)
@given(projects())
def test_what_is_held_up_can_not_start_sooner(found: Project[str]) -> None:
    starts = serial_schedule(found, Aim.FINISH)
    if starts is None:
        return
    for name in found.activities:
        why = HoldUps(found, starts).of(name)
        sooner = [start for start in found.activities[name].shapes if start < starts[name]]
        assert bool(why.activities or why.resources) <= bool(sooner)
        if sooner and not why.activities and not why.resources:
            pytest.fail(f"{name} could start in {max(sooner)}")
        if sooner:
            assert not is_kept(found, {**starts, name: max(sooner)}) or why.activities


# Published instances


@needs_data
@pytest.mark.slow
def test_the_serial_schedule_is_close_to_the_best_known() -> None:
    best, excess = best_known(), []
    for name in instances("j30"):
        found = instance("j30", name)
        starts = serial_schedule(found, Aim.FINISH)
        assert starts is not None
        assert not list(breaks(found, starts))
        excess.append(finish(found, starts) / best[name] - 1)
    assert len(excess) == 48
    assert min(excess) >= 0
    assert statistics.mean(excess) <= 0.015


@needs_data
@pytest.mark.slow
def test_the_best_known_schedules_are_found_and_proven(running: Scheduler) -> None:
    """Some of them; `benchmarks/schedule.py` has all."""
    best = best_known()
    for name in instances("j30")[2::8]:
        scheduled = running.schedule(instance("j30", name), Aim.FINISH)
        assert scheduled is not None
        assert (scheduled.reached[0], scheduled.is_proven) == (best[name], True), name


@needs_data
@pytest.mark.slow
def test_three_runs_find_the_same() -> None:
    """Also where the search ends before anything is proven."""
    found, runs = instance("j30", "j3013_1"), []
    for _ in range(3):
        with scheduler(ScheduleLimits(effort=0.1)) as running:
            runs.append(running.schedule(found, Aim.FINISH))
    assert runs[0] == runs[1] == runs[2]
    assert runs[0] is not None
    assert not runs[0].is_proven


# Worked examples


def test_a_project_that_taskjuggler_ends_three_days_later(running: Scheduler) -> None:
    """`Optimize-4.tjp` of TaskJuggler's own tests: t1 takes 5 days of tux1, t2 6 days of tux1, and t3, after t1, 10
    person-days of tux1 and tux2. TaskJuggler needs 16 days; 21 person-days, of which 5 before t3, fit into 13.
    """
    days = {f"t3-{nth}": (1, ["t1"], {"anyone": 1}) for nth in range(10)}
    found = project(
        {"t1": (5, [], {"tux1": 1, "anyone": 1}), "t2": (6, [], {"tux1": 1, "anyone": 1}), **days},
        {"tux1": 1, "anyone": 2},
    )
    scheduled = running.schedule(found, Aim.FINISH)
    assert scheduled is not None
    assert (scheduled.reached, scheduled.least) == ((13, 0), (13, 0))
    simple = serial_schedule(found, Aim.FINISH)
    assert simple is not None
    assert finish(found, simple) == 13


NETWORKS = {
    # PERT's expected times, (a + 4m + b) / 6, of the estimates in the sources.
    "UNCG, SCM 304": (
        {"A": 8, "B": 10, "C": 3, "D": 7, "E": 6, "F": 7, "G": 6, "H": 3},
        {"C": "A", "D": "A", "E": "BC", "F": "BC", "G": "DE", "H": "F"},
        23,
        "ACEG",
        None,
    ),
    "Taylor, chapter 8, the critical chain": (
        {"1": 9, "3": 5, "5": 6, "7": 4},
        {"3": "1", "5": "3", "7": "5"},
        24,
        "1357",
        None,
    ),
    "pmknowledgecenter.be": (
        {"A": 5, "B": 3, "C": 1, "D": 2, "E": 3, "F": 4},
        {"B": "A", "C": "A", "D": "B", "E": "BC", "F": "DE"},
        15,
        "ABEF",
        {"C": 2, "D": 1},
    ),
    "General Foundry": (
        {"A": 2, "B": 3, "C": 2, "D": 4, "E": 4, "F": 3, "G": 5, "H": 2},
        {"C": "A", "D": "B", "E": "C", "F": "C", "G": "DE", "H": "FG"},
        15,
        "ACEGH",
        {"B": 1, "D": 1, "F": 6},
    ),
    "Reliable Construction (Hillier and Lieberman)": (
        dict(zip("ABCDEFGHIJKLMN", (2, 4, 10, 6, 4, 5, 7, 9, 7, 8, 4, 5, 2, 6), strict=True)),
        {
            **{"B": "A", "C": "B", "D": "C", "E": "C", "F": "E", "G": "D", "H": "EG", "I": "C", "J": "FI"},
            **{"K": "J", "L": "J", "M": "H", "N": "KL"},
        },
        44,
        "ABCEFJLN",
        {"D": 4, "G": 4, "H": 4, "M": 4, "I": 2, "K": 1},
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_critical_paths_lengths_and_slacks(name: str, running: Scheduler) -> None:
    lengths, before, whole, critical, slacks = NETWORKS[name]
    found = project({each: (length, before.get(each, ""), {}) for each, length in lengths.items()}, {})
    scheduled = running.schedule(found, Aim.FINISH)
    assert scheduled is not None
    assert (scheduled.reached[0], scheduled.is_proven) == (whole, True)
    latest = latest_starts(found, scheduled.starts, whole)
    assert latest is not None
    slack = {each: latest[each] - start for each, start in scheduled.starts.items()}
    assert "".join(each for each in sorted(slack) if not slack[each]) == critical
    if slacks is not None:
        assert {each: by for each, by in sorted(slack.items()) if by} == dict(sorted(slacks.items()))


networks = st.lists(st.tuples(st.integers(0, 4), st.sets(st.integers(0, 7), max_size=3)), min_size=1, max_size=8)


@given(networks)
def test_without_limits_slack_is_that_of_the_critical_path_method(network: list[tuple[int, set[int]]]) -> None:
    before = [sorted(each for each in needs if each < at) for at, (_, needs) in enumerate(network)]
    found = project({at: (length, before[at], {}) for at, (length, _) in enumerate(network)}, {})
    starts = serial_schedule(found, Aim.FINISH)
    assert starts is not None
    last = finish(found, starts)
    latest = latest_starts(found, starts, last)
    assert latest is not None
    if all(length for length, _ in network):
        tasks = (Task(at, 1, length, before=tuple(before[at])) for at, (length, _) in enumerate(network))
        paths = CriticalPaths(tasks)
        ends = paths.latest(dict.fromkeys(range(len(network))), last)
        assert {at: starts[at] + network[at][0] for at in starts} == {at: paths.finishes[at].day for at in starts}
        assert {at: latest[at] + network[at][0] for at in latest} == dict(sorted(ends.items()))
    for at, (length, _) in enumerate(network):
        follows = [latest[other] for other in range(len(network)) if at in before[other]]
        assert latest[at] + length == min([last, *follows])


# What stops, and what can't be


def test_a_solver_that_stops_is_no_answer() -> None:
    with scheduler(ScheduleLimits()) as stopped:
        assert stopped.process is not None
        stopped.process._to.write("no project\n")
        with pytest.raises(SolverError):
            stopped.schedule(project({"a": (1, [], {})}, {}), Aim.FINISH)


def test_what_takes_more_than_there_is_has_no_schedule(running: Scheduler) -> None:
    found = project({"a": (1, [], {"r": 2})}, {"r": 1})
    assert serial_schedule(found, Aim.FINISH) is None
    assert running.schedule(found, Aim.FINISH) is None


def test_a_project_without_activities_ends_at_once(running: Scheduler) -> None:
    scheduled = running.schedule(Project[str]({}, {}), Aim.LATENESS)
    assert scheduled is not None
    assert (scheduled.reached, scheduled.is_proven) == ((0, 0), True)


def test_lateness_or_finish_comes_first(running: Scheduler) -> None:
    """One team. What is due can come first, or what others wait for."""
    alone = {"r": 1}
    tasks = {"due": (2, [], alone), "first": (1, [], alone), "after": (4, ["first"], {})}
    found = project(tasks, alone)
    due = Activity("due", found.activities["due"].shapes, due=2)
    found = Project({**found.activities, "due": due}, alone)
    by_finish, by_day = (running.schedule(found, aim) for aim in (Aim.FINISH, Aim.LATENESS))
    assert by_finish is not None
    assert by_day is not None
    assert (finish(found, by_finish.starts), lateness(found, by_finish.starts)) == (5, 1)
    assert (finish(found, by_day.starts), lateness(found, by_day.starts)) == (7, 0)
