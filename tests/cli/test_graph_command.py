"""`platctl graph`: the calls, the pictures, and what graph tools get."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from repos import Repo
from running import platctl

SHOWN = {
    "streaming-graph.txt": ("graph",),
    "streaming-graph-matrix.txt": ("graph", "--as", "matrix"),
    "streaming-graph-playback.txt": ("graph", "playback", "-s", "kind:component"),
    "streaming-graph-impact.md": ("graph", "identity", "--impact", "--base", "HEAD~1", "--format", "markdown"),
    "streaming-graph-impact.html": ("graph", "identity", "--impact", "--base", "HEAD~1", "--format", "html"),
    "streaming-graph-matrix.html": ("graph", "--as", "matrix", "--format", "html"),
    "streaming-graph.svg": ("graph", "--format", "svg"),
    "streaming-graph-matrix.svg": ("graph", "--as", "matrix", "--format", "svg"),
    "streaming-graph.mmd": ("graph", "billing", "--format", "mermaid"),
    "streaming-graph.dot": ("graph", "billing", "--format", "dot"),
    "streaming-graph.json": ("graph", "--format", "json"),
    "streaming-graph.csv": ("graph", "billing", "--format", "csv"),
    "streaming-graph-nodes.csv": ("graph", "billing", "--format", "nodes"),
}
_TODAY = ("--today", "2027-01-01")
MODEL = """\
kind: component
id: auth
title: Auth
visibility: internal
---
kind: component
id: vault
title: The secret vault
visibility: restricted
depends_on: [auth]
---
kind: consumer
id: shop
visibility: public
uses: [auth]
"""


@pytest.mark.parametrize(("name", "arguments"), SHOWN.items(), ids=SHOWN)
def test_graphs_read_as_before(
    unpacked: Path, golden: Callable[[str, str], None], name: str, arguments: tuple[str, ...]
) -> None:
    result = platctl("-C", unpacked, *arguments, env={"COLUMNS": "100"})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


def test_all_formats_have_the_same_nodes_and_edges(unpacked: Path) -> None:
    def told(format_: str) -> str:
        done = platctl("-C", unpacked, "graph", "--format", format_)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    read = nx.node_link_graph(json.loads(told("json")), edges="edges")
    nodes, edges = set(read.nodes), set(read.edges)
    assert {row["id"] for row in csv.DictReader(io.StringIO(told("nodes")))} == nodes
    assert {(row["source"], row["target"]) for row in csv.DictReader(io.StringIO(told("csv")))} == edges
    again = nx.parse_graphml(told("graphml"))
    assert (set(again.nodes), set(again.edges)) == (nodes, edges)
    dot = told("dot")
    assert set(re.findall(r'^  "([^"]+)" -> "([^"]+)"', dot, re.MULTILINE)) == edges
    assert set(re.findall(r'^  "([^"]+)" \[', dot, re.MULTILINE)) == nodes
    assert told("mermaid").count(" -->") + told("mermaid").count(" -.->") == len(edges)
    drawn = ElementTree.fromstring(told("svg"))
    assert len(drawn.findall("{*}path[@class='edge']") + drawn.findall("{*}path[@class='edge soft']")) == len(edges)
    assert len(drawn.findall("{*}g[@data-id]")) == len(nodes)


def test_the_same_bytes_under_any_hash_seed(unpacked: Path) -> None:
    outputs = set()
    for seed in ("0", "1"):
        done = platctl("-C", unpacked, "graph", "--format", "html", env={"PYTHONHASHSEED": seed})
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_what_an_audience_may_not_see_is_in_no_picture_and_no_count(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(MODEL)
    (tmp_path / "platctl.yaml").write_text("audiences: {staff: {like: product-managers, sees: internal}}")
    for format_ in ("text", "json", "html", "csv", "nodes", "dot", "graphml", "mermaid", "svg", "markdown"):
        for how in ("graph", "matrix"):
            call = ("graph", "--as", how, "--format", format_, "--audience", "staff", *_TODAY)
            done = platctl(*call, cwd=tmp_path)
            assert done.returncode == 0, done.stderr
            assert "vault" not in done.stdout
            assert "model.yaml" not in done.stdout
    report = json.loads(platctl("graph", "--format", "json", "--audience", "staff", *_TODAY, cwd=tmp_path).stdout)
    assert [(node["id"], node["users"]) for node in report["nodes"]] == [("consumer:shop", 0), ("component:auth", 1)]
    done = platctl("graph", "vault", "--audience", "staff", *_TODAY, cwd=tmp_path)
    assert done.returncode == 2
    assert "restricted" in done.stderr


def test_the_impact_for_an_audience_names_no_file(unpacked: Path) -> None:
    for format_ in ("text", "json", "csv", "html"):
        call = ("graph", "--impact", "--base", "HEAD~1", "--audience", "product-managers", "--format", format_)
        done = platctl("-C", unpacked, *call)
        assert (done.returncode, done.stderr) == (0, ""), format_
        assert "must-act" in done.stdout or "must act" in done.stdout
        assert ".yaml" not in done.stdout


def test_what_the_change_removes_is_named(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    more = "---\nkind: component\nid: old\ntitle: Old\n---\nkind: consumer\nid: till\nuses: [old]\n"
    repo.write("model.yaml", MODEL + more)
    repo.commit()
    repo.write("model.yaml", MODEL + "---\nkind: consumer\nid: till\nuses: [old]\n")
    done = platctl("graph", "--impact", "--base", "HEAD", cwd=repo.path)
    assert "Removed, so not in the picture: component Old (old)" in done.stdout
    assert "1 breaks" in done.stdout


def test_an_unknown_picture_or_entity_is_one_line_that_helps(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(MODEL)
    done = platctl("graph", "--as", "matrx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "matrix" in done.stderr
    done = platctl("graph", "ath", cwd=tmp_path)
    assert done.returncode == 2
    assert "auth" in done.stderr


def test_the_impact_of_a_change_is_drawn(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    repo.write("model.yaml", MODEL.replace("title: Auth", "title: Auth\nversions: [{version: 1.0.0}]"))
    repo.commit()
    repo.write("model.yaml", MODEL.replace("title: Auth", "title: Auth\nversions: [{version: 2.0.0}]"))
    done = platctl("graph", "--impact", "--base", "HEAD", "--format", "json", cwd=repo.path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    impact = json.loads(platctl("impact", "--base", "HEAD", "--format", "json", cwd=repo.path).stdout)
    levels = {each["consumer"]["ref"]: each["level"] for each in impact["verdicts"]}
    assert {node["id"]: node["level"] for node in report["nodes"] if node["id"] in levels} == levels
    assert [node["id"] for node in report["nodes"] if node["is_changed"]] == ["component:auth"]
    assert "impact of" in platctl("graph", "--impact", "--base", "HEAD", cwd=repo.path).stdout
