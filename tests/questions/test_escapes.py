"""Leaving is a claim: what consumers would meet, had the change not edited or removed what they depend on."""

import json
from random import Random

import pytest

from builders import model
from impacts import compared, verdict
from platctl.finding import Severity
from platctl.model.approval_digest import digest
from platctl.model.level import Level
from platctl.model.ref import Ref
from platctl.questions.impact.alerts import from_impact
from platctl.questions.impact.comment import headline
from platctl.questions.impact.explain import page as explanation
from platctl.questions.impact.page import page
from platctl.questions.impact.report import ImpactReport
from platctl.render.data.json import render as as_json
from platctl.render.page.text import render as as_text

BASE = """
kind: component
id: auth
versions: [{version: 1.4.0}, {version: 2.0.0}]
---
kind: component
id: gateway
version: 1.0.0
depends_on:
  - {component: auth, requires: ">=1,<2"}
---
kind: component
id: portal
version: 1.0.0
exposes: true
depends_on:
  - {component: auth, requires: ">=1,<2"}
---
kind: consumer
id: shop
title: Shop
tier: 1
product_manager: Ana
uses:
  - {component: auth, requires: ">=1,<2"}
---
kind: consumer
id: kiosk
uses: [gateway]
---
kind: consumer
id: wall
uses: [portal]
"""
REMOVED = BASE.replace("{version: 1.4.0}, ", "")
USE = '  - {component: auth, requires: ">=1,<2"}\n'
SHOP = REMOVED[REMOVED.index("kind: consumer\nid: shop") : REMOVED.index("kind: consumer\nid: kiosk")]
GATEWAY = REMOVED[REMOVED.index("kind: component\nid: gateway") : REMOVED.index("kind: component\nid: portal")]
PORTAL = REMOVED[REMOVED.index("kind: component\nid: portal") : REMOVED.index("kind: consumer\nid: shop")]
POLICY = """
policies:
  - id: agree
    when: {level: must-act, tier: 1, ESCAPED}
    action: ACTION
    by: product-manager
"""


def escaped(report: ImpactReport) -> dict[str, str]:
    """By consumer: how it leaves, and what it escapes."""
    return {each.consumer.id: f"{each.escape} {each.level} {each.cause.reason}" for each in report.escapes}


def change(part: str, *edits: tuple[str, str]) -> str:
    """The removal, with edits of one entity."""
    edited = part
    for old, new in edits:
        assert old in edited
        edited = edited.replace(old, new)
    return REMOVED.replace(part, edited)


def test_nothing_is_escaped_where_no_dependency_changes() -> None:
    report = compared(BASE, REMOVED)
    assert report.escapes == ()
    assert verdict(report, "shop").escaped is None


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(USE, "  []\n")], "left breaks range-unmet"),
        ([(SHOP, "")], "left breaks range-unmet"),
        ([("auth, requires", "gateway, requires")], "left breaks range-unmet"),
        ([(">=1,<2", ">=2,<3")], "edited breaks range-unmet"),
        ([(">=1,<2", ">=1")], "edited breaks range-unmet"),
        ([('<2"', '<2", strength: soft')], "edited breaks range-unmet"),
    ],
    ids=["use", "consumer", "target", "moves", "wider", "soft"],
)
def test_a_dependency_that_is_edited_away_escapes_what_it_would_meet(
    edits: list[tuple[str, str]], expected: str
) -> None:
    report = compared(BASE, change(SHOP, *edits))
    assert escaped(report)["shop"] == expected
    assert report.summary.escaped == 1


@pytest.mark.parametrize("requires", ["", ', requires: "whatever"'])
def test_without_a_readable_range_it_breaks_anyway(requires: str) -> None:
    report = compared(BASE, change(SHOP, (', requires: ">=1,<2"', requires)))
    assert (verdict(report, "shop").level, report.escapes) == (Level.BREAKS, ())


