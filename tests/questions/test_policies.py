"""What policies make of an effect: whose yes it needs, what is forbidden, what is only said."""

import pytest

from builders import model
from impacts import asked, compared, verdict
from platctl.finding import Severity
from platctl.model.approval_digest import digest
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.questions.impact.comment import page
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.questions.impact.report import ApprovalSource, ApprovalState, ApprovalStatus, Failure, ImpactReport
from platctl.render.page.markdown import render

BASE = """
kind: component
id: identity
layer: platform
tags: [security]
owner: team-id
interfaces:
  - {id: api, versions: [{version: 2.4.0}]}
---
kind: component
id: billing
layer: platform
owner: team-id
version: 1.0.0
---
kind: team
id: team-id
lead: Ada
members: [Ada, Alan]
---
kind: team
id: team-web
lead: Grace
members: [Barbara]
---
kind: consumer
id: web
tier: 1
owner: team-web
product_manager: Hedy Lamarr
visibility: public
freezes: [{start: 2027-06-01, end: 2027-06-30}]
uses: [{component: identity#api, requires: ">=2,<3"}]
---
kind: consumer
id: shop
tier: 3
uses: [{component: identity#api, requires: ">=2,<3"}]
"""


def planned(change: str = 'effect: removal, version: "<3"', *, end: str = "2027-09-30", approvals: str = "") -> str:
    return f"""---
kind: initiative
id: cleanup
status: planned
end: {end}
changes: [{{component: identity#api, {change}}}]
{f"approvals: [{approvals}]" if approvals else ""}
"""


def policy(when: str, action: str = "forbid", more: str = "") -> str:
    """The settings of a team that trusts its files, so that a test about the policy needs no more than a file."""
    return f"policies: [{{id: p, when: {{{when}}}, action: {action}{more}}}]\napprovals: {{trust: file}}"


def yes(
    by: str, change: str = 'effect: removal, version: "<3"', *, end: str = "2027-09-30", consumer: str = "web"
) -> str:
    """An approval of what is planned."""
    found = model(BASE + planned(change, end=end))
    mark = digest(found, found.initiatives[Ref("initiative", "default", "cleanup")])
    return f"{{consumer: {consumer}, by: {by}, digest: '{mark}'}}"


def hit(report: ImpactReport) -> dict[str, str | None]:
    """By consumer: why it fails."""
    return {each.consumer.id: each.fails.value if each.fails else None for each in report.verdicts}


def forbidden(when: str, *, end: str = "2027-09-30", today: str = "2026-11-23", change: str = "") -> set[str]:
    """The consumers whose effect a policy forbids."""
    after = BASE + (planned(change, end=end) if change else planned(end=end))
    report = compared(BASE, after, config=policy(when), today=today)
    return {each.consumer.id for each in report.verdicts if each.forbidden}


# When a policy applies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "consumers"),
    [
        ("", {"web", "shop"}),
        ("level: breaks", {"web", "shop"}),
        ("tier: 1", {"web"}),
        ("tier: 3", {"web", "shop"}),
        ("visibility: public", {"web"}),
        ("layer: platform", {"web", "shop"}),
        ("layer: product", set()),
        ("effect: removal", {"web", "shop"}),
        ("effect: [breaking, addition]", set()),
        ("notice_days: 311", set()),
        ("notice_days: 312", {"web", "shop"}),
        ("in_freeze: true", set()),
        ("consumers: 'tier:1'", {"web"}),
        ("consumers: 'owner:team-web shop'", {"web", "shop"}),
        ("components: 'tag:security'", {"web", "shop"}),
        ("components: 'billing'", set()),
        ("tier: 1, layer: product", set()),
    ],
)
def test_a_policy_applies_where_all_its_conditions_hold(when: str, consumers: set[str]) -> None:
    assert forbidden(when) == consumers


def test_a_freeze_counts_for_the_consumer_that_has_it() -> None:
    assert forbidden("in_freeze: true", end="2027-06-15") == {"web"}


