"""Pictures as mermaid itself draws them."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

from platctl.page import Arrow, Box, Diagram, Lane, Periods, Schedule, Stretch, Tone
from platctl.render.escape import visible
from platctl.render.picture.mermaid import Picture, render
from render.oracles import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_FIRST, _LAST = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
_LABELS = [
    *HOSTILE,
    "plain words",
    "1. größer als 名前",
    "done, crit, 2027-01-01, 30d",
    "a : b",
    "%% comment",
    "click x href y",
    "Section 1",
    "title x",
    "todayMarker on",
    "accTitle: x",
    "weekend friday",
    "call f()",
    "end",
    "2027-01-01",
]
_DRAW = """async ([name, text]) => {
  const { svg } = await mermaid.render(name, text);
  const whole = new DOMParser().parseFromString(`<body>${svg}</body>`, "text/html");
  whole.querySelectorAll("style").forEach((each) => each.remove());
  return {
    texts: [...whole.querySelectorAll("text")].map((each) => each.textContent),
    text: whole.body.textContent,
    links: whole.querySelectorAll("a, image, img, script, iframe").length,
  };
}"""


class Drawn(NamedTuple):
    """What there is to read in a picture, without blanks."""

    texts: list[str]
    text: str
    links: int


@pytest.fixture(scope="module")
def tab(browser: "Browser", tool: Callable[[str], str]) -> Iterator["Page"]:
    """A page with mermaid, which asks for nothing."""
    context = browser.new_context(offline=True)
    found = context.new_page()
    found.add_script_tag(content=tool("mermaid/dist/mermaid.min.js"))
    found.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
    yield found
    context.close()


def drawn(tab: "Page", picture: Picture) -> Drawn:
    found = tab.evaluate(_DRAW, ["picture", render(picture)])
    return Drawn([_packed(each) for each in found["texts"]], _packed(found["text"]), found["links"])


def _packed(text: str) -> str:
    return "".join(text.split())


def _shown(text: str) -> str:
    return _packed(visible(text, whole_line=False))


def test_a_flow_chart_has_its_labels_and_nothing_else(tab: "Page") -> None:
    for label in _LABELS:
        found = drawn(tab, Diagram((Box("a", label, Tone.BAD), Box("b", "B", Tone.DIM)), (Arrow("a", "b", label),)))
        assert (sorted(found.text), found.links) == (sorted(_shown(label) * 2 + "B"), 0)


def test_a_gantt_chart_has_its_labels_and_dates_and_nothing_else(tab: "Page") -> None:
    for label in _LABELS:
        lane = Lane(label, tuple(Stretch(label, _FIRST, _LAST, tone) for tone in (Tone.PLAIN, Tone.BAD, Tone.GOOD)))
        found = drawn(tab, Schedule(label, _FIRST, _LAST, (), (lane,)))
        own = [each for each in found.texts if each != _shown(label)]
        assert (found.texts.count(_shown(label)), found.links) == (5, 0)
        assert all(re.fullmatch("202[678]-[0-9]{2}", each) for each in own)


def test_a_timeline_has_its_labels_and_nothing_else(tab: "Page") -> None:
    for label in _LABELS:
        found = drawn(tab, Periods(label, ((label, (label, label)), ("later", ("Offline",)))))
        assert (sorted(found.text), found.links) == (sorted(_shown(label) * 4 + "laterOffline"), 0)


def test_a_large_picture_is_drawn(tab: "Page") -> None:
    nodes = tuple(Box(f"n{nth}", f"Node {nth}") for nth in range(60))
    edges = tuple(Arrow(f"n{nth}", f"n{nth + 1}", ">=2") for nth in range(59))
    assert "Node59" in drawn(tab, Diagram(nodes, edges)).text