def test_vouching_for_a_version_in_the_same_change_escapes_the_risk() -> None:
    shop = "kind: consumer\nid: shop\nuses:\n  - {component: auth, requires: '>=1'CONFIRMED}\n"
    auth = "kind: component\nid: auth\nversions: [{version: 1.4.0}, {version: 2.0.0, since: 2026-01-01}]\n---\n"
    base = auth + shop.replace("CONFIRMED", "")
    for field in (", confirmed: 2026-02-01", ", verified: [{version: 2.0.0, on: 2026-02-01}]"):
        head = auth.replace("{version: 1.4.0}, ", "") + shop.replace("CONFIRMED", field)
        report = compared(base, head, today="2026-11-20")
        assert escaped(report) == {"shop": "edited at-risk open-range"}


def test_a_component_in_between_that_no_longer_depends_or_exposes() -> None:
    gateway = compared(BASE, change(GATEWAY, (USE, "  []\n")))
    assert escaped(gateway) == {"kiosk": "left at-risk range-unmet"}
    portal = compared(BASE, change(PORTAL, ("exposes: true", "exposes: false")))
    assert verdict(portal, "wall").level is Level.AT_RISK
    assert escaped(portal) == {"wall": "edited breaks range-unmet"}
    assert verdict(portal, "wall").escaped is Level.BREAKS


def test_a_component_that_goes_with_its_users() -> None:
    without = change(GATEWAY, (GATEWAY, "")).replace("uses: [gateway]", "uses: []")
    assert escaped(compared(BASE, without)) == {"kiosk": "left breaks no-range"}


def test_what_gets_stronger_escapes_nothing() -> None:
    base = BASE.replace('<2"}\n---\nkind: consumer\nid: kiosk', '<2", strength: soft}\n---\nkind: consumer\nid: kiosk')
    report = compared(base, REMOVED)
    assert (verdict(report, "shop").level, report.escapes) == (Level.BREAKS, ())


def test_of_two_consumers_that_become_one_each_escapes_by_itself() -> None:
    other = SHOP.replace("id: shop", "id: cart").replace(USE, '  - {component: auth, requires: ">=2"}\n')
    merged = other.replace("id: cart", "id: one\naliases: [cart, shop]")
    report = compared(BASE.replace(SHOP, SHOP + other), REMOVED.replace(SHOP, merged))
    assert escaped(report) == {"shop": "left breaks range-unmet"}


def test_an_alias_that_another_consumer_takes_hides_nothing() -> None:
    report = compared(BASE, change(SHOP, (SHOP, "")).replace("id: kiosk", "id: kiosk\naliases: [shop]"))
    assert escaped(report)["shop"] == "left breaks range-unmet"


def test_a_name_that_leads_to_something_else_is_judged_by_what_base_meant() -> None:
    base = BASE.replace("id: auth\n", "id: identity\naliases: [auth]\n")
    other = "---\nkind: component\nid: auth\nversions: [{version: 1.4.0}]\n"
    report = compared(base, REMOVED.replace("id: auth\n", "id: identity\n") + other)
    assert escaped(report)["shop"] == "left breaks range-unmet"
    (shop,) = (each for each in report.escapes if each.consumer.id == "shop")
    assert shop.cause.subject == "identity"


def test_an_id_that_leads_to_something_else_hides_nothing_and_a_claim_to_it_hides_nothing_either() -> None:
    other = "---\nkind: component\nid: NAME\nversions: [{version: VERSION}]\n"
    gone = REMOVED.replace("id: auth\n", "id: identity\naliases: [auth]\n")
    taken = compared(BASE, gone + other.replace("NAME", "auth").replace("VERSION", "1.9.0"))
    assert escaped(taken)["shop"] == "left breaks range-unmet"
    claim = other.replace("NAME", "old\naliases: [auth]").replace("VERSION", "1.4.0")
    assert verdict(compared(BASE, REMOVED + claim), "shop").level is Level.BREAKS


