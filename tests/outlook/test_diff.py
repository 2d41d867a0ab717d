"""The semantic difference of two models: what counts as a change, and what does not."""

import random
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import model, parsed
from platctl.model.entity.component import Dependency, Strength
from platctl.model.load import load
from platctl.model.ref import InterfaceRef, Ref, parse_interface_ref
from platctl.model.version import Range, Version
from platctl.outlook.difference import Added, Difference, Modified, Removed, Renamed, diff

IDENTITY = Ref("component", "default", "identity")
WEB = Ref("consumer", "default", "web")
BASE = """
kind: component
id: identity
title: Identity
tags: [login, core]
interfaces:
  - id: api
    type: http
    versions:
      - version: 2.4.0
        lifecycle: production
      - version: 1.9.0
        lifecycle: deprecated
        sunset: 2027-06-30
  - id: events
    version: "1.0"
depends_on:
  - component: storage
    requires: ">=1,<2"
  - mail
---
kind: component
id: storage
version: 1.10
---
kind: component
id: mail
---
kind: consumer
id: web
tier: 1
reach: {users: 100, revenue: 5}
uses: [identity#api, {component: storage, strength: soft}]
freezes: [{start: 2027-11-20, end: 2028-01-05, reason: holidays}]
---
kind: initiative
id: passkeys
title: Passkeys
status: planned
goals: [{goal: growth, contribution: 0.3}, security]
effort: {team-a: 3, team-b: {low: 1, likely: 2, high: 4}}
depends_on: [cleanup]
period: 2027-Q1
changes: [{component: identity#api, effect: addition, version: 2.5.0}]
---
kind: initiative
id: cleanup
title: Cleanup
---
kind: goal
id: growth
metrics: [{id: users, target: 5, values: {2027-01-01: 1, 2027-02-01: 2}}]
---
kind: goal
id: security
---
kind: team
id: team-a
capacity: {2027-Q1: 8, 2027-Q2: 9}
---
kind: decision
id: first-passkeys
chose: passkeys
over: [cleanup]
"""


def differences(before: str, after: str) -> tuple[Difference, ...]:
    return diff(model(before), model(after))


def changed(before: str, after: str, text: str = BASE) -> list[tuple[str, object, object]]:
    """What a replacement in the text changes: fields, with their values before and after."""
    assert before in text
    found = differences(text, text.replace(before, after))
    assert all(isinstance(each, Modified) for each in found), found
    return [(".".join(map(str, each.route)), each.before, each.after) for each in found if isinstance(each, Modified)]


# What means nothing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("title: Identity", "title:      Identity   # the login", id="whitespace and comments"),
        pytest.param("title: Identity", "title: 'Identity'", id="quotes"),
        pytest.param("title: Identity", "title: >-\n  Identity", id="block scalar"),
        pytest.param("version: 1.10", 'version: "1.10"', id="a version with quotes"),
        pytest.param('version: "1.0"', "version: 1.0", id="a version without quotes"),
        pytest.param("2.4.0", "'2.4.0'", id="a long version with quotes"),
        pytest.param("id: storage\nversion: 1.10", "version: 1.10\nid: storage", id="the order of keys"),
        pytest.param("tags: [login, core]", "tags: [core, login]", id="the order of tags"),
        pytest.param("tags: [login, core]", "tags:\n  - login\n  - core", id="flow and block"),
        pytest.param("  - mail", "  - component: mail", id="the short form of a dependency"),
        pytest.param("  - mail", "  - {component: mail, strength: hard, exposes: false}", id="a default in writing"),
        pytest.param("  - mail", "  - component:default/Mail", id="a reference in full and in upper case"),
        pytest.param("security]", "{goal: goal:security}]", id="the short form of a goal"),
        pytest.param("team-a: 3", "team-a: {likely: 3.0}", id="the short form of an effort"),
        pytest.param("id: mail", "id: Mail", id="an id in upper case"),
        pytest.param("id: mail", "id: mail\nnamespace: default", id="the default namespace in writing"),
        pytest.param("id: mail", "id: mail\ntags: []", id="an empty list"),
        pytest.param("id: mail", "id: mail\nvisibility: internal", id="a default of an entity in writing"),
        pytest.param("{users: 100, revenue: 5}", "{revenue: 5.0, users: 1.0e2}", id="the same numbers"),
        pytest.param("{2027-Q1: 8, 2027-Q2: 9}", "{2027-Q2: 9, 2027-Q1: 8}", id="the order of a team's periods"),
    ],
)
def test_what_does_not_change_the_meaning_is_no_difference(before: str, after: str) -> None:
    assert changed(before, after) == []


