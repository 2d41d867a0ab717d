"""What selectors name in a model: by name, by field, and along the edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.graph.graph import Graph
from platctl.graph.selection import STATES, Selection
from platctl.model.language.selector import SelectorError, parse_selector
from platctl.model.model import Model
from platctl.model.ref import Ref

PLATFORM = """
kind: component
id: identity
layer: platform
tags: [pci, Security]
owner: team-id
aliases: [auth]
interfaces: [{id: rest, version: 2.0.0}, {id: admin}]
---
kind: component
id: billing
layer: platform
type: service
lifecycle: deprecated
owner: team-pay
depends_on: [identity#rest]
---
kind: component
id: reports
namespace: data
layer: product
owner: data/team-data
depends_on: [default/billing]
---
kind: consumer
id: shop
tier: 1
owner: team-web
visibility: public
uses: [identity#admin, billing]
---
kind: consumer
id: desk
tier: 3
uses: [identity, data/reports]
---
kind: consumer
id: billing
uses: [data/reports]
---
kind: team
id: team-id
---
kind: goal
id: activation
due: 2027-Q2
---
kind: goal
id: signup
parent: activation
---
kind: initiative
id: cleanup
status: planned
period: 2027-Q1
goals: [signup]
---
kind: initiative
id: retire
status: idea
start: 2027-03-15
end: 2027-08-01
depends_on: [cleanup]
"""


def named(text: str, plan: Model | None = None, **settings: str) -> set[str]:
    """The names of what a selector names; the kind only where it is needed."""
    plan = plan or model(PLATFORM, "kind: team\nid: team-data\nnamespace: data\n")
    found = Selection(Graph(plan), None, settings).of(parse_selector(text))
    return {str(ref) if ref.id == "billing" else ref.name for ref in found}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("identity", "identity"),
        ("IDENTITY", "identity"),
        ("auth", "identity"),
        ("data/reports", "data/reports"),
        ("reports", "data/reports"),
        ("component:billing", "component:billing"),
        ("sh*", "shop"),
        ("consumer:*", "shop desk consumer:billing"),
        ("data/*", "data/reports data/team-data"),
        ("kind:consumer", "shop desk consumer:billing"),
        ("kind:g*", "activation signup"),
        ("tag:pci", "identity"),
        ("tag:security", "identity"),
        ("tag:nothing", ""),
        ("owner:team-id", "identity"),
        ("owner:team-data", "data/reports"),
        ("owner:data/team-data", "data/reports"),
        ("owner:team-*", "identity component:billing data/reports shop"),
        ("layer:platform", "identity component:billing"),
        ("lifecycle:deprecated", "component:billing"),
        ("type:service", "component:billing"),
        ("status:planned", "cleanup"),
        ("visibility:public", "shop"),
        ("tier:1", "shop"),
        ("tier:>=2", "desk"),
        ("tier:1..3", "shop desk"),
        ("goal:signup", "signup cleanup"),
        ("goal:activation", "activation signup cleanup"),
        ("goal:act*", "activation signup cleanup"),
        ("period:2027-Q1", "cleanup retire"),
        ("period:2027-Q2", "retire activation"),
        ("period:2027-Q3..2027-Q4", "retire"),
        ("period:<=2027-01-01", "cleanup"),
        ("period:2028", ""),
        ("path:model-2.yaml", "data/team-data"),
        ("path:./model-2.*", "data/team-data"),
        # Interfaces: who stands on the whole component uses each of them.
        ("identity#rest", "identity component:billing desk"),
        ("identity#admin", "identity shop desk"),
        ("identity#rest+1", "identity component:billing desk"),
        ("identity#rest+2", "identity component:billing desk shop data/reports"),
        ("identity#admin+", "identity shop desk"),
        ("identity#rest,kind:consumer", "desk"),
        # Along the edges.
        ("component:billing+", "component:billing data/reports shop desk consumer:billing"),
        ("component:billing+1", "component:billing data/reports shop"),
        ("component:billing+0", "component:billing"),
        ("+data/reports", "data/reports component:billing identity"),
        ("1+data/reports", "data/reports component:billing"),
        ("1+data/reports+1", "data/reports component:billing desk consumer:billing"),
        ("@data/reports", "data/reports desk consumer:billing component:billing identity"),
        ("+retire", "retire cleanup"),
        ("cleanup+", "cleanup retire"),
        ("tag:pci+,kind:consumer", "shop desk consumer:billing"),
        ("tag:pci+1,kind:component", "identity component:billing"),
        # Both.
        ("shop desk", "shop desk"),
        ("tier:1,kind:consumer", "shop"),
        ("tier:1,tier:3", ""),
        ("+shop,+consumer:billing", "component:billing identity"),
        ("selector:critical", "identity shop"),
        ("selector:both,kind:consumer", "shop desk"),
    ],
)
def test_a_selector_names(text: str, names: str) -> None:
    assert named(text, critical="tag:pci tier:1", both="selector:critical desk") == set(names.split())


@pytest.mark.parametrize(
    ("text", "column", "message", "help_"),
    [
        ("shop identty+", 6, "there is no entity `identty`", "did you mean `identity`?"),
        ("+consumer:shpo", 11, "there is no consumer `shpo`", "did you mean `shop`?"),
        ("consumer:identity", 10, "there is no consumer `identity`", ""),
        ("billing", 1, "`billing` is ambiguous", "`component:billing`, `consumer:billing`"),
        ("owner:team-idd", 7, "there is no owner `team-idd`", "did you mean `team-id`"),
        ("goal:activaton", 6, "there is no goal `activaton`", "did you mean `activation`"),
        ("kind:consmer", 6, "there is no kind `consmer`", "did you mean `consumer`"),
        ("layer:plattform", 7, "there is no layer `plattform`", "did you mean `platform`"),
        ("lifecycle:depreciated", 11, "there is no lifecycle", "did you mean `deprecated`"),
        ("status:plan", 8, "there is no status `plan`", "`planned`"),
        ("tier:one", 6, "`one` is not a number", "tier:<=2"),
        ("period:2027-Q9", 8, "`2027-Q9` is not a period: a year has 4 quarters", "period:2027-Q1"),
        ("period:2027-S27", 8, "`2027-S27` is not a period: 2027 has 26 sprints", "period:2027-Q1"),
        ("identity#rset", 1, "identity has no interface `rset`", "did you mean `rest`"),
        ("state:modified", 1, "needs a comparison of two states", "remove it here"),
        ("selector:critcal", 10, "platctl.yaml has no selector `critcal`", "did you mean `critical`"),
        ("selector:round", 10, "refers to itself: round → again → round", ""),
        ("selector:bad", 10, "in the selector `bad` of platctl.yaml, there is no entity `nobody`", ""),
        ("zzz", 1, "there is no entity `zzz`", "use one of "),
    ],
)
def test_what_does_not_exist_is_said_with_its_place(text: str, column: int, message: str, help_: str) -> None:
    with pytest.raises(SelectorError) as caught:
        named(text, critical="tier:1", round="selector:again", again="selector:round", bad="nobody+")
    assert message in str(caught.value)
    assert help_ in caught.value.help
    assert caught.value.offset + 1 == column


def test_a_state_that_does_not_exist_gets_the_nearest() -> None:
    states = dict.fromkeys(STATES, frozenset)
    with pytest.raises(SelectorError, match="there is no state `modifed`") as caught:
        Selection(Graph(model(PLATFORM)), states, {}).of(parse_selector("state:modifed+"))
    assert caught.value.help == "did you mean `modified`?"


def test_the_name_in_the_default_namespace_comes_first() -> None:
    plan = model("kind: component\nid: a\n---\nkind: component\nid: a\nnamespace: media\n")
    assert named("a", plan) == {"a"}
    twice = model("kind: component\nid: a\nnamespace: web\n---\nkind: component\nid: a\nnamespace: media\n")
    with pytest.raises(SelectorError, match="ambiguous"):
        named("a", twice)
    assert named("*/a", twice) == {"web/a", "media/a"}


def test_named_selectors_cannot_multiply() -> None:
    """Thirty selectors, each of which names the next one twice: two to the thirtieth if each were evaluated anew."""
    settings = {f"s{n}": f"selector:s{n + 1} selector:s{n + 1}" for n in range(30)} | {"s30": "shop"}
    assert named("selector:s0", **settings) == {"shop"}


HOSTILE = ["a*" * 200 + "b", "[" * 300, "[!" + "a-z" * 100, "(a+)*$", "..*..*..*", "?" * 61, "[]", "[z-a]"]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:9] for text in HOSTILE])
def test_hostile_patterns_name_nothing(text: str) -> None:
    plan = model("kind: component\nid: " + "a" * 60 + "\n")
    assert named(f"path:{text.replace('+', '')}", plan) == set()


@pytest.mark.parametrize("text", ["\x1b[31m*", "$(id)", "../../etc", "`x`", "a/b/c"])
def test_hostile_names_are_refused(text: str) -> None:
    with pytest.raises(SelectorError):
        named(f"{text}+ nobody")


NODES = "abcde"


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, set[str]]:
    """By component: what it depends on; cycles may be."""
    return {node: draw(st.sets(st.sampled_from(NODES), max_size=2)) for node in NODES}


def within(edges: dict[str, set[str]], start: str, steps: int) -> set[str]:
    found = {start}
    for _ in range(steps):
        found |= {target for node in found for target in edges[node]}
    return found


STEPS = st.sampled_from(["", "0", "1", "2", "3", None])


@given(graphs(), st.sampled_from(NODES), STEPS, STEPS)
def test_steps_count_edges(edges: dict[str, set[str]], node: str, up: str | None, down: str | None) -> None:
    text = (f"{up}+" if up is not None else "") + node + (f"+{down}" if down is not None else "")
    back = {each: {other for other in NODES if each in edges[other]} for each in NODES}
    above = within(edges, node, 0 if up is None else int(up or 99))
    below = within(back, node, 0 if down is None else int(down or 99))
    assert named(text, _plan(edges)) == above | below


@given(graphs(), st.sampled_from(NODES))
def test_an_at_sign_takes_what_its_dependents_stand_on(edges: dict[str, set[str]], node: str) -> None:
    back = {each: {other for other in NODES if each in edges[other]} for each in NODES}
    wanted = {other for each in within(back, node, 99) for other in within(edges, each, 99)}
    assert named(f"@{node}", _plan(edges)) == wanted


def _plan(edges: dict[str, set[str]]) -> Model:
    texts = [f"kind: component\nid: {node}\ndepends_on: [{', '.join(sorted(edges[node]))}]\n" for node in NODES]
    return model("---\n".join(texts))


def test_both_kinds_of_edges_are_followed_backwards_and_forwards() -> None:
    assert Ref("initiative", "default", "retire") in Selection(Graph(model(PLATFORM)), None, {}).of(
        parse_selector("+retire+")
    )
