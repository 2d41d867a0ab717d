"""Which entity a reference names, and what to use if there is none."""

import pytest
from checking import found, messages

from builders import model

IDENTITY = """
    kind: component
    id: identity
    interfaces:
      - {id: rest, version: 2.4.0}
      - {id: events, version: 1.0.0}
"""


def helps(id_: str, *texts: str) -> list[str]:
    return [each.help for each in found(id_, *texts)]


def uses(what: str, namespace: str = "default") -> str:
    return f"""
        kind: consumer
        id: shop
        namespace: {namespace}
        uses: ["{what}"]
    """


# unknown-reference


def test_a_typo_is_told_with_the_names_that_are_near():
    assert messages("unknown-reference", IDENTITY, uses("identty")) == ["4: component `identty` does not exist"]
    assert helps("unknown-reference", IDENTITY, uses("identty")) == ["did you mean `identity`?"]


def test_a_reference_that_resolves_in_any_case_or_by_an_alias_is_fine():
    renamed = "kind: component\nid: identity\naliases: [login, Auth]"
    for name in ("identity", "IDENTITY", "component:default/identity", "login", "auth"):
        assert not found("unknown-reference", renamed, uses(name))


def test_an_initiative_on_a_ballot_is_a_reference_with_its_place():
    ballot = "kind: ballot\nid: ada\nby: Ada\nvotes:\n  paskeys: {joy: 1}\n  initiative:Passkeys: {joy: 2}"
    work = "kind: initiative\nid: passkeys"
    (finding,) = found("unknown-reference", work, ballot)
    assert (finding.message, finding.help) == ("initiative `paskeys` does not exist", "did you mean `passkeys`?")
    assert str(finding.span) == "model-2.yaml:5:3"
    assert messages("reference-case", work, ballot) == [
        "6: `initiative:Passkeys` is spelled `initiative:passkeys` where it is defined"
    ]


def test_a_ballot_is_for_initiatives_alone():
    for key in ("team:red", "a b"):
        (finding,) = model(f"kind: ballot\nid: ada\nby: Ada\nvotes:\n  {key}: {{joy: 1}}").findings
        assert finding.message.startswith(f"`{key}` is ")


def test_an_entity_of_another_namespace_is_named_with_it():
    (finding,) = found("unknown-reference", "kind: component\nid: identity\nnamespace: media", uses("identity"))
    assert finding.help == "it exists in namespace `media`: use `media/identity`"
    assert [str(label.span) for label in finding.related] == ["model-1.yaml:2:5"]


def test_from_inside_a_namespace_the_default_one_has_to_be_written():
    (finding,) = found("unknown-reference", IDENTITY, uses("identity", "media"))
    assert finding.message == "component `media/identity` does not exist"
    assert finding.help == "it exists in namespace `default`: use `default/identity`"


def test_a_near_name_of_another_namespace_is_suggested_with_it():
    (finding,) = found("unknown-reference", "kind: component\nid: Identity\nnamespace: media", uses("identty"))
    assert finding.help == "did you mean `media/Identity`?"


def test_a_name_of_another_kind_is_recognised():
    (finding,) = found("unknown-reference", "kind: team\nid: identity", uses("identity"))
    assert finding.help == (
        "`identity` is a team, but this field needs a component; "
        "name a component that exists, or add a document with `kind: component` and `id: identity`"
    )
    assert finding.related[0].text == "this team has that id"


def test_without_anything_near_the_help_says_how_to_define_it():
    (finding,) = found("unknown-reference", "kind: component\nid: identity\nowner: people")
    assert finding.help == "name a team that exists, or add a document with `kind: team` and `id: people`"


def test_every_field_that_refers_is_checked_at_its_place():
    text = """
        kind: initiative
        id: passkeys
        owner: a-team
        requested_by: [b-shop]
        for: c-shop
        goals:
          - d-goal
          - {goal: e-goal, contribution: 2}
        depends_on: [f-work]
        changes:
          - {component: g-part, effect: internal}
        approvals:
          - {consumer: h-shop, by: Lena Vogel}
        effort:
          i-team: 3
    """
    assert messages("unknown-reference", text) == [
        "3: team `a-team` does not exist",
        "4: consumer `b-shop` does not exist",
        "5: consumer `c-shop` does not exist",
        "7: goal `d-goal` does not exist",
        "8: goal `e-goal` does not exist",
        "9: initiative `f-work` does not exist",
        "11: component `g-part` does not exist",
        "13: consumer `h-shop` does not exist",
        "15: team `i-team` does not exist",
    ]


