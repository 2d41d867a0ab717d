"""What holds of every single value that is put in or taken out, tried on files that nobody thought of."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from test_edit_properties import DOCUMENTS, EXAMPLES, KEYS, TEXTS, files, is_part_of, parse, plain

from platctl.edit.edit import put, take
from platctl.edit.route import resolved, shown, steps
from platctl.edit.yaml_text import Scalar
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile
from platctl.source.yaml.document import Route

VALUES = TEXTS | st.sampled_from(
    ["- a", "a: b", "a #b", "*a", "&a", "!a", "'", '"', "|", "? a", "{", "[", "~", "1.0", "no", "\n"]
)


def routes(value: object, route: Route = ()) -> Iterator[Route]:
    """Every place in a value."""
    for step, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*route, step)
        yield from routes(item, (*route, step))


def at(value: object, route: Route) -> object:
    for step in route:
        value = value[step]  # type: ignore[index]
    return value


@settings(max_examples=150)
@given(files(), VALUES, st.data())
def test_a_value_is_replaced_and_nothing_else_happens(file: tuple[str, int], value: str, data: st.DataObject) -> None:
    text, index = file
    document = parse(text).documents[index]
    places = [each for each in routes(document.value) if not isinstance(at(document.value, each), dict | list)]
    route = data.draw(st.sampled_from(places)) if places else ("new",)
    edited = edit(text, index, route, value)
    assume(edited is not None)
    expected = plain(text)
    holder = at(expected[index], route[:-1])
    holder[route[-1]] = value  # type: ignore[index]
    assert plain(edited) == expected
    if places:
        place = document.place(route)
        start, end = text[: place.start], text[place.end :]
        assert edited.startswith(start)
        assert edited.endswith(end)


@settings(max_examples=120)
@given(files(), KEYS, VALUES, st.data())
def test_a_value_is_added_and_all_that_was_there_stays(
    file: tuple[str, int], name: str, value: str, data: st.DataObject
) -> None:
    text, index = file
    document = parse(text).documents[index]
    holders = [(), *(each for each in routes(document.value) if at(document.value, each) not in ("", None))]
    holders = [each for each in holders if isinstance(at(document.value, each), dict | list)]
    holder = data.draw(st.sampled_from(holders))
    present = at(document.value, holder)
    step = len(present) if isinstance(present, list) else f"{name}_new"  # type: ignore[arg-type]
    edited = edit(text, index, (*holder, step), value)
    assume(edited is not None)
    expected = plain(text)
    into = at(expected[index], holder)
    into.append(value) if isinstance(into, list) else into.update({step: value})  # type: ignore[attr-defined]
    assert plain(edited) == expected
    assert is_part_of(text.replace("[]", "").replace("{}", ""), edited)


@settings(max_examples=120)
@given(files(), st.data())
def test_a_value_is_taken_out_and_all_else_stays(file: tuple[str, int], data: st.DataObject) -> None:
    text, index = file
    document = parse(text).documents[index]
    route = data.draw(st.sampled_from(list(routes(document.value))))
    try:
        edited = take(SourceFile("plan.yaml", text.encode()), index, route)
    except SourceError:
        reject()
    expected = plain(text)
    while len(route) > 1 and len(at(expected[index], route[:-1])) == 1:  # type: ignore[arg-type]
        route = route[:-1]
    del at(expected[index], route[:-1])[route[-1]]  # type: ignore[attr-defined]
    assert edited
    assert plain(edited.data.decode()) == [each for each in expected if each]
    assert is_part_of(edited.data.decode(), text)


@given(DOCUMENTS, st.booleans(), VALUES, st.data())
def test_a_value_that_is_put_in_and_taken_out_again_leaves_the_same_bytes(
    document: dict[str, object], flow: bool, value: str, data: st.DataObject
) -> None:
    text = yaml.dump(document, default_flow_style=flow, allow_unicode=True, width=1000)
    holder = data.draw(
        st.sampled_from([(), *(each for each in routes(document) if isinstance(at(document, each), dict))])
    )
    assume(at(document, holder))
    edited = edit(text, 0, (*holder, "x_new"), value)
    assume(edited is not None)
    gone = take(SourceFile("plan.yaml", edited.encode()), 0, (*holder, "x_new"))
    assert gone
    assert gone.data.decode() == text


def edit(text: str, index: int, route: Route, value: str) -> str | None:
    """The text with the value; None if that is left to a person, or if it is there already."""
    before = copy.deepcopy(text)
    try:
        edited = put(SourceFile("plan.yaml", before.encode()), index, route, Scalar(value))
    except SourceError:
        return None
    return edited.data.decode() if edited else None


@given(
    st.lists(KEYS | st.integers(0, 99) | st.sampled_from(["a.b", "2027-Q1"]), min_size=1, max_size=4).filter(
        lambda r: isinstance(r[0], str) and "." not in r[0]
    )
)
def test_a_route_is_read_as_it_is_shown(route: list[str | int]) -> None:
    value: object = None
    for step in reversed(route):
        value = [*[None] * step, value] if isinstance(step, int) else {step: value}
    assert resolved(value, steps(shown(tuple(route)))) == tuple(route)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_value_of_the_examples_can_be_replaced(path: Path) -> None:
    text = path.read_text("utf-8")
    documents = parse(text).documents
    for document in documents:
        found = [each for each in routes(document.value) if not isinstance(at(document.value, each), dict | list)]
        for route in found[:: len(found) // 4 + 1]:
            edited = edit(text, document.index, route, "a: new # value")
            assert edited is not None
            expected = copy.deepcopy([each.value for each in documents])
            at(expected[document.index], route[:-1])[route[-1]] = "a: new # value"  # type: ignore[index]
            assert [each.value for each in parse(edited).documents] == expected