def test_what_happens_at_once_happens_today() -> None:
    edited = BASE.replace("2.4.0", "3.0.0")
    config = policy("in_freeze: true")
    for today, found in (("2027-06-30", True), ("2027-07-01", False)):
        report = compared(BASE, edited, config=config, today=today)
        assert bool(verdict(report, "web").forbidden) is found
    short = compared(BASE, edited, config=policy("notice_days: 1"), today="2027-06-30")
    assert hit(short) == {"web": "forbidden", "shop": "forbidden"}


def test_where_nobody_knows_the_day_no_notice_is_long_enough() -> None:
    report = compared(BASE, BASE + planned(), config=policy("notice_days: 1"))
    assert hit(report) == {"web": "forbidden", "shop": "forbidden"}


def test_the_notice_of_a_deprecation_ends_with_its_sunset() -> None:
    deprecation = 'effect: deprecation, version: "<3", sunset: 2027-12-31'
    assert forbidden("notice_days: 403", end="2026-12-01", change=deprecation) == set()
    assert forbidden("notice_days: 404", end="2026-12-01", change=deprecation) == {"web", "shop"}


def test_a_change_cannot_move_a_consumer_out_of_reach() -> None:
    demoted = BASE.replace("tier: 1", "tier: 3").replace("visibility: public", "visibility: internal")
    for when in ("tier: 1", "visibility: public", "consumers: 'tier:1'"):
        report = compared(BASE, demoted + planned(), config=policy(when))
        assert hit(report)["web"] == "forbidden", when
    thawed = BASE.replace("freezes: [{start: 2027-06-01, end: 2027-06-30}]", "")
    assert (
        hit(compared(BASE, thawed + planned(end="2027-06-15"), config=policy("in_freeze: true")))["web"] == "forbidden"
    )


def test_gains_can_be_told_but_need_nobody_s_yes() -> None:
    more = BASE.replace("2.4.0}", "2.4.0}, {version: 2.5.0}")
    for action in ("approve", "forbid"):
        assert hit(compared(BASE, more, config=policy("level: informed", action))) == {"web": None, "shop": None}
    report = compared(BASE, more, config=policy("level: informed, tier: 1", "tell", ", title: Tell the press"))
    assert [(each.rule, each.severity) for each in report.findings] == [("policy-note", Severity.INFO)]
    assert report.findings[0].message.endswith(": Tell the press")


def test_a_policy_sees_every_cause_and_not_the_strongest_alone() -> None:
    uses = 'uses: [{component: identity#api, requires: ">=2,<3"}'
    both = BASE.replace(uses, uses + ', {component: billing, requires: ">=1,<2"}')
    after = both.replace("2.4.0", "3.0.0").replace("version: 1.0.0", "version: 2.0.0")
    assert verdict(compared(both, after), "web").cause.subject == "billing"
    report = compared(both, after, config=policy("components: identity"))
    assert hit(report) == {"web": "forbidden", "shop": "forbidden"}


def test_a_policy_on_an_effect_sees_it_behind_a_stronger_one_on_the_same_way() -> None:
    hub = "---\nkind: component\nid: hub\ndepends_on: [{component: identity#api, exposes: true}, {component: billing, "
    base = (
        BASE.replace("uses: [{component: identity#api", "uses: [hub, {component: identity#api", 1)
        + hub
        + "exposes: true}]\n"
    )
    after = base.replace("2.4.0", "3.0.0").replace("version: 1.0.0", "version: 1.0.0\nlifecycle: deprecated")
    for effect, found in (
        ("deprecation", {"web": "forbidden", "shop": "level"}),
        ("addition", {"web": "level", "shop": "level"}),
    ):
        assert hit(compared(base, after, config=policy(f"effect: {effect}"))) == found


# Whose yes --------------------------------------------------------------------------------------------------


