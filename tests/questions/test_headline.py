"""What the first line of a comment says: who is hit, whose yes is missing, what becomes of plans."""

import pytest

from impacts import compared
from platctl.questions.impact.comment import headline
from platctl.questions.impact.rows import failures

BASE = """
kind: component
id: identity
version: 2.4.0
---
kind: consumer
id: web
tier: 1
uses: [{component: identity, requires: ">=2,<3"}]
---
kind: consumer
id: shop
tier: 3
uses: [{component: identity, requires: ">=2,<3"}]
---
kind: initiative
id: downloads
status: planned
start: 2027-01-01
end: 2027-03-31
deadline: 2027-04-30
requested_by: [web, shop]
---
kind: initiative
id: travel
status: planned
start: 2027-01-01
end: 2027-06-30
for: web
"""
EDITED = BASE.replace("2.4.0", "3.0.0")
LATE = BASE.replace("2027-03-31", "2027-05-31")


def test_nothing_is_called_nothing() -> None:
    assert headline(compared(BASE, BASE)) == "No product is affected"


def test_one_product_and_two_are_told_apart() -> None:
    one = BASE.replace(">=2,<3", ">=3", 1)
    assert headline(compared(one, one.replace("2.4.0", "3.0.0"))) == "Breaks 1 product, 1 gains"
    assert headline(compared(BASE, EDITED)) == "Breaks 2 products"


def test_products_that_only_wait_are_not_called_unaffected() -> None:
    expected = "No product breaks. Plans: 1 delayed, 1 new conflict, 2 products wait longer"
    assert headline(compared(BASE, LATE)) == expected
    dropped = LATE.replace("id: travel\nstatus: planned", "id: travel\nstatus: dropped")
    expected = "No product breaks. Plans: 1 dropped, 1 delayed, 1 new conflict, 2 products wait longer"
    assert headline(compared(BASE, dropped)) == expected


def test_an_approval_stands_before_plans() -> None:
    config = "policies: [{id: p, when: {tier: 1}, action: approve}]"
    report = compared(BASE, LATE.replace("2.4.0", "3.0.0"), config=config)
    expected = "Breaks 2 products. Approvals missing: 1. Plans: 1 delayed, 1 new conflict, 2 products wait longer"
    assert headline(report) == expected
    assert failures(report) == "1 approval missing; 1 other consumer breaks (--fail-on breaks)"


@pytest.mark.parametrize(
    ("types", "said"),
    [
        (["product", "app", ""], "Breaks 3 products"),
        (["partner"], "Breaks 1 partner"),
        (["Partner", "partner", "product"], "Breaks 1 product and 2 partners"),
        (["team", "partner", "product"], "Breaks 1 product, 1 team and 1 partner"),
    ],
)
def test_partners_and_teams_are_counted_by_their_own_word(types: list[str], said: str) -> None:
    users = "".join(
        f"---\nkind: consumer\nid: c{nth}\n"
        + (f"type: {type_}\n" if type_ else "")
        + "uses: [{component: x, requires: '<2'}]\n"
        for nth, type_ in enumerate(types)
    )
    base = f"kind: component\nid: x\nversion: 1.0.0\n{users}"
    assert headline(compared(base, base.replace("1.0.0", "2.0.0"))) == said
