"""HTML pages as a browser shows them: without network, without errors, for everybody."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.showcase import PAGE, PLAN, SLIPS, hostile
from platctl.cli.app import ACTIONS, COMMANDS
from platctl.page import Bars, Page, Schedule, Tone
from platctl.render.page.html import render
from platctl.render.picture.chart_svg import render as render_svg
from recorded import page_on_record
from render.oracles import HOSTILE
from running import platctl

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request
    from playwright.sync_api import Page as Tab


@dataclass
class Shown:
    """A page in a tab, and what the browser had to say about it."""

    tab: "Tab"
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Show = Callable[..., Shown]
DEAD_LINKS = """[...document.querySelectorAll("a[href^='#']")].map((each) => each.getAttribute("href").slice(1))
  .filter((name) => !document.getElementById(name))"""


@pytest.fixture(scope="module")
def tabs(browser: "Browser") -> Iterator[Callable[..., "Tab"]]:
    """One tab for each set of options: a new one takes several times as long as another page in the same."""
    found: dict[str, Tab] = {}

    def tab(**options: Any) -> "Tab":
        key = repr(sorted(options.items()))
        if key not in found:
            found[key] = browser.new_context(**options).new_page()
        found[key].emulate_media(media="null", color_scheme="null")
        found[key].set_viewport_size(options["viewport"])
        return found[key]

    yield tab
    for each in found.values():
        each.context.close()


@pytest.fixture
def show(tabs: Callable[..., "Tab"], tmp_path: Path) -> Iterator[Show]:
    listening: list[tuple[Tab, str, Callable[[Any], None]]] = []

    def open_(text: str, name: str = "page.html", **options: Any) -> Shown:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        shown = Shown(tabs(**{"viewport": {"width": 1100, "height": 900}, **options}))
        listening.append((shown.tab, "console", lambda message: shown.errors.append(message.text)))
        listening.append((shown.tab, "pageerror", lambda error: shown.errors.append(str(error))))
        listening.append((shown.tab, "request", lambda request: _noted(request, shown, file)))
        for tab, event, listener in listening[-3:]:
            tab.on(event, listener)  # type: ignore[call-overload]
        shown.tab.goto(file.as_uri())
        return shown

    yield open_
    for tab, event, listener in listening:
        tab.remove_listener(event, listener)


@pytest.fixture(scope="session")
def axe(tool: Callable[[str], str]) -> str:
    """The script of axe-core; first of a test's parameters, so that nothing is opened where it is missing."""
    return tool("axe-core/axe.min.js")


def _noted(request: "Request", shown: Shown, file: Path) -> None:
    if request.url.partition("#")[0] != file.as_uri():
        shown.requests.append(request.url)


def violations(tab: "Tab", axe: str) -> list[str]:
    """What axe-core finds, with the elements. It is put in by the debugger, so the page's policy stays in force."""
    tab.evaluate(axe)
    found = tab.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


# Reports that are on record ----------------------------------------------------------------------------------

_GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.mark.parametrize("file", sorted(_GOLDEN.rglob("*.html")), ids=lambda file: file.relative_to(_GOLDEN).as_posix())
def test_a_report_on_record_is_for_everybody(axe: str, show: Show, file: Path) -> None:
    shown = show(page_on_record(file.read_text("utf-8")))
    for scheme in ("light", "dark"):
        shown.tab.emulate_media(color_scheme=scheme)
        assert violations(shown.tab, axe) == []
    assert (shown.errors, shown.requests) == ([], [])


REPORTS = {
    "validate": ["--fail-on", "never"],
    "impact": ["--base", "HEAD~1", "--fail-on", "never"],
    "ci": ["--base", "HEAD~1", "--fail-on", "never", "--fail-on-finding", "never"],
    "backlog": [],
    "tradeoff": ["downloads-2", "passkeys"],
    "balance": [],
    "sensitivity": ["--samples", "20"],
    "goals": [],
    "roadmap": [],
    "intake": [],
    "compat": [],
    "needs": ["mobile-app"],
    "show": ["identity"],
    "list": ["components"],
    "graph": [],
    "discover": [],
    "influence": [],
    "plan": ["--granularity", "week"],
    "plan compare": ["travellers", "movers"],
    "changelog": ["HEAD~1"],
    "history": ["identity"],
    "owners": ["--base", "HEAD~1"],
    "rule": [],
}


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ACTIONS])
def test_every_report_is_for_everybody(axe: str, show: Show, unpacked: Path, name: str) -> None:
    done = platctl("-C", unpacked, name, *REPORTS[name], "--format", "html")
    assert done.returncode == 0, done.stderr
    shown = show(done.stdout)
    assert violations(shown.tab, axe) == []
    assert (shown.errors, shown.requests) == ([], [])
    assert shown.tab.locator("h1").inner_text() not in ("", "platctl")
    assert shown.tab.evaluate(DEAD_LINKS) == []
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= 1100


