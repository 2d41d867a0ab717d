"""What can't hold together, and why work is left out: each said again by exhaustive search."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.worlds import TODAY, best_worth, every_plan, method, plan, team, work, world
from platctl.model.lookup import find
from platctl.questions.plan.derive import PlanShown
from platctl.questions.plan.facts import PlanFacts, PlanLimit
from platctl.questions.plan.options import PlanOptions, PlanWishes
from platctl.questions.plan.page import page
from platctl.questions.plan.solving import optional, planner, required, unlimited
from platctl.render.page.text import render as as_text
from platctl.scheduling.milp import SearchLimits

NAMES = "abcd"
committed = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["t", "u"]), st.integers(2, 9), min_size=1, max_size=2),
        st.sets(st.sampled_from(NAMES), max_size=1),
        st.sampled_from(["2027-03-31", "2027-06-30", "2027-02-14"]),
        st.booleans(),
    ),
    min_size=2,
    max_size=4,
)


@pytest.fixture(scope="module")
def running():  # type: ignore[no-untyped-def]
    with planner(SearchLimits(gap=0.0)) as found:
        yield found


def facts_of(plan_, capacity):  # type: ignore[no-untyped-def]
    texts = [team("t", capacity[0]), team("u", capacity[1])]
    for at, (effort, after, deadline, is_must) in enumerate(plan_):
        before = sorted(after & set(NAMES[:at]))
        efforts = ", ".join(f"{who}: {weeks}" for who, weeks in sorted(effort.items()))
        more = [f"deadline: {deadline}", f"depends_on: [{', '.join(before)}]"]
        texts.append(work(NAMES[at], at + 1, efforts, *more, status="planned" if is_must else "proposed"))
    found = world(*texts)
    return PlanFacts(found, PlanOptions(method(found), TODAY, horizon=2))


@given(committed, st.tuples(st.integers(2, 9), st.integers(2, 9)))
def test_a_clash_is_true_and_has_no_part_to_spare(running, plan_, capacity) -> None:  # type: ignore[no-untyped-def]
    facts = facts_of(plan_, capacity)
    problem, solved = facts.problem, running.plan(facts)
    musts = {name for name, piece in problem.pieces.items() if piece.must}
    kept = max((len(musts & ends.keys()) for ends in every_plan(problem)), default=0)
    assert len(musts) - len(solved.broken) == kept
    for ref, clash in solved.broken.items():
        assert clash is not None
        assert clash.work[0] == ref

        def holds(work_, teams) -> bool:  # type: ignore[no-untyped-def]
            rest = optional(problem, musts - set(work_))
            return best_worth(unlimited(rest, set(problem.capacity) - set(teams))) is not None

        assert not holds(clash.work, clash.teams)
        for each in clash.work:
            assert holds([other for other in clash.work if other != each], clash.teams)
        for each in clash.teams:
            assert holds(clash.work, [other for other in clash.teams if other != each])


optionals = st.lists(
    st.tuples(
        st.integers(1, 9), st.dictionaries(st.sampled_from(["t", "u"]), st.integers(1, 9), min_size=1, max_size=2)
    ),
    min_size=3,
    max_size=4,
)


@given(optionals, st.tuples(st.integers(2, 6), st.integers(2, 6)))
def test_what_is_left_out_would_need_exactly_so_much_more(plan_, capacity) -> None:  # type: ignore[no-untyped-def]
    texts = [team("t", capacity[0]), team("u", capacity[1])]
    for name, (profit, effort) in zip(NAMES, plan_, strict=False):
        texts.append(work(name, profit, ", ".join(f"{who}: {weeks}" for who, weeks in sorted(effort.items()))))
    found = world(*texts)
    report = plan(found, horizon=2)
    facts = PlanFacts(found, PlanOptions(method(found), TODAY, horizon=2))
    best = best_worth(facts.problem)
    assert best is not None
    for each in report.left_out:
        ref = each.initiative.ref
        forced = best_worth(required(facts.problem, ref))
        if forced is None:
            assert each.lacks is None
            assert each.needs
            continue
        assert each.lacks == pytest.approx(((best - forced) / facts.steps,) * 2)
        if each.displaces:
            without = replace(
                facts.problem,
                pieces={n: p for n, p in facts.problem.pieces.items() if n not in {d.ref for d in each.displaces}},
            )
            assert best_worth(required(without, ref)) == forced


@settings(max_examples=settings().max_examples // 4)
@given(optionals, st.tuples(st.integers(2, 6), st.integers(2, 6)))
def test_one_more_person_week_is_the_difference_of_two_optima(plan_, capacity) -> None:  # type: ignore[no-untyped-def]
    texts = [team("t", capacity[0]), team("u", capacity[1])]
    for name, (profit, effort) in zip(NAMES, plan_, strict=False):
        texts.append(work(name, profit, ", ".join(f"{who}: {weeks}" for who, weeks in sorted(effort.items()))))
    found = world(*texts)
    who = find(found, "t", "team")
    report = plan(found, PlanShown(explained=who), horizon=2)
    asked = PlanOptions(method(found), TODAY, horizon=2)
    plain = best_worth(PlanFacts(found, asked).problem)
    assert plain is not None
    for nth, more in enumerate(report.more):
        facts = PlanFacts(found, replace(asked, wishes=PlanWishes({}, capacity={(who, nth): 1.0})))
        best = best_worth(facts.problem)
        assert best is not None
        assert (more.least, more.most) == pytest.approx(((best - plain) / facts.steps,) * 2)


def text_of(*texts: str, **options: object) -> str:
    return as_text(page(plan(world(*texts), **options)), width=120, color=False)  # type: ignore[arg-type]


def test_commitments_that_clash_are_told_in_words() -> None:
    due = "deadline: 2027-03-31"
    text = text_of(
        team("t", 10),
        work("a", 5, "t: 6", due, status="planned"),
        work("b", 4, "t: 6", due, status="planned"),
        work("c", 1, "t: 1"),
    )
    assert "Commitments that can't hold (1)" in text
    assert "it can't hold together with " in text
    assert "and the time of t" in text
    assert " c " in text  # everything else is still planned


def test_a_commitment_that_waits_for_what_is_given_up_is_told() -> None:
    text = text_of(
        team("t", 10),
        work("a", 5, "t: 1", "end: 2027-03-31\ndepends_on: [b]", status="planned"),
        work("b", 4, "t: 6", status="dropped"),
    )
    assert "it waits for b, which no plan can bring" in text


def test_a_commitment_without_enough_time_is_told() -> None:
    text = text_of(team("t", 10), work("a", 5, "t: 60", "deadline: 2027-03-31", status="planned"))
    assert "the time of t is not enough for it" in text


def test_what_files_say_and_cannot_hold_is_named() -> None:
    end = "end: 2027-03-31"
    found = world(
        team("t", 10),
        work("a", 5, "t: 6", end, status="planned"),
        work("b", 4, "t: 6", end, status="planned"),
        work("early", 4, "", "end: 2027-02-28\ndepends_on: [late]", status="planned"),
        work("late", 4, "", "end: 2027-06-30\ndeadline: 2027-05-31", status="planned"),
    )
    report = plan(found)
    broken = {
        each.initiative.id: ([work.id for work in each.work], [who.id for who in each.teams])
        for each in report.written_breaks
    }
    (one,) = broken.keys() & {"a", "b"}
    assert not report.broken
    assert report.written_value is None
    assert broken == {one: ([({"a", "b"} - {one}).pop()], ["t"]), "early": (["late"], []), "late": ([], [])}
    text = as_text(page(report), width=120, color=False)
    assert "it has to end by 2027-05-31" in text
    assert "Written plans that can't hold (3)" in text


def test_what_is_left_out_says_what_it_lacks() -> None:
    report = plan(world(team("t", 10), work("a", 9, "t: 10"), work("b", 4, "t: 10")), horizon=1)
    (left,) = report.left_out
    assert [(each.team.id, each.period, each.weeks, each.left) for each in left.needs] == [("t", "2027-Q1", 10, 0)]
    assert [each.id for each in left.displaces or ()] == ["a"]
    assert left.lacks == (5, 5)
    either = plan(world(team("t", 10), work("a", 9, "t: 1", "one_of: x"), work("b", 4, "t: 1", "one_of: x")), horizon=1)
    assert [each.id for each in either.left_out[0].instead] == ["a"]


def test_limits_that_no_plan_can_lift() -> None:
    found = world(team("t", 10), work("a", 9, "t: 1"), work("b", 4, "t: 1", "depends_on: [gone]"))
    report = plan(found, wishes=PlanWishes({}, frozenset({find(found, "a", "initiative")})))
    assert {each.initiative.id: each.limit for each in report.left_out} == {"a": PlanLimit.BANNED, "b": PlanLimit.WAITS}


def test_work_that_waits_for_itself_is_left_out() -> None:
    found = world(team("t", 10), work("a", 9, "t: 1", "depends_on: [b]"), work("b", 4, "t: 1", "depends_on: [a]"))
    assert {each.initiative.id: each.limit for each in plan(found).left_out} == dict.fromkeys("ab", PlanLimit.CIRCLE)


def test_an_approval_that_is_missing_keeps_work_out() -> None:
    found = world(team("t", 10), work("a", 9, "t: 1"))
    report = plan(found, unapproved=frozenset({find(found, "a", "initiative")}))
    assert [each.limit for each in report.left_out] == [PlanLimit.APPROVAL]
