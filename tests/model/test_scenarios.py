"""What a scenario supposes, and where it no longer fits the model."""

import datetime
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.kept import file_again, kept_file
from platctl.model.load import load_file
from platctl.model.model import Model
from platctl.model.raw import from_raw, raw_text
from platctl.model.ref import Ref
from platctl.model.scenarios import Supposed, supposed
from platctl.model.settings.audience import BUILT_IN
from platctl.outlook.audience import seen_by
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file
from platctl.source.yaml.scalars import Float

TODAY = datetime.date(2027, 1, 1)
MODEL = """\
kind: team
id: core
capacity: 10
---
kind: component
id: auth
versions: [{version: 1.0.0}]
---
kind: release
id: spring
date: 2027-03-31
---
kind: initiative
id: keys
title: Keys
status: planned
period: 2027-Q1
effort: {core: 3}
x-note: kept
---
kind: initiative
id: sso
aliases: [single]
status: planned
end: release:spring
---
kind: initiative
id: old
status: done
---
kind: scenario
id: s
"""


def suppose(text: str, today: datetime.date = TODAY) -> Supposed:
    return supposed(with_scenario(text), Ref("scenario", "default", "s"), today)


def with_scenario(text: str) -> Model:
    return model(MODEL + text)


def work(found: Supposed, name: str):  # type: ignore[no-untyped-def]
    return found.model.initiatives[Ref("initiative", "default", name)]


def told(found: Supposed) -> list[tuple[bool, str]]:
    return [(each.blocks, each.message) for each in found.misfits]


def excerpts(text: str) -> list[str]:
    """The text at each misfit."""
    found = with_scenario(text)
    lines = (MODEL + text).splitlines()
    spans = [each.span for each in supposed(found, Ref("scenario", "default", "s"), TODAY).misfits]
    return [lines[each.line - 1][each.column - 1 :] for each in spans]


# What it supposes


def test_fields_are_set_and_unset() -> None:
    found = suppose("edits: [{entity: initiative:keys, set: {end: 2027-06-30, title: Locks}, unset: [period]}]\n")
    keys = work(found, "keys")
    assert (keys.end, keys.period, keys.title) == (datetime.date(2027, 6, 30), None, "Locks")
    assert keys.extensions == {"x-note": "kept"}
    assert keys.effort.keys() == {"core"}
    assert not found.misfits


def test_the_model_itself_stays_as_it_is() -> None:
    given = with_scenario("edits: [{entity: initiative:keys, set: {title: Locks}}]\n")
    before = dict(given.entities)
    supposed(given, Ref("scenario", "default", "s"))
    assert given.entities == before


def test_entities_are_removed_and_added() -> None:
    found = suppose(
        "edits: [{entity: initiative:keys, remove: true}]\n"
        "add: [{kind: initiative, id: locks, status: proposed, effort: {core: 2.50}, x-why: new}]\n"
        "pins: [locks]\n"
    )
    assert Ref("initiative", "default", "keys") not in found.model.initiatives
    assert work(found, "locks").effort["core"].likely == 2.5
    assert work(found, "locks").extensions == {"x-why": "new"}
    assert not found.misfits


def test_an_entity_is_known_by_its_former_name() -> None:
    found = suppose("edits: [{entity: initiative:single, set: {status: parked}}]\nbans: [single]\n")
    assert work(found, "sso").status.value == "parked"


def test_two_edits_of_one_entity_both_count() -> None:
    found = suppose(
        "edits:\n"
        "- {entity: initiative:keys, set: {title: Locks}}\n"
        "- {entity: initiative:keys, set: {end: 2027-06-30}, unset: [period]}\n"
    )
    keys = work(found, "keys")
    assert (keys.title, keys.end, keys.period) == ("Locks", datetime.date(2027, 6, 30), None)


def test_work_moves_with_a_release_that_a_scenario_moves() -> None:
    assert work(suppose(""), "sso").end == datetime.date(2027, 3, 31)
    found = suppose("edits: [{entity: release:spring, set: {date: 2027-05-15}}]\n")
    assert work(found, "sso").end == datetime.date(2027, 5, 15)
    gone = suppose("edits: [{entity: release:spring, remove: true}]\n")
    assert work(gone, "sso").end is None


