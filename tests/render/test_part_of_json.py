"""Parts of a report in JSON: what is left of it, and what it says of the rest."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.render.data.part_of_json import BRIEF_BYTES, WHOLE, JsonPart, UnknownFieldError, part_of

NAME = {"ref": "consumer:shop", "id": "shop", "title": "Shop"}
SPAN = {"path": "a.yaml", "line": 3, "column": 5, "end_line": 3, "end_column": 9}
REPORT = {
    "format": "platctl.test",
    "format_version": 1,
    "verdicts": [
        {"consumer": NAME, "level": "breaks", "span": SPAN, "cause": {"reason": "x", "deep": {"er": 1}}, "none": None},
        {"consumer": NAME, "level": "gains", "span": None, "others": [{"id": each} for each in range(5)], "tags": []},
        {"consumer": NAME, "level": "informed", "is_new": False, "weight": 0},
    ],
    "summary": {"breaks": 1},
}
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
PATHS = {
    "format": "platctl.test",
    "format_version": 1,
    "verdicts": [{"level": "breaks", "steps": [3, 0]}, {"level": "gains", "steps": [3, 1, 2]}],
    "steps": [{"from": name} for name in "abcd"],
}
DOCUMENTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.recursive(
        SCALARS, lambda below: st.lists(below) | st.dictionaries(st.text("abc", min_size=1, max_size=3), below)
    ),
)


def part(report: dict[str, Any], **wanted: Any) -> Any:
    return json.loads(part_of(report, JsonPart(**wanted), json.dumps))


def test_fields_are_taken_at_any_depth_with_the_head_of_the_report() -> None:
    assert part(REPORT, fields=("verdicts.consumer.id", "verdicts.level", "summary")) == {
        "format": "platctl.test",
        "format_version": 1,
        "verdicts": [{"consumer": {"id": "shop"}, "level": level} for level in ("breaks", "gains", "informed")],
        "summary": {"breaks": 1},
    }


def test_a_field_and_one_inside_of_it_are_the_whole_field() -> None:
    assert part(REPORT, fields=("summary.breaks", "summary"))["summary"] == {"breaks": 1}


def test_a_field_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UnknownFieldError) as caught:
        part(REPORT, fields=("verdicts.consumer.name",))
    assert (caught.value.name, caught.value.known) == ("verdicts.consumer.name", ["ref", "id", "title"])


def test_a_limit_counts_what_it_leaves_out() -> None:
    found = part(REPORT, limit=2)
    assert (len(found["verdicts"]), found["verdicts_left_out"]) == (2, 1)
    assert (len(found["verdicts"][1]["others"]), found["verdicts"][1]["others_left_out"]) == (2, 3)


@pytest.mark.parametrize(
    ("wanted", "ways"),
    [
        ({"limit": 1}, ["da"]),
        ({"limit": 2}, ["da", "dbc"]),
        ({"fields": ("verdicts.steps",)}, ["da", "dbc"]),
        ({"fields": ("verdicts",), "limit": 1}, ["da"]),
    ],
)
def test_a_path_is_whole_and_leads_where_it_led(wanted: dict[str, Any], ways: list[str]) -> None:
    found = part(PATHS, **wanted)
    steps = [each["from"] for each in found["steps"]]
    assert ["".join(steps[number] for number in each["steps"]) for each in found["verdicts"]] == ways
    assert sorted(steps) == sorted({*"".join(ways)}), "no step that no path has"


def test_steps_that_are_asked_for_are_all_of_them() -> None:
    assert part(PATHS, fields=("steps",))["steps"] == PATHS["steps"]
    assert "steps" not in part(PATHS, fields=("verdicts.level",))
    assert part(PATHS, brief=True)["verdicts"] == [{"level": "breaks"}, {"level": "gains"}]


def test_a_field_that_some_entries_have_is_taken_of_those() -> None:
    report = {"told": [{"fact": {"name": "x"}}, {"other": 1}, {"fact": None}]}
    assert part(report, fields=("told.fact.name",))["told"] == [{"fact": {"name": "x"}}, {}, {"fact": None}]
    with pytest.raises(UnknownFieldError) as caught:
        part(report, fields=("told.name",))
    assert (caught.value.name, caught.value.known) == ("told.name", ["fact", "other"])


def test_what_is_left_out_twice_is_counted_once() -> None:
    found = part({"told": [{"others": [{"id": each} for each in range(9)]}]}, brief=True, limit=1)
    assert found["told"] == [{"others": [{"id": 0}], "others_left_out": 8}]


def test_the_gist_fits_whatever_is_written_in_it() -> None:
    for long in ({"text": "x" * 60_000}, {f"key-{each}": "y" * 900 for each in range(1_000)}):
        text = part_of({"format": "platctl.test", "told": [long] * 60}, JsonPart(brief=True), json.dumps)
        assert len(text.encode()) <= BRIEF_BYTES
        assert json.loads(text)["told"]


def test_the_gist_is_short_and_says_what_is_there() -> None:
    assert part(REPORT, brief=True) == {
        "format": "platctl.test",
        "format_version": 1,
        "verdicts": [
            {"consumer": "shop", "level": "breaks", "span": "a.yaml:3:5", "cause": {"reason": "x"}},
            {
                "consumer": "shop",
                "level": "gains",
                "others": [{"id": 0}, {"id": 1}, {"id": 2}],
                "others_left_out": 2,
            },
            {"consumer": "shop", "level": "informed", "weight": 0},
        ],
        "summary": {"breaks": 1},
    }


@given(DOCUMENTS, st.integers(1, 4))
def test_nothing_is_lost_uncounted(report: dict[str, Any], limit: int) -> None:
    assert sizes(part(report, limit=limit), counted=True) == sizes(report, counted=False, limit=limit)
    assert part(report) == report
    assert part_of(report, WHOLE, json.dumps) == json.dumps(report)


def sizes(value: Any, *, counted: bool, limit: int | None = None) -> Any:
    """The number of entries of each list that is reached, by what is written or by what is counted."""
    if isinstance(value, list):
        return [sizes(each, counted=counted, limit=limit) for each in value[:limit]]
    if not isinstance(value, dict):
        return value
    return {
        key: (
            len(item) + (value.get(f"{key}_left_out", 0) if counted else 0) if isinstance(item, list) else None,
            sizes(item, counted=counted, limit=limit),
        )
        for key, item in value.items()
        if not key.endswith("_left_out")
    }


@pytest.mark.parametrize("count", [10, 100, 1_000, 10_000])
def test_the_gist_fits_whatever_there_is_to_tell(count: int) -> None:
    entry = {"consumer": NAME, "note": "word " * 50, "others": [NAME] * 20}
    report = {"verdicts": [entry] * count, "told": [{"name": "x" * 40}] * count}
    text = part_of(report, JsonPart(brief=True), json.dumps)
    found = json.loads(text)
    assert len(text.encode()) <= BRIEF_BYTES
    assert len(found["verdicts"]) + found.get("verdicts_left_out", 0) == count
    assert len(found["told"]) + found.get("told_left_out", 0) == count