def test_the_order_of_interfaces_versions_and_dependencies_means_nothing() -> None:
    reordered = """
    kind: component
    id: identity
    title: Identity
    tags: [login, core]
    depends_on:
      - mail
      - {requires: ">=1,<2", component: storage}
    interfaces:
      - {version: "1.0", id: events}
      - id: api
        type: http
        versions:
          - {version: 1.9.0, lifecycle: deprecated, sunset: 2027-06-30}
          - {version: 2.4.0, lifecycle: production}
    """
    assert differences(BASE.split("---")[0], reordered) == ()


def test_neither_files_nor_the_order_of_documents_mean_anything() -> None:
    documents = BASE.split("---")
    one = model(BASE)
    apart = load([parsed(text, f"some/where/{number}.yaml") for number, text in enumerate(reversed(documents))])
    assert diff(one, apart) == diff(apart, one) == ()


@given(st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_shuffled_documents_and_fields_are_the_same_model(source: random.Random) -> None:
    texts = [_shuffled(dedent(text).strip(), source) for text in BASE.split("---")]
    source.shuffle(texts)
    cut = source.randrange(len(texts))
    assert diff(model(BASE), model("\n---\n".join(texts[:cut]), "\n---\n".join(texts[cut:]))) == ()


def _shuffled(document: str, source: random.Random) -> str:
    """The same document with its top-level fields in another order."""
    fields: list[str] = []
    for line in document.splitlines():
        if line.startswith((" ", "-")) and fields:
            fields[-1] += "\n" + line
        else:
            fields.append(line)
    source.shuffle(fields)
    return "\n".join(fields)


def test_settings_are_no_part_of_what_is_compared() -> None:
    assert diff(model(BASE), model(BASE, config="layers: [low, high]")) == ()


# What means something ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("title: Identity", "title: Login", ("title", "Identity", "Login"), id="text"),
        pytest.param("title: Identity\n", "", ("title", "Identity", None), id="a field removed"),
        pytest.param("id: mail", "id: mail\ntitle: Mail", ("title", None, "Mail"), id="a field added"),
        pytest.param("tier: 1", "tier: 2", ("tier", 1, 2), id="a number"),
        pytest.param("[login, core]", "[login, sso]", None, id="a tag replaced"),
        pytest.param("1.10", "1.11", ("version", Version("1.10"), Version("1.11")), id="a version"),
        pytest.param("1.10", "1.1", ("version", Version("1.10"), Version("1.1")), id="1.10 is not 1.1"),
        pytest.param("type: http", "type: grpc", ("interfaces.0.type", "http", "grpc"), id="inside an interface"),
        pytest.param(
            '">=1,<2"',
            '">=1"',
            ("depends_on.0.requires", Range(">=1,<2"), Range(">=1")),
            id="the range of a dependency",
        ),
        pytest.param(
            "strength: soft",
            "strength: hard",
            ("uses.1.strength", Strength.SOFT, Strength.HARD),
            id="the strength of one",
        ),
        pytest.param("users: 100", "users: 90", ("reach.users", 100.0, 90.0), id="inside a mapping"),
        pytest.param("contribution: 0.3", "contribution: 0.5", ("goals.0.contribution", 0.3, 0.5), id="a contribution"),
        pytest.param("team-a: 3", "team-a: 5", ("effort.team-a.likely", 3.0, 5.0), id="an effort"),
        pytest.param("high: 4", "high: 6", ("effort.team-b.high", 4.0, 6.0), id="the range of an effort"),
        pytest.param("2027-Q1: 8", "2027-Q1: 7", ("capacity.periods.2027-Q1", 8.0, 7.0), id="a capacity"),
        pytest.param("2027-02-01: 2}", "2027-02-01: 3}", ("metrics.0.values.2027-02-01", 2.0, 3.0), id="a measurement"),
    ],
)
def test_a_field_that_differs_is_named_with_both_values(
    before: str, after: str, expected: tuple[str, object, object] | None
) -> None:
    found = changed(before, after)
    if expected is None:
        assert found == [("tags.1", "core", None), ("tags.1", None, "sso")] or found == [
            ("tags.1", None, "sso"),
            ("tags.1", "core", None),
        ]
    else:
        assert found == [expected]