def test_what_is_edited_is_where_the_scenario_has_it() -> None:
    text = "edits: [{entity: initiative:keys, set: {title: Locks}}]\nadd: [{kind: goal, id: trust, title: Trust}]\n"
    found, lines = suppose(text), (MODEL + text).splitlines()
    keys, trust = Ref("initiative", "default", "keys"), Ref("goal", "default", "trust")

    def at(ref: Ref, field: str) -> str:
        span = found.model.at(ref, (field,))
        return lines[span.line - 1][span.column - 1 :]

    assert at(keys, "title").startswith("Locks}}]")
    assert at(keys, "period").startswith("2027-Q1")
    assert at(trust, "title").startswith("Trust}]")


def test_no_audience_sees_what_a_scenario_says() -> None:
    found = with_scenario("visibility: public\nedits: [{entity: initiative:keys, set: {title: Locks}}]\n")
    for audience in BUILT_IN.values():
        assert not seen_by(found, audience, TODAY).scenarios


def test_a_scenario_is_kept_between_runs_as_it_is_written() -> None:
    edit = "{entity: team:core, set: {capacity: {2027-Q1: 1.50}, x-own: [1.10, {a: b}]}}"
    text = f"{MODEL}edits: [{edit}]\npins: [keys]\n"
    file = SourceFile("model.yaml", text.encode())
    loaded = load_file(parse_file(file))
    kept = kept_file(loaded)
    assert kept is not None
    again = file_again(kept, file, None, lambda: None)
    assert [each.entity for each in again.entities] == [each.entity for each in loaded.entities]


# What can't be

REFUSED = {
    "a value": ("{entity: initiative:keys, set: {status: later}}", "`status` can't be `later`", "later}}"),
    "a field": ("{entity: initiative:keys, set: {stauts: done}}", "unknown field `stauts`", "stauts: done"),
    "an entity": ("{entity: initiative:locks, remove: true}", "there is no initiative `locks`", "initiative:locks"),
    "a reference": ("{entity: initiative:keys, set: {owner: mobile}}", "there is no team `mobile`", "mobile}}"),
    "a key": (
        "{entity: initiative:keys, set: {effort: {nobody: 3}}}",
        "there is no team `nobody`",
        "nobody: 3",
    ),
    "an id": ("{entity: initiative:keys, set: {id: locks}}", "an edit can't change `id`", "id: locks"),
    "a scenario": ("{entity: scenario:s, set: {title: T}}", "a scenario can't edit a scenario", "scenario:s"),
}


@pytest.mark.parametrize(("edit", "message", "place"), REFUSED.values(), ids=REFUSED)
def test_an_edit_that_cannot_be_is_refused_where_it_stands(edit: str, message: str, place: str) -> None:
    found = suppose(f"edits: [{edit}]\n")
    assert told(found) == [(True, message)]
    assert found.blocking == found.misfits
    assert excerpts(f"edits: [{edit}]\n")[0].startswith(place)


def test_all_that_cannot_be_is_told_at_once() -> None:
    found = suppose(
        "edits: [{entity: initiative:keys, set: {status: later}}, {entity: goal:x, remove: true}]\n"
        "add: [{kind: epic, id: a}, {kind: initiative, id: new, depends_on: [gone]}]\n"
        "pins: [keys, {initiative: sso, period: 2027}, nothing]\n"
        "bans: [keys]\n"
        "capacity: [{team: nobody, add: 3}]\n"
    )
    assert [message for blocks, message in told(found) if blocks] == [
        "`status` can't be `later`",
        "there is no goal `x`",
        "an entity to add is a mapping with `kind` and `id`",
        "there is no initiative `gone`",
        "`keys` is pinned and banned",
        "`2027` is no period of plans here",
        "there is no initiative `nothing`",
        "there is no team `nobody`",
    ]


def test_what_is_no_name_of_a_kind_is_no_kind() -> None:
    (misfit,) = suppose("add: [{kind: [a], id: b}]\n").misfits
    assert misfit.message == "an entity to add is a mapping with `kind` and `id`"


