"""Reports as alerts: where each is shown, in which order, and how each is told apart."""

import datetime
import itertools
from dataclasses import replace

import pytest

from builders import model, parsed
from impacts import compared
from platctl.alert import Alert, Alerts, Grade
from platctl.finding import Severity
from platctl.model.approval_digest import digest
from platctl.model.level import Level
from platctl.model.load import load
from platctl.model.model import Model
from platctl.questions.impact.alerts import from_impact
from platctl.questions.validate.alerts import from_validation
from platctl.rules.validation import ValidationOptions, validate
from platctl.writing.alerts import merged

IDENTITY = "kind: component\nid: identity\nversion: 2.4.0\n"
SHOP = 'kind: consumer\nid: shop\ntier: 1\nuses:\n  - component: identity\n    requires: ">=2,<3"\n'
RETIRE = (
    "kind: initiative\nid: retire\ntitle: Retire\nproposed_by: Ana\nstatus: planned\nperiod: 2027-Q1\n"
    'changes:\n  - component: identity\n    effect: removal\n    version: "<3"\n'
)


def files(**texts: str) -> Model:
    """A model of named files: `files(identity=..., shop=...)`."""
    return load([parsed(text, f"{name}.yaml") for name, text in texts.items()], parsed("{}", "platctl.yaml"))


def shown(before: Model, after: Model, fail_on: Level | None = Level.BREAKS) -> Alerts:
    return from_impact(compared(before, after, fail_on=fail_on))


def checked(text: str, fail_on: Severity | None = Severity.ERROR, config: str = "") -> Alerts:
    options = ValidationOptions(datetime.date(2027, 1, 1), fail_on=fail_on)
    return from_validation(validate(model(text, config=config), "", options))


def place(alerts: Alerts, name: str = "shop") -> str:
    (alert,) = (each for each in alerts.alerts if each.name == name)
    return str(alert.span)


def line(after: Model, alert: Alert) -> str:
    return after.files[alert.span.path].text.splitlines()[alert.span.line - 1].strip()


# Where an effect is shown ------------------------------------------------------------------------------------


def test_an_effect_is_shown_at_the_line_that_changed() -> None:
    after = files(identity=IDENTITY.replace("2.4.0", "3.0.0"), shop=SHOP)
    assert place(shown(files(identity=IDENTITY, shop=SHOP), after)) == "identity.yaml:3:10"


def test_a_planned_effect_is_shown_at_the_change_of_its_initiative() -> None:
    before = files(identity=IDENTITY, shop=SHOP)
    after = files(identity=IDENTITY, shop=SHOP, work=RETIRE)
    (alert,) = (each for each in shown(before, after).alerts if each.name == "shop")
    assert (alert.span.path, line(after, alert)) == ("work.yaml", "- component: identity")


def test_the_end_of_a_deleted_component_is_shown_where_head_still_names_it() -> None:
    before = files(identity=IDENTITY, shop=SHOP)
    after = files(shop=SHOP)
    (alert,) = (each for each in shown(before, after).alerts if each.name == "shop")
    assert (alert.span.path, line(after, alert)) == ("shop.yaml", "- component: identity")


def test_the_end_of_a_component_whose_file_stays_is_not_shown_at_a_line_of_base() -> None:
    before = files(all=f"{SHOP}---\n{IDENTITY}")
    after = files(all=SHOP)
    (alert,) = (each for each in shown(before, after).alerts if each.name == "shop")
    assert line(after, alert) == "- component: identity"


OTHER = "kind: component\nid: other\nversion: 1.0.0\n"
STATES = (
    files(all=f"{IDENTITY}---\n{OTHER}---\n{SHOP}---\n{RETIRE}"),
    files(all=f"{OTHER}---\n{SHOP}---\n{IDENTITY}---\n{RETIRE.replace('Q1', 'Q2')}"),
    files(all=SHOP),
    files(all=f"{IDENTITY}---\n{SHOP}"),
    files(all=f"{SHOP}---\n{OTHER}"),
    files(elsewhere=SHOP, all=OTHER),
    files(all=f"{SHOP}---\n{IDENTITY}---\n{RETIRE.replace('planned', 'dropped')}"),
)


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(STATES, 2)))
def test_every_alert_has_a_place_that_exists_in_head(before: Model, after: Model) -> None:
    for alert in shown(before, after).alerts:
        assert line(after, alert).startswith(("- component: identity", "2.4.0", "version:", "id:", "status:"))


def test_the_way_leads_from_the_change_to_the_product() -> None:
    gateway = "kind: component\nid: gateway\nversion: 1.0.0\ndepends_on:\n  - component: identity\n    exposes: true\n"
    shop = SHOP.replace("identity", "gateway").replace(">=2,<3", ">=1")
    before = files(identity=IDENTITY, gateway=gateway, shop=shop)
    after = files(gateway=gateway, shop=shop)
    (alert,) = (each for each in shown(before, after).alerts if each.name == "shop")
    assert [label.text for label in alert.way] == ["gateway depends on identity", "shop depends on gateway"]
    assert [label.text for label in alert.related] == ["gateway depends on identity; this decides the effect"]


# How urgent it is --------------------------------------------------------------------------------------------


def test_a_product_of_tier_1_that_breaks_blocks_and_others_are_critical() -> None:
    other = SHOP.replace("id: shop\ntier: 1", "id: other\ntier: 2")
    before = files(identity=IDENTITY, shop=SHOP, other=other)
    alerts = shown(before, files(identity=IDENTITY.replace("2.4.0", "3.0.0"), shop=SHOP, other=other))
    grades = {each.name: (each.grade, each.fails) for each in alerts.alerts if each.rule == "impact/breaks"}
    assert grades == {"shop": (Grade.BLOCKER, True), "other": (Grade.CRITICAL, True)}


