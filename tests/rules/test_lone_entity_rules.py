"""What nobody owns, uses or serves, and what is not said while something can't be read."""

import pytest
from checking import found, messages

IDENTITY = "kind: component\nid: identity\n"
SHOP = "kind: consumer\nid: shop\nuses: [identity]\n"
TRUST = "kind: goal\nid: trust\n"
PASSKEYS = "kind: initiative\nid: passkeys\ngoals: [trust]\n"


# missing-owner


def test_components_consumers_and_goals_with_work_have_an_owner():
    assert messages("missing-owner", IDENTITY, SHOP, TRUST, PASSKEYS) == [
        "2: component `identity` has no owner",
        "2: consumer `shop` has no owner",
        "2: goal `trust` has no owner",
    ]
    owned = (text + "owner: core\n" for text in (IDENTITY, SHOP, TRUST))
    assert not found("missing-owner", *owned, PASSKEYS)


def test_teams_decisions_ideas_goals_without_work_and_what_is_retired_need_none():
    others = ("kind: team\nid: core", "kind: decision\nid: first", "kind: initiative\nid: passkeys", TRUST)
    assert not found("missing-owner", *others, IDENTITY + "lifecycle: retired")


@pytest.mark.parametrize("type_", ["partner", "Partner", "team"])
def test_a_partner_or_a_team_needs_no_team_where_a_product_manager_is_named(type_: str):
    partner = f"{SHOP}type: {type_}\n"
    (finding,) = found("missing-owner", partner)
    assert finding.help == "add `product_manager:` with the person to ask, or `owner:` with the id of a team"
    assert not found("missing-owner", partner + "product_manager: Ana\n")
    assert not found("missing-owner", partner + "product_manager: [Ana]\n"), "one that could not be read"
    assert found("missing-owner", SHOP + "type: product\nproduct_manager: Ana\n")


def test_an_owner_that_could_not_be_read_is_not_said_to_be_missing():
    assert not found("missing-owner", IDENTITY + "owner: [core]")


# orphan-goal


def test_a_goal_that_nothing_is_connected_with():
    assert messages("orphan-goal", TRUST) == ["2: no initiative serves goal `trust`"]


def test_a_goal_with_a_parent_a_child_or_an_initiative_is_none():
    assert not found("orphan-goal", TRUST, "kind: goal\nid: safety\nparent: Trust\n")
    assert not found("orphan-goal", TRUST, PASSKEYS)
    assert not found("orphan-goal", TRUST + "aliases: [faith]\n", PASSKEYS.replace("trust", "faith"))


def test_a_goal_that_something_unread_may_serve_is_none():
    assert not found("orphan-goal", TRUST, PASSKEYS + "effort: [")
    assert not found("orphan-goal", TRUST, PASSKEYS.replace("goals:", "goal:"))
    assert not found("orphan-goal", TRUST, PASSKEYS.replace("[trust]", "trust"))


# unused-component


def test_a_component_that_nobody_uses():
    assert messages("unused-component", IDENTITY) == ["2: nothing depends on component `identity`"]


def test_a_component_that_is_used_under_any_name_is_none():
    for name in ("identity", "IDENTITY", "default/identity", "login"):
        assert not found("unused-component", IDENTITY + "aliases: [login]\n", SHOP.replace("identity", name))


def test_a_namesake_in_another_namespace_does_not_count():
    media = IDENTITY + "namespace: media\n"
    assert messages("unused-component", media, IDENTITY, SHOP) == ["2: nothing depends on component `media/identity`"]


def test_nobody_is_their_own_user():
    assert found("unused-component", IDENTITY + "depends_on: [identity]\n")


def test_a_retired_component_needs_no_users():
    assert not found("unused-component", IDENTITY + "lifecycle: retired\n")


def test_a_component_that_a_broken_file_may_use_is_not_called_unused():
    assert not found("unused-component", IDENTITY, SHOP + "tags: [")


def test_a_component_that_an_unread_entity_or_field_may_use_is_not_called_unused():
    for unread in (
        SHOP.replace("consumer", "consumr"),
        SHOP.replace("uses:", "use:"),
        SHOP.replace("id: shop", "id: 'a shop'"),
        SHOP.replace("[identity]", "[{component: identity, strenght: soft, requires: [2]}]"),
        "kind: consumer\nid: shop\n---\n" + SHOP,
    ):
        assert not found("unused-component", IDENTITY, unread)


def test_other_components_are_still_called_unused_then():
    assert messages("unused-component", IDENTITY, "kind: component\nid: billing\n", SHOP + "tags: [") == [
        "2: nothing depends on component `billing`"
    ]


# product-without-uses


def test_a_consumer_that_uses_nothing():
    assert messages("product-without-uses", "kind: consumer\nid: shop") == [
        "2: consumer `shop` declares no dependencies"
    ]
    assert not found("product-without-uses", IDENTITY, SHOP)


def test_uses_that_could_not_be_read_are_not_said_to_be_missing():
    assert not found("product-without-uses", "kind: consumer\nid: shop\nuses: identity")
    assert not found("product-without-uses", "kind: consumer\nid: shop\nuses: [[identity]]")
