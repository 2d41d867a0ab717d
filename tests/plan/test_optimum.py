"""The best plan: against exhaustive search, published optima, and worked examples."""

import csv
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.worlds import DATA, TODAY, best_worth, method, periods, plan, release_problem, team, work, world
from platctl.questions.plan.derive import PlanShown
from platctl.questions.plan.derive import plan as derive
from platctl.questions.plan.facts import PlanFacts
from platctl.questions.plan.options import PlanOptions
from platctl.questions.plan.report import Proof
from platctl.questions.plan.solving import by_rule, planner, without_solver
from platctl.scheduling.milp import Program, SearchLimits, Variable, solver
from platctl.scheduling.placing import loads, worth_of
from platctl.scheduling.solver_process import SolverError

NAMES = "abcd"
pieces = st.fixed_dictionaries(
    {
        "profit": st.integers(0, 9),
        "effort": st.dictionaries(st.sampled_from(["t", "u"]), st.integers(1, 6), max_size=2),
        "after": st.sets(st.sampled_from(NAMES), max_size=2),
        "more": st.sampled_from(
            [
                *[""] * 6,
                "deadline: 2027-02-14",
                "deadline: 2027-06-30",
                "earliest: 2027-02-15",
                "earliest: 2027-07-01",
                "whole: true",
                "duration: 6",
                "gap: 3",
                "one_of: x",
                "conflicts_with: [a]",
            ]
        ),
        "status": st.sampled_from(["proposed"] * 3 + ["planned\nend: 2027-06-01", "planned\nend: 2027-09-30"]),
    }
)
plans = st.lists(pieces, min_size=2, max_size=4)
capacities = st.tuples(st.integers(1, 9), st.integers(1, 9))
settings_of_plans = st.sampled_from(
    ["", "", "balance: {bands: [{by: team, of: [t], at_least: 50%}]}\n", "plan: {discount: 0.2}\n"]
)


def text_of(name: str, piece: dict[str, object], before: str) -> str:
    after = sorted(set(before) & piece["after"])  # type: ignore[operator]
    effort = ", ".join(f"{who}: {weeks}" for who, weeks in sorted(piece["effort"].items()))  # type: ignore[attr-defined]
    more = [f"depends_on: [{', '.join(after)}]", *([str(piece["more"])] if piece["more"] else [])]
    return work(name, piece["profit"], effort, *more, status=str(piece["status"]))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def running():  # type: ignore[no-untyped-def]
    with planner(SearchLimits(gap=0.0)) as found:
        yield found


@given(plans, capacities, settings_of_plans)
def test_no_other_plan_is_worth_more(running, plan_, capacity, config) -> None:  # type: ignore[no-untyped-def]
    texts = [text_of(name, piece, NAMES[:at]) for at, (name, piece) in enumerate(zip(NAMES, plan_, strict=False))]
    found = world(team("t", capacity[0]), team("u", capacity[1]), *texts, config=config)
    facts = PlanFacts(found, PlanOptions(method(found), TODAY, horizon=3))
    solved = running.plan(facts)
    best = best_worth(facts.problem)
    assert (best is None) == bool(solved.broken or solved.unkept)
    if best is not None:
        assert (solved.worth, solved.bound) == (best, best)
        assert loads(facts.problem, solved.ends) is not None
    for with_prerequisites in (False, True):
        greedy = by_rule(facts, with_prerequisites=with_prerequisites)
        if best is not None and all(name in greedy for name, piece in facts.problem.pieces.items() if piece.must):
            assert facts.problem.bounds or worth_of(facts.problem, greedy) <= best


@given(plans, st.integers(1, 9), st.integers(1, 2), st.sampled_from(["", "", "2027-02-14", "2027-05-31"]))
def test_no_other_plan_of_so_many_at_once_is_worth_more(running, plan_, capacity, most, active) -> None:  # type: ignore[no-untyped-def]
    texts = [
        text_of(name, {**piece, "more": ""}, NAMES[:at])
        for at, (name, piece) in enumerate(zip(NAMES, plan_, strict=False))
    ]
    if active:
        texts.append(work("z", 1, "t: 2", "start: 2026-12-01", f"end: {active}", status="active"))
    found = world(team("t", capacity, f"at_once: {most}"), team("u", 9), *texts)
    facts = PlanFacts(found, PlanOptions(method(found), TODAY, horizon=3))
    solved, best = running.plan(facts), best_worth(facts.problem)
    assert (best is None) == bool(solved.broken)
    if best is not None:
        assert (solved.worth, solved.bound) == (best, best)
        busy = solved.loads[next(ref for ref in facts.problem.at_once)]
        assert all(sum(1 for units in busy.values() if units[slot]) <= most for slot in range(3))


