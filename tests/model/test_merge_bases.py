"""What head is compared with where histories merged each other, against the rule applied to each field."""

from collections.abc import Iterator
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.fields import naming
from platctl.model.merge_bases import composed
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.ref import Ref
from platctl.outlook.difference import Added, Modified, Removed, diff

T = TypeVar("T")
SHOP = Ref("consumer", "default", "shop")
TEAM = "kind: team\nid: web\n"

State = tuple[str, frozenset[tuple[str, str]], tuple[str, int]] | None
states: st.SearchStrategy[State] = st.none() | st.tuples(
    st.sampled_from(["Shop", "Store", ""]),
    st.dictionaries(st.sampled_from(["auth", "mail"]), st.sampled_from([">=1,<2", ">=2,<3", ""])).map(
        lambda uses: frozenset(uses.items())
    ),
    st.tuples(st.sampled_from(["x-cost", "x-note"]), st.integers(1, 2)),
)


def written(state: State) -> Model:
    """A model with the shop in a state, or without it."""
    if state is None:
        return model(TEAM)
    title, uses, (key, value) = state
    lines = ["kind: consumer", "id: shop", f"{key}: {value}", *([f"title: {title}"] if title else ())]
    lines += [f"uses: [{', '.join(map(dependency, sorted(uses)))}]"]
    return model(TEAM, "\n".join(lines))


def dependency(use: tuple[str, str]) -> str:
    component, range_ = use
    return f"{{component: {component}, requires: '{range_}'}}" if range_ else component


def leaves(found: Model) -> dict[tuple[object, ...], object]:
    """Every value of the shop, by the names on the way to it."""
    shop = found.entities.get(SHOP)
    return {} if shop is None else dict(_leaves((), shop)) | {("x", key): it for key, it in shop.extensions.items()}


def _leaves(way: tuple[object, ...], value: object) -> Iterator[tuple[tuple[object, ...], object]]:
    if isinstance(value, Part):
        for name in type(value).all_fields:
            yield from _leaves((*way, name), getattr(value, name))
    elif type(value) is tuple:
        for item in value:
            yield from _leaves((*way, naming(item)), item)
    elif value is not None:
        yield way, value


@given(states, states, st.lists(states, min_size=1, max_size=3))
def test_each_field_is_that_of_a_base_unless_nothing_of_it_is_a_change(
    head: State, target: State, bases: list[State]
) -> None:
    models = [written(each) for each in (head, target, *bases)]
    now, there, *before = map(leaves, models)
    found = leaves(composed(models[0], models[1], models[2:]))
    if not now or not there or not all(before):
        return  # whole entities are below
    for way in {way for each in (now, *before) for way in each}:
        was = [each.get(way) for each in before]
        if now.get(way) == there.get(way) or all(each == now.get(way) for each in was):
            assert found.get(way) == now.get(way)
        else:
            assert found.get(way) in [each for each in was if each != now.get(way)]


@given(states, states, st.lists(states, min_size=1, max_size=3))
def test_an_entity_is_new_or_gone_only_if_it_is_against_a_base_and_the_target(
    head: State, target: State, bases: list[State]
) -> None:
    now, there, *before = [written(each) for each in (head, target, *bases)]
    found = composed(now, there, before)
    had = [SHOP in each.entities for each in before]
    if (SHOP in now.entities) and (SHOP not in found.entities):
        assert not all(had)
        assert SHOP not in there.entities or head != target
    if SHOP not in now.entities:
        assert (SHOP in found.entities) == (SHOP in there.entities and any(had))


@given(states, states)
def test_one_base_is_that_base_but_for_what_the_target_holds_too(head: State, base: State) -> None:
    now, was = written(head), written(base)
    assert diff(was, composed(now, was, [was])) == ()
    assert diff(now, composed(now, now, [was])) == ()


def test_a_renamed_entity_is_compared_with_its_former_self() -> None:
    auth = "kind: component\nid: auth\nversion: 1.0.0\n"
    renamed = "kind: component\nid: identity\naliases: [auth]\nversion: 2.0.0\n"
    elsewhere = renamed.replace("2.0.0", "1.0.0") + "title: Identity\n"
    head = model(renamed)
    for target in (model(elsewhere), model(auth)):  # one has the new name as well
        found = composed(head, target, [model(auth), model(auth)])
        assert [each.route for each in diff(found, head) if isinstance(each, Modified)] == [("version",)]
        assert not any(isinstance(each, Added | Removed) for each in diff(found, head))


def test_settings_are_composed_too() -> None:
    strict = "policies: [{id: agree, when: {level: breaks}, action: forbid}]"
    texts = [TEAM]
    head, with_policy = model(*texts, config="strategy: One"), model(*texts, config=strict)
    without = model(*texts, config="strategy: Two")
    found = composed(head, with_policy, [without, with_policy])
    assert [each.id for each in found.config.policies] == ["agree"]


def test_what_could_not_be_read_in_one_base_is_taken_from_another() -> None:
    broken, whole = model("kind: component\nid: [\n"), model("kind: component\nid: auth\n")
    found = composed(model(TEAM), whole, [broken, whole])
    assert list(found.entities) == [Ref("component", "default", "auth")]
    assert not found.partial
