"""What leads back to itself is said once, with the shortest way round."""

import pytest
from checking import found, messages


def component(name: str, *depends_on: str) -> str:
    return f"kind: component\nid: {name}\ndepends_on: [{', '.join(depends_on)}]\n"


def test_a_circle_is_said_once_with_each_step():
    (finding,) = found("dependency-cycle", component("c", "a"), component("a", "b"), component("b", "c"))
    assert finding.message == "3 components depend on each other: `a` → `b` → `c` → `a`"
    assert str(finding.span) == "model-2.yaml:3:14"
    assert [(str(each.span), each.text) for each in finding.related] == [
        ("model-3.yaml:3:14", "`b` depends on `c`"),
        ("model-1.yaml:3:14", "`c` depends on `a`"),
    ]


def test_a_component_that_depends_on_itself_is_a_circle():
    assert messages("dependency-cycle", component("a", "a")) == ["3: `a` depends on itself"]


def test_components_that_do_not_lead_back_are_fine():
    assert not found("dependency-cycle", component("a", "b", "c"), component("b", "c"), component("c"))


def test_a_circle_through_an_alias_is_one():
    aliased = "kind: component\nid: b\naliases: [old-b]\ndepends_on: [a]\n"
    assert messages("dependency-cycle", component("a", "old-b"), aliased) == [
        "3: 2 components depend on each other: `a` → `b` → `a`"
    ]


def test_of_several_circles_in_one_group_the_shortest_is_shown():
    texts = [component("a", "b"), component("b", "c"), component("c", "d"), component("d", "a", "c")]
    assert [each.message for each in found("dependency-cycle", *texts)] == [
        "2 components depend on each other: `c` → `d` → `c`"
    ]


def test_two_groups_are_two_findings():
    texts = [component("a", "b"), component("b", "a"), component("c", "d"), component("d", "c")]
    assert len(found("dependency-cycle", *texts)) == 2


def test_a_consumer_does_not_close_a_circle():
    consumer = "kind: consumer\nid: b\nuses: [a]\n"
    assert not found("dependency-cycle", component("a", "b"), consumer)


def test_a_circle_of_thousands_is_shown_in_part_and_counted():
    texts = "---\n".join(component(f"n{each}", f"n{(each + 1) % 5000}") for each in range(5000))
    (finding,) = found("dependency-cycle", texts)
    assert finding.message.startswith("5000 components depend on each other: `n0` → `n1` → ")
    assert finding.message.endswith(" → 4992 more → `n0`")
    assert len(finding.related) == 7


def test_initiatives_that_wait_for_each_other():
    one = "kind: initiative\nid: passkeys\ndepends_on: [login]\n"
    other = "kind: initiative\nid: login\ndepends_on: [passkeys]\n"
    (finding,) = found("initiative-cycle", one, other)
    assert finding.message == "2 initiatives wait for each other: `login` → `passkeys` → `login`"
    assert not found("initiative-cycle", one, other.replace("passkeys", "billing"))


def test_goals_that_are_part_of_each_other():
    one, other = "kind: goal\nid: trust\nparent: safety\n", "kind: goal\nid: safety\nparent: trust\n"
    (finding,) = found("goal-cycle", one, other)
    assert finding.message == "2 goals are part of each other: `safety` → `trust` → `safety`"
    assert messages("goal-cycle", "kind: goal\nid: trust\nparent: Trust\n") == ["3: `trust` is part of itself"]
    assert not found("goal-cycle", one, "kind: goal\nid: safety\n")


@pytest.mark.parametrize("kind", ["team", "domain"])
def test_teams_and_domains_that_are_part_of_each_other(kind: str):
    one, other = f"kind: {kind}\nid: one\nparent: other\n", f"kind: {kind}\nid: other\nparent: one\n"
    (finding,) = found(f"{kind}-cycle", one, other)
    assert finding.message == f"2 {kind}s are part of each other: `one` → `other` → `one`"
    assert finding.help == f"remove `parent` from the topmost {kind}"
    assert not found(f"{kind}-cycle", one, f"kind: {kind}\nid: other\n")


def test_what_is_below_a_circle_is_no_part_of_it():
    circle = "kind: team\nid: a\nparent: b\n---\nkind: team\nid: b\nparent: a\n---\nkind: team\nid: c\nparent: a\n"
    (finding,) = found("team-cycle", circle)
    assert finding.message == "2 teams are part of each other: `a` → `b` → `a`"


def test_initiatives_that_supersede_each_other():
    one = "kind: initiative\nid: passkeys\nsupersedes: [links, tokens]\n"
    other = "kind: initiative\nid: links\nsupersedes: [passkeys]\n"
    (finding,) = found("supersedes-cycle", one, other)
    assert finding.message == "2 initiatives supersede each other: `links` → `passkeys` → `links`"
    assert [each.text for each in finding.related] == ["`passkeys` supersedes `links`"]
    assert messages("supersedes-cycle", "kind: initiative\nid: a\nsupersedes: [a]\n") == ["3: `a` supersedes itself"]
    assert not found("supersedes-cycle", one, other.replace("[passkeys]", "[tokens]"))
