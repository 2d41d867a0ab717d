"""For each format, whether hostile texts in a report stayed texts, as a parser that is not ours reads it."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

import mwparserfromhell
import vobject
from mwparserfromhell.nodes import ExternalLink, Heading, HTMLEntity, Tag, Text, Wikilink

from platctl.render.escape import BREAK
from render.oracles import SVG_TAGS, annotations, commands, hidden, html_parts, html_tree, sarif_links, tokens
from render.schemas import code_quality, junit_suites, sarif_run

_SVG = "{http://www.w3.org/2000/svg}"
_AC, _RI = "{http://atlassian.com/content}", "{http://atlassian.com/resource/identifier}"
_STORAGE = {*("p", "br", "ul", "li", "table", "tbody", "tr", "th", "td", "strong", "code", "a", f"{_RI}page")}
_STORAGE |= {f"h{level}" for level in range(1, 7)}
_STORAGE |= {
    f"{_AC}{name}"
    for name in ("structured-macro", "parameter", "plain-text-body", "rich-text-body", "link", "link-body")
}


def harmless(text: str) -> None:
    """Nothing that a terminal acts upon or hides, and nothing that a runner takes for a command."""
    assert hidden(text) == []
    assert commands(text) == []


def _markdown(text: str) -> None:
    found = tokens(text)
    html = (each.content for each in found if each.type in ("html_block", "html_inline"))
    tags = {tag.removeprefix("/") for piece in html for tag in html_parts(piece)[1]}
    assert tags <= {"details", "summary", "strong", "code", "a id", "a"}
    assert not {each.type for each in found} & {"image", "blockquote_open", "hr", "ordered_list_open", "code_block"}
    assert [each for each in found if each.type == "link_open" and not each.attrs["href"].startswith("#")] == []
    harmless(text.replace(BREAK, ""))


def _json(text: str) -> None:
    json.loads(text)
    harmless(text)


def _html(text: str) -> None:
    html_tree(text)
    harmless(text)


def _confluence(text: str) -> None:
    page = ElementTree.fromstring(f'<p xmlns:ac="{_AC[1:-1]}" xmlns:ri="{_RI[1:-1]}">{text}</p>')
    assert {each.tag for each in page.iter()} <= _STORAGE
    assert {each.get(f"{_AC}name") for each in page.iter(f"{_AC}structured-macro")} <= {"anchor", "code", "expand"}
    harmless(text)


def _mediawiki(text: str) -> None:
    nodes = mwparserfromhell.parse(text).filter(recursive=True)
    assert {type(node) for node in nodes} <= {Text, HTMLEntity, Tag, Heading, ExternalLink, Wikilink}
    tags = {str(node.tag) for node in nodes if isinstance(node, Tag)}
    assert tags <= {"strong", "code", "pre", "div", "span", "br", "li", "table", "tr", "td", "th"}
    harmless(text)


def _csv(text: str) -> None:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    for row in rows:
        assert len(row) == len(header)
        assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r")) and not _is_number(cell)]
        assert not [cell for cell in row if cell.startswith("-") and not _is_number(cell)]
    harmless(text)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _dot(text: str) -> None:
    string = r'"(?:[^"\\]|\\["\\])*"'
    listed = rf"\w+={string}(?:, \w+={string})*"
    line = re.compile(rf"digraph {string} \{{|  node \[.*\];|  {string}(?: -> {string})? \[(?:{listed})?\];|\}}")
    assert [each for each in text.splitlines() if not line.fullmatch(each)] == []
    harmless(text)


def _graphml(text: str) -> None:
    tags = {each.tag.partition("}")[2] for each in ElementTree.fromstring(text).iter()}
    assert tags <= {"graphml", "key", "graph", "node", "edge", "data"}
    harmless(text)


def _mermaid(text: str) -> None:
    label = r'(?:[^:;#"<>`]|#\d+;)*'
    own = r"gantt|  (?:dateFormat YYYY-MM-DD|axisFormat %Y-%m|inclusiveEndDates|todayMarker off)"
    gantt = rf"{own}|  (?:section|title) {label}|  {label} :\w+, [\d-]+, [\d-]+"
    box = rf'  n\d+\["{label}(?:<br>{label})?"\](?::::\w+)?'
    band = rf'  subgraph b\d+\["{label}"\]|  end'
    flow = rf'flowchart LR|{band}|{box}|  n\d+ -(?:-|\.-)>(?:\|"{label}"\|)? n\d+|  classDef \w+ [\w#:,-]+'
    line = re.compile(f"{gantt}|{flow}")
    assert [each for each in text.splitlines() if not line.fullmatch(each)] == []
    harmless(text)


def _svg(text: str) -> None:
    picture = ElementTree.fromstring(text)
    assert {each.tag.removeprefix(_SVG) for each in picture.iter()} <= SVG_TAGS
    assert not [name for each in picture.iter() for name in each.attrib if name.startswith("on") or "href" in name]
    harmless(text)


def _ical(text: str) -> None:
    (calendar,) = vobject.readComponents(text)
    for event in calendar.contents["vevent"]:
        assert set(event.contents) <= {
            *("uid", "sequence", "dtstamp", "dtstart", "dtend", "summary", "description", "categories", "transp")
        }
    harmless(text.replace("\r\n", "\n"))


def _github(text: str) -> None:
    assert {each.command for each in annotations(text)} <= {"error", "warning", "notice"}
    assert commands(text) == [line for line in text.splitlines() if re.match("::(error|warning|notice) ", line)]
    assert hidden(text) == []


def _sarif(text: str) -> None:
    for result in sarif_run(text)["results"]:
        assert sarif_links(result["message"]["text"]) == [
            str(each["id"]) for each in result.get("relatedLocations", ())
        ]
    harmless(text)


def _gitlab(text: str) -> None:
    code_quality(text)
    harmless(text)


def _junit(text: str) -> None:
    junit_suites(text)
    harmless(text)


def _codeowners(text: str) -> None:
    for line in text.splitlines():
        assert re.fullmatch(r"#[^@]*|/([^\s\\]|\\ )+( @[\w./-]+)+", line), line
    harmless(text)


def _reviewers(text: str) -> None:
    assert [line for line in text.splitlines() if not re.fullmatch(r"[\w./-]+", line)] == []


JUDGES: Mapping[str, Callable[[str], None]] = {
    "text": harmless,
    "markdown": _markdown,
    "json": _json,
    "html": _html,
    "confluence": _confluence,
    "mediawiki": _mediawiki,
    "csv": _csv,
    "nodes": _csv,
    "dot": _dot,
    "graphml": _graphml,
    "mermaid": _mermaid,
    "svg": _svg,
    "ical": _ical,
    "github": _github,
    "sarif": _sarif,
    "gitlab": _gitlab,
    "junit": _junit,
    "codeowners": _codeowners,
    "reviewers": _reviewers,
}
"""By the name of the format; each raises where a text became more than a text."""
