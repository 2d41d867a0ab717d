"""Who gets how much: shares that add up, bands that are kept or not, and how concentrated it is."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.finding import Severity
from platctl.model.settings.balance import Stage
from platctl.model.settings.scoring import built_in
from platctl.model.vocabulary import Dimension, Measure
from platctl.questions.balance.derive import balance
from platctl.questions.balance.division import BalanceOptions
from platctl.questions.balance.report import BalanceReport, BandCheck, BandStanding, Shares

TODAY = datetime.date(2026, 11, 23)
WORLD = """
kind: team
id: red
title: The red team
---
kind: team
id: blue
---
kind: goal
id: growth
---
kind: goal
id: trust
---
kind: consumer
id: shop
tier: 1
uses: [engine]
---
kind: consumer
id: kiosk
tier: 2
---
kind: consumer
id: attic
---
kind: component
id: engine
layer: platform
version: "1.0"
---
kind: component
id: lamp
layer: technology
---
"""


def report(*work: str, bands: str = "", **options: object) -> BalanceReport:
    """The balance of planned work, each a line of flow YAML without `kind`."""
    texts = "\n---\n".join(f"kind: initiative\nid: i{nth}\n{text}" for nth, text in enumerate(work))
    plan = model(WORLD + texts, config=f"balance: {{bands: [{bands}]}}" if bands else "")
    assert not plan.findings
    method = options.pop("method", built_in()["value_effort"])
    return balance(plan, "here", BalanceOptions(method, TODAY, **options))  # type: ignore[arg-type]


def work(effort: str = "red: 10", status: str = "planned", **more: object) -> str:
    fields = "".join(f"{name.rstrip('_')}: {value}\n" for name, value in more.items())
    return f"status: {status}\neffort: {{{effort}}}\n{fields}"


def of(found: BalanceReport, by: Dimension, measure: Measure = Measure.EFFORT) -> Shares:
    return next(each for each in found.shares if (each.by, each.measure) == (by, measure))


def planned(found: BalanceReport, by: str, measure: Measure = Measure.EFFORT) -> dict[str | None, float]:
    """What has a share of the planned work."""
    rows = of(found, Dimension(by), measure).rows
    return {row.id: pytest.approx(row.parts[Stage.PLANNED].share) for row in rows if row.parts[Stage.PLANNED].amount}


# How work is divided -----------------------------------------------------------------------------------------


def test_effort_belongs_to_the_teams_as_it_is_written() -> None:
    found = report(work("red: 6, blue: 2"), work("blue: {low: 1, likely: 2, high: 9}"))
    assert planned(found, "team") == {"red": 0.6, "blue": 0.4}
    assert [row.label for row in of(found, Dimension.TEAM).rows] == ["The red team", "blue", "no team"]


def test_the_value_of_work_belongs_to_its_teams_by_their_effort_or_to_its_owner() -> None:
    found = report(work("red: 3, blue: 1", scores="{value: 30}"), work("", owner="blue", scores="{value: 10}"))
    assert planned(found, "team", Measure.VALUE) == {"red": pytest.approx(22.5 / 30), "blue": pytest.approx(7.5 / 30)}
    assert [each.id for each in found.totals[Stage.PLANNED].without_value] == ["i1"]


def test_work_for_several_consumers_is_divided_equally_among_who_asked_and_who_gains() -> None:
    change = "[{component: engine, effect: addition, version: '1.1'}]"
    found = report(work(requested_by="[kiosk]", changes=change), work("red: 30"))
    assert planned(found, "consumer") == {"shop": 0.125, "kiosk": 0.125, None: 0.75}
    assert planned(found, "tier") == {"1": 0.125, "2": 0.125, None: 0.75}


def test_a_consumer_without_a_tier_has_no_tier_but_is_somebody() -> None:
    found = report(work(for_="attic"))
    assert planned(found, "consumer") == {"attic": 1}
    assert planned(found, "tier") == {None: 1}


def test_work_for_several_goals_or_layers_is_divided_equally() -> None:
    changed = ("engine, effect: internal", "engine, effect: change", "lamp, effect: internal")
    changes = f"[{', '.join(f'{{component: {each}}}' for each in changed)}]"
    found = report(work(goals="[growth, {goal: trust, contribution: 99}]", changes=changes, type="debt"))
    assert planned(found, "goal") == {"growth": 0.5, "trust": 0.5}
    assert planned(found, "layer") == {"technology": 0.5, "platform": 0.5}
    assert planned(found, "type") == {"debt": 1}


def test_what_is_ranked_is_open_and_what_is_done_counts_by_its_end() -> None:
    found = report(
        work("red: 1", "idea"),
        work("red: 2", "active"),
        work("red: 4", "done", end="2026-03-01"),
        work("red: 8", "done", end="2025-03-01"),
        work("red: 16", "parked"),
        since=datetime.date(2026, 1, 1),
    )
    assert {stage: total.effort for stage, total in found.totals.items()} == {
        Stage.RANKED: 3,
        Stage.PLANNED: 2,
        Stage.DELIVERED: 4,
    }


def test_value_is_the_gain_of_a_ratio_and_less_than_nothing_is_nothing() -> None:
    found = report(work("red: 100", scores="{value: 30}"), work("red: 1", scores="{value: -5}"))
    assert found.totals[Stage.PLANNED].value == 30


def test_classes_are_no_amounts() -> None:
    found = report(work(scores="{moscow: must}"), method=built_in()["moscow"])
    assert found.totals[Stage.PLANNED].value == 0
    assert [each.id for each in found.totals[Stage.PLANNED].without_value] == ["i0"]


pieces = st.builds(
    lambda red, blue, status, asked, goals, kind, value: work(
        f"red: {red}, blue: {blue}",
        status,
        requested_by=f"[{', '.join(sorted(asked))}]",
        goals=f"[{', '.join(sorted(goals))}]",
        scores=f"{{value: {value}}}",
        changes="[{component: engine, effect: addition, version: '2'}, {component: lamp, effect: internal}]",
        **({"type": kind} if kind else {}),
    ),
    st.integers(0, 50),
    st.floats(0, 50).map(lambda number: round(number, 3)),
    st.sampled_from(["idea", "planned", "active", "done", "parked"]),
    st.sets(st.sampled_from(["shop", "kiosk", "attic"])),
    st.sets(st.sampled_from(["growth", "trust"])),
    st.sampled_from([None, "debt", "reliability", "feature"]),
    st.integers(-5, 100),
)


@given(st.lists(pieces, max_size=6))
def test_the_shares_of_a_stage_add_up_to_one_and_their_amounts_to_the_total(works: list[str]) -> None:
    found = report(*works)
    for shares in found.shares:
        for stage, total in found.totals.items():
            whole = total.effort if shares.measure is Measure.EFFORT else total.value
            parts = [row.parts[stage] for row in shares.rows]
            assert math.fsum(part.amount for part in parts) == pytest.approx(whole)
            assert math.fsum(part.share for part in parts) == pytest.approx(1 if whole else 0)
            there = shares.concentration[stage]
            assert there is None or 1 / len(parts) - 1e-9 <= there.index <= there.top_share + 1e-9 <= 1 + 2e-9


# Concentration -----------------------------------------------------------------------------------------------


def test_concentration_is_the_sum_of_squared_shares_among_who_is_somebody() -> None:
    found = report(work("red: 30", for_="shop"), work("red: 10", for_="kiosk"), work("red: 60"))
    there = of(found, Dimension.CONSUMER).concentration[Stage.PLANNED]
    assert there
    assert there.index == pytest.approx(0.75**2 + 0.25**2)
    assert there.as_if == pytest.approx(1.6)
    assert (there.top, there.top_share) == ("shop", 0.75)
    assert of(found, Dimension.GOAL).concentration[Stage.PLANNED] is None


# Bands -------------------------------------------------------------------------------------------------------

PLAN = (
    work("red: 70", for_="shop", type="feature"),
    work("red: 10", for_="kiosk", type="debt"),
    work("blue: 20", for_="kiosk", type="reliability", status="idea"),
)


def band(text: str) -> BandCheck:
    (compared,) = report(*PLAN, bands=f"{{{text}}}").bands
    return compared


@pytest.mark.parametrize(
    ("text", "share", "standing"),
    [
        ("by: type, of: [reliability, debt], at_least: 20%", 0.125, BandStanding.BELOW),
        ("by: type, of: [reliability, debt], at_least: 0.3, in: ranked", 0.3, BandStanding.KEPT),
        ("by: team, of: [RED], at_most: 99 %", 1, BandStanding.ABOVE),
        ("by: team, of: [blue], at_most: 5%, in: delivered", 0, BandStanding.IDLE),
        ("by: tier, of: [1], at_least: 0.5, at_most: 0.9", 0.875, BandStanding.KEPT),
        ("by: layer, of: [none], at_most: 0.1", 1, BandStanding.ABOVE),
    ],
)
def test_those_that_a_band_names_count_together(text: str, share: float, standing: BandStanding) -> None:
    (held,) = band(text).shares
    assert held.share == pytest.approx(share)
    assert held.standing is standing


@pytest.mark.parametrize(
    ("text", "standings"),
    [
        ("by: consumer, at_most: 0.4", {"shop": "above", "kiosk": "kept", "attic": "kept"}),
        ("by: consumer, tier: 1, served: true", {"shop": "kept"}),
        ("by: consumer, served: true", {"shop": "kept", "kiosk": "kept", "attic": "unserved"}),
        ("by: type, of: [debt, reliability], each: true, at_least: 10%", {"debt": "kept", "reliability": "below"}),
    ],
)
def test_without_names_each_counts_by_itself(text: str, standings: dict[str, str]) -> None:
    assert {held.label: held.standing.value for held in band(text).shares} == standings


def test_what_is_outside_is_a_finding_at_its_band() -> None:
    found = report(*PLAN, bands="{by: consumer, at_most: 0.4, why: Others pay as well.}", fail_on=Severity.WARNING)
    (finding,) = found.findings
    assert finding.message == "shop: 87.5 % of the planned effort, above the maximum of 40 %; Others pay as well"
    assert (finding.rule, finding.severity, str(finding.span)) == (
        "out-of-balance",
        Severity.WARNING,
        "platctl.yaml:1:19",
    )
    assert found.failing == 1


def test_the_rule_can_be_made_graver_or_switched_off() -> None:
    for level, severities in (("error", [Severity.ERROR]), ("off", [])):
        config = f"balance: {{bands: [{{by: consumer, at_most: 0.4}}]}}\nrules: {{out-of-balance: {level}}}"
        plan = model(WORLD + "kind: initiative\nid: x\n" + PLAN[0], config=config)
        found = balance(plan, "here", BalanceOptions(built_in()["rice"]))
        assert [each.severity for each in found.findings] == severities


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("by: type, of: [debt]", "a band needs `at_least`, `at_most` or `served: true`"),
        ("by: type, at_least: 0.5, at_most: 20%", "`at_least` is greater than `at_most`"),
        ("by: goal, tier: 1, served: true", "`tier` needs `by: consumer`"),
        ("by: consumer, tier: 1, of: [a], at_most: 1", "can't be combined"),
        ("by: type, at_most: 20", "`20` is not a share; use a number from 0 to 1, or a percentage such as `20%`"),
        ("by: type, at_most: 120%", "`120%` is not a share"),
        ("by: type, at_most: -1%", "`-1%` is not a share"),
        ("by: type, at_most: true", "must be a number"),
        ("by: colour, at_most: 1", "colour"),
    ],
)
def test_what_is_no_band_is_said(text: str, message: str) -> None:
    findings = model("kind: team\nid: red\n", config=f"balance: {{bands: [{{{text}}}]}}").findings
    assert message in " ".join(each.message for each in findings)