def test_a_renamed_entity_is_still_the_same() -> None:
    renamed = REMOVED.replace("id: shop", "id: store\naliases: [shop]")
    report = compared(BASE, renamed.replace("id: auth\n", "id: login\naliases: [auth]\n"))
    assert verdict(report, "store").level is Level.BREAKS
    assert report.escapes == ()


def test_the_people_are_those_of_base() -> None:
    report = compared(BASE, change(SHOP, (USE, "  []\n"), ("product_manager: Ana\n", "")))
    assert [each.name for each in report.escapes[0].contacts] == ["Ana"]
    report = compared(BASE, change(SHOP, (SHOP, "")), config="impact: {tell: at-risk}")
    assert [each.contact.name for each in report.told] == ["Ana"]


@pytest.mark.parametrize("action", ["approve", "forbid"])
def test_policies_require_what_they_say_of_escaped_effects(action: str) -> None:
    head = change(SHOP, (SHOP, ""))
    policy = POLICY.replace("ACTION", action)
    if action == "forbid":
        policy = policy.replace("    by: product-manager\n", "")
    silent = compared(BASE, head, was=policy.replace(", ESCAPED", ""))
    assert [each.consumer.id for each in silent.failing] == ["wall"]
    assert escaped(silent) == {"shop": "left breaks range-unmet"}
    heard = compared(BASE, head, was=policy.replace("ESCAPED", "escaped: true"))
    _, shop = heard.failing
    assert (shop.consumer.id, shop.escaped, heard.summary.failing) == ("shop", Level.BREAKS, 2)
    (finding,) = (each for each in heard.findings if each.rule != "policy-changed")
    assert finding.message.startswith("Shop (shop) would break if this change did not remove a dependency")


def test_an_escaped_effect_can_be_approved() -> None:
    work = """---
kind: initiative
id: retire
title: Retire
status: planned
end: 2026-12-31
changes: [{component: auth, effect: removal, version: "<2"}]
APPROVALS
"""
    base = BASE + work.replace("APPROVALS", "")
    head = change(SHOP, (">=1,<2", ">=2,<3")) + work
    planned = model(head.replace("APPROVALS", ""))
    mark = digest(planned, planned.initiatives[Ref("initiative", "default", "retire")])
    given = f"approvals: [{{consumer: shop, by: Ana, on: 2026-11-01, digest: '{mark}'}}]"
    policy = "approvals: {trust: file}\n" + POLICY.replace("ACTION", "approve").replace("ESCAPED", "escaped: true")
    for approvals, fails in (("", True), (given, False)):
        report = compared(base, head.replace("APPROVALS", approvals), was=policy, today="2027-01-15")
        assert ("shop" in [each.consumer.id for each in report.failing]) is fails


def test_the_same_harm_by_another_change_is_approved_by_itself() -> None:
    """An approval of what stays does not approve what is escaped."""
    policy = POLICY.replace("ACTION", "approve").replace("ESCAPED", "escaped: true")
    two = "---\nkind: component\nid: mail\nversions: [{version: 1.0.0}, {version: 2.0.0}]\n"
    both = USE + '  - {component: mail, requires: "<2"}\n'
    base = BASE.replace(SHOP, SHOP.replace(USE, both)) + two
    head = REMOVED + two.replace("{version: 1.0.0}, ", "")
    report = compared(base, head, was=policy)
    assert verdict(report, "shop").level is Level.BREAKS
    assert [each.cause.subject for each in report.escapes] == ["mail"]
    assert report.summary.approvals_missing == 2