@pytest.mark.parametrize("name", ["impact", "ci", "validate", "backlog", "influence", "show", "graph"])
def test_a_quiet_report_is_short_in_html_too(unpacked: Path, name: str) -> None:
    pages = [
        platctl(*quiet, "-C", unpacked, name, *REPORTS[name], "--format", "html").stdout for quiet in ((), ("-q",))
    ]
    whole, brief = (len(page.partition("<main>")[2]) for page in pages)
    assert brief < whole / 5


# A page ------------------------------------------------------------------------------------------------------


def test_a_page_shows_without_errors_and_asks_for_nothing(show: Show) -> None:
    shown = show(render(PAGE))
    assert shown.tab.title() == "Roadmap of 2027"
    assert shown.tab.locator("h1").inner_text() == "Roadmap of 2027"
    assert (shown.errors, shown.requests) == ([], [])


def test_everybody_can_read_it(axe: str, show: Show) -> None:
    shown = show(render(PAGE))
    for scheme in ("light", "dark"):
        shown.tab.emulate_media(color_scheme=scheme, media="screen")
        assert violations(shown.tab, axe) == []
    shown.tab.emulate_media(color_scheme="light", media="print")
    assert violations(shown.tab, axe) == []
    shown.tab.emulate_media(color_scheme="dark", media="screen")
    shown.tab.set_viewport_size({"width": 400, "height": 800})
    shown.tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(shown.tab, axe) == []
    assert shown.errors == []


def test_all_that_can_be_pressed_is_reached_with_the_tab_key(show: Show) -> None:
    shown = show(render(PAGE))
    wanted = shown.tab.evaluate(
        """() => {
          window.wanted = [...document.querySelectorAll("a[href], input, button, summary, [tabindex='0']")]
            .filter((each) => each.checkVisibility());
          return wanted.length;
        }"""
    )
    reached = []
    for _ in range(wanted):
        shown.tab.keyboard.press("Tab")
        reached.append(shown.tab.evaluate("wanted.indexOf(document.activeElement)"))
    assert reached == list(range(wanted))
    assert wanted > 30


def test_the_first_press_of_the_tab_key_offers_to_skip_the_contents(show: Show) -> None:
    tab = show(render(PAGE)).tab
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"


