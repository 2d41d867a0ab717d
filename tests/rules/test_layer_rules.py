"""Which layer may depend on which."""

from checking import found, messages

LAYERS = """
    kind: component
    id: postgres
    layer: technology
    ---
    kind: component
    id: storage
    layer: platform
    depends_on: [postgres]
    ---
    kind: component
    id: checkout
    layer: product
    depends_on: [storage]
"""


def shop(uses: str) -> str:
    return f"kind: consumer\nid: shop\nuses: [{uses}]"


def test_each_layer_may_stand_on_its_own_and_on_the_next_lower_one():
    assert not found("layer-violation", LAYERS, shop("storage, checkout"))


def test_a_consumer_that_reaches_past_the_platform_is_shown_the_way_through_it():
    (finding,) = found("layer-violation", LAYERS, shop("postgres"))
    assert finding.message == "`shop` skips the platform layer to depend on `postgres` in layer technology"
    assert finding.help == "use `storage` instead, or accept it with a waiver in platctl.yaml"
    assert str(finding.related[0].span) == "model-1.yaml:3:8"


def test_a_component_of_the_product_layer_may_not_reach_past_it_either():
    text = LAYERS.replace("depends_on: [storage]", "depends_on: [postgres]")
    assert messages("layer-violation", text) == [
        "13: `checkout` skips the platform layer to depend on `postgres` in layer technology"
    ]


def test_a_lower_layer_does_not_depend_on_a_higher_one():
    text = LAYERS.replace("depends_on: [postgres]", "depends_on: [checkout]")
    (finding,) = found("layer-violation", text)
    assert finding.message == "`storage` in layer platform depends on `checkout` in the higher layer product"


def test_without_a_layer_nobody_knows():
    assert not found("layer-violation", LAYERS, "kind: component\nid: redis\n---\n" + shop("redis"))


def test_the_layers_are_those_of_the_configuration():
    two = "layers: [technology, product]"
    assert not found("layer-violation", LAYERS, shop("postgres"), config=two)
    four = "layers: [technology, base, platform, product]"
    (first, second) = found("layer-violation", LAYERS, shop("postgres"), config=four)
    assert "skips the base layer" in first.message
    assert "skips the base and platform layer" in second.message


def test_a_layer_that_is_not_listed_is_told_with_the_nearest():
    (finding,) = found("unknown-layer", "kind: component\nid: identity\nlayer: plattform")
    assert finding.message == "there is no layer `plattform`"
    assert finding.help.startswith("did you mean `platform`? use `technology`, `platform` or `product`, or add")


def test_a_layer_is_compared_in_lower_case():
    assert not found("unknown-layer", "kind: component\nid: identity\nlayer: Platform")
    assert not found("layer-violation", LAYERS.replace("layer: platform", "layer: Platform"))
