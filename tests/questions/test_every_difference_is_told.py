"""Nothing that differs in meaning goes without a word: it is told where it belongs, or among the other changes."""

import json
from functools import lru_cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import model
from impacts import compared
from platctl.model.model import Model
from platctl.outlook.difference import Difference, Modified, as_text, diff
from platctl.questions.impact.report import ImpactReport
from platctl.render.data.json import document

PLATFORM = """
kind: team
id: access
capacity: 20
---
kind: goal
id: trust
weight: 2
due: 2027-Q4
---
kind: component
id: identity
owner: access
interfaces:
  - id: rest
    type: http
    versions:
      - version: 2.4.0
      - {version: 3.0.0, since: 2026-09-01}
  - id: events
    type: events
    version: 1.0.0
---
kind: component
id: billing
owner: access
version: 1.2.0
depends_on:
  - component: identity#rest
    requires: ">=2,<3"
---
kind: consumer
id: tv-app
tier: 1
uses:
  - component: identity#rest
    requires: ">=2,<3"
    migration: 2
  - component: billing
    requires: ">=1"
---
kind: initiative
id: passkeys
title: Passkeys
status: planned
owner: access
effort: {access: 6}
goals: [trust]
changes: [{component: identity#rest, effect: addition, version: 3.1.0}]
start: 2027-01-04
end: 2027-02-26
---
kind: initiative
id: login
title: Login
status: shaped
for: tv-app
effort: {access: 4}
period: 2027-Q2
depends_on: [passkeys]
"""

EDITS: dict[str, dict[tuple[str | int, ...], tuple[object, ...]]] = {
    "access": {("capacity",): (4, 30, {"2027-Q1": 3}), ("lead",): ("Ana",), ("members",): (["Ana"],)},
    "trust": {("weight",): (5,), ("due",): ("2027-Q1",), ("title",): ("Trust",)},
    "identity": {
        ("interfaces", 0, "versions", 0, "sunset"): ("2027-06-30",),
        ("interfaces", 0, "versions", 0, "deprecated"): ("2026-12-01",),
        ("interfaces", 0, "versions", 0, "lifecycle"): ("deprecated", "experimental", "retired"),
        ("interfaces", 0, "versions", 0, "successor"): ("3.0.0",),
        ("interfaces", 0, "versions", 0, "migration"): (3,),
        ("interfaces", 0, "versions", 1, "since"): ("2026-10-01", "2027-10-01"),
        ("interfaces", 0, "versions"): (
            [{"version": "3.0.0", "since": "2026-09-01"}],
            [{"version": "2.4.0"}],
            [{"version": "2.4.0"}, {"version": "2.5.0", "lifecycle": "deprecated", "sunset": "2027-02-01"}],
        ),
        ("interfaces", 0, "type"): ("grpc",),
        ("interfaces", 1, "version"): ("1.1.0", "2.0.0"),
        ("interfaces", 1, "title"): ("Events",),
        ("interfaces",): ([{"id": "rest", "version": "2.4.0"}],),
        ("lifecycle",): ("experimental", "deprecated", "retired"),
        ("sunset",): ("2027-12-31",),
    },
    "billing": {
        ("version",): ("1.3.0", "2.0.0"),
        ("lifecycle",): ("deprecated", "retired"),
        ("sunset",): ("2027-03-31",),
        ("depends_on",): ([], [{"component": "identity#rest", "requires": ">=3"}]),
    },
    "tv-app": {
        ("uses", 0, "requires"): (">=2", ">=3", ">=2.4,<3"),
        ("uses", 0, "migration"): (8,),
        ("uses", 0, "confirmed"): ("2026-11-01",),
        ("uses", 0, "strength"): ("soft",),
        ("uses",): ([{"component": "billing", "requires": ">=1"}], []),
        ("tier",): (2,),
    },
    "passkeys": {
        ("status",): ("active", "shaped", "done", "dropped"),
        ("start",): ("2027-01-18",),
        ("end",): ("2027-04-30", "2027-01-29", None),
        ("effort",): ({"access": 9}, {}),
        ("changes",): ([], [{"component": "identity#rest", "effect": "addition", "version": "3.2.0"}]),
        ("goals",): ([], [{"goal": "trust", "contribution": 3}]),
        ("deadline",): ("2027-01-31",),
    },
    "login": {
        ("status",): ("planned", "idea"),
        ("period",): ("2027-Q1", "2027-Q3", None),
        ("start",): ("2027-05-03",),
        ("depends_on",): ([],),
        ("for",): (None,),
        ("earliest",): ("2027-05-10",),
        ("x-board",): ("17",),
    },
}
ONE = [(name, route, value) for name, fields in EDITS.items() for route, values in fields.items() for value in values]


def edited(*edits: tuple[str, tuple[str | int, ...], object]) -> Model:
    """The platform with fields set to other values; None takes one out. A field that an edit took away stays away."""
    documents = {each["id"]: numbers(each) for each in PLAIN}
    for name, route, value in edits:
        at = documents[name]
        for step in route[:-1]:
            inner = at.get(step) if isinstance(at, dict) else at[step] if step < len(at) else None
            if inner is None:
                break
            at = inner
        else:
            if value is None:
                at.pop(route[-1], None)
            elif isinstance(at, dict):
                at[route[-1]] = value
    return read(yaml.safe_dump_all(documents.values(), sort_keys=False))