def test_every_form_says_would_break() -> None:
    report = compared(BASE, change(SHOP, (USE, "  []\n")))
    text = as_text(page(report), width=100, color=False)
    assert "Shop (shop), tier 1: left; would break" in text
    assert "no longer uses" not in text
    assert headline(report) == "Breaks 1 product, 1 at risk, 1 would break (dependency removed or edited)"
    (alert,) = (each for each in from_impact(report).alerts if each.rule == "impact/escaped")
    assert (alert.title, alert.severity) == ("left; would break: Shop (shop), tier 1", Severity.WARNING)
    data = json.loads(as_json(report, "impact"))
    assert [(each["consumer"]["id"], each["escaped"], each["escape"]) for each in data["escapes"]] == [
        ("shop", "breaks", "left")
    ]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_escaped_is_what_would_happen_without_the_edits(seed: int) -> None:
    """Random worlds: the effect of the removal alone is the stronger of what happens and what is escaped."""
    base, removed, edited = _world(Random(seed))
    alone, report = compared(base, removed), compared(base, edited)
    expected = {each.consumer.ref: each.level for each in alone.verdicts if each.level.is_harm}
    happens = {each.consumer.ref: each.level for each in report.verdicts if each.level.is_harm}
    would = {each.consumer.ref: each.level for each in report.escapes}
    for ref in would.keys() | expected.keys():
        heard = [found[ref] for found in (would, happens) if ref in found]
        assert min(heard, key=lambda each: each.rank) == expected[ref]


def _world(random: Random) -> tuple[str, str, str]:
    """Base, base without a version, and the same with dependencies edited away, softened or hidden."""
    names = [f"c{number}" for number in range(5)]
    ranges = ('">=1,<2"', '">=1,<3"', '">=1"', '">=2"')

    def use(name: str) -> dict[str, str]:
        found = {"component": name, "requires": random.choice(ranges) if name == "c0" else '">=1"'}
        return found | ({"strength": "soft"} if random.random() < 0.2 else {})

    uses = {name: [use(each) for each in names[:at] if random.random() < 0.5] for at, name in enumerate(names)}
    uses |= {f"u{at}": [use(each) for each in random.sample(names, 2)] for at in range(3)}
    exposes = {name: random.random() < 0.4 for name in names}

    def text(versions: str, uses: dict[str, list[dict[str, str]]], exposes: dict[str, bool]) -> str:
        parts = []
        for name, found in uses.items():
            rows = ", ".join("{" + ", ".join(f"{key}: {value}" for key, value in each.items()) + "}" for each in found)
            if name.startswith("c"):
                offer = versions if name == "c0" else "[{version: 1.0.0}]"
                flag = str(exposes[name]).lower()
                parts.append(f"kind: component\nid: {name}\nversions: {offer}\nexposes: {flag}\ndepends_on: [{rows}]\n")
            else:
                parts.append(f"kind: consumer\nid: {name}\nuses: [{rows}]\n")
        return "---\n".join(parts)

    base, removed = (
        text("[{version: 1.4.0}, {version: 2.0.0}]", uses, exposes),
        text("[{version: 2.0.0}]", uses, exposes),
    )
    edits = {name: [dict(each) for each in found] for name, found in uses.items()}
    for name in random.sample(sorted(edits), 3):
        kind = random.choice(("drop", "soft", "range", "gone"))
        if kind == "gone" and name.startswith("u"):
            del edits[name]
        elif edits[name] and kind == "soft":
            edits[name][0]["strength"] = "soft"
        elif edits[name] and kind == "range" and edits[name][0]["component"] == "c0":
            edits[name][0]["requires"] = '">=2"'
        elif edits[name]:
            edits[name].pop()
    hidden = {name: value and random.random() < 0.7 for name, value in exposes.items()}
    return base, removed, text("[{version: 2.0.0}]", edits, hidden)


def test_an_explanation_also_explains_what_is_escaped() -> None:
    report = compared(BASE, change(SHOP, (">=1,<2", ">=2,<3")))
    text = as_text(explanation(report, verdict(report, "shop")), width=100, color=False)
    assert "What it escapes: edited; would break" in text
    assert "Shop depends on auth >=1,<2" in text
