"""Where people disagree: spread, who counts, who is not heard, and ballots beside votes."""

import datetime
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.graph.graph import Graph
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, built_in
from platctl.questions.backlog.votes import disputes
from platctl.questions.backlog.votes_report import Dispute, DisputeReport
from platctl.ranking.criteria import Criteria
from platctl.ranking.inputs import Origin

TODAY = datetime.date(2026, 11, 23)


def work(name: str, *votes: str, more: str = "") -> str:
    """An initiative; a vote is `Ada 3`, `Ada:engineer 3`, or with a word."""
    listed = ", ".join(map(vote, votes))
    return f"kind: initiative\nid: {name}\nvotes: [{listed}]\n{more}\n"


def vote(text: str) -> str:
    who, _, said = text.rpartition(" ")
    by, _, role = who.partition(":")
    return f"{{by: {by}, {f'role: {role}, ' if role else ''}scores: {{impact: {said}}}}}"


def report(*texts: str, method: str = "ice", config: str = "") -> DisputeReport:
    plan = model("---\n".join(texts), config=config)
    assert not plan.findings
    return disputes(plan, "here", plan.config.scoring.by_name[method], TODAY)


def on(found: DisputeReport, name: str, criterion: str = "impact") -> Dispute:
    return next(each for each in found.disputes if (each.initiative.id, each.criterion) == (name, criterion))


# How far votes are apart --------------------------------------------------------------------------------------


def test_disagreement_is_the_deviation_as_a_share_of_half_the_scale() -> None:
    config = "scoring: {models: [{id: ours, criteria: [{id: impact, scale: [0, 10]}]}]}"
    found = report(work("a", "Ada 2", "Ben 4", "Cleo 6", "Dan 8"), method="ours", config=config)
    spread = on(found, "a").spread
    assert spread
    assert (spread.median, spread.lowest, spread.highest, spread.interquartile) == (5, 2, 8, 3)
    assert spread.scale == (0, 10)
    assert spread.disagreement == pytest.approx(statistics.pstdev([2, 4, 6, 8]) / 5)
    assert not on(found, "a").needs_talk


def test_half_of_them_at_each_end_is_the_greatest_disagreement_and_all_the_same_is_none() -> None:
    found = report(work("apart", "Ada 1", "Ben 9"), work("alike", "Ada 4", "Ben 4"), work("alone", "Ada 9"))
    assert [each.initiative.id for each in found.disputes] == ["apart", "alike", "alone"]
    assert [each.spread.disagreement for each in found.disputes if each.spread] == [1, 0, 0]
    assert [each.initiative.id for each in found.to_talk] == ["apart"]


def test_words_count_their_numbers_and_classes_their_places() -> None:
    rice = on(report(work("a", "Ada massive", "Ben minimal"), method="rice"), "a")
    assert rice.spread
    assert (rice.spread.scale, rice.spread.disagreement) == ((0.25, 3), 1)
    assert [each.text for each in rice.votes] == ["minimal", "massive"]
    text = "kind: initiative\nid: a\nvotes: [{by: A, scores: {moscow: must}}, {by: B, scores: {moscow: should}}]\n"
    moscow = on(report(text, method="moscow"), "a", "moscow")
    assert moscow.spread
    assert (moscow.spread.median, moscow.spread.scale) == (3.5, (1, 4))


def test_words_without_numbers_have_no_spread_and_come_last() -> None:
    found = report(work("a", "Ada blue", "Ben red"), work("b", "Ada 1", "Ben 1"))
    assert [each.initiative.id for each in found.disputes] == ["b", "a"]
    assert on(found, "a").spread is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12))
def test_disagreement_stays_between_none_and_all(numbers: list[float]) -> None:
    found = report(work("a", *(f"P{nth} {number!r}" for nth, number in enumerate(numbers))))
    spread = on(found, "a").spread
    assert spread
    assert 0 <= spread.disagreement <= 1
    assert spread.lowest <= spread.median <= spread.highest
    assert 0 <= spread.interquartile <= spread.highest - spread.lowest
    assert (spread.disagreement > 0) == (statistics.pstdev(numbers) > 0)


# Whose votes --------------------------------------------------------------------------------------------------


def test_votes_of_roles_that_a_criterion_does_not_ask_are_shown_and_do_not_count() -> None:
    config = "scoring: {models: [{id: ours, criteria: [{id: impact, roles: [Product Manager]}]}]}"
    found = report(work("a", "Ada:engineer 9", "Ben:product  manager 2"), method="ours", config=config)
    dispute = on(found, "a")
    assert [each.by for each in dispute.votes] == ["Ben"]
    assert [(each.by, each.number) for each in dispute.uncounted] == [("Ada", 9)]


def test_who_voted_on_others_in_this_criterion_but_not_here_is_named() -> None:
    found = report(work("a", "Ada 1", "Ben 2"), work("b", "ada 1", "Cleo 4"), work("c", more="status: done"))
    assert on(found, "a").silent == ("Cleo",)
    assert on(found, "b").silent == ("Ben",)


def test_only_open_work_is_voted_on() -> None:
    assert report(work("a", "Ada 1", "Ben 9", more="status: done")).disputes == ()


# Ballots ------------------------------------------------------------------------------------------------------

BALLOT = """kind: ballot
id: ada
by: Ada
role: engineer
votes:
  a: {impact: 7}
  initiative:b:
    impact: {low: 1, likely: 2, high: 5}
    ease: high
"""


def test_a_ballot_counts_like_votes_in_the_initiatives() -> None:
    found = report(work("a", "Ben 1"), work("b", more="aliases: [old-b]"), BALLOT)
    assert [(each.by, each.role, each.number) for each in on(found, "a").votes] == [
        ("Ben", None, 1),
        ("Ada", "engineer", 7),
    ]
    ada = on(found, "b").votes[0]
    assert (ada.number, ada.text, str(ada.span)) == (2, "2 (1 to 5)", "model-1.yaml:18:13")
    assert on(found, "b", "ease").votes[0].text == "high"


def test_a_person_counts_once_and_a_ballot_before_a_vote() -> None:
    found = report(work("a", "ADA 1", "Ben 3", "Ben 5"), work("b"), BALLOT)
    assert [(each.by, each.number) for each in on(found, "a").votes] == [("Ben", 5), ("Ada", 7)]


def test_the_median_that_ranks_is_that_of_votes_and_ballots() -> None:
    plan = model("---\n".join([work("a", "Ben 1", "Cleo 3"), work("b"), BALLOT]))
    criteria = Criteria(Graph(plan), TODAY)
    impact = criteria.of(Ref("initiative", "default", "a"), Criterion(id="impact"))
    assert (impact.value, impact.origin, impact.note) == (3, Origin.VOTES, "median of 3 votes")
    only = criteria.of(Ref("initiative", "default", "b"), Criterion(id="impact"))
    assert (only.value, str(only.span)) == (2, "model-1.yaml:16:3")


def test_ballots_find_initiatives_by_former_names_and_in_their_own_namespace() -> None:
    ballot = "kind: ballot\nid: x\nnamespace: media\nby: Eve\nvotes: {old: {impact: 1}, default/a: {impact: 2}}\n"
    found = report(work("a"), work("new", more="namespace: media\naliases: [old]"), ballot)
    assert [each.initiative.ref.name for each in found.disputes] == ["a", "media/new"]


def test_every_built_in_model_takes_votes() -> None:
    for name in built_in():
        assert report(work("a", "Ada 1", "Ben 2"), method=name).disputes
