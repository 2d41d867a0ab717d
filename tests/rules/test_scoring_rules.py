"""Scoring models that can't rank anything."""

import pytest
from checking import found

from builders import model
from platctl.model.settings.scoring import GRAPH_VALUES
from platctl.ranking.graph_values import FROM_GRAPH

WORK = "kind: initiative\nid: x\ntitle: X\nproposed_by: Ada\nscores: {joy: 3}\nvotes: [{by: Ada, scores: {pain: 2}}]\n"


@pytest.mark.parametrize(
    ("scoring", "message", "place"),
    [
        ("model: rcie", "there is no scoring model `rcie`", "platctl.yaml:1:18"),
        ("models: [{id: a, value: reahc}]", "`reahc` is not a criterion", "platctl.yaml:1:35"),
        ("models: [{id: a, value: reach + effort}]", "users (`reach`) and person-weeks", "platctl.yaml:1:35"),
        ("models: [{id: a, value: joy, size: joy + jyo}]", "`jyo` is not a criterion", "platctl.yaml:1:46"),
        ("models: [{id: a, criteria: [{id: joy, direction: down}]}]", "is not normalised", "platctl.yaml:1:60"),
        ("models: [{id: a, criteria: [{id: joy, normalise: scale}]}]", "has no `scale`", "platctl.yaml:1:60"),
        ("models: [{id: a, criteria: [{id: joy, instead: efort}]}]", "no graph value `efort`", "platctl.yaml:1:58"),
        ("models: [{id: a, criteria: [{id: joy, unit: a//b}]}]", "`a//b` is not a unit", "platctl.yaml:1:55"),
        ("models: [{id: a, criteria: [{id: joy}, {id: joy}]}]", "two criteria have the id `joy`", "platctl.yaml:1:55"),
        (
            "models: [{id: a, classes: [must], criteria: [{id: joy}], limits: {mst: 60%}}]",
            "`a` has no class `mst`",
            "platctl.yaml:1:77",
        ),
        ("models: [{id: a}]", "`a` does not define how to rank", "platctl.yaml:1:25"),
        ("models: [{id: a, classes: [x], size: joy}]", "`a` has both `classes` and `size`", "platctl.yaml:1:48"),
        (
            "models: [{id: a, value: joy}, {id: a, value: joy}]",
            "two scoring models have the id `a`",
            "platctl.yaml:1:46",
        ),
    ],
)
def test_a_scoring_model_that_cannot_work_is_an_error(scoring: str, message: str, place: str) -> None:
    (finding,) = found("invalid-scoring", WORK, config=f"scoring: {{{scoring}}}")
    assert message in finding.message
    assert str(finding.span) == place
    assert finding.help


@pytest.mark.parametrize(
    ("scoring", "message"),
    [
        ("models: [{id: a, value: 1 +}]", "the formula has a syntax error, at character 4"),
        ("models: [{id: A b, value: joy}]", "is not a valid criterion name"),
        ("models: [{id: a, criteria: [{id: joy, scale: [5, 1]}]}]", "a scale must have the form"),
    ],
)
def test_what_is_no_formula_is_said_where_it_stands(scoring: str, message: str) -> None:
    (finding,) = model(WORK, config=f"scoring: {{{scoring}}}").findings
    assert message in finding.message
    assert finding.span
    assert finding.span.path == "platctl.yaml"


def test_scoring_models_that_can_work_are_fine() -> None:
    scoring = """
    scoring:
      model: ours
      models:
        - id: ours
          value: joy * reach - pain * induced_cost / effort * reach
          size: max(effort, 1)
        - id: weighted
          criteria: [{id: joy, scale: [0, 5], normalise: scale, direction: down}, {id: reach, normalise: maximum}]
    """
    assert found("invalid-scoring", WORK, config=scoring) == []


def test_every_value_of_the_graph_is_derived() -> None:
    assert FROM_GRAPH.keys() == GRAPH_VALUES.keys()