def test_what_a_broken_file_may_define_is_not_said_to_be_missing():
    broken = "kind: component\nid: [identity"
    assert not found("unknown-reference", broken, uses("identity"))
    assert messages("unknown-reference", broken, uses("billing")) == ["4: component `billing` does not exist"]


def test_what_could_not_be_read_for_its_fields_is_not_said_to_be_missing():
    for unread in ("kind: componnent\nid: identity", "kind: component\nid: login\naliases: [identity, 3]"):
        assert not found("unknown-reference", unread, uses("identity"))


def test_a_thousand_typos_among_thousands_of_names_are_all_told():
    components = "---\n".join(f"kind: component\nid: service-{number}\n" for number in range(5000))
    wrong = "\n".join(f"  - servce-{number}" for number in range(1500))
    findings = found("unknown-reference", components, f"kind: consumer\nid: shop\nuses:\n{wrong}\n")
    assert len(findings) == 1500
    assert findings[7].help.startswith("did you mean `service-7`")


# unknown-interface


def test_an_interface_that_is_not_listed_is_told_with_the_nearest():
    (finding,) = found("unknown-interface", IDENTITY, uses("identity#rset"))
    assert finding.message == "`identity` has no interface `rset`"
    assert finding.help == "did you mean `identity#rest`?"


def test_without_a_near_one_all_interfaces_are_named():
    assert helps("unknown-interface", IDENTITY, uses("identity#grpc")) == ["use `identity#rest` or `identity#events`"]


def test_a_component_without_interfaces_is_used_as_a_whole():
    assert helps("unknown-interface", "kind: component\nid: identity", uses("identity#rest")) == [
        "it has no interfaces: use `identity`"
    ]


def test_an_interface_resolves_in_any_case_and_through_an_alias():
    assert not found("unknown-interface", IDENTITY, uses("identity#REST"))
    assert not found("unknown-interface", IDENTITY + "    aliases: [login]", uses("login#rest"))


def test_an_interface_that_could_not_be_read_may_be_the_one():
    broken = "kind: component\nid: identity\ninterfaces:\n  - {id: rest!, version: 2.4.0}"
    assert not found("unknown-interface", broken, uses("identity#rest"))


def test_the_interface_of_an_unknown_component_is_not_reported_twice():
    assert not found("unknown-interface", uses("identity#rest"))


# reference-case


def test_another_spelling_holds_but_is_told():
    (finding,) = found("reference-case", IDENTITY, uses("Component:Default/Identity#REST"))
    assert finding.message == (
        "`Component:Default/Identity#REST` is spelled `component:default/identity#rest` where it is defined"
    )
    assert finding.help == "use `component:default/identity#rest`"


def test_the_spelling_of_the_id_is_the_right_one_even_in_capitals():
    assert not found("reference-case", "kind: component\nid: Identity", uses("Identity"))
    assert helps("reference-case", "kind: component\nid: Identity", uses("identity")) == ["use `Identity`"]


def test_an_alias_keeps_its_own_spelling():
    assert not found("reference-case", "kind: component\nid: identity\naliases: [Login]", uses("Login"))
    assert helps("reference-case", "kind: component\nid: identity\naliases: [Login]", uses("login")) == ["use `Login`"]


def test_spelling_is_checked_in_long_forms_and_in_keys():
    text = """
        kind: team
        id: Core
        ---
        kind: goal
        id: trust
        ---
        kind: initiative
        id: passkeys
        owner: Core
        goals: [{goal: TRUST}]
        effort: {core: 3}
    """
    assert [each.split(":")[0] for each in messages("reference-case", text)] == ["10", "11"]


def test_spelling_is_checked_behind_items_that_could_not_be_read():
    text = IDENTITY + "    ---\n    kind: consumer\n    id: shop\n    uses: [{requires: 3}, Identity]\n"
    (finding,) = found("reference-case", text)
    assert (finding.span.line, finding.span.column) == (9, 23)