def test_what_only_gains_is_for_the_record() -> None:
    alerts = shown(
        files(identity=IDENTITY, shop=SHOP), files(identity=IDENTITY.replace("2.4.0", "2.5.0"), shop=SHOP)
    ).alerts
    assert [(each.rule, each.is_quiet, each.fails) for each in alerts] == [("impact/gains", True, False)]


def test_the_worst_comes_first_and_what_is_waived_comes_last() -> None:
    text = (
        "kind: component\nid: identity\nverzion: 2\n---\n"
        "kind: component\nid: other\n---\n"
        "kind: consumer\nid: shop\nuses:\n  - component: nobody\n"
    )
    waiver = "waivers:\n  - rule: unknown-field\n    entity: component:identity\n    reason: agreed\n"
    alerts = checked(text, config=waiver).alerts
    assert (alerts[0].severity, alerts[0].waived) == (Severity.ERROR, None)
    assert [each.severity.rank for each in alerts[:-1]] == sorted(each.severity.rank for each in alerts[:-1])
    assert (alerts[-1].rule, alerts[-1].waived) == ("unknown-field", "agreed")


def test_a_finding_fails_from_the_threshold_on() -> None:
    text = "kind: component\nid: identity\nverzion: 2\n"
    assert {each.rule: each.fails for each in checked(text).alerts} == {
        "unknown-field": True,
        "unused-component": False,
        "missing-owner": False,
    }
    assert all(each.fails for each in checked(text, Severity.INFO).alerts)
    assert not any(each.fails for each in checked(text, None).alerts)


FORBID = "policies: [{id: agreed, when: {level: breaks}, action: forbid}]\n"
ASK = "policies: [{id: agreed, when: {level: breaks}, action: approve}]\n"


@pytest.mark.parametrize(("config", "rule"), [(FORBID, "forbidden-change"), (ASK, "missing-approval")])
@pytest.mark.parametrize("fail_on", [*(each for each in Level if each.is_harm), None])
def test_what_policies_miss_or_forbid_fails_the_check_whatever_its_threshold(
    config: str, rule: str, fail_on: Level | None
) -> None:
    report = compared(IDENTITY + "---\n" + SHOP, SHOP, config=config, fail_on=fail_on)
    shown = {each.rule: each.fails for each in from_impact(report).alerts}
    assert shown == {"impact/breaks": report.summary.fails, rule: report.summary.fails}
    assert report.summary.fails == (fail_on is not None)


def test_what_policies_only_say_fails_nothing() -> None:
    tell = ASK.replace("approve", "tell")
    report = compared(IDENTITY + "---\n" + SHOP, SHOP, config=tell, fail_on=Level.MUST_ACT)
    assert {each.rule: each.fails for each in from_impact(report).alerts} == {
        "impact/breaks": True,
        "policy-note": False,
    }


def test_a_policy_that_is_asked_for_an_approved_change_fails_nothing() -> None:
    before = f"{IDENTITY}---\n{SHOP}"
    (initiative,) = (found := model(f"{before}---\n{RETIRE}")).initiatives.values()
    approval = f"approvals: [{{consumer: shop, by: Ana, digest: '{digest(found, initiative)}'}}]\n"
    report = compared(before, f"{before}---\n{RETIRE}{approval}", config=f"{ASK}\napprovals: {{trust: file}}")
    assert [(each.rule, each.fails) for each in from_impact(report).alerts] == [("impact/breaks", False)]


# Where there is no line --------------------------------------------------------------------------------------


def test_settings_that_are_gone_are_told_at_the_first_line_of_the_model() -> None:
    base = load([parsed(IDENTITY, "identity.yaml"), parsed(SHOP, "shop.yaml")], parsed(FORBID, "platctl.yaml"))
    head = load([parsed(SHOP, "shop.yaml")], None)
    report = compared(base, head, was=FORBID)
    (alert,) = (each for each in from_impact(report).alerts if each.rule == "policy-changed")
    assert alert.span == report.anchor
    assert line(head, alert) == "kind: consumer"


# How each is told apart --------------------------------------------------------------------------------------


def test_a_waived_finding_is_recognized_like_any_other() -> None:
    text = "kind: component\nid: identity\n"
    plain = {each.rule: each.fingerprint for each in checked(text).alerts}
    *_, waived = checked(text, config="waivers: [{rule: unused-component, reason: soon}]\n").alerts
    assert waived.waived == "soon"
    assert waived.fingerprint == plain["unused-component"] != ""


def test_a_name_does_not_change_with_lines() -> None:
    text = "kind: component\nid: identity\n"
    assert [each.name for each in checked(f"\n\n# moved\n{text}").alerts] == [
        each.name for each in checked(text).alerts
    ]


def test_several_checks_become_one_run_with_names_and_fingerprints_of_their_own() -> None:
    one = checked("kind: goal\nid: trust\n")
    again = Alerts(("impact",), tuple(replace(each, check="impact") for each in one.alerts), one.rules)
    both = merged(one, again)
    assert both.checks == ("validate", "impact")
    assert len({each.fingerprint for each in both.alerts}) == len({each.name for each in both.alerts}) == 2
    assert both.rules == one.rules


def test_every_rule_that_is_named_is_described() -> None:
    alerts = checked("kind: component\nid: identity\nverzion: 2\n")
    assert {each.rule for each in alerts.alerts} == {rule.id for rule in alerts.rules}