def approved(text: str, by: str = "", when: str = "tier: 1") -> ImpactReport:
    """The report where an initiative holds these approvals."""
    config = policy(when, "approve", f", by: {by}" if by else "")
    return compared(BASE, BASE + planned(approvals=text), config=config)


def state(report: ImpactReport, consumer: str = "web") -> ApprovalState:
    (approval,) = verdict(report, consumer).approvals
    return approval.state


def test_a_missing_approval_fails_and_says_how_to_write_it_down() -> None:
    report = approved("")
    assert state(report) is ApprovalState.MISSING
    assert hit(report) == {"web": "approval-missing", "shop": "level"}
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("missing-approval", Severity.ERROR)
    assert finding.message == "web breaks, which no one has approved"
    assert finding.help == "approvers: anyone; record the approval with `platctl approve cleanup --for web --by NAME`"
    assert report.summary.approvals_missing == 1


def test_where_nobody_is_written_down_who_may_agree_that_is_said() -> None:
    config = policy("tier: 3", "approve", ", by: [product-manager, owner]")
    (finding,) = (each for each in compared(BASE, BASE + planned(), config=config).findings if "shop" in each.about)
    expected = "shop has no product-manager or owner who could approve: first declare one, as a separate change"
    assert finding.help == expected


def test_what_was_agreed_does_not_fail_by_its_level() -> None:
    report = approved(yes("Grace, on: 2026-11-01"))
    (approval,) = verdict(report, "web").approvals
    assert (approval.state, approval.by, str(approval.on)) == (ApprovalState.GIVEN, "Grace", "2026-11-01")
    assert hit(report) == {"web": None, "shop": "level"}
    assert report.findings == ()


@pytest.mark.parametrize(
    ("by", "name", "counts"),
    [
        ("product-manager", "Hedy Lamarr", True),
        ("product-manager", "hedy  lamarr", True),
        ("product-manager", "Grace", False),
        ("owner", "Grace", True),
        ("owner", "Barbara", True),
        ("owner", "Ada", False),
        ("[owner, product-manager]", "Hedy Lamarr", True),
        ("[Katherine Johnson]", "Katherine Johnson", True),
        ("[Katherine Johnson]", "Hedy Lamarr", False),
    ],
)
def test_only_the_yes_of_those_counts_whom_the_policy_names(by: str, name: str, *, counts: bool) -> None:
    expected = ApprovalState.GIVEN if counts else ApprovalState.BY_ANOTHER
    assert state(approved(yes(name), by)) is expected


def test_a_change_cannot_appoint_who_agrees() -> None:
    appointed = BASE.replace("product_manager: Hedy Lamarr", "product_manager: Mallory")
    after = appointed + planned(approvals=yes("Mallory"))
    report = compared(BASE, after, config=policy("tier: 1", "approve", ", by: product-manager"))
    assert state(report) is ApprovalState.BY_ANOTHER


def test_each_policy_asks_for_its_own_yes() -> None:
    two = """
    policies:
      - {id: a, when: {tier: 1}, action: approve, by: product-manager}
      - {id: b, when: {tier: 1}, action: approve, by: owner}
    approvals: {trust: file}
    """
    after = BASE + planned(approvals=yes("Hedy Lamarr"))
    report = compared(BASE, after, config=two)
    states = {each.policy: each.state for each in verdict(report, "web").approvals}
    assert states == {"a": ApprovalState.GIVEN, "b": ApprovalState.BY_ANOTHER}
    assert hit(report)["web"] == "approval-missing"


def test_an_approval_lapses_when_what_it_was_for_is_altered() -> None:
    entry = yes("Grace")
    config = policy("tier: 1", "approve")
    assert state(compared(BASE, BASE + planned(approvals=entry), config=config)) is ApprovalState.GIVEN
    sooner = planned(approvals=entry, end="2027-06-30")
    report = compared(BASE, BASE + sooner, config=config)
    assert state(report) is ApprovalState.LAPSED
    assert report.findings[0].message == "web breaks; the approval by Grace was for a different change"