def test_any_value_comes_back_as_it_was() -> None:
    odd = {"\0": "abc", "\0\0": [Float("1.50")], "a\0b": {"\0": 3}, "n": Float("2.10")}
    again = from_raw(raw_text(odd))
    assert again == odd
    assert again["n"].text == "2.10"


def test_a_field_is_edited_once() -> None:
    edit = "{entity: initiative:keys, set: {title: Locks}}"
    assert told(suppose(f"edits: [{edit}, {edit}]\n")) == [(True, "`title` of `keys` is edited twice")]
    both = "{entity: initiative:keys, set: {title: Locks}, unset: [title]}"
    assert (True, "`title` of `keys` is edited twice") in told(suppose(f"edits: [{both}]\n"))


def test_an_edit_that_says_nothing_or_two_things_is_no_edit() -> None:
    for edit in ("{entity: initiative:keys}", "{entity: initiative:keys, remove: true, unset: [title]}"):
        assert [each.rule for each in with_scenario(f"edits: [{edit}]\n").findings] == ["invalid-value"]
    (finding,) = with_scenario("edits: [{entity: keys, remove: true}]\n").findings
    assert finding.message.startswith("`keys` has no kind: begin with one of `component:`")


# What makes no difference any more

OUTDATED = {
    "a value": ("edits: [{entity: initiative:keys, set: {title: Keys}}]", "`title` of `keys` is so already"),
    "the same in other words": (
        "edits: [{entity: initiative:keys, set: {effort: {core: {likely: 3}}}}]",
        "`effort` of `keys` is so already",
    ),
    "no value": ("edits: [{entity: initiative:keys, unset: [end]}]", "`keys` has no `end` any more"),
    "an entity": ("add: [{kind: initiative, id: keys}]", "initiative `keys` is there already"),
    "a pin": ("pins: [old]", "`old` is done"),
    "a ban": ("bans: [old]", "`old` is done"),
    "a period": ("pins: [{initiative: keys, period: 2026-Q4}]", "2026-Q4 has passed"),
    "capacity": ("capacity: [{team: core, add: 3, period: 2026-Q4}]", "2026-Q4 has passed"),
}


@pytest.mark.parametrize(("text", "message"), OUTDATED.values(), ids=OUTDATED)
def test_what_is_so_already_is_told_and_does_not_block(text: str, message: str) -> None:
    found = suppose(text + "\n")
    assert told(found) == [(False, message)]
    assert not found.blocking


def test_more_capacity_needs_some() -> None:
    given = model(MODEL.replace("capacity: 10\n", "") + "capacity: [{team: core, add: 3}]\n")
    (misfit,) = supposed(given, Ref("scenario", "default", "s"), TODAY).misfits
    assert misfit.message == "no capacity is known for `core`, so that nothing can be added to it"


# Against files in which it is so

VALUES = {
    "title": ["Keys", "Locks"],
    "status": ["planned", "parked", "idea"],
    "end": ["2027-06-30", "release:spring"],
    "deadline": ["2027-12-31"],
    "effort": [{"core": 3}, {"core": {"low": 1, "likely": 2.5, "high": 4}}],
    "depends_on": [["sso"], ["single", "old"]],
    "x-note": ["kept", ["other"]],
}
edits = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in VALUES.items()})


@given(edits, st.sets(st.sampled_from([*VALUES, "period"])), st.booleans())
def test_the_model_is_that_of_files_in_which_it_is_so(fields: dict[str, object], unset: set[str], is_sso: bool) -> None:
    name, unset = "sso" if is_sso else "keys", unset - fields.keys()
    documents = list(yaml.safe_load_all(MODEL.replace("2027-03-31", "'2027-03-31'")))
    (edited,) = [each for each in documents if each["id"] == name]
    edited.update(fields)
    for key in unset:
        edited.pop(key, None)
    edit = {"entity": f"initiative:{name}", "set": fields, "unset": sorted(unset)}
    text = f"edits: [{json.dumps(edit)}]\n" if fields or unset else ""
    expected = model("---\n".join(json.dumps(each) + "\n" for each in documents))
    found = suppose(text)
    assert not found.blocking
    assert {ref: each for ref, each in found.model.entities.items() if ref.kind != "scenario"} == {
        ref: each for ref, each in expected.entities.items() if ref.kind != "scenario"
    }
