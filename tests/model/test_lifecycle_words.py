"""Own words for lifecycle stages: the built-in one that each means."""

from pathlib import Path

from builders import model
from platctl.graph.graph import Graph
from platctl.graph.selection import Selection
from platctl.model.language.selector import parse_selector
from platctl.workspace.past_reader import read_past
from platctl.workspace.workspace import open_workspace
from repos import Repo

WORDS = "lifecycles: {GA: production, beta: experimental, EOL: retired}\n"
PLATFORM = """
kind: component
id: a
lifecycle: ga
versions:
  - {version: 1.0.0, lifecycle: Eol}
  - {version: 2.0.0, lifecycle: Beta}
---
kind: component
id: b
lifecycle: retired
"""


def test_a_word_of_the_settings_is_read_as_the_stage_that_it_means() -> None:
    found = model(PLATFORM, config=WORDS)
    assert found.findings == ()
    a, b = found.components.values()
    assert [a.lifecycle, *(each.lifecycle for each in a.versions), b.lifecycle] == [
        "production",
        "retired",
        "experimental",
        "retired",
    ]


def test_without_the_settings_it_is_no_stage() -> None:
    messages = [each.message for each in model(PLATFORM).findings]
    assert messages == ["`lifecycle` can't be `ga`", "`lifecycle` can't be `Eol`", "`lifecycle` can't be `Beta`"]


def test_a_selector_knows_both_words() -> None:
    graph = Graph(model(PLATFORM, config=WORDS))
    for text in ("lifecycle:eol", "lifecycle:retired"):
        assert {each.id for each in Selection(graph, None, {}).of(parse_selector(text))} == {"b"}


def test_a_word_must_mean_a_built_in_stage() -> None:
    (finding,) = model("kind: team\nid: a\n", config="lifecycles: {ga: stable}\n").findings
    assert finding.message == "`ga` can't be `stable`"


def test_a_history_reads_them_too(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("platctl.yaml", WORDS)
    repo.write("a.yaml", PLATFORM)
    repo.commit()
    past = read_past(open_workspace(tmp_path))
    assert past.broken == ()
