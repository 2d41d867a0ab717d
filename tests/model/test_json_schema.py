"""The JSON Schemas say the same as the loader, as far as a schema can."""

import copy
import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from builders import parsed
from platctl import model
from platctl.model.entity.kinds import KINDS
from platctl.model.json_schema import as_text, schema
from platctl.model.load import load_config, load_file
from platctl.model.settings.audience import BUILT_IN
from platctl.model.settings.config import CONFIG_NAMES
from platctl.model.vocabulary import ENTITY, KIND_NAMES, SCHEMA_NAMES, SETTINGS, BuiltIn

ROOT = Path(__file__).parents[2]
FILES = [*(ROOT / "examples").rglob("*.yaml"), *(ROOT / "src/platctl/starter").rglob("*.yaml")]

Route = tuple[str | int, ...]


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def test_each_kind_and_each_audience_that_is_there_has_a_word() -> None:
    assert tuple(KINDS) == KIND_NAMES
    assert list(BUILT_IN) == list(BuiltIn)


def accepts(name: str, value: object) -> bool:
    return bool(validator(name).is_valid(value))


def loads(name: str, text: str) -> bool:
    """Whether the loader reads one document without a finding."""
    file = parsed(text)
    return not (load_config(file) if name == SETTINGS else load_file(file)).findings


def documents() -> Iterator[tuple[str, Any]]:
    """Every document of every example, with the name of its schema."""
    for path in FILES:
        for document in parsed(path.read_text("utf-8"), path.name).documents:
            value = document.value
            assert isinstance(value, dict)
            yield SETTINGS if path.name in CONFIG_NAMES else str(value["kind"]), value


DOCUMENTS = list(documents())
RICH = """
kind: component
id: Full.One-2
namespace: media
title: Full
x-cost: [1, {any: thing}]
owner: Team:media/core
visibility: public
links: [{url: https://example.org, x-seen: true}]
aliases: [old]
version: 2.10
successor: component:other
sunset: 2027-03-31
interfaces:
  - {id: rest, versions: [{version: 3, lifecycle: deprecated, since: 2024-01-01, successor: "4", migration: 2.5}]}
depends_on:
  - store
  - COMPONENT:media/queue#topic
  - {component: "db#sql", requires: ">=2,<3", strength: soft, exposes: true, need_by: 2027-01-01, note: ~}
metrics: [{id: errors, direction: down, baseline: -1, target: 0, values: {2026-01-01: 3, "2026-02-01": 2.5}}]
---
kind: initiative
id: plan
status: planned
for: shop
goals: [safe, {goal: fast, contribution: -2}]
changes: [{component: store#api, effect: breaking, version: 3.0}, {component: store, effect: removal, version: "<3"}]
depends_on: [initiative:other]
effort: {core: 6, web: {low: 1, likely: 2.5, high: 4}}
period: 2027
approvals: [{consumer: shop, by: Ana, on: 2026-11-01, digest: 0a1b2c3d4e5f}]
scores: {value: 3}
votes: [{by: Ana, scores: {value: 3.5}}]
risks: [slow, {risk: late, mitigation: start now}]
---
{kind: team, id: core, capacity: {2027-Q1: 3, 2027-S05: 2, 2027-H1: 1.5, 2027-03: 0, "2027": 8}, members: [Ana]}
---
{kind: goal, id: safe, parent: other, weight: 2, due: 2027-H1}
---
{kind: goal, id: fast, due: 2027-03-31}
---
{kind: decision, id: first, chose: plan, over: [other], date: 2026-01-01, expires: ~}
---
kind: consumer
id: shop
tier: 1
reach: {users: 1.5, revenue: 0}
uses: [store]
freezes: [{start: 2026-12-01, end: 2027-01-06}]
stakeholders: [{name: Ana}]
"""
RICH_SETTINGS = """
roots: [model]
calendar: {cadence: sprint, fiscal_year_start: 4, sprint_start: 2027-01-04, sprint_weeks: 3}
rules: {no-owner: off, unused-component: {severity: info, paths: {"old/**": "off"}}}
waivers: [{rule: no-owner, reason: later, expires: 2027-01-01}]
selectors: {critical: "tier:1"}
policies:
  - {id: one, action: approve, by: owner, when: {level: breaks, effect: removal, consumers: "tag:pci+"}}
  - {id: two, action: tell, by: [owner, Ana], when: {effect: [removal, breaking], notice_days: 90}}
impact: {tell: must-act, confirmed_within_days: 180}
x-own: 1
"""
RICH_DOCUMENTS = [
    *((str(each.value["kind"]), each.value) for each in parsed(RICH).documents if isinstance(each.value, dict)),
    (SETTINGS, parsed(RICH_SETTINGS).documents[0].value),
]


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert json.loads(as_text(name)) == schema(name)


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_a_schema_refers_only_to_what_it_holds(name: str) -> None:
    refs = set(refs_in(schema(name)))
    assert refs == {f"#/$defs/{each}" for each in schema(name)["$defs"]}


