"""Reports as JSON."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import commands, hidden, texts

from platctl.finding import Span
from platctl.model.ref import InterfaceRef, Ref
from platctl.render.data.json import render


class Level(StrEnum):
    AT_RISK = "at-risk"


@dataclass(frozen=True, slots=True)
class Item:
    ref: Ref | InterfaceRef
    span: Span | None = None
    level: Level = Level.AT_RISK


@dataclass(frozen=True, slots=True)
class Report:
    name: str
    items: tuple[Item, ...] = ()
    at: date | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class One:
    only: int


@dataclass(frozen=True, slots=True)
class Keyword:
    for_: str
    in_: str


@dataclass(frozen=True, slots=True)
class Empty:
    pass


@dataclass(frozen=True, slots=True)
class Loose:
    value: object


ITEM = Item(Ref("component", "default", "identity"), Span("a.yaml", 3, 5, 3, 9))
REPORT = Report("Größe", (ITEM,), date(2026, 11, 23), 1.5)


def test_keys_are_without_the_sign_that_python_needs() -> None:
    assert json.loads(render(Keyword("a", "b"), "roadmap")) == {
        "format": "platctl.roadmap",
        "format_version": 2,
        "for": "a",
        "in": "b",
    }


def test_a_report_is_one_line() -> None:
    assert render(replace(REPORT, items=()), "impact") == (
        '{"format":"platctl.impact","format_version":3,"name":"Größe","items":[],"at":"2026-11-23","weight":1.5}\n'
    )


def test_it_is_written_field_by_field_for_people() -> None:
    assert render(REPORT, "impact", indented=True) == (
        """{
  "format": "platctl.impact",
  "format_version": 3,
  "name": "Größe",
  "items": [
    {
      "ref": "component:identity",
      "span": {
        "path": "a.yaml",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 9
      },
      "level": "at-risk"
    }
  ],
  "at": "2026-11-23",
  "weight": 1.5
}
"""
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (InterfaceRef(Ref("component", "media", "codec"), "sdk"), "media/codec#sdk"),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({Level.AT_RISK: (1, None)}, {"at-risk": [1, None]}),
        (float("nan"), None),
        (float("inf"), None),
        (True, True),
        (datetime(2026, 11, 23, 9, 30), "2026-11-23T09:30:00"),
        (Span(""), None),
        (One(1), {"only": 1}),
        ([Empty()], [{}]),
    ],
)
def test_values_have_plain_forms(value: object, expected: object) -> None:
    assert json.loads(render(Loose(value), "x"))["value"] == expected


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        render(Loose(object()), "x")


@given(texts)
def test_any_text_survives(text: str) -> None:
    assert json.loads(render(Report(text), "x"))["name"] == text


@given(texts, st.booleans())
def test_output_is_utf8_and_harmless_in_a_terminal_and_a_log(text: str, indented: bool) -> None:
    written = render(Report(text), "x", indented=indented)
    written.encode("utf-8")
    assert hidden(written) == []
    assert not {"\u200c", "\u200d"} & set(written)
    assert commands(written) == []