PLAIN = list(yaml.load_all(PLATFORM, yaml.BaseLoader))
read = lru_cache(4)(model)
"""Most tests compare with the platform as it is."""


def numbers(value: Any) -> Any:
    """A value of YAML in which dates and versions stay text."""
    match value:
        case dict():
            return {key: numbers(item) for key, item in value.items()}
        case list():
            return [numbers(item) for item in value]
    return int(value) if value.isdigit() else value


def untold(base: Model, head: Model) -> list[Difference]:
    """The differences of which a reader of the report learns nothing."""
    report = compared(base, head, today="2026-11-28")
    return [each for each in diff(base, head) if not is_told(each, report)]


def is_told(difference: Difference, report: ImpactReport) -> bool:
    """By reading what is printed: the field with its entity, or the new value (the old one, if it is gone) with it."""
    listed = [each.what for each in report.others if each.entity.ref == difference.ref]
    if not isinstance(difference, Modified):
        return bool(listed)
    top, last = str(difference.route[0]), [each for each in difference.route if isinstance(each, str)][-1]
    short = {"usual", "likely"}  # what a bare number stands for has no name of its own
    if any(what.startswith(top) and (last in what or last in short) for what in listed):
        return True
    return tells(difference, json.loads(json.dumps(document(report, "impact"), default=str)))


def tells(change: Modified, report: dict[str, list[dict[str, object]]]) -> bool:
    ref = str(change.ref)
    match change.ref.kind:
        case "initiative":
            parts = [
                (each["verdict"], each["status"], each["now"])
                for each in report["deliveries"]
                if each["initiative"]["ref"] == ref  # type: ignore[index]
            ]
            parts += [
                (each["turn"], each["goal"]["id"], each["was"], each["now"])  # type: ignore[index]
                for each in report["links"]
                if each["initiative"]["ref"] == ref  # type: ignore[index]
            ]
        case "component":
            parts = [
                tuple(each[key] for key in ("subject", "effect", "added", "removed", "kept", "ending", "sunset"))
                for each in report["changes"]
                if each["component"] == ref
            ]
        case _:
            parts = [
                (each["consumer"]["ref"] == ref and ("left", each["on"], each["requires"]),)  # type: ignore[index]
                for each in report["left"]
            ]
            parts += [
                (cause["reason"], cause["requires"])  # type: ignore[index]
                for each in report["verdicts"]
                if each["consumer"]["ref"] == ref  # type: ignore[index]
                for cause in (each["cause"], *each["others"])  # type: ignore[misc]
            ]
    said = json.dumps(parts)
    value = change.after if change.after is not None else change.before
    words = [as_text(value), getattr(getattr(value, "version", None), "text", ""), getattr(value, "id", "")]
    words.append(getattr(getattr(value, "goal", None), "name", ""))
    synonyms = {"done": "delivered", "deprecated": "deprecation", "retired": "removal"}
    words += [synonyms.get(word, "") for word in words]
    if change.route[-1] in ("lifecycle", "sunset"):
        words += ["relief"] if change.before is not None else []
        words += ["addition"] if as_text(change.before) == "retired" else []
    if change.route[0] == "period":
        words.append("delayed" if "delayed" in said else "earlier" if "earlier" in said else "added")
    ends = [as_text(end) for end in (getattr(change.after, "sunset", None),) if end]
    return any(word and word in said for word in words) and all(end in said for end in ends)


@pytest.mark.parametrize(("name", "route", "value"), ONE)
def test_every_edit_of_one_field_is_told(name: str, route: tuple[str | int, ...], value: object) -> None:
    base, head = edited(), edited((name, route, value))
    assert diff(base, head)
    assert untold(base, head) == []


@pytest.mark.parametrize(
    "edits",
    [
        # Who leaves one component and is hit through another; an end that comes with a new version.
        [
            ("tv-app", ("uses",), [{"component": "billing", "requires": ">=1,<2"}]),
            ("identity", ("interfaces", 0, "versions"), [{"version": "3.0.0"}]),
            ("billing", ("version",), "2.0.0"),
        ],
        [("billing", ("version",), "1.3.0"), ("billing", ("lifecycle",), "deprecated")],
    ],
)
def test_an_edit_is_not_lost_behind_another_one(edits: list[tuple[str, tuple[str | int, ...], object]]) -> None:
    assert untold(edited(), edited(*edits)) == []
    assert untold(edited(*edits), edited()) == []


@settings(max_examples=3 * settings.default.max_examples)
@given(st.lists(st.sampled_from(ONE), min_size=2, max_size=5))
def test_every_difference_of_several_edits_is_told(edits: list[tuple[str, tuple[str | int, ...], object]]) -> None:
    assert untold(edited(), edited(*edits)) == []


@pytest.mark.parametrize(("name", "route", "value"), ONE)
def test_taking_an_edit_back_is_told_too(name: str, route: tuple[str | int, ...], value: object) -> None:
    assert untold(edited((name, route, value)), edited()) == []