def test_a_version_that_comes_and_one_that_goes_are_two_changes() -> None:
    (gone, there) = sorted(changed("- version: 1.9.0", "- version: 1.9.1"), key=lambda each: each[1] is None)
    assert (gone[0], gone[2]) == ("interfaces.0.versions.1", None)
    assert (there[0], there[1]) == ("interfaces.0.versions.1", None)


def test_a_dependency_added_and_one_removed_are_known_by_what_they_stand_on() -> None:
    [(route, before, after)] = changed("  - mail\n", "  - mail\n  - queue\n")
    assert (route, before, after) == (
        "depends_on.2",
        None,
        Dependency(component=parse_interface_ref("queue")),
    )
    [(route, before, after)] = changed("  - mail\n", "")
    assert (route, after) == ("depends_on.1", None)
    assert isinstance(before, Dependency)
    assert before.component == InterfaceRef(Ref("component", "default", "mail"))


def test_a_field_of_the_users_own_is_compared_too() -> None:
    text = BASE.replace("id: mail", "id: mail\nx-cost: {eur: 5}")
    assert changed("id: mail", "id: mail\nx-cost: 5") == [("x-cost", None, 5)]
    assert changed("{eur: 5}", "{eur: 6}", text) == [("x-cost", {"eur": 5}, {"eur": 6})]


def test_entities_come_and_go() -> None:
    longer = BASE + "---\nkind: team\nid: team-z\n"
    assert differences(BASE, longer) == (Added(Ref("team", "default", "team-z")),)
    assert differences(longer, BASE) == (Removed(Ref("team", "default", "team-z")),)


def test_the_same_id_of_another_kind_or_namespace_is_another_entity() -> None:
    assert differences("{kind: team, id: a}", "{kind: goal, id: a}") == (
        Added(Ref("goal", "default", "a")),
        Removed(Ref("team", "default", "a")),
    )
    assert {type(each) for each in differences("{kind: team, id: a}", "{kind: team, id: a, namespace: b}")} == {
        Added,
        Removed,
    }


def test_differences_are_sorted_by_entity_and_field() -> None:
    after = BASE.replace("tier: 1", "tier: 2").replace("title: Passkeys", "title: Keys").replace("1.10", "1.11")
    found = differences(BASE, after)
    assert [each.ref.id for each in found] == ["storage", "web", "passkeys"]


# Renames ----------------------------------------------------------------------------------------------------

RENAMED = BASE.replace("id: identity\n", "id: accounts\naliases: [identity]\n")
ACCOUNTS = Ref("component", "default", "accounts")


def test_a_rename_with_an_alias_is_no_removal() -> None:
    assert differences(BASE, RENAMED) == (Renamed(ACCOUNTS, IDENTITY),)


def test_references_may_go_on_by_the_old_name_or_follow_to_the_new_one() -> None:
    assert differences(BASE, RENAMED.replace("identity#api", "accounts#api")) == (Renamed(ACCOUNTS, IDENTITY),)


