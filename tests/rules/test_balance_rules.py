"""Bands for something that does not exist."""

import pytest
from checking import found

WORLD = """
kind: consumer
id: shop
tier: 2
aliases: [store]
---
kind: team
id: red
namespace: media
---
kind: goal
id: growth
"""


@pytest.mark.parametrize(
    ("band", "message", "help_"),
    [
        ("by: consumer, of: [shp]", "there is no consumer `shp`", "did you mean `shop`?"),
        ("by: team, of: [red]", "there is no team `red`", "use one of media/red"),
        ("by: goal, of: ['team:growth']", "there is no goal `team:growth`", ""),
        ("by: tier, of: [1]", "there is no tier `1`", ""),
        ("by: type, of: [dept]", "there is no type `dept`", "did you mean `debt`?"),
        ("by: layer, of: [platfrom]", "there is no layer `platfrom`", "did you mean `platform`?"),
    ],
)
def test_a_band_for_nothing_is_an_error_at_its_name(band: str, message: str, help_: str) -> None:
    (finding,) = found("invalid-balance", WORLD, config=f"balance: {{bands: [{{{band}, at_most: 1}}]}}")
    assert finding.message == message
    assert help_ in finding.help
    assert finding.help
    assert finding.span
    assert finding.span.column > 30


@pytest.mark.parametrize(
    "band",
    [
        "by: consumer, of: [SHOP, store, none]",
        "by: team, of: [media/red]",
        "by: tier, of: [2]",
        "by: type, of: [debt]",
        "by: layer, of: [product]",
        "by: goal",
    ],
)
def test_a_band_for_what_there_is_is_fine(band: str) -> None:
    assert found("invalid-balance", WORLD, config=f"balance: {{bands: [{{{band}, at_most: 1}}]}}") == []