# Published optima


def optima() -> list[tuple[str, float, int]]:
    if not DATA.is_dir():
        return []
    with (DATA / "optimal.csv").open() as file:
        return [(row["instance"], float(row["cost_ratio"]), int(row["optimal_profit"])) for row in csv.DictReader(file)]


QUICK = {("nrp-e1", 0.3), ("nrp-g1", 0.5), ("nrp1", 0.5)}


@pytest.mark.skipif(not DATA.is_dir(), reason="the instances are not here")
@pytest.mark.parametrize(("name", "ratio"), sorted(QUICK))
def test_the_next_release_problem(name: str, ratio: float) -> None:
    (optimum,) = [value for other, at, value in optima() if (other, at) == (name, ratio)]
    report = plan(release_problem(name, ratio), PlanShown(why=0), horizon=1)
    assert (report.proof, report.value) == (Proof.OPTIMAL, optimum)


def test_cost_of_delay_decides_the_order() -> None:
    """Two options for a product that earns 10 a week: Black Swan Farming, "CD3 and proportionality to outcomes"."""
    config = "calendar: {cadence: sprint, sprint_weeks: 1, sprint_start: 2027-01-04}\nscoring: {model: cd3}\n"
    texts = [
        team("t", 1),
        "kind: initiative\nid: a\nstatus: proposed\neffort: {t: 2}\nscores: {cost_of_delay: 10, duration: 2}\n",
        "kind: initiative\nid: b\nstatus: proposed\neffort: {t: 4}\nscores: {cost_of_delay: 30, duration: 4}\n",
    ]
    from builders import model

    found = model("---\n".join(texts), config=config)
    report = plan(found, horizon=6, today=datetime.date(2027, 1, 4))
    ends = {each.initiative.id: (each.last - datetime.date(2027, 1, 3)).days // 7 for each in report.work}
    assert ends == {"b": 4, "a": 6}
    assert 6 * 10 + report.value == 120  # the other order gives 100


def test_shortest_weighted_first() -> None:
    """Costs and durations (10, 1), (3, 3), (1, 10): 36 is the least sum of cost times end."""
    from builders import model

    config = "calendar: {cadence: sprint, sprint_weeks: 1, sprint_start: 2027-01-04}\nscoring: {model: cd3}\n"
    jobs = {"x": (10, 1), "y": (3, 3), "z": (1, 10)}
    texts = [team("t", 1)] + [
        f"kind: initiative\nid: {name}\nstatus: planned\nend: 2027-04-04\neffort: {{t: {weeks}}}\n"
        f"scores: {{cost_of_delay: {cost}, duration: {weeks}}}\n"
        for name, (cost, weeks) in jobs.items()
    ]
    report = plan(model("---\n".join(texts), config=config), horizon=14, today=datetime.date(2027, 1, 4))
    ends = {each.initiative.id: (each.last - datetime.date(2027, 1, 3)).days // 7 for each in report.work}
    assert sum(jobs[name][0] * end for name, end in ends.items()) == 36


# What binds


def test_each_limit_binds() -> None:
    base = [team("t", 10), work("a", 5, "t: 10"), work("b", 4, "t: 10")]
    assert periods(plan(world(*base))) == {"a": "2027-Q1", "b": "2027-Q2"}
    late = [*base[:2], work("b", 4, "t: 10", "deadline: 2027-03-31")]
    assert periods(plan(world(*late)))["b"] == "2027-Q1"
    after = [*base[:1], work("a", 5, "t: 10", "depends_on: [b]"), base[2]]
    assert periods(plan(world(*after))) == {"b": "2027-Q1", "a": "2027-Q2"}
    gap = [*base[:1], work("a", 5, "t: 1", "depends_on: [b]", "gap: 30"), work("b", 4, "t: 1")]
    assert periods(plan(world(*gap))) == {"b": "2027-Q1", "a": "2027-Q4"}
    either = [*base[:1], work("a", 5, "t: 1", "one_of: x"), work("b", 4, "t: 1", "one_of: X")]
    assert periods(plan(world(*either))) == {"a": "2027-Q1"}
    enemies = [*base[:1], work("a", 5, "t: 1"), work("b", 4, "t: 1", "conflicts_with: [a]")]
    assert periods(plan(world(*enemies))) == {"a": "2027-Q1"}


def test_work_may_be_split_unless_it_is_whole() -> None:
    split = [team("t", 10), work("a", 5, "t: 15"), work("b", 9, "t: 5")]
    assert periods(plan(world(*split))) == {"b": "2027-Q1", "a": "2027-Q2"}
    whole = [team("t", 10), work("a", 5, "t: 15", "whole: true"), work("b", 9, "t: 5")]
    assert periods(plan(world(*whole))) == {"b": "2027-Q1"}


def test_a_duration_spreads_work_evenly_over_weeks() -> None:
    found = world(team("t", 10), work("a", 5, "t: 13", "duration: 26"))
    report = plan(found)
    (placed,) = report.work
    assert placed.period == "2027-Q3"  # 26 weeks from the first of January end in July
    loads_ = {each.period: each.planned for each in report.loads[0].periods}
    assert loads_["2027-Q2"] == pytest.approx(6.5, abs=0.1)


def test_a_deadline_inside_a_period_has_the_capacity_up_to_its_day() -> None:
    half = "deadline: 2027-02-14"  # 45 of 90 days
    assert periods(plan(world(team("t", 10), work("a", 5, "t: 5", half)))) == {"a": "2027-Q1"}
    assert periods(plan(world(team("t", 10), work("a", 5, "t: 5.1", half)))) == {}


def test_the_running_period_has_what_is_left_of_it() -> None:
    day = datetime.date(2027, 2, 15)  # 45 of 90 days
    assert periods(plan(world(team("t", 10), work("a", 5, "t: 5")), today=day)) == {"a": "2027-Q1"}
    assert periods(plan(world(team("t", 10), work("a", 5, "t: 5.1")), today=day)) == {"a": "2027-Q2"}


def test_active_work_keeps_its_days_and_takes_what_lies_ahead() -> None:
    running_ = work("run", 1, "t: 8", "start: 2026-11-17", "end: 2027-02-14", status="active")  # 45 of 90 days ahead
    report = plan(world(team("t", 10), running_, work("a", 5, "t: 6.1")))
    assert periods(report) == {"run": "2027-Q1", "a": "2027-Q2"}
    assert [(str(each.first), str(each.last)) for each in report.work if each.is_running] == [
        ("2026-11-17", "2027-02-14")
    ]
    assert report.loads[0].periods[0].running == pytest.approx(4)


def test_a_team_works_on_so_many_at_once() -> None:
    texts = [work(name, 5, "t: 5") for name in "abc"]
    assert set(periods(plan(world(team("t", 20), *texts))).values()) == {"2027-Q1"}
    report = plan(world(team("t", 20, "at_once: 1"), *texts))
    assert sorted(periods(report).values()) == ["2027-Q1", "2027-Q2", "2027-Q3"]


def test_active_work_is_among_what_a_team_works_on_at_once() -> None:
    running = work("a", 5, "t: 2", "start: 2026-12-01", "end: 2027-02-14", status="active")
    found = world(team("t", 90, "at_once: 1"), running, work("b", 5, "t: 1"))
    (_, last) = sorted(plan(found).work, key=lambda each: each.last)
    assert (last.initiative.id, str(last.first), str(last.last)) == ("b", "2027-02-15", "2027-03-31")


def test_freezes_keep_what_lands_out() -> None:
    shop = (
        "kind: component\nid: auth\nversions: [{version: 1.0.0}]\n---\n"
        "kind: consumer\nid: shop\nuses: [{component: auth, requires: '>=1'}]\n"
        "freezes: [{start: 2027-03-01, end: 2027-03-31}]\n"
    )
    change = work("a", 5, "t: 1", "changes: [{component: auth, effect: change}]")
    (placed,) = plan(world(team("t", 10), change, shop)).work
    assert str(placed.last) == "2027-02-28"


def test_decisions_come_first() -> None:
    texts = [
        team("t", 10),
        work("a", 9, "t: 10"),
        work("b", 4, "t: 10"),
        "kind: decision\nid: d\nchose: b\nover: [a]\n",
    ]
    assert periods(plan(world(*texts))) == {"b": "2027-Q1", "a": "2027-Q2"}
    over = [*texts[:3], texts[3] + "expires: 2026-12-31\n"]
    assert periods(plan(world(*over))) == {"a": "2027-Q1", "b": "2027-Q2"}


def test_bands_are_kept() -> None:
    config = "balance: {bands: [{by: team, of: [u], at_least: 40%}]}\n"
    texts = [team("t", 10), team("u", 10), work("a", 9, "t: 10"), work("b", 1, "u: 10"), work("c", 9, "t: 5")]
    assert set(periods(plan(world(*texts, config=config)))) == {"a", "b", "c"}
    assert set(periods(plan(world(*texts[:3], texts[4], config=config)))) == set()


def test_migration_work_counts_if_asked_for() -> None:
    users = (
        "kind: component\nid: auth\nversions: [{version: 1.0.0}, {version: 2.0.0}]\n---\n"
        "kind: consumer\nid: shop\nowner: u\nuses: [{component: auth, requires: '>=1,<2', migration: 5}]\n"
    )
    change = work("a", 5, "t: 1", "end: 2027-03-31\nchanges: [{component: auth, effect: removal, version: '<2'}]")
    texts = [team("t", 10), team("u", 4), users, change]
    assert periods(plan(world(*texts))) == {"a": "2027-Q1"}
    assert periods(plan(world(*texts), with_migration=True)) == {"a": "2027-Q2"}


# Stability


def test_of_plans_of_the_same_value_the_one_that_changes_least_is_taken() -> None:
    config = "plan: {discount: 0.0}\n"
    texts = [
        team("t", 10),
        *(work(name, 5, "t: 10", f"period: 2027-Q{at}") for name, at in (("a", 3), ("b", 1), ("c", 2))),
    ]
    assert periods(plan(world(*texts, config=config))) == {"a": "2027-Q3", "b": "2027-Q1", "c": "2027-Q2"}
    config = "plan: {discount: 0.0, prefer: slack}\n"
    assert sorted(periods(plan(world(*texts, config=config))).values()) == ["2027-Q1", "2027-Q2", "2027-Q3"]


def test_the_same_plan_is_found_again() -> None:
    texts = [team("t", 10), *(work(f"w{at}", 5, "t: 4") for at in range(9))]
    found = world(*texts)
    assert plan(found) == plan(found)


def test_a_solver_that_stops_is_no_answer() -> None:
    with solver() as stopped:
        stopped._process._to.write("no program\n")
        with pytest.raises(SolverError):
            stopped.solve(Program((Variable(),), ()), SearchLimits())


def test_without_a_solver_a_plan_holds_and_is_not_proven() -> None:
    found = world(team("t", 10), work("a", 5, "t: 10"), work("b", 9, "t: 10", "depends_on: [a]"))
    facts = PlanFacts(found, PlanOptions(method(found), TODAY))
    solved = without_solver(facts)
    assert {ref.id: end for ref, end in solved.ends.items()} == {"a": 0, "b": 1}
    assert solved.bound is None


@given(plans, capacities)
def test_nothing_ends_before_what_it_depends_on(running, plan_, capacity) -> None:  # type: ignore[no-untyped-def]
    """By the days of the report, also where those of the files are kept."""
    texts = [text_of(name, piece, NAMES[:at]) for at, (name, piece) in enumerate(zip(NAMES, plan_, strict=False))]
    found = world(team("t", capacity[0]), team("u", capacity[1]), *texts)
    report = derive(found, "here", PlanOptions(method(found), TODAY, horizon=3), PlanShown(why=0), running)
    last = {each.initiative.ref: each.last for each in report.work}
    for each in report.work:
        assert TODAY <= each.first <= each.last
        for before in found.initiatives[each.initiative.ref].depends_on:
            assert last[before] <= each.last


def test_written_days_are_not_kept_where_other_work_is_in_their_way() -> None:
    first = work("a", 5, "t: 2", "end: 2027-03-31", status="planned")
    then = work("b", 5, "t: 2", "depends_on: [a]", "deadline: 2027-02-28", "end: 2027-02-28", status="planned")
    one, other = plan(world(team("t", 10), first, then)).work
    assert (one.initiative.id, one.last) == ("a", datetime.date(2027, 2, 28))
    assert (other.initiative.id, other.last) == ("b", datetime.date(2027, 2, 28))