def test_a_yes_to_one_initiative_is_no_yes_to_another() -> None:
    other = planned("effect: deprecation, sunset: 2027-03-31", end="2027-01-31").replace("cleanup", "ending")
    after = BASE + planned(approvals=yes("Grace")) + other
    assert state(compared(BASE, after, config=policy("tier: 1", "approve"))) is ApprovalState.MISSING


def test_an_edit_of_the_catalog_is_agreed_to_in_the_initiative_that_names_it() -> None:
    done = planned(approvals=yes("Grace")).replace("status: planned", "status: done")
    report = compared(BASE, BASE.replace("2.4.0", "3.0.0") + done, config=policy("tier: 1", "approve"))
    assert state(report) is ApprovalState.GIVEN


def test_a_yes_to_a_day_is_no_yes_to_an_earlier_edit_of_the_catalog() -> None:
    edited = BASE.replace("2.4.0", "3.0.0") + planned(approvals=yes("Grace"))
    ending = BASE.replace("version: 2.4.0", "version: 2.4.0, lifecycle: deprecated, sunset: 2027-09-30")
    announced = ending + planned(approvals=yes("Grace"))
    config = policy("tier: 1", "approve")
    assert state(compared(BASE, edited, config=config, today="2027-09-29")) is ApprovalState.LAPSED
    assert state(compared(BASE, edited, config=config, today="2027-09-30")) is ApprovalState.GIVEN
    assert state(compared(BASE, announced, config=config, today="2026-11-23")) is ApprovalState.GIVEN


def test_a_yes_to_one_interface_is_no_yes_to_another() -> None:
    two = BASE.replace("interfaces:\n", "interfaces:\n  - {id: other, version: 1.0.0}\n")
    plan = planned(approvals=yes("Grace")).replace("identity#api", "identity#other")
    edited = two.replace("2.4.0", "3.0.0") + plan.replace("status: planned", "status: done")
    assert state(compared(two, edited, config=policy("tier: 1", "approve"))) is ApprovalState.MISSING


def test_a_digest_that_can_not_be_read_is_none_that_was_left_out() -> None:
    report = approved("{consumer: web, by: Grace, digest: nonsense}")
    assert state(report) is ApprovalState.LAPSED


# Which yes counts --------------------------------------------------------------------------------------------

STRICT = policy("tier: 1", "approve").replace("trust: file", "trust: base")


def idea(approvals: str = "", change: str = 'effect: removal, version: "<3"') -> str:
    """The same work before it is planned, when it moves no one."""
    return planned(change, approvals=approvals).replace("status: planned", "status: idea")


def only(report: ImpactReport, consumer: str = "web") -> ApprovalStatus:
    (approval,) = verdict(report, consumer).approvals
    return approval


def test_a_yes_that_the_change_itself_brings_is_claimed() -> None:
    for config in (STRICT, STRICT.partition("\n")[0]):
        report = compared(BASE, BASE + planned(approvals=yes("Grace")), config=config)
        assert (only(report).state, only(report).source) == (ApprovalState.CLAIMED, ApprovalSource.CHANGE)
        assert hit(report)["web"] == "approval-missing"
        (finding,) = report.findings
        assert finding.message == "web breaks; the approval by Grace is only claimed in this change"
        assert "`approvals: {trust: file}`" in finding.help
        assert "claimed in this change" in render(page(report))


def test_a_yes_that_base_has_counts() -> None:
    report = compared(BASE + idea(yes("Grace")), BASE + planned(approvals=yes("Grace")), config=STRICT)
    assert (only(report).state, only(report).source) == (ApprovalState.GIVEN, ApprovalSource.BASE)
    assert hit(report)["web"] is None


