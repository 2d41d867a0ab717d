"""Entities have titles wherever people read; ids alone are for what is typed."""

import datetime
import re

import pytest

from builders import model
from impacts import compared
from platctl.graph.graph import Graph
from platctl.model.ref import Ref
from platctl.model.settings.audience import BUILT_IN
from platctl.model.settings.scoring import Criterion
from platctl.page import Page
from platctl.questions.impact import comment
from platctl.questions.impact import page as terminal
from platctl.questions.roadmap.derive import RoadmapOptions, roadmap
from platctl.questions.roadmap.page import change_words, csv_rows
from platctl.ranking.criteria import Criteria
from platctl.render.page.markdown import render as markdown
from platctl.render.page.text import render

PLAN = """
kind: component
id: identity
title: Sign-in
interfaces: [{id: rest, version: 2.0.0}]
---
kind: component
id: gateway
title: Front door
version: 1.0.0
depends_on: [{component: identity#rest, requires: "<3", exposes: true}]
---
kind: consumer
id: shop
title: Bakery
uses: [gateway, {component: identity#rest, requires: "<3", migration: 3}]
---
kind: initiative
id: cleanup
title: Spring cleaning
status: planned
end: 2027-03-31
effort: {core: 2}
changes: [{component: identity#rest, effect: removal, version: "<3"}]
---
kind: team
id: core
title: Core team
"""
TYPED = re.compile(r"(?<![(\w-])(identity|gateway|shop|cleanup|core)(#\w+)?(?![\w/.-])")
"""An id that is neither in parentheses behind a title nor part of a path."""


def bare(text: str) -> list[str]:
    """The lines with ids alone, other than the arrows of a path, and what is typed in a file or a command."""
    arrows = re.compile(r"[\w#/-]+( (<-|&lt;-) [\w#/-]+)+")
    typed = re.compile(r"--explain \w+|uses\[\d\] \w+: \S+")
    return [line for line in text.splitlines() if TYPED.search(arrows.sub("", typed.sub("", line)))]


def read(of: Page) -> str:
    return render(of, width=300, color=False)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("interfaces: [{id: rest, version: 2.0.0}]", ""),
        ("version: 2.0.0", "version: 3.0.0"),
        ('effect: removal, version: "<3"', "effect: change"),
        ('effect: removal, version: "<3"', "effect: breaking"),
        ('effect: removal, version: "<3"', "effect: addition, version: 2.1.0"),
        ("end: 2027-03-31", "end: 2027-09-30"),
        ("status: planned", "status: parked"),
        (', {component: identity#rest, requires: "<3", migration: 3}', ""),
    ],
)
def test_an_impact_is_told_with_titles(was: str, now: str) -> None:
    for before, after in ((PLAN, PLAN.replace(was, now)), (PLAN.replace(was, now), PLAN)):
        report = compared(before, after)
        assert bare(read(terminal.page(report))) == []
        assert bare(read(Page(tuple(comment.blocks(report, ""))))) == []


def test_a_graph_in_a_comment_shows_titles() -> None:
    drawn = markdown(Page(tuple(comment.blocks(compared(PLAN, PLAN.replace("version: 2.0.0", "version: 3.0.0")), ""))))
    boxes = ["Bakery<br>#10005; breaks", "Sign#45;in<br>changes", "Front door<br>#10005; breaks"]
    assert re.findall(r'n\d\["(.+?)"\]', drawn) == boxes


def test_a_roadmap_shows_titles_and_its_table_ids() -> None:
    asked = RoadmapOptions(BUILT_IN["product-managers"], datetime.date(2027, 2, 10))
    report = roadmap(model(PLAN), "here", asked)
    (item,) = report.items
    assert [change_words(each) for each in item.changes] == ["removes Sign-in rest <3"]
    assert [cell for row in csv_rows(report) for cell in row if "<3" in str(cell)] == ["removes identity#rest <3"]


def test_the_cost_to_others_names_titles() -> None:
    criteria = Criteria(Graph(model(PLAN)))
    cost = criteria.of(Ref("initiative", "default", "cleanup"), Criterion(id="induced_cost"))
    assert "Bakery on Sign-in (identity#rest)" in [each.of for each in cost.portions]
