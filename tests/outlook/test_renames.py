"""Entities with a new name that is not declared."""

import pytest

from builders import model
from impacts import compared, verdict
from platctl.model.level import Level
from platctl.model.ref import Ref
from platctl.model.renames import recognized
from platctl.outlook.difference import pair
from platctl.questions.impact.page import page
from platctl.render.page.text import render as as_text

AUTH = "kind: component\nid: auth\nversions: [{version: 1.4.0}, {version: 2.0.0}]\n"
GONE = AUTH.replace("{version: 1.4.0}, ", "")
SHOP = 'kind: consumer\nid: shop\ntitle: Shop\nuses: [{component: auth, requires: "<2"}]\n'
SHOP_REF = Ref("consumer", "default", "shop")


def called(name: str, title: str = "Shop") -> str:
    return SHOP.replace("id: shop", f"id: {name}").replace("Shop", title)


TILL = called("till", "Till")
TEAM = "kind: team\nid: a\n"
CASES: dict[str, tuple[list[str], list[str], str | None]] = {
    "same fields": ([SHOP], [called("store")], "store"),
    "the only one of its file": ([SHOP], [called("store", "Store")], "store"),
    "another file": ([SHOP, TEAM], [TEAM, called("store")], "store"),
    "two with the same fields": (
        [SHOP + "---\n" + TILL],
        [called("cash", "Till") + "---\n" + called("store")],
        "store",
    ),
    "with another kind in its file": ([SHOP], [called("store", "Store") + "---\n" + TEAM], "store"),
    "two new ones": ([SHOP], [called("a", "A") + "---\n" + called("b", "B")], None),
    "two alike": ([SHOP], [called("a") + "---\n" + called("b")], None),
    "another kind": ([SHOP], ["kind: team\nid: shop\n"], None),
    "another file and title": ([SHOP], [TEAM, called("store", "Store")], None),
    "no new one": ([SHOP, called("store")], [TEAM, called("store")], None),
    "nothing but a name": (["kind: consumer\nid: shop\n"], [TEAM, "kind: consumer\nid: store\n"], None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_new_name_is_recognized_where_it_is_certain(name: str) -> None:
    before, after, present = CASES[name]
    base, head = model(*before, AUTH), model(*after, AUTH)
    found = recognized(base, head, pair(base, head).head_of).get(SHOP_REF)
    assert (found and found.id) == present


def test_a_component_without_its_old_name_is_still_what_its_users_mean() -> None:
    login = GONE.replace("id: auth", "id: login")
    assert verdict(compared(f"{AUTH}---\n{SHOP}", f"{login}---\n{SHOP}"), "shop").level is Level.BREAKS
    assert compared(f"{AUTH}---\n{SHOP}", f"{AUTH.replace('id: auth', 'id: login')}---\n{SHOP}").verdicts == ()


IN_ITS_PLACE: dict[str, tuple[str, str | None]] = {
    "its id for another": (
        f"{GONE.replace('id: auth', 'id: login')}---\nkind: component\nid: auth\nversion: 1.9.0\n",
        "login",
    ),
    "edited, and another one added": (f"{GONE}---\nkind: component\nid: login\nversion: 1.9.0\n", None),
    "edited, and a copy of the old one added": (f"{GONE}owner: a\n---\n{AUTH.replace('id: auth', 'id: login')}", None),
    "moved to another file, and another one added": ("kind: component\nid: login\nversion: 1.9.0\n", None),
}


@pytest.mark.parametrize("name", IN_ITS_PLACE)
def test_an_id_that_something_else_has_now_means_what_it_meant(name: str) -> None:
    after, present = IN_ITS_PLACE[name]
    base = model(f"{AUTH}owner: a\ntype: service\n")
    after = after.replace("2.0.0}]\n", "2.0.0}]\nowner: a\ntype: service\n", 1)
    head = model(after, *([f"{AUTH}owner: a\ntype: service\n"] if "id: auth" not in after else []))
    found = recognized(base, head, pair(base, head).head_of)
    assert {ref.id: now.id for ref, now in found.items()} == ({"auth": present} if present else {})


def test_where_it_is_not_certain_it_is_only_suggested() -> None:
    moved = called("b").replace("<2", ">=2")
    report = compared(f"{AUTH}---\n{SHOP}", f"{GONE}---\n{called('a', 'A')}---\n{moved}")
    (shop,) = report.escapes
    assert (shop.consumer.id, shop.level) == ("shop", Level.BREAKS)
    assert "if it is Shop (b) now, add `aliases: [shop]` there" in as_text(page(report), width=100, color=False)


def test_what_is_renamed_is_judged_and_told_the_alias() -> None:
    report = compared(f"{AUTH}---\n{SHOP}", f"{GONE}---\n{called('store')}")
    assert verdict(report, "store").level is Level.BREAKS
    assert report.escapes == ()
    assert [each.what for each in report.others] == ["renamed from shop; add `aliases: [shop]`"]
    moved = called("shop\nnamespace: retail").replace(": auth", ": default/auth")
    report = compared(f"{AUTH}---\n{SHOP}", f"{GONE}---\n{moved}")
    assert [each.what for each in report.others] == ["renamed from shop; add `aliases: [default/shop]`"]


def test_an_alias_may_be_in_another_namespace() -> None:
    moved = called("store\nnamespace: retail\naliases: [default/shop]").replace(": auth", ": default/auth")
    report = compared(f"{AUTH}---\n{SHOP}", f"{GONE}---\n{moved}---\nkind: initiative\nid: a\nfor: [shop]\n")
    assert verdict(report, "retail/store").level is Level.BREAKS
    assert "renamed from shop" in [each.what for each in report.others]
    found = model(moved + "---\nkind: consumer\nid: x\naliases: ['a/b/c', '/a']\n")
    assert found.get(SHOP_REF) is not None
    assert [each.rule for each in found.findings] == ["invalid-value", "invalid-value"]
