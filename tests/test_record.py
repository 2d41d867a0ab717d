"""A record behaves as the frozen dataclass that is written the same way."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property, partial
from itertools import combinations
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.record import record

Made = tuple[type, type]
VALUES = st.one_of(st.integers(0, 2), st.sampled_from(["", "x"]), st.none(), st.tuples(st.integers(0, 1)))
NEEDED = st.sampled_from([..., {}, {"repr": False}, {"compare": False}, {"hash": False}])
GIVEN = st.one_of(
    VALUES,
    st.fixed_dictionaries({"default": VALUES}),
    st.fixed_dictionaries({"default": VALUES, "init": st.just(False)}),
    st.just({"default_factory": list}),
    st.just({"default_factory": tuple, "init": False}),
)
NAMES = ("a", "b", "c", "d", "e")


@st.composite
def bodies(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    """Fields with what is said about each; those with a default stand behind the others."""
    found = draw(st.lists(st.sampled_from(names), unique=True))
    needed = draw(st.integers(0, len(found)))
    return {name: draw(NEEDED if place < needed else GIVEN) for place, name in enumerate(found)}


def written(body: dict[str, Any], bases: tuple[type, ...] = ()) -> type:
    """A class as somebody writes it."""
    space: dict[str, Any] = {"__annotations__": dict.fromkeys(body, object), "__module__": __name__}
    for name, said in body.items():
        if isinstance(said, dict):
            space[name] = field(**said)
        elif said is not ...:
            space[name] = said
    return type("Written", bases, space)


def both(body: dict[str, Any], *, slots: bool = True, eq: bool = True, order: bool = False) -> Made:
    options = {"slots": slots, "eq": eq, "order": order}
    return record(**options)(written(body)), dataclass(frozen=True, **options)(written(body))


def outcome(act: Callable[[], object]) -> tuple[str, object]:
    """What an act gives, or the error that it ends with."""
    try:
        return "", act()
    except Exception as error:
        return type(error).__name__, None


@given(bodies(), st.booleans(), st.booleans(), st.data())
def test_it_is_made_shown_and_compared_alike(body: dict[str, Any], slots: bool, eq: bool, data: st.DataObject) -> None:
    made = both(body, slots=slots, eq=eq, order=eq)
    named = st.dictionaries(st.sampled_from([*body, "z"]), VALUES, max_size=2)
    calls = data.draw(st.lists(st.tuples(st.lists(VALUES, max_size=4), named), max_size=4))
    found = [[outcome(partial(cls, *values, **named)) for values, named in calls] for cls in made]
    assert [error for error, _ in found[0]] == [error for error, _ in found[1]]
    ours, theirs = ([each for error, each in of if not error] for of in found)
    assert list(map(repr, ours)) == list(map(repr, theirs))
    for one, other in zip(combinations(ours, 2), combinations(theirs, 2), strict=True):
        assert (one[0] == one[1]) is (other[0] == other[1])
        assert outcome(lambda: one[0] < one[1]) == outcome(lambda: other[0] < other[1])  # noqa: B023
        assert outcome(lambda: one[0] >= one[1]) == outcome(lambda: other[0] >= other[1])  # noqa: B023
        if one[0] == one[1] and not outcome(lambda: hash(one[0]))[0]:  # noqa: B023
            assert hash(one[0]) == hash(one[1])
    assert [outcome(partial(hash, each))[0] for each in ours] == [outcome(partial(hash, each))[0] for each in theirs]


@given(bodies(), st.booleans())
def test_its_fields_and_places_are_the_same(body: dict[str, Any], slots: bool) -> None:
    ours, theirs = both(body, slots=slots)
    assert is_dataclass(ours)
    assert list(map(repr, fields(ours))) == list(map(repr, fields(theirs)))
    assert ours.__match_args__ == theirs.__match_args__
    assert vars(ours).get("__slots__") == vars(theirs).get("__slots__")
    assert (ours.__name__, ours.__qualname__, ours.__module__) == ("Written", "Written", __name__)


@given(bodies(("a", "b")), bodies(("b", "c")), st.booleans())
def test_what_it_inherits_comes_first(base: dict[str, Any], more: dict[str, Any], slots: bool) -> None:
    body = {name: {"default": 1} for name in base}, {name: {"default": 2} for name in more}
    ours, theirs = (
        make(slots=slots)(written(body[1], (make(slots=slots)(written(body[0])),)))
        for make in (record, partial(dataclass, frozen=True))
    )
    assert repr(ours()) == repr(theirs())
    assert [each.name for each in fields(ours)] == [each.name for each in fields(theirs)]
    assert vars(ours).get("__slots__") == vars(theirs).get("__slots__")


@record
class Place:
    line: int
    column: int = 1
    notes: list[str] = field(default_factory=list)
    most: ClassVar[int] = 3

    @property
    def text(self) -> str:
        return f"{self.line}:{self.column}"


@record(slots=False)
class Path:
    steps: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("no way")

    @cached_property
    def length(self) -> int:
        return len(self.steps)


@record(eq=False)
class Node:
    name: str


@record
class Named:
    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and other.name.lower() == self.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())


def test_nothing_of_it_changes_afterwards() -> None:
    for each in (Place(1), Path((1,))):
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'line'"):
            each.line = 2
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'line'"):
            del each.line
    assert Place.most == 3
    assert not hasattr(Place(1), "__dict__")


def test_a_new_list_is_made_for_each() -> None:
    Place(1).notes.append("x")
    assert Place(1).notes == []


def test_it_is_replaced_copied_and_stored() -> None:
    place = Place(4, notes=["x"])
    assert replace(place, column=7) == Place(4, 7, ["x"])
    assert replace(place, column=7).text == "4:7"
    for each in (place, Path((1, 2))):
        assert copy.copy(each) == copy.deepcopy(each) == pickle.loads(pickle.dumps(each)) == each


def test_it_is_taken_apart_by_place() -> None:
    match Place(1, 2):
        case Place(line, column):
            assert (line, column) == (1, 2)


def test_it_can_check_itself_and_remember_what_it_found() -> None:
    with pytest.raises(ValueError, match="no way"):
        Path(())
    path = Path((1, 2))
    assert path.length == 2
    assert "length" in vars(path)
    assert path == Path((1, 2))


def test_without_comparing_it_is_only_itself() -> None:
    node = Node("a")
    assert node != Node("a")
    assert len({node, node, Node("a")}) == 2


def test_what_it_says_of_itself_counts() -> None:
    assert Named("A") == Named("a")
    assert len({Named("A"), Named("a")}) == 1
    assert repr(Named("A")) == "<A>"


def test_a_wrong_call_says_what_is_missing() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'line'"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'row'"):
        Place(1, row=2)  # type: ignore[call-arg]
