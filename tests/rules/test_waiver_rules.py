"""What is said of the waivers in platctl.yaml themselves."""

import datetime

from builders import model
from platctl.rules.validation import ValidationOptions, validate

UNREAD = "{kind: component, id: lone, version: 1.0.0}\n"
USED = "---\n{kind: consumer, id: shop, uses: [lone]}\n"
WAIVER = "waivers: [{rule: unused-component, entity: component:lone, reason: new, expires: 2027-06-30}]\n"
TODAY = datetime.date(2027, 1, 15)


def said(text: str, rule: str) -> list[tuple[str, int]]:
    report = validate(model(text, config=WAIVER), "state", ValidationOptions(TODAY))
    found = (each.finding for each in report.diagnostics)
    return [(each.span.path, each.span.line) for each in found if each.rule == rule and each.span]


def test_a_waiver_that_nothing_needs_is_named_where_it_stands() -> None:
    assert said(UNREAD + USED, "unused-waiver") == [("platctl.yaml", 1)]


def test_a_waiver_that_accepts_a_finding_is_not() -> None:
    assert said(UNREAD, "unused-waiver") == []
    assert said(UNREAD, "unused-component") == []
