"""Policies that can't do what they say, and approvals of what is no longer so."""

import pytest
from checking import found

from builders import model
from platctl.model.approval_digest import digest
from platctl.model.ref import Ref

IDENTITY = """
kind: component
id: identity
version: 2.4.0
---
kind: consumer
id: shop
---
kind: initiative
id: cleanup
title: Clean up
proposed_by: Ada
changes: [{component: identity, effect: removal}]
"""


@pytest.mark.parametrize(
    ("config", "message", "place"),
    [
        (
            "policies:\n  - {id: a, action: forbid}\n  - {id: A, action: tell}\n",
            "two policies have the id `A`",
            "platctl.yaml:3:10",
        ),
        (
            "policies:\n  - id: a\n    action: forbid\n    when: {layer: plattform}\n",
            "there is no layer `plattform`",
            "platctl.yaml:4:19",
        ),
        (
            "policies:\n  - id: a\n    action: forbid\n    by: owner\n",
            "policy `a` has `by`, but its action is `forbid`, not `approve`",
            "platctl.yaml:4:5",
        ),
    ],
)
def test_a_policy_that_cannot_work_is_an_error(config: str, message: str, place: str) -> None:
    (finding,) = found("invalid-policy", IDENTITY, config=config)
    assert (finding.message, str(finding.span)) == (message, place)
    assert finding.help


def test_a_policy_without_an_id_is_told_what_to_add() -> None:
    (finding,) = model(IDENTITY, config="policies: [{action: tell}]\n").findings
    assert (finding.message, finding.help) == ("`id` is missing in `policies[1]`", "add `id:`")


def test_policies_that_can_work_are_fine() -> None:
    config = """
    layers: [core, apps]
    policies:
      - {id: a, when: {layer: Core, tier: 2, effect: removal}, action: approve, by: owner}
      - {id: b, when: {effect: [removal, breaking], notice_days: 30}, action: forbid}
    """
    assert found("invalid-policy", IDENTITY, config=config) == []


@pytest.mark.parametrize(
    ("config", "message", "place"),
    [
        ('selectors: {a: "identty+"}', "there is no entity `identty`", "platctl.yaml:1:16"),
        ("selectors: {a: selector:b, b: selector:a}", "refers to itself", "platctl.yaml:1:16"),
        (
            "policies: [{id: p, action: forbid, when: {consumers: owner:team-x}}]",
            "there is no owner `team-x`",
            "platctl.yaml:1:54",
        ),
    ],
)
def test_a_selector_of_the_settings_that_names_nothing_is_an_error(config: str, message: str, place: str) -> None:
    finding, *_ = found("unknown-selection", IDENTITY, config=config)
    assert message in finding.message
    assert str(finding.span) == place


def test_selectors_of_the_settings_may_ask_for_states_and_for_what_nothing_has_yet() -> None:
    config = """
    selectors: {a: "state:new+,tag:pci identity+", b: "selector:a,kind:consumer"}
    policies: [{id: p, action: forbid, when: {components: selector:b}}]
    """
    assert found("unknown-selection", IDENTITY, config=config) == []


def test_an_approval_holds_as_long_as_what_was_approved() -> None:
    plain = model(IDENTITY)
    mark = digest(plain, plain.initiatives[Ref("initiative", "default", "cleanup")])
    approved = IDENTITY + f'approvals: [{{consumer: shop, by: Ada, digest: "{mark}"}}]\n'
    assert found("lapsed-approval", approved) == []
    assert found("unbound-approval", approved) == []
    (finding,) = found("lapsed-approval", approved.replace("effect: removal", "effect: breaking"))
    assert "has changed since" in finding.message
    assert "platctl approve cleanup --for shop" in finding.help


@pytest.mark.parametrize("status", ["done", "dropped", "parked"])
def test_approvals_of_what_is_over_need_no_digest(status: str) -> None:
    approved = IDENTITY + "approvals: [{consumer: shop, by: Ada}]\n"
    assert len(found("unbound-approval", approved)) == 1
    assert found("unbound-approval", approved + f"status: {status}\nowner: t\nend: 2026-01-01\n") == []