def test_a_rename_without_an_alias_is_a_removal_and_an_addition() -> None:
    found = differences(BASE, BASE.replace("id: identity\n", "id: accounts\n"))
    assert [type(each) for each in found if not isinstance(each, Modified)] == [Added, Removed]


def test_what_changes_along_with_a_rename_is_told_too() -> None:
    renamed, title = differences(BASE, RENAMED.replace("title: Identity", "title: Accounts"))
    assert isinstance(renamed, Modified | Renamed)
    assert {type(renamed), type(title)} == {Modified, Renamed}


def test_an_alias_in_both_states_is_the_same_name() -> None:
    assert differences(RENAMED, RENAMED.replace("identity#api", "accounts#api")) == ()


def test_a_second_rename_that_keeps_the_aliases_is_followed() -> None:
    again = RENAMED.replace("id: accounts\naliases: [identity]", "id: people\naliases: [accounts, identity]")
    assert differences(RENAMED, again) == (Renamed(Ref("component", "default", "people"), ACCOUNTS),)
    assert differences(BASE, again) == (Renamed(Ref("component", "default", "people"), IDENTITY),)


def test_a_renamed_initiative_goal_or_team_takes_its_references_along() -> None:
    for old, new in (("growth", "scale"), ("cleanup", "tidy"), ("passkeys", "keys")):
        after = BASE.replace(f"id: {old}\n", f"id: {new}\naliases: [{old}]\n")
        assert [type(each) for each in differences(BASE, after)] == [Renamed]


def test_an_alias_of_a_name_that_is_still_in_use_renames_nobody() -> None:
    after = BASE + "---\nkind: component\nid: accounts\naliases: [identity]\n"
    assert differences(BASE, after) == (Added(ACCOUNTS),)


# Properties -------------------------------------------------------------------------------------------------

PARTS = [part.strip() for part in BASE.split("---")]
some_parts = st.lists(st.sampled_from(PARTS), unique=True, min_size=1)


@given(some_parts)
@settings(max_examples=2 * settings.default.max_examples // 3)
def test_a_model_differs_in_nothing_from_itself(parts: list[str]) -> None:
    text = "\n---\n".join(parts)
    assert differences(text, text) == ()


@given(some_parts, some_parts)
def test_what_one_direction_adds_the_other_removes(before: list[str], after: list[str]) -> None:
    one, other = model("\n---\n".join(before)), model("\n---\n".join(after))
    there, back = diff(one, other), diff(other, one)
    assert {each.ref for each in there if isinstance(each, Added)} == other.entities.keys() - one.entities.keys()
    assert {each.ref for each in there if isinstance(each, Added)} == {
        each.ref for each in back if isinstance(each, Removed)
    }
    assert len(there) == len(back)


EDITS = [
    ("title: Identity", "title: Login"),
    ("tier: 1", "tier: 2"),
    ("1.10", "1.11"),
    ("  - mail\n", ""),
    ("strength: soft", "exposes: true"),
    ("period: 2027-Q1", "period: 2027-Q2"),
    ('  - id: events\n    version: "1.0"\n', ""),
    ("over: [cleanup]", "over: []"),
]


@given(st.lists(st.sampled_from(EDITS), unique=True))
@settings(max_examples=2 * settings.default.max_examples // 3)
def test_the_way_back_says_the_same_with_before_and_after_exchanged(edits: list[tuple[str, str]]) -> None:
    after = BASE
    for old, new in edits:
        after = after.replace(old, new)

    def values(one: str, other: str, *, turned: bool) -> list[str]:
        found = [each for each in differences(one, other) if isinstance(each, Modified)]
        pairs = [
            (each.ref, each.after, each.before) if turned else (each.ref, each.before, each.after) for each in found
        ]
        return sorted(map(repr, pairs))

    there = values(BASE, after, turned=False)
    assert there == values(after, BASE, turned=True)
    assert bool(there) == bool(edits)
