"""How effects travel: each rule by name, and everything at once against a slow and obvious way to find it."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platctl.graph.graph import EdgeKey, Use
from platctl.graph.propagation import EffectState, Propagation, Seed, Witness, propagate
from platctl.model.entity.component import Dependency, Strength
from platctl.model.level import Level
from platctl.model.ref import InterfaceRef, Ref

Users = dict[Ref, list[Use]]


def ref(name: str) -> Ref:
    return Ref("component", "default", name)


def use(source: str, target: str, *words: str, nth: int = 0) -> Use:
    """`source` stands on `target`; the words are `soft` and `exposes`."""
    strength = Strength.SOFT if "soft" in words else Strength.HARD
    dependency = Dependency(component=InterfaceRef(ref(target)), strength=strength)
    return Use(EdgeKey(ref(source), ref(target), None, nth), dependency, ("uses", nth), "exposes" in words)


def uses(text: str) -> list[Use]:
    """One dependency a line: `shop billing soft`."""
    return [use(*line.split(), nth=number) for number, line in enumerate(text.strip().splitlines())]


def by_target(edges: Iterable[Use]) -> Users:
    users: Users = {}
    for edge in edges:
        users.setdefault(edge.target, []).append(edge)
    return users


def spread(text: str, level: Level = Level.BREAKS) -> Propagation:
    """What follows if the dependencies on `identity` have this effect."""
    edges = uses(text)
    return propagate([Seed(edge, level) for edge in edges if edge.target == ref("identity")], by_target(edges))


def level(found: Propagation, name: str) -> Level | None:
    return found.strongest(ref(name)).state.level if ref(name) in found.nodes else None


def names(witness: Witness) -> list[str]:
    return [each.source.id for each in witness.path] + [witness.path[-1].target.id]


ABSORBED = [
    (Level.BREAKS, Level.AT_RISK),
    (Level.MUST_ACT, Level.AT_RISK),
    (Level.AT_RISK, Level.AT_RISK),
    (Level.INFORMED, None),
    (Level.GAINS, None),
]


@pytest.mark.parametrize("first", list(Level))
def test_through_an_exposing_dependency_the_effect_arrives_as_if_direct(first: Level) -> None:
    assert level(spread("gateway identity exposes\napp gateway", first), "app") is first


@pytest.mark.parametrize(("first", "onward"), ABSORBED)
def test_a_component_that_does_not_expose_absorbs_harm_and_stops_the_rest(first: Level, onward: Level | None) -> None:
    assert level(spread("billing identity\nshop billing", first), "shop") is onward


def test_what_is_at_risk_behind_a_component_stays_so_at_any_distance() -> None:
    found = spread("billing identity\nsearch billing\nsite search\nkiosk site")
    assert [level(found, name) for name in ("search", "site", "kiosk")] == [Level.AT_RISK] * 3


@pytest.mark.parametrize(
    ("first", "onward"),
    [
        (Level.BREAKS, Level.MUST_ACT),
        (Level.MUST_ACT, Level.AT_RISK),
        (Level.AT_RISK, Level.INFORMED),
        (Level.INFORMED, Level.INFORMED),
        (Level.GAINS, Level.GAINS),
    ],
)
def test_a_soft_dependency_on_the_way_takes_one_step_off(first: Level, onward: Level) -> None:
    assert level(spread("gateway identity exposes\napp gateway soft", first), "app") is onward


def test_a_soft_dependency_behind_an_absorbing_component_is_only_informed() -> None:
    found = spread("billing identity\nshop billing soft\nmall shop")
    assert level(found, "shop") is Level.INFORMED
    assert level(found, "mall") is None


def test_a_seed_is_not_softened_again() -> None:
    assert level(spread("kiosk identity soft", Level.MUST_ACT), "kiosk") is Level.MUST_ACT


def test_exposing_chains_pass_on_until_the_first_that_absorbs() -> None:
    found = spread("a identity exposes\nb a exposes\nc b\nd c")
    assert [level(found, name) for name in "abcd"] == [Level.BREAKS, Level.BREAKS, Level.BREAKS, Level.AT_RISK]
    assert found.strongest(ref("c")).absorbed_by is None
    assert found.strongest(ref("d")).absorbed_by == ref("c")


def test_the_first_component_that_absorbs_is_named_seen_from_the_change() -> None:
    found = spread("billing identity\nsearch billing\nsite search")
    assert found.strongest(ref("site")).absorbed_by == ref("billing")
    assert found.strongest(ref("billing")).absorbed_by is None


def test_a_weaker_effect_over_an_exposing_dependency_beats_a_stronger_one_that_is_absorbed() -> None:
    edges = uses("hub identity\nhub codec exposes\napp hub")
    seeds = [Seed(edges[0], Level.BREAKS), Seed(edges[1], Level.MUST_ACT)]
    found = propagate(seeds, by_target(edges))
    assert level(found, "hub") is Level.BREAKS
    assert level(found, "app") is Level.MUST_ACT
    assert names(found.strongest(ref("app"))) == ["app", "hub", "codec"]


def test_the_strongest_wins_over_the_nearest() -> None:
    found = spread("app billing\nbilling identity\ngateway identity exposes\nproxy gateway exposes\napp proxy")
    assert level(found, "app") is Level.BREAKS
    assert names(found.strongest(ref("app"))) == ["app", "proxy", "gateway", "identity"]


def test_of_equally_strong_ways_the_shortest_is_shown() -> None:
    found = spread("a identity exposes\nb a exposes\napp b\napp a")
    assert names(found.strongest(ref("app"))) == ["app", "a", "identity"]


def test_of_equally_strong_and_near_causes_the_order_of_the_seeds_decides() -> None:
    edges = uses("app identity\napp codec")
    for late, early in ((0, 1), (1, 0)):
        seeds = [Seed(edges[late], Level.BREAKS, ("2027-06-30",)), Seed(edges[early], Level.BREAKS, ("2027-03-31",))]
        assert propagate(seeds, by_target(edges)).strongest(ref("app")).seed.use == edges[early]


def test_gains_do_not_hide_harm_nor_harm_gains() -> None:
    edges = uses("app identity\napp codec")
    found = propagate([Seed(edges[0], Level.GAINS), Seed(edges[1], Level.AT_RISK)], by_target(edges))
    assert level(found, "app") is Level.AT_RISK
    assert [cause.state.level for cause in found.causes(ref("app"))] == [Level.AT_RISK, Level.GAINS]


def test_each_dependency_over_which_an_effect_arrived_is_one_cause() -> None:
    found = spread("app identity\ngateway identity exposes\napp gateway\nbilling identity\napp billing")
    causes = found.causes(ref("app"))
    assert [(cause.path[0].target.id, cause.state.level) for cause in causes] == [
        ("identity", Level.BREAKS),
        ("gateway", Level.BREAKS),
        ("billing", Level.AT_RISK),
    ]


def test_a_cycle_ends_by_itself() -> None:
    found = spread("a identity exposes\nb a exposes\na b exposes\napp b")
    assert [level(found, name) for name in ("a", "b", "app")] == [Level.BREAKS] * 3
    assert found.strongest(ref("a")).distance == 1


def test_who_stands_on_itself_is_affected_once() -> None:
    assert names(spread("a identity\na a").strongest(ref("a"))) == ["a", "identity"]


def test_without_seeds_nobody_is_affected() -> None:
    assert propagate([], by_target(uses("a b"))).nodes == []


def arrives(state: EffectState, edge: Use) -> EffectState | None:
    """The rule, written once more: what the source of a dependency gets of an effect on its target."""
    harm = [Level.BREAKS, Level.MUST_ACT, Level.AT_RISK, Level.INFORMED]
    onward = state.level
    if not state.passes_on:
        if state.level in (Level.INFORMED, Level.GAINS):
            return None
        onward = Level.AT_RISK
    if edge.is_soft and onward is not Level.GAINS:
        onward = harm[min(harm.index(onward) + 1, 3)]
    return EffectState(edge.source, onward, edge.exposes)


def by_length(seeds: list[Seed], edges: list[Use], longest: int) -> Iterator[set[EffectState]]:
    """What arrives over walks of 1, 2, 3 … dependencies, however often they come by the same place."""
    now = {EffectState(seed.use.source, seed.level, seed.use.exposes) for seed in seeds}
    for _ in range(longest):
        yield now
        now = {
            after
            for state in now
            for edge in edges
            if edge.target == state.node
            for after in [arrives(state, edge)]
            if after
        }


def oracle(seeds: list[Seed], edges: list[Use]) -> dict[Ref, tuple[Level, int]]:
    """By entity: the strongest level, and the length of the shortest walk over which it arrives."""
    order = list(Level)
    best: dict[Ref, tuple[Level, int]] = {}
    nodes = {edge.source for edge in edges} | {edge.target for edge in edges}
    for length, states in enumerate(by_length(seeds, edges, 10 * len(nodes) + 1), start=1):
        for state in states:
            known = best.get(state.node)
            if known is None or order.index(state.level) < order.index(known[0]):
                best[state.node] = (state.level, length)
    return best


Case = tuple[list[Seed], list[Use]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to seven entities, any dependencies among them, and effects on some of these."""
    node = st.integers(0, draw(st.integers(1, 6))).map(lambda number: f"n{number}")
    drawn = st.tuples(node, node, st.sampled_from(["hard", "soft"]), st.sampled_from(["absorbs", "exposes"]))
    edges = [use(*each, nth=number) for number, each in enumerate(draw(st.lists(drawn, min_size=1, max_size=14)))]
    seeds = st.builds(Seed, st.sampled_from(edges), st.sampled_from(list(Level)))
    return draw(st.lists(seeds, min_size=1, max_size=4)), edges