def test_headings_go_down_one_by_one(show: Show) -> None:
    levels = show(render(PAGE)).tab.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((each) => +each.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_link_on_the_page_leads_to_a_place_on_it(show: Show) -> None:
    tab = show(render(PAGE)).tab
    assert tab.evaluate(DEAD_LINKS) == []
    tab.locator("nav a", has_text="Part 2").click()
    assert tab.evaluate("document.getElementById('part-2').getBoundingClientRect().top") < 400


def test_nothing_is_wider_than_a_narrow_window(show: Show) -> None:
    tab = show(render(PAGE), viewport={"width": 320, "height": 640}).tab
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


# The filter --------------------------------------------------------------------------------------------------


def test_the_filter_leaves_what_has_all_words(show: Show) -> None:
    shown = show(render(PAGE))
    tab = shown.tab
    visible = "[...document.querySelectorAll('main tbody tr')].filter((each) => each.checkVisibility()).length"
    before = tab.evaluate(visible)
    status = tab.get_by_role("search").get_by_role("status")
    tab.get_by_label("Filter").fill("ROW  part2")
    assert re.fullmatch(rf"{2 * len(Tone)} of \d+ shown", status.inner_text())
    assert tab.evaluate(visible) == 2 * len(Tone)
    assert not tab.get_by_role("heading", name="Part 1").is_visible()
    tab.get_by_label("Filter").fill("")
    assert status.inner_text() == ""
    assert tab.evaluate(visible) >= before
    assert shown.errors == []


def test_the_filter_hides_neither_the_answer_nor_what_a_row_belongs_to(show: Show) -> None:
    text = page_on_record((_GOLDEN / "pull-request/impact.html").read_text("utf-8"))
    tab = show(text).tab
    steps = tab.locator(".answer li").count()
    tab.get_by_label("Filter").fill("zzz-nothing")
    assert tab.locator(".answer li:visible").count() == steps > 0
    assert tab.locator("tr.group:visible").count() == 0
    names = tab.locator("tbody th[scope=row] strong")
    tab.get_by_label("Filter").fill(names.first.text_content() or "")
    assert tab.locator("tr.group:visible").count() > 0


def test_without_a_script_all_is_there_but_the_filter(show: Show) -> None:
    script = show(render(PAGE)).tab
    plain = show(render(PAGE), java_script_enabled=False).tab
    assert plain.locator(".filter").count() == 0
    script.evaluate("document.querySelectorAll('.filter, .tools').forEach((each) => each.remove())")
    assert plain.locator("main").inner_text() == script.locator("main").inner_text()


# Hostile text ------------------------------------------------------------------------------------------------


def test_hostile_text_does_nothing(show: Show) -> None:
    shown = show(render(Page(tuple(map(hostile, HOSTILE)))))
    shown.tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    shown.tab.get_by_label("Filter").fill("<script>alert")
    assert (shown.errors, shown.requests) == ([], [])
    assert shown.tab.evaluate("[...document.querySelectorAll('script, img, iframe, style')].length") == 2


# Pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plot", [PLAN, SLIPS], ids=["schedule", "bars"])
def test_a_picture_of_its_own_is_whole(show: Show, plot: Schedule | Bars) -> None:
    shown = show(render_svg(plot, "Plan"), "plan.svg")
    cut = """[...document.querySelectorAll("text, rect")].filter((each) => {
      const box = each.getBBox(), whole = document.documentElement.viewBox.baseVal;
      return box.x < 0 || box.y < 0 || box.x + box.width > whole.width || box.y + box.height > whole.height;
    }).map((each) => each.textContent)"""
    assert shown.tab.evaluate(cut) == []
    overlapping = """(() => {
      const texts = [...document.querySelectorAll("text")].map((each) => [each.textContent, each.getBBox()]);
      return texts.flatMap(([one, a], nth) => texts.slice(nth + 1)
        .filter(([, b]) => a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width)
        .filter(([, b]) => a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height)
        .map(([other]) => `${one} / ${other}`));
    })()"""
    assert shown.tab.evaluate(overlapping) == []
    assert (shown.errors, shown.requests) == ([], [])


# Graphs ------------------------------------------------------------------------------------------------------

_GRAPH = Path(__file__).parent.parent / "golden/streaming-graph-impact.html"


@pytest.fixture
def graph(show: Show) -> Shown:
    return show(page_on_record(_GRAPH.read_text("utf-8")), viewport={"width": 1280, "height": 900})


def test_every_text_of_a_graph_is_inside_its_box(graph: Shown) -> None:
    outside = """[...document.querySelectorAll("svg.graph .node")].flatMap((node) => {
      const box = node.querySelector(".box").getBBox();
      return [...node.querySelectorAll("text")].filter((text) => {
        const own = text.getBBox();
        return own.x < box.x || own.x + own.width > box.x + box.width || own.y < box.y
          || own.y + own.height > box.y + box.height + 2;
      }).map((text) => text.textContent);
    })"""
    assert graph.tab.locator("svg.graph .node").count() > 20
    assert graph.tab.evaluate(outside) == []


def test_a_box_leads_to_its_row(graph: Shown) -> None:
    graph.tab.get_by_role("link", name="billing").first.click()
    row = graph.tab.evaluate("document.querySelector(':target').closest('tr').textContent")
    assert row.startswith("billing")


def test_what_a_box_touches_stays_while_the_rest_steps_back(graph: Shown) -> None:
    def lit() -> list[str]:
        found: list[str] = graph.tab.evaluate(
            "[...document.querySelectorAll('.graph.lit .node.on .name')].map((each) => each.textContent).sort()"
        )
        return found

    assert lit() == []
    graph.tab.locator(".graph .node", has_text="checkout").hover()
    assert lit() == ["billing", "checkout", "mobile-app", "web-app"]
    graph.tab.mouse.move(1, 1)
    assert lit() == []
    graph.tab.locator(".graph a.node", has_text="events").focus()
    assert lit() == ["events", "identity"]


def test_a_graph_is_searched_and_enlarged(graph: Shown) -> None:
    tab = graph.tab
    tab.get_by_label("Find").fill("PARTNERS/")
    assert tab.get_by_role("group", name="Picture").get_by_role("status").inner_text() == "2 of 22 found"
    assert tab.evaluate("document.querySelectorAll('.graph.lit .node.on').length") == 2
    box = "document.querySelector('.graph .node .box').getBoundingClientRect().height"
    tab.get_by_label("Find").fill("event backbone")
    found = "[...document.querySelectorAll('.graph .on .name')].map((each) => each.textContent)"
    assert tab.evaluate(found) == ["events"]
    tab.get_by_label("Find").fill("")
    before = tab.evaluate(box)
    tab.get_by_label("Larger").click()
    tab.get_by_label("Larger").click()
    assert tab.evaluate(box) == pytest.approx(before * 1.25 * 1.25, rel=0.02)
    tab.get_by_label("Fit").click()
    wide, room = tab.evaluate("['scrollWidth', 'clientWidth'].map((each) => document.querySelector('.drawn')[each])")
    assert wide - room <= 1
    assert graph.errors == []


@pytest.mark.parametrize("file", sorted(_GOLDEN.rglob("streaming-graph*.html")), ids=lambda file: file.name)
def test_on_paper_and_on_a_phone_a_graph_is_whole(show: Show, file: Path) -> None:
    tab = show(page_on_record(file.read_text("utf-8")), viewport={"width": 400, "height": 800}).tab
    assert tab.evaluate("document.documentElement.scrollWidth") <= 400
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 1050, "height": 740})
    assert tab.evaluate("document.querySelector('.drawn > svg').getBoundingClientRect().right") <= 1050
    assert not tab.get_by_role("group", name="Picture").is_visible()
