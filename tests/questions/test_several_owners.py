"""Several owners, users as owners, participants and nested teams: whom to ask, and what belongs to whom."""

import pytest

from builders import model
from impacts import asked, compared
from platctl.graph.graph import Graph
from platctl.graph.selection import Selection
from platctl.model.language.selector import parse_selector
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.questions.balance.division import BY_REF
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.questions.impact.reviewers import Handles
from platctl.questions.owners.derive import owners_of

ORGANISATION = """
{kind: team, id: platform, title: Platform group}
---
{kind: team, id: core, title: Core, parent: platform, lead: Ada, members: [Bo], handle: '@co/core'}
---
{kind: team, id: apps, title: Apps, lead: Cy}
---
{kind: user, id: kim, title: Kim, contact: kim@example.org, handle: '@kim'}
---
{kind: component, id: ledger, owner: core, co_owners: ['user:kim'], participants: [apps], version: 1.0.0}
---
{kind: consumer, id: shop, owner: 'user:kim', co_owners: [apps], participants: [platform],
 uses: [{component: ledger, requires: '<2'}]}
---
{kind: initiative, id: next, title: Ledger 2, owner: core, end: 2027-02-01,
 changes: [{component: ledger, effect: removal, version: '<2'}]}
"""


def names(report: object) -> list[str]:
    return sorted(each.name for each in report)  # type: ignore[attr-defined]


def test_all_owners_are_asked_and_participants_are_told() -> None:
    (verdict,) = asked(ORGANISATION, "next").verdicts
    assert [(each.name, each.role) for each in verdict.contacts] == [("Kim", "person"), ("Apps", "team")]
    told = {each.contact.name: [subject.id for subject in each.because] for each in asked(ORGANISATION, "next").told}
    assert told == {"Kim": ["shop"], "Apps": ["shop"], "Platform group": ["shop"]}


def test_owners_lists_everyone_with_their_handles() -> None:
    found = model(ORGANISATION)
    report = owners_of(found, frozenset({Ref("component", "default", "ledger")}), "ledger")
    assert {(each.name, each.handle, each.duty.value) for each in report.owners} == {
        ("Core", "@co/core", "own"),
        ("Kim", "@kim", "own"),
        ("Apps", None, "tell"),
    }


def selected(found: Model, text: str) -> set[str]:
    return {each.id for each in Selection(Graph(found), None, {}).of(parse_selector(text))}


def test_what_a_team_owns_is_what_its_parts_own_too() -> None:
    found = model(ORGANISATION)
    assert selected(found, "owner:core") == {"ledger", "next"}
    assert selected(found, "owner:platform") == {"ledger", "next"}
    assert selected(found, "owner:kim") == {"ledger", "shop"}
    assert selected(found, "owner:apps") == {"shop"}


POLICY = """
policies:
  - {id: ask, when: {level: breaks}, action: approve, by: [owner]}
"""


def test_any_person_of_any_owner_may_approve() -> None:
    (verdict,) = compared(
        ORGANISATION, ORGANISATION.replace("version: 1.0.0", "version: 2.0.0"), config=POLICY
    ).verdicts
    (approval,) = verdict.approvals
    assert set(approval.of) == {"Kim", "Cy"}


def test_someone_else_among_the_owners_is_enough() -> None:
    text = ORGANISATION.replace("owner: core, co_owners", "co_owners")
    assert [each.rule for each in _findings(text) if each.rule == "missing-owner"] == []
    alone = text.replace("co_owners: ['user:kim'], ", "")
    assert [each.rule for each in _findings(alone) if each.rule == "missing-owner"] == ["missing-owner"]


def _findings(text: str) -> list[object]:
    from platctl.outlook.timeline import Timeline
    from platctl.rules.context import Context
    from platctl.rules.ownership import missing_owner

    found = model(text)
    assert missing_owner.check
    return list(missing_owner.check(Context(found, Graph(found), Timeline(found, None))))


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("owner: 'component:ledger'", "`component:ledger` is a component, but this field needs a team or a user"),
        ("co_owners: ['goal:x']", "`goal:x` is a goal, but this field needs a team or a user"),
    ],
)
def test_only_teams_and_users_own(field: str, problem: str) -> None:
    (found,) = (each for each in model(f"kind: component\nid: a\n{field}\n").findings if each.rule == "wrong-kind")
    assert found.message == problem


def test_teams_that_contain_each_other_end() -> None:
    found = model(ORGANISATION.replace("title: Platform group}", "title: Platform group, parent: core}"))
    assert selected(found, "owner:platform") == selected(found, "owner:core") == {"ledger", "next"}


def test_balance_divides_by_systems_and_domains() -> None:
    assert {each.value for each in BY_REF} >= {"system", "domain"}


TRUSTED = """
{kind: team, id: t1, title: T1<lead>}
---
{kind: user, id: kim, title: Kim, handle: '@kim'}
---
{kind: team, id: t2, title: T2, handle: '@co/t2'}
---
{kind: component, id: c, version: <version>}
---
{kind: consumer, id: s, owner: t1<more>, uses: [{component: c, requires: '<2'}]}
"""


def reviewed(handle: str, *, lead: str = "", more: str = "") -> bool:
    """Whether a review by this handle approves that version 1 goes; only head names the lead."""
    was = TRUSTED.replace("<more>", more).replace("<version>", "1.0.0")
    base = model(was.replace("<lead>", ""), config=POLICY + "people: {Mallory: '@mal'}\n")
    head = model(was.replace("<lead>", lead).replace("version: 1.0.0", "version: 2.0.0"), config=POLICY)
    reviewers = tuple(Handles(base).reviewers([handle], None))
    options = ImpactOptions(settings=base.config, reviewers=reviewers)
    (verdict,) = impact(base, head, Compared("head", "base"), options).verdicts
    return all(each.is_given for each in verdict.approvals)


def test_a_change_can_not_appoint_who_approves_it() -> None:
    assert not reviewed("mal", lead=", lead: Mallory")


def test_each_owner_may_approve_by_review() -> None:
    more = ", co_owners: ['user:kim', t2]"
    assert reviewed("kim", more=more)
    assert reviewed("co/t2", more=more)
    assert not reviewed("kim")


def test_an_owner_who_takes_part_is_an_owner() -> None:
    found = model("{kind: team, id: t}\n---\n{kind: component, id: c, owner: t, participants: [t]}\n")
    report = owners_of(found, frozenset({Ref("component", "default", "c")}), "c")
    assert [(each.name, each.duty.value) for each in report.owners] == [("t", "own")]
