"""Who has to agree, to act, to be told, and who answers: everybody once, by the strongest of their duties."""

import fnmatch
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from impacts import compared
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.owners.codeowners import render, reviewers
from platctl.questions.owners.derive import owners_of, owners_of_change
from platctl.questions.owners.report import Duty, OwnedFile, OwnersReport

BASE = """
kind: component
id: identity
owner: team-id
versions: [{version: 2.4.0}, {version: 3.0.0}]
---
kind: component
id: lonely
---
kind: consumer
id: web
tier: 1
owner: team-web
product_manager: Hedy Lamarr
stakeholders: [{name: Rosalind, role: support}]
uses: [{component: identity, requires: "<3"}]
---
kind: consumer
id: desk
product_manager: Alan Kay
uses: [{component: identity, requires: ">=2"}]
---
kind: team
id: team-id
title: Identity
handle: "@acme/identity"
---
kind: team
id: team-web
lead: Grace
members: [Barbara]
"""
CONFIG = """
people: {hedy lamarr: "@hedy", Alan Kay: alan@acme.example}
policies: [{id: p, when: {level: breaks}, action: approve, by: [product-manager, owner, Officer]}]
"""


def of_change(head: str, config: str = CONFIG) -> OwnersReport:
    impact = compared(BASE, head, config=config)
    return owners_of_change(model(head, config=config), impact, impact.compared)


def duties(report: OwnersReport) -> dict[tuple[str, str], Duty]:
    return {(owner.name, owner.role): owner.duty for owner in report.owners}


def test_a_change_names_everybody_once_by_the_strongest_duty() -> None:
    found = of_change(BASE.replace("{version: 2.4.0}, ", ""))
    assert duties(found) == {
        ("Hedy Lamarr", "product manager"): Duty.APPROVE,
        ("Officer", "person"): Duty.APPROVE,
        ("team-web", "team"): Duty.APPROVE,
        ("Alan Kay", "product manager"): Duty.TELL,
        ("Rosalind", "support"): Duty.TELL,
        ("Identity", "team"): Duty.OWN,
    }
    assert [owner.handle for owner in found.owners] == [
        "@hedy",
        None,
        None,
        "alan@acme.example",
        None,
        "@acme/identity",
    ]
    hedy = found.owners[0]
    assert [(each.duty, each.subject.id) for each in hedy.reasons] == [
        (Duty.APPROVE, "web"),
        (Duty.ACT, "web"),
        (Duty.TELL, "web"),
    ]


def test_without_policies_those_who_break_have_to_act() -> None:
    found = of_change(BASE.replace("{version: 2.4.0}, ", ""), config="people: {}")
    assert duties(found)["Hedy Lamarr", "product manager"] is Duty.ACT
    assert duties(found)["team-web", "team"] is Duty.ACT


def all_of(plan: Model) -> OwnersReport:
    return owners_of(plan, frozenset(plan.entities), "all")


def test_a_selection_names_who_answers_and_what_nobody_answers_for() -> None:
    found = all_of(model(BASE, config=CONFIG))
    assert duties(found)["Alan Kay", "product manager"] is Duty.OWN
    assert duties(found)["Rosalind", "support"] is Duty.TELL
    assert [each.id for each in found.nobody] == ["lonely"]
    assert [each.name for each in found.unreachable] == ["Rosalind", "team-web"]


# What code hosts read -------------------------------------------------------------------------------------------


def report(*files: OwnedFile) -> OwnersReport:
    return OwnersReport("x", None, (), files, ())


def test_a_file_lists_all_who_own_something_in_it() -> None:
    text = render(all_of(model(BASE, "kind: component\nid: x\nowner: team-id\n", config=CONFIG)))
    assert text.splitlines()[1:] == [
        "/model-1.yaml @acme/identity @hedy alan@acme.example",
        "/model-2.yaml @acme/identity",
    ]


def test_a_file_with_components_of_several_teams_is_named_with_the_way_to_split_it() -> None:
    teams = "kind: team\nid: a\nhandle: '@o/a'\n---\nkind: team\nid: b\n---\n"
    both = "kind: component\nid: x\nowner: a\n---\nkind: component\nid: y\nowner: b\n---\n"
    found = all_of(model(teams, both, "kind: component\nid: z\nowner: a\n---\nkind: goal\nid: g\nowner: b\n"))
    assert [[team.id for team in file.shared] for file in found.files] == [[], ["a", "b"], []]
    assert render(found).splitlines()[-3:] == [
        "# Files with components of several teams, who are asked for every change of them: 1.",
        "# Move the components of each team to a separate file:",
        "#   model-2.yaml: a, b",
    ]


HOSTILE = [
    "a b.yaml",
    "a#b.yaml",
    "*.yaml",
    "a[1].yaml",
    "!x.yaml",
    "a\n* @evil",
    "a\t@evil.yaml",
    "\u202ea.yaml",
    "-x.yaml",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_owns_itself_or_is_left_out(path: str) -> None:
    text = render(report(OwnedFile(path, ("@a",)), OwnedFile("other.yaml", ("@b",))))
    rules = [line for line in text.splitlines() if not line.startswith("#")]
    for rule in rules:
        pattern, *owners = re.split(r"(?<!\\) ", rule)
        plain = pattern.replace("\\ ", " ").removeprefix("/")
        assert plain in (path, "other.yaml")
        assert fnmatch.fnmatchcase(path, plain) == (plain == path)
        assert owners in (["@a"], ["@b"])
    assert len(rules) == 2 or "# Omitted" in text


def test_reviewers_are_those_who_have_to_agree_or_act() -> None:
    found = of_change(BASE.replace("{version: 2.4.0}, ", ""))
    assert reviewers(found) == "hedy\n"
    assert reviewers(all_of(model(BASE, config=CONFIG))) == "hedy\nacme/identity\n", "an address is no reviewer"


@pytest.mark.parametrize("handle", ["@", "@a b", "@a\n* @b", "a", "@a/", "@-", "@" + "a" * 200, "a@b c"])
def test_what_is_no_handle_is_refused(handle: str) -> None:
    (finding,) = model("", config=f"people: {{Ada: {handle!r}}}").findings[-1:]
    assert "is not a handle" in finding.message


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["x", "y", None]), min_size=1))
def test_every_owner_of_what_is_selected_is_named(owners: dict[str, str | None]) -> None:
    plan = model(
        "---\n".join(
            f"kind: component\nid: {name}\n" + (f"owner: {owner}\n" if owner else "") for name, owner in owners.items()
        )
    )
    found = all_of(plan)
    assert {owner.name for owner in found.owners} == {owner for owner in owners.values() if owner}
    assert {each.ref for each in found.nobody} == {
        Ref("component", "default", name) for name, owner in owners.items() if not owner
    }