def test_definitions_are_named_like_their_classes_whatever_the_release_of_pydantic() -> None:
    assert set(schema("component")["$defs"]) == {
        "Dependency",
        "Direction",
        "Interface",
        "Lifecycle",
        "Link",
        "Metric",
        "OfferedVersion",
        "Strength",
        "Verification",
        "Versioning",
        "Visibility",
    }
    modules = (importlib.import_module(each.name) for each in pkgutil.walk_packages(model.__path__, "platctl.model."))
    classes = {name for module in modules for name, value in vars(module).items() if inspect.isclass(value)}
    for name in SCHEMA_NAMES:
        assert set(schema(name)["$defs"]) <= classes


def refs_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from refs_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from refs_in(each)


def test_every_field_is_described() -> None:
    for name in SCHEMA_NAMES:
        whole = schema(name)
        for part in (whole, *whole["$defs"].values()):
            assert part["description"], part["title"]
            for field, said in part.get("properties", {}).items():
                assert "description" in said or "$ref" in said or name == ENTITY, field


def test_every_document_of_the_examples_holds() -> None:
    assert len(DOCUMENTS) > 100
    for name, value in (*DOCUMENTS, *RICH_DOCUMENTS):
        assert list(validator(name).iter_errors(value)) == []


def test_every_entity_of_the_examples_is_one_of_the_kinds() -> None:
    for name, value in DOCUMENTS:
        assert accepts(ENTITY, value) == (name != SETTINGS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("team", "kind: team\n"),
        ("team", "{kind: team, id: a b}\n"),
        ("team", "{kind: team, id: 7}\n"),
        ("team", "{kind: teem, id: a}\n"),
        ("team", "{kind: team, id: a, titel: A}\n"),
        ("team", "{kind: team, id: a, X-own: A}\n"),
        ("team", "{kind: team, id: a, tags: one}\n"),
        ("team", "{kind: team, id: a, tags: [1]}\n"),
        ("team", "{kind: team, id: a, tags: ~}\n"),
        ("team", "{kind: team, id: a, title: true}\n"),
        ("team", "{kind: team, id: a, links: [{title: a}]}\n"),
        ("team", "{kind: team, id: a, capacity: -1}\n"),
        ("team", "{kind: team, id: a, capacity: true}\n"),
        ("team", "{kind: team, id: a, capacity: {2027-Q5: 1}}\n"),
        ("team", "{kind: team, id: a, capacity: {2027-Q1: ten}}\n"),
        ("team", "{kind: team, id: a, visibility: secret}\n"),
        ("team", "{kind: team, id: a, owner: component:b}\n"),
        ("team", "{kind: team, id: a, owner: a/b/c}\n"),
        ("team", "- {kind: team, id: a}\n"),
        ("team", "team\n"),
        ("goal", "{kind: goal, id: a, due: 2027-13-01}\n"),
        ("goal", "{kind: goal, id: a, due: soon}\n"),
        ("goal", "{kind: goal, id: a, due: 20270}\n"),
        ("goal", "{kind: goal, id: a, metrics: [{id: m, values: {tomorrow: 1}}]}\n"),
        ("component", "{kind: component, id: a, lifecycle: gone}\n"),
        ("component", "{kind: component, id: a, lifecycle: ~}\n"),
        ("component", "{kind: component, id: a, version: true}\n"),
        ("component", "{kind: component, id: a, sunset: 31.3.2027}\n"),
        ("component", "{kind: component, id: a, depends_on: [{requires: '>2'}]}\n"),
        ("component", "{kind: component, id: a, depends_on: ['b#']}\n"),
        ("component", "{kind: component, id: a, depends_on: [{component: b, exposes: maybe}]}\n"),
        ("component", "{kind: component, id: a, interfaces: [{title: no id}]}\n"),
        ("consumer", "{kind: consumer, id: a, tier: 0}\n"),
        ("consumer", "{kind: consumer, id: a, tier: 100}\n"),
        ("consumer", "{kind: consumer, id: a, tier: high}\n"),
        ("consumer", "{kind: consumer, id: a, freezes: [{start: 2027-01-01}]}\n"),
        ("initiative", "{kind: initiative, id: a, effort: {core: {low: 1}}}\n"),
        ("initiative", "{kind: initiative, id: a, effort: {'a b': 1}}\n"),
        ("initiative", "{kind: initiative, id: a, changes: [{component: b}]}\n"),
        ("initiative", "{kind: initiative, id: a, approvals: [{consumer: b, by: c, digest: 123}]}\n"),
        ("initiative", "{kind: initiative, id: a, for_: shop}\n"),
        ("platctl", "{layer: [a]}\n"),
        ("platctl", "{layers: []}\n"),
        ("platctl", "{calendar: {cadence: week}}\n"),
        ("platctl", "{calendar: {sprint_weeks: 2.5}}\n"),
        ("platctl", "{rules: {no-owner: fatal}}\n"),
        ("platctl", "{waivers: [{rule: no-owner}]}\n"),
        ("platctl", "{policies: [{id: a, action: approve, when: {effect: [gone]}}]}\n"),
        ("platctl", "- layers\n"),
    ],
)
def test_typical_mistakes_are_seen_by_both(name: str, text: str) -> None:
    value = parsed(text).documents[0].value
    assert not loads(name, text)
    assert not accepts(name, value)
    assert not accepts(ENTITY, value)