@given(cases())
@settings(max_examples=300)
def test_the_strongest_levels_and_the_shortest_ways_are_those_of_all_walks(case: Case) -> None:
    seeds, edges = case
    found = propagate(seeds, by_target(edges))
    strongest = {node: found.strongest(node) for node in found.nodes}
    assert {node: (each.state.level, each.distance) for node, each in strongest.items()} == oracle(seeds, edges)


@given(cases())
@settings(max_examples=200)
def test_every_witness_is_a_real_way_whose_levels_recompute_to_the_verdict(case: Case) -> None:
    seeds, edges = case
    found = propagate(seeds, by_target(edges))
    for node in found.nodes:
        for witness in (found.strongest(node), *found.causes(node)):
            assert witness.seed in seeds
            assert witness.path[-1] == witness.seed.use
            assert witness.path[0].source == node
            assert set(witness.path) <= set(edges)
            assert all(
                upper.target == lower.source for upper, lower in zip(witness.path, witness.path[1:], strict=False)
            )
            state: EffectState | None = EffectState(
                witness.seed.use.source, witness.seed.level, witness.seed.use.exposes
            )
            for edge in reversed(witness.path[:-1]):
                assert state is not None
                state = arrives(state, edge)
            assert state == witness.state


@given(cases())
def test_the_causes_begin_with_a_strongest_one_and_name_each_dependency_once(case: Case) -> None:
    seeds, edges = case
    found = propagate(seeds, by_target(edges))
    for node in found.nodes:
        causes, best = found.causes(node), found.strongest(node)
        assert (causes[0].state.level, causes[0].distance) == (best.state.level, best.distance)
        assert len({cause.path[0] for cause in causes}) == len(causes)


