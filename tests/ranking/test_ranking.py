"""The order of work: what unlocks what, what was decided, what can't be ranked, and sums that add up."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.finding import Severity
from platctl.model.ref import Ref
from platctl.model.settings.scoring import built_in
from platctl.questions.backlog.choices import GroupBy
from platctl.questions.backlog.derive import BacklogOptions, backlog
from platctl.questions.backlog.report import BacklogReport
from platctl.ranking.items import DecisionStanding, RankedItem

TODAY = datetime.date(2026, 11, 23)


def work(name: str, value: object = None, size: object = None, more: str = "") -> str:
    """An initiative with a value and an effort, as far as they are known."""
    scores = ", ".join(f"{key}: {each}" for key, each in (("value", value), ("effort", size)) if each is not None)
    return f"kind: initiative\nid: {name}\nscores: {{{scores}}}\n{more}\n"


def report(*texts: str, method: str = "value_effort", config: str = "", **options: object) -> BacklogReport:
    plan = model("---\n".join(texts), config=config)
    assert not plan.findings
    chosen = plan.config.scoring.by_name[method]
    return backlog(plan, "here", BacklogOptions(chosen, TODAY, **options))  # type: ignore[arg-type]


def order(found: BacklogReport) -> list[str]:
    return [item.initiative.id for item in found.items]


def item(found: BacklogReport, name: str) -> RankedItem:
    return next(each for each in (*found.items, *found.apart) if each.initiative.id == name)


def test_the_best_ratio_comes_first() -> None:
    found = report(work("slow", 10, 5), work("quick", 9, 3), work("tiny", 1, 1))
    assert order(found) == ["quick", "slow", "tiny"]
    assert [each.rank for each in found.items] == [1, 2, 3]
    assert found.optimum
    assert (found.optimum.is_exact, found.optimum.gap) == (True, 0)


def test_a_cheap_prerequisite_rises_with_what_it_unlocks() -> None:
    found = report(work("flashy", 20, 4), work("groundwork", 1, 1), work("prize", 50, 4, "depends_on: [groundwork]"))
    assert order(found) == ["groundwork", "prize", "flashy"]
    risen = item(found, "groundwork")
    assert (risen.score.value, risen.priority) == (1, 51 / 5)
    assert [(each.initiative.id, each.gain, each.work) for each in risen.block] == [
        ("groundwork", 1, 1),
        ("prize", 50, 4),
    ]
    assert [each.id for each in risen.unlocks] == ["prize"]
    assert [each.id for each in item(found, "prize").waits_for] == ["groundwork"]


def test_what_is_done_or_given_up_is_no_work_and_blocks_nothing() -> None:
    done = [work(name, 1, 9, f"status: {name}") for name in ("done", "dropped", "parked")]
    found = report(*done, work("next", 5, 1, "depends_on: [done, dropped]"))
    assert order(found) == ["next"]
    assert not item(found, "next").waits_for


def test_in_other_models_a_prerequisite_counts_as_much_as_the_best_that_waits_for_it() -> None:
    config = "scoring: {models: [{id: points, criteria: [{id: value}]}]}"
    texts = [work("a", 5), work("b", 1), work("c", 9, more="depends_on: [b]")]
    found = report(*texts, method="points", config=config)
    assert order(found) == ["b", "c", "a"]
    lifted = item(found, "b")
    assert lifted.lifted_by
    assert (lifted.lifted_by.id, lifted.priority, lifted.score.value) == ("c", 9, 1)
    assert found.optimum is None


def test_what_has_no_score_stands_apart_unless_something_waits_for_it() -> None:
    found = report(
        work("known", 5, 1), work("vague", 3), work("needed", None, 2), work("late", 8, 2, "depends_on: [needed]")
    )
    assert order(found) == ["known", "needed", "late"]
    assert [each.initiative.id for each in found.apart] == ["vague"]
    assert item(found, "vague").score.missing == ("effort",)
    assert item(found, "needed").score.missing == ("value",)
    assert [each.is_assumed for each in item(found, "late").block] == [True, False]


def test_ties_are_said_and_the_id_decides() -> None:
    found = report(work("b", 2, 1), work("a", 4, 2), work("c", 1, 1))
    assert [(each.initiative.id, each.is_tied) for each in found.items] == [("a", True), ("b", True), ("c", False)]


# Decisions ------------------------------------------------------------------------------------------------------


def decision(chose: str, over: str, more: str = "") -> str:
    return f"kind: decision\nid: {chose}-first\nchose: {chose}\nover: [{over}]\nwhy: because\n{more}\n"


def test_a_decision_goes_before_the_score_and_says_what_it_moved() -> None:
    texts = [work("dear", 3, 3), work("cheap", 9, 1)]
    found = report(*texts, decision("dear", "cheap"))
    assert order(found) == ["dear", "cheap"]
    (decided,) = found.decided
    assert (decided.standing, decided.chose.id, [each.id for each in decided.over]) == (
        DecisionStanding.MOVED,
        "dear",
        ["cheap"],
    )
    assert report(*texts, decision("cheap", "dear")).decided[0].standing is DecisionStanding.KEPT
    alone = report(*texts, decision("dear", "cheap"), decisions=False)
    assert order(alone) == ["cheap", "dear"]
    assert alone.decided[0].standing is DecisionStanding.AGAINST


def test_a_decision_that_ended_moves_nothing() -> None:
    texts = [work("dear", 3, 3), work("cheap", 9, 1)]
    ended = report(*texts, decision("dear", "cheap", "expires: 2026-11-22"))
    assert (order(ended), ended.decided[0].standing) == (["cheap", "dear"], DecisionStanding.EXPIRED)
    assert order(report(*texts, decision("dear", "cheap", "expires: 2026-11-23"))) == ["dear", "cheap"]


def test_a_decision_against_a_prerequisite_can_not_be_followed_and_is_a_finding() -> None:
    texts = [work("dear", 3, 3, "depends_on: [cheap]"), work("cheap", 9, 1)]
    found = report(*texts, decision("dear", "cheap"))
    assert order(found) == ["cheap", "dear"]
    assert found.decided[0].standing is DecisionStanding.AGAINST
    (finding,) = found.findings
    assert (finding.rule, str(finding.span)) == ("ranked-against-decision", "model-1.yaml:12:5")


def test_a_decision_about_what_can_not_be_ranked_is_said() -> None:
    found = report(work("dear", None, 3), work("cheap", 9, 1), decision("dear", "cheap"))
    (decided,) = found.decided
    assert (decided.standing, decided.note) == (DecisionStanding.UNRANKED, "not ranked: dear")
    done = report(work("dear", 1, 3, "status: done"), work("cheap", 9, 1), decision("dear", "cheap"))
    assert not done.decided


def test_of_two_decisions_that_contradict_the_later_one_holds() -> None:
    texts = [work("a", 3, 1), work("b", 2, 1)]
    old, new = decision("a", "b", "date: 2026-01-01"), decision("b", "a", "date: 2026-02-01")
    found = report(*texts, old, new)
    assert order(found) == ["b", "a"]
    assert [(each.decision.id, each.standing) for each in found.decided] == [
        ("b-first", DecisionStanding.MOVED),
        ("a-first", DecisionStanding.AGAINST),
    ]


# Doubts ---------------------------------------------------------------------------------------------------------


def test_a_plan_without_a_score_is_a_finding() -> None:
    plan = work("x", 3, more="title: X\nstatus: planned")
    found = report(plan, work("idea", 3), fail_on=Severity.WARNING)
    assert [(each.rule, str(each.span)) for each in found.findings] == [("unscored-plan", "model-1.yaml:5:9")]
    assert found.failing == 1
    assert report(plan, fail_on=None).failing == 0


OWN = "scoring: {models: [{id: share, value: value / (effort - 2)}, {id: root, value: sqrt(value), size: effort}]}"


@pytest.mark.parametrize(
    ("method", "scores", "said", "place"),
    [
        ("share", "value: 3, effort: 2", "division by zero: `value / (effort - 2)`", "model-1.yaml:3:17"),
        ("root", "value: -3, effort: 2", "the result is undefined: `sqrt(value)`", "model-1.yaml:3:17"),
        ("root", "value: 3, effort: 0", "`effort` is 0, but must be greater than 0", "model-1.yaml:3:28"),
        (
            "rice",
            "confidence: high, impact: huge, effort: 1",
            "`huge` is not one of massive, high, medium, low, minimal",
            "model-1.yaml:3:36",
        ),
        ("root", "value: much, effort: 1", "`much` is not a number", "model-1.yaml:3:17"),
        ("moscow", "moscow: maybe", "`maybe` is not one of must, should, could, wont", "model-1.yaml:3:18"),
    ],
)
def test_a_score_without_a_value_is_a_finding_at_the_number_at_fault(
    method: str, scores: str, said: str, place: str
) -> None:
    found = report(f"kind: initiative\nid: x\nscores: {{{scores}}}\n", method=method, config=OWN)
    (finding,) = found.findings
    assert (finding.rule, str(finding.span)) == ("undefined-score", place)
    assert finding.message == f"`x` has no {found.method.title} score: {said}"


def test_a_rating_off_its_scale_is_a_finding() -> None:
    found = report("kind: initiative\nid: x\nscores: {importance: 90, satisfaction: 10}\n", method="opportunity")
    (finding,) = found.findings
    assert (finding.rule, str(finding.span)) == ("rating-off-scale", "model-1.yaml:3:22")
    assert finding.message == "importance of `x` is 90, outside the scale of 0 to 10"


def test_work_that_waits_for_itself_is_a_finding() -> None:
    circle = [work("a", 3, 1, "depends_on: [b]"), work("b", 2, 1, "depends_on: [a]"), work("c", 1, 1)]
    for method, config in (
        ("value_effort", ""),
        ("points", "scoring: {models: [{id: points, criteria: [{id: value}]}]}"),
    ):
        (finding,) = report(*circle, method=method, config=config).findings
        assert (finding.rule, finding.severity) == ("initiative-cycle", Severity.ERROR)
        assert finding.message == "`a` and `b` wait for each other, so none of them can come first"


def test_a_model_that_adds_what_does_not_go_together_does_not_rank_in_silence() -> None:
    config = "scoring: {models: [{id: odd, value: consumers + effort}]}"
    (finding,) = report(work("a", 1, 1), method="odd", config=config).findings
    assert (finding.rule, str(finding.span)) == ("invalid-scoring", "platctl.yaml:1:37")


def test_what_could_not_be_read_makes_the_picture_incomplete() -> None:
    plan = model("kind: initiative\nid: x\nscores: {value: [], effort: 1}\n")
    assert not backlog(plan, "here", BacklogOptions(built_in()["value_effort"], TODAY)).is_complete
    assert report(work("x", 1, 1)).is_complete


def test_an_old_estimate_is_a_finding_where_the_settings_say_how_old() -> None:
    text = work("x", 3, 1, "estimated_on: 2026-08-01")
    assert not report(text).findings
    (finding,) = report(text, config="scoring: {stale_days: 90}").findings
    assert finding.rule == "stale-estimate"
    assert not report(text, config="scoring: {stale_days: 120}").findings


# What is shown --------------------------------------------------------------------------------------------------


def test_a_selection_keeps_the_ranks_and_a_top_counts_what_it_cuts() -> None:
    texts = [work(name, value, 1) for name, value in (("a", 3), ("b", 2), ("c", 1))]
    only = frozenset({Ref("initiative", "default", "c")})
    assert [(each.initiative.id, each.rank) for each in report(*texts, only=only).items] == [("c", 3)]
    top = report(*texts, top=2)
    assert (order(top), top.left_out) == (["a", "b"], 1)


def test_groups_list_an_item_wherever_it_belongs() -> None:
    texts = [work("a", 3, more="owner: one\neffort: {two: 1}"), work("b", 2, 1)]
    teams = "kind: team\nid: one\n---\nkind: team\nid: two\ntitle: Second\n"
    found = report(*texts, teams, group_by=GroupBy.TEAM)
    assert [(group.title, [each.id for each in group.items]) for group in found.groups] == [
        ("one", ["a"]),
        ("Second", ["a"]),
        ("no team", ["b"]),
    ]


def test_who_asks_twice_or_under_a_former_name_is_one() -> None:
    shop = "kind: consumer\nid: shop\naliases: [store]\nuses: []\n"
    found = report(shop, work("a", 3, 1, "requested_by: [shop, store, shop]"))
    assert [each.id for each in item(found, "a").facts.asked_by] == ["shop"]


def test_models_are_compared_by_rank() -> None:
    scores = ["value: 3, effort: 1, impact: 1", "value: 2, effort: 1, impact: 2", "value: 1, effort: 1, impact: 3"]
    texts = [
        f"kind: initiative\nid: w{n}\nscores: {{{each}, confidence: 1, ease: 1}}\n" for n, each in enumerate(scores)
    ]
    found = report(*texts, compare=(built_in()["ice"],))
    assert found.comparison
    assert found.comparison.models == ("value_effort", "ice")
    assert {named.id: ranks for named, ranks in found.comparison.ranks} == {"w0": (1, 3), "w1": (2, 2), "w2": (3, 1)}
    assert [agreement for *_, agreement in found.comparison.agreement] == [pytest.approx(-1)]


plans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9), st.sets(st.integers(0, 6), max_size=2)), min_size=1, max_size=7
)


@given(plans)
def test_every_priority_is_the_sum_of_what_is_said_to_make_it(rows: list[tuple[int, int, set[int]]]) -> None:
    texts = [
        work(f"w{n}", value, size, f"depends_on: [{', '.join(f'w{each}' for each in sorted(before) if each < n)}]")
        for n, (value, size, before) in enumerate(rows)
    ]
    found = report(*texts)
    place = {each.initiative.id: each.rank or 0 for each in found.items}
    for each in found.items:
        members = each.block
        assert each.priority == sum(one.gain for one in members) / sum(one.work for one in members)
        assert each.initiative in [one.initiative for one in members]
        assert each.score.gain == next(one.gain for one in members if one.initiative == each.initiative)
        assert all(place[earlier.id] < place[each.initiative.id] for earlier in each.waits_for)
    priorities = [each.priority or 0 for each in found.items]
    assert priorities == sorted(priorities, reverse=True)