# duplicate-id, by alias


def test_an_alias_that_is_the_id_of_another_is_reported_with_both_places():
    (finding,) = found("duplicate-id", IDENTITY, "kind: component\nid: login\naliases: [Identity]")
    assert finding.message == "alias `Identity` of component `login` is already the name of another component"
    assert str(finding.span) == "model-2.yaml:3:11"
    assert str(finding.related[0].span) == "model-1.yaml:2:5"


def test_an_alias_of_two_is_reported_once():
    one, other = (f"kind: component\nid: {name}\naliases: [auth]" for name in ("identity", "login"))
    (finding,) = found("duplicate-id", one, other)
    assert finding.related[0].text == "first used as an alias here"


def test_the_same_name_in_another_kind_or_namespace_is_fine():
    aliased = "kind: component\nid: login\naliases: [identity]"
    assert not found("duplicate-id", "kind: team\nid: identity", aliased)
    assert not found("duplicate-id", "kind: component\nid: identity\nnamespace: media", aliased)


def test_an_alias_that_is_its_own_id_harms_nobody():
    assert not found("duplicate-id", "kind: component\nid: identity\naliases: [Identity, identity]")


# repeated-entry


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("kind: consumer\nid: shop\nuses:\n- identity\n- Identity", "5:3", "`uses` lists `identity` twice"),
        ("kind: consumer\nid: shop\nuses:\n- identity\n- sign-in", "5:3", "`uses` lists `identity` twice"),
        (
            "kind: component\nid: b\ndepends_on:\n- {component: 'identity#rest', requires: '<2'}\n- identity#rest",
            "5:3",
            "`depends_on` lists `identity#rest` twice",
        ),
        (
            "kind: consumer\nid: s\nuses: [{component: a, requires: '>=1,<2'}, {component: a, requires: '>=1, <2'}]",
            "3:56",
            "`uses` lists `a` twice",
        ),
        ("kind: initiative\nid: b\ndepends_on: [c, d, c]", "3:20", "`depends_on` lists `c` twice"),
        ("kind: initiative\nid: b\ngoals: [g, {goal: g}]", "3:19", "`goals` lists `g` twice"),
        ("kind: initiative\nid: b\nrequested_by: [s, consumer:s]", "3:19", "`requested_by` lists `s` twice"),
        ("kind: decision\nid: b\nover: [c, c]", "3:11", "`over` lists `c` twice"),
        (
            "kind: component\nid: b\nversions: [{version: 1}, {version: 1}]",
            "3:36",
            "`versions` lists version `1` twice",
        ),
        ("kind: component\nid: b\nversion: 1\nversions: [{version: 1}]", "4:22", "`versions` lists version `1` twice"),
        (
            "kind: component\nid: b\ninterfaces: [{id: rest}, {id: REST}]",
            "3:31",
            "`interfaces` lists interface `REST` twice",
        ),
        ("kind: goal\nid: b\nmetrics: [{id: m}, {id: m}]", "3:25", "`metrics` lists metric `m` twice"),
    ],
)
def test_an_entry_that_a_list_has_twice_is_told_with_the_first(text: str, place: str, what: str):
    (finding,) = found("repeated-entry", text, IDENTITY + "    aliases: [sign-in]")
    assert finding.message == what
    assert str(finding.span) == f"model-1.yaml:{place}"
    assert [label.text for label in finding.related] == ["first listed here"]


@pytest.mark.parametrize(
    "text",
    [
        "kind: consumer\nid: shop\nuses: [identity, 'identity#rest', 'identity#events']",
        "kind: consumer\nid: shop\nuses: [identity, media/identity]",
        "kind: consumer\nid: shop\nuses: [{component: a, requires: '<2'}, {component: a, requires: '>=2'}]",
        "kind: initiative\nid: b\nchanges: [{component: a, effect: change}, {component: a, effect: removal}]",
        "kind: initiative\nid: b\napprovals: [{consumer: s, by: A}, {consumer: s, by: B}]",
        "kind: component\nid: b\ninterfaces: [{id: x, version: 1}, {id: y, version: 1}]",
    ],
)
def test_what_only_looks_like_a_repetition_is_none(text: str):
    assert not found("repeated-entry", text)