def test_one_that_the_change_takes_back_counts_no_more() -> None:
    report = compared(BASE + idea(yes("Grace")), BASE + planned(), config=STRICT)
    assert only(report).state is ApprovalState.MISSING


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (yes("Ada"), yes("Grace")),
        (yes("Grace", consumer="shop"), yes("Grace")),
        (yes("Grace", end="2027-06-30"), yes("Grace")),
    ],
    ids=["another person", "another consumer", "another digest"],
)
def test_a_yes_of_base_is_that_of_the_same_person_to_the_same_thing(before: str, after: str) -> None:
    report = compared(BASE + idea(before), BASE + planned(approvals=after), config=STRICT)
    assert only(report).state is ApprovalState.CLAIMED


def test_a_yes_to_other_work_of_base_is_no_yes_to_this() -> None:
    other = idea(yes("Grace")).replace("cleanup", "other")
    report = compared(BASE + other, BASE + other + planned(approvals=yes("Grace")), config=STRICT)
    assert only(report).state is ApprovalState.CLAIMED


def test_a_yes_follows_what_is_renamed() -> None:
    after = (BASE + planned(approvals=yes("Grace"))).replace("id: cleanup", "id: tidy\naliases: [cleanup]")
    after = after.replace("id: web", "id: website\naliases: [web]")
    after = after.replace("id: identity", "id: accounts\naliases: [identity]")
    report = compared(BASE + idea(yes("Grace")), after, config=STRICT)
    assert only(report, "website").state is ApprovalState.GIVEN


def test_an_alias_cannot_turn_a_yes_to_one_component_into_that_to_another() -> None:
    old = "---\nkind: component\nid: old\ninterfaces: [{id: api, version: 2.0.0}]\n"
    approved_for_old = idea().replace("identity#api", "old#api")
    found = model(BASE + old + approved_for_old)
    mark = digest(found, found.initiatives[Ref("initiative", "default", "cleanup")])
    entry = f"approvals: [{{consumer: web, by: Grace, digest: '{mark}'}}]\n"
    after = BASE.replace("id: identity\n", "id: identity\naliases: [old]\n") + planned() + entry
    report = compared(BASE + old + approved_for_old + entry, after, config=STRICT)
    assert only(report).state is ApprovalState.LAPSED


def test_an_alias_cannot_turn_the_yes_of_one_consumer_into_that_of_another() -> None:
    entry = yes("Grace", consumer="shop")
    after = BASE[: BASE.index("---\nkind: consumer\nid: shop")].replace("id: web\n", "id: web\naliases: [shop]\n")
    report = compared(BASE + idea(entry), after + planned(approvals=entry), config=STRICT)
    assert only(report).state is ApprovalState.CLAIMED


@pytest.mark.parametrize("trust", ["base", "file"])
@pytest.mark.parametrize("held", [True, False])
def test_a_yes_without_a_digest_never_counts_and_is_told_how_to_be_bound(trust: str, *, held: bool) -> None:
    entry = "{consumer: web, by: Grace}"
    before = BASE + idea(entry) if held else BASE
    report = compared(before, BASE + planned(approvals=entry), config=STRICT.replace("base", trust))
    assert only(report).state is ApprovalState.UNBOUND
    (finding,) = report.findings
    assert finding.message == "web breaks; the approval by Grace has no digest, so it does not count"
    assert finding.help == "run `platctl approve cleanup --for web --by NAME` to add the digest of what was approved"


def test_a_trusted_file_counts_and_still_says_that_it_is_claimed() -> None:
    report = approved(yes("Grace"))
    assert (only(report).state, only(report).source) == (ApprovalState.GIVEN, ApprovalSource.CHANGE)
    assert "approved by Grace (claimed in this change)" in render(page(report))