@given(cases(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_names_of_dependencies_change_a_level(case: Case, random: object) -> None:
    seeds, edges = case
    renamed = {edge.key: use(*_turned(edge), nth=99 - edge.key.nth) for edge in edges}
    shuffled = list(renamed.values())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    there = propagate(seeds, by_target(edges))
    here = propagate([Seed(renamed[seed.use.key], seed.level) for seed in reversed(seeds)], by_target(shuffled))
    assert {_other(node.id): _answer(there, node) for node in there.nodes} == {
        node.id: _answer(here, node) for node in here.nodes
    }


def _other(name: str) -> str:
    return f"m{9 - int(name[1:])}"


def _turned(edge: Use) -> tuple[str, ...]:
    words = ["soft" if edge.is_soft else "hard", "exposes" if edge.exposes else "absorbs"]
    return (_other(edge.source.id), _other(edge.target.id), *words)


def _answer(found: Propagation, node: Ref) -> tuple[Level, int]:
    witness = found.strongest(node)
    return witness.state.level, witness.distance


@given(cases())
def test_one_more_effect_never_weakens_another(case: Case) -> None:
    seeds, edges = case
    fewer, more = propagate(seeds[1:], by_target(edges)), propagate(seeds, by_target(edges))
    for node in fewer.nodes:
        assert more.strongest(node).state.level.reaches(fewer.strongest(node).state.level)


def test_there_are_at_most_ten_states_an_entity_however_many_ways_lead_there() -> None:
    edges = [
        use(f"n{layer}-{one}", f"n{layer - 1}-{other}", strength, exposes, nth=nth)
        for layer in range(1, 31)
        for one in range(3)
        for other in range(3)
        for nth, (strength, exposes) in enumerate([("hard", "exposes"), ("soft", "exposes"), ("hard", "absorbs")])
    ]
    seeds = [Seed(edge, each) for edge in edges if edge.target.id.startswith("n0-") for each in Level]
    found = propagate(seeds, by_target(edges))
    assert len(found.nodes) == 90
    assert all(len(found.states(node)) <= 10 for node in found.nodes)