def routes(value: object, route: Route = ()) -> Iterator[Route]:
    """The ways to all parts of a value."""
    yield route
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from routes(part, (*route, step))


def changed(value: Any, route: Route, new: object) -> Any:
    """A copy with one part replaced, or without it where `new` is ..."""
    result = copy.deepcopy(value)
    *before, last = route
    part = result
    for step in before:
        part = part[step]
    if new is ...:
        del part[last]
    else:
        part[last] = new
    return result


TEXTS = st.one_of(
    st.sampled_from(
        ["", "a", "x-a", "a b", "component:a", "team:a", "n/a", "a#b", "TEAM:N/A", "a:b/c", ":a", "a/", "A" * 64]
    ),
    st.sampled_from(["2027", "2027-Q1", "2027-S00", "2027-13", "2027-02-28", "2027-1-1", "0000-01-01", "0123"]),
    st.sampled_from(["off", "breaks", "removal", "hard", "done", "owner", ">=2,<3", "0a1b2c3d4e5f", "tier:1 +a"]),
    st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=5),
)
SCALARS = TEXTS | st.sampled_from([None, True, False, 0, 1, -1, 7, 2027, 10**16, 0.5, 2.0, -1.5, 2027.0])
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(TEXTS, SCALARS, max_size=2) | st.just(...)


@given(st.data())
@settings(max_examples=300)
def test_the_schema_accepts_what_the_loader_accepts(data: st.DataObject) -> None:
    name, value = data.draw(st.sampled_from(RICH_DOCUMENTS))
    route = data.draw(st.sampled_from(list(routes(value))[1:]))
    value = changed(value, route, data.draw(VALUES))
    if accepts(name, value):
        return
    assert not loads(name, json.dumps(value))


EVERY_SORT = [None, True, 0, -1, 0.5, "", "a b", "a", 2027, [], {}, ["a b"], {"a b": "a b"}, ...]


@pytest.mark.parametrize("name", [name for name in SCHEMA_NAMES if name != ENTITY])
def test_the_loader_accepts_what_the_schema_accepts_where_no_code_is_needed(name: str) -> None:
    """Left out: days that no month has, selectors, ratings, and 2.0 for 2."""
    for value in (value for kind, value in RICH_DOCUMENTS if kind == name):
        for route in (route for route in routes(value) if route and not needs_code(route)):
            for new in EVERY_SORT:
                tried = changed(value, route, new)
                assert accepts(name, tried) == loads(name, json.dumps(tried)), (route, new)


def needs_code(route: Route) -> bool:
    return route[-1] in ("consumers", "components") or "selectors" in route or "scores" in route
