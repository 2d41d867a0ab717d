"""The picture on the page of an entity: what depends on it, and what it depends on."""

from dataclasses import replace

from platctl.page import Page, Paragraph, Section, line
from platctl.questions.graph.page import diagram
from platctl.questions.graph.report import GraphReport

_TITLE = "What depends on it, and on what it depends"


def with_ways(page: Page, report: GraphReport) -> Page:
    """A page with the picture below its opening; its boxes lead nowhere, as nothing else is on the page."""
    if not report.edges:
        return page
    drawn = diagram(report)
    boxes = tuple(replace(box, to=None) for box in drawn.boxes)
    picture = replace(drawn, boxes=boxes, title=_TITLE, is_told=False)
    opening = 1 if page.blocks and isinstance(page.blocks[0], Paragraph) else 0
    section = Section(line(_TITLE), (picture,))
    return Page((*page.blocks[:opening], section, *page.blocks[opening:]))