@pytest.mark.parametrize("judging", [True, False])
def test_base_says_whether_files_are_trusted(*, judging: bool) -> None:
    """Whether the settings of base judge, as in CI, or those of head."""
    loose, after = policy("tier: 1", "approve"), BASE + planned(approvals=yes("Grace"))
    head, base = (model(after, config=loose), model(BASE, config=STRICT))
    settings = base.config if judging else None
    report = impact(base, head, Compared("head", "base"), ImpactOptions(settings=settings))
    assert only(report).state is ApprovalState.CLAIMED
    base, head = (model(BASE, config=loose), model(after, config=STRICT))
    report = impact(base, head, Compared("head", "base"), ImpactOptions(settings=base.config if judging else None))
    assert only(report).state is ApprovalState.GIVEN


def test_whom_to_trust_and_whose_handle_is_whose_changes_in_sight() -> None:
    head = 'approvals: {trust: file}\npeople: {Ada: "@ada"}'
    report = compared(BASE, BASE, was="", config=head)
    assert [each.about for each in report.findings] == ["approvals", "people"]


# What outweighs what ----------------------------------------------------------------------------------------


def test_what_is_forbidden_stays_forbidden_when_it_was_agreed() -> None:
    both = """
    policies:
      - {id: ask, when: {tier: 1}, action: approve}
      - {id: never, when: {tier: 1, effect: removal}, action: forbid}
    approvals: {trust: file}
    """
    report = compared(BASE, BASE + planned(approvals=yes("Grace")), config=both)
    found = verdict(report, "web")
    assert (found.fails, found.severity) == (Failure.FORBIDDEN, Severity.ERROR)
    assert "the policy never forbids it" in found.because


def test_a_waiver_accepts_what_policies_would_not() -> None:
    config = policy("") + "\nwaivers: [{rule: impact, entity: web, reason: it goes away}]\n"
    report = compared(BASE, BASE + planned(), config=config)
    assert hit(report) == {"web": None, "shop": "forbidden"}
    assert {each.about for each in report.findings} == {"consumer:shop p"}


def test_nothing_fails_where_nothing_may() -> None:
    report = compared(BASE, BASE + planned(), config=policy(""), fail_on=None)
    assert not report.summary.fails
    assert report.findings


def test_a_question_is_judged_by_the_policies_too() -> None:
    report = asked(BASE, "component:identity", effect="removal", config=policy("tier: 1"))
    assert hit(report) == {"web": "forbidden", "shop": "level"}


# Policies of base -------------------------------------------------------------------------------------------


def test_a_change_is_judged_by_the_policies_before_it_and_says_that_it_alters_them() -> None:
    report = compared(BASE, BASE + planned(), was=policy("tier: 1"), config="approvals: {trust: file}")
    assert hit(report)["web"] == "forbidden"
    changed = [each for each in report.findings if each.rule == "policy-changed"]
    assert [(each.about, each.severity) for each in changed] == [("policies", Severity.WARNING)]


def test_what_a_waiver_accepts_needs_no_approval_and_the_comment_says_why() -> None:
    waived = "\nwaivers: [{rule: impact, entity: web, reason: it goes away}]\n"
    report = compared(BASE, BASE + planned(), config=policy("tier: 1", "approve") + waived)
    assert report.summary.approvals_missing == 0
    comment = render(page(report))
    assert "| waived: it goes away |" in comment
    assert "missing" not in comment


def test_a_waiver_that_the_change_brings_accepts_nothing_yet() -> None:
    waived = "waivers: [{rule: impact, entity: web, reason: I say so}]"
    report = compared(BASE, BASE + planned(), was="", config=waived)
    assert hit(report)["web"] == "level"
    assert [each.about for each in report.findings] == ["waivers"]


def test_settings_that_judge_nothing_may_change_in_silence() -> None:
    report = compared(BASE, BASE, was="", config="strategy: grow")
    assert report.findings == ()


def test_a_comparison_outside_of_ci_uses_the_settings_of_head() -> None:
    report = compared(BASE, BASE + planned(), config=policy("tier: 1"))
    assert [each.rule for each in report.findings] == ["forbidden-change"]
