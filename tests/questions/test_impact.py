"""What two states, or a question, mean for each consumer."""

import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import model, parsed
from impacts import asked, compared, day, effects, verdict
from platctl.finding import Severity
from platctl.model.level import Level
from platctl.model.load import load
from platctl.outlook.contacts import Contact
from platctl.outlook.shifts import OfferEffect
from platctl.outlook.totals import Total
from platctl.questions.impact.report import ImpactReport, UnknownKind
from platctl.source.errors import SourceError

IDENTITY = """
kind: component
id: identity
owner: team-id
interfaces:
  - {id: api, versions: [{version: 2.4.0}]}
  - {id: events, version: 1.0.0}
---
kind: team
id: team-id
title: Identity team
lead: Ada
"""
WEB = """---
kind: consumer
id: web
tier: 1
uses: [{component: identity#api, requires: ">=2,<3"}]
"""
SHOP = WEB.replace("id: web", "id: shop").replace("tier: 1", "tier: 3")
BASE = IDENTITY + WEB
REMOVAL = 'effect: removal, version: "<3"'


def planned(change: str = REMOVAL, when: str = "end: 2027-06-30", status: str = "planned", id_: str = "cleanup") -> str:
    return f"""---
kind: initiative
id: {id_}
title: Clean up
status: {status}
{when}
changes: [{{component: identity#api, {change}}}]
"""


# Edits of the catalog ---------------------------------------------------------------------------------------


def without_old(text: str = BASE) -> str:
    return text.replace("{version: 2.4.0}", "{version: 3.0.0}")


def test_an_edit_of_the_catalog_counts_at_once() -> None:
    report = compared(BASE, without_old())
    assert effects(report) == {"web": "breaks range-unmet"}
    assert verdict(report, "web").cause.date is None


def test_nothing_changes_nothing() -> None:
    report = compared(BASE, BASE)
    assert report.is_quiet
    assert (report.told, report.totals, report.unknown, report.findings) == ((), (), (), ())


@pytest.mark.parametrize(
    ("old", "new", "effect", "level"),
    [
        pytest.param("2.4.0}", "2.4.0}, {version: 2.5.0}", OfferEffect.ADDITION, "gains", id="version added"),
        pytest.param("2.4.0}", "2.4.0}, {version: 3.0.0}", OfferEffect.BREAKING, "informed", id="major added"),
        pytest.param("2.4.0}", "2.5.0}", OfferEffect.ADDITION, "gains", id="moved in its major"),
        pytest.param("2.4.0}", "3.0.0}", OfferEffect.BREAKING, "breaks", id="major replaced"),
        pytest.param("2.4.0}", "2.4.0, lifecycle: deprecated}", OfferEffect.DEPRECATION, "must-act", id="deprecated"),
        pytest.param("2.4.0}", "2.4.0, deprecated: 2027-01-01}", OfferEffect.DEPRECATION, "must-act", id="on a day"),
        pytest.param("2.4.0}", "2.4.0, sunset: 2027-01-01}", OfferEffect.DEPRECATION, "must-act", id="sunset"),
        pytest.param("2.4.0}", "2.4.0, lifecycle: retired}", OfferEffect.REMOVAL, "breaks", id="retired"),
        pytest.param("owner: team-id", "lifecycle: retired", OfferEffect.REMOVAL, "breaks", id="component retired"),
        pytest.param(
            "owner: team-id", "lifecycle: deprecated", OfferEffect.DEPRECATION, "must-act", id="component deprecated"
        ),
        pytest.param("owner: team-id", "sunset: 2027-01-01", OfferEffect.DEPRECATION, "must-act", id="component ends"),
    ],
)
def test_an_edit_of_the_catalog_is_classified_by_what_it_does(
    old: str, new: str, effect: OfferEffect, level: str
) -> None:
    report = compared(BASE, BASE.replace(old, new))
    assert report.changes[0].effect is effect
    assert [each.level.value for each in report.verdicts] == [level]
    if level == "breaks":
        back = compared(BASE.replace(old, new), BASE)
        assert effects(back) == {"web": "gains range-now-met"}


def test_a_deprecation_that_is_withdrawn_is_a_relief() -> None:
    ending = BASE.replace("2.4.0}", "2.4.0, sunset: 2027-01-01}")
    later = BASE.replace("2.4.0}", "2.4.0, sunset: 2027-02-01}")
    for after, reason in ((BASE, "relieved"), (later, "postponed")):
        report = compared(ending, after)
        assert [change.effect for change in report.changes] == [OfferEffect.RELIEF]
        assert effects(report) == {"web": f"gains {reason}"}


def test_a_change_of_another_interface_is_no_concern() -> None:
    report = compared(BASE, BASE.replace("version: 1.0.0", "version: 2.0.0"))
    assert [each.subject for each in report.changes] == ["identity#events"]
    assert report.verdicts == ()
    assert report.summary.not_affected == 1


def test_a_removal_after_its_announced_sunset_still_breaks_and_says_how_long_it_was_announced() -> None:
    announced = BASE.replace("{version: 2.4.0}", "{version: 2.4.0, sunset: 2026-09-30}, {version: 3.0.0}")
    report = compared(announced, without_old())
    assert effects(report) == {"web": "breaks range-unmet"}
    assert verdict(report, "web").cause.announced == day("2026-09-30")
    assert verdict(compared(BASE, without_old()), "web").cause.announced is None


def test_several_causes_are_counted_and_the_strongest_is_shown() -> None:
    two = BASE.replace("]\n---\nkind: consumer", "]\n---\nkind: consumer").replace(
        'requires: ">=2,<3"}]', 'requires: ">=2,<3"}, {component: identity#events, requires: ">=1"}]'
    )
    report = compared(two, without_old(two).replace("version: 1.0.0", "version: 1.1.0"))
    found = verdict(report, "web")
    assert found.level is Level.BREAKS
    assert [(cause.subject, cause.level) for cause in found.others] == [("identity#events", Level.GAINS)]


@pytest.mark.parametrize(("first", "then"), [("api", "events"), ("events", "api")])
def test_it_does_not_matter_in_which_order_dependencies_stand(first: str, then: str) -> None:
    uses = ", ".join(f"identity#{each}" for each in (first, then))
    text = BASE.replace('{component: identity#api, requires: ">=2,<3"}', uses)
    assert effects(compared(text, without_old(text))) == {"web": "breaks no-range"}


# Edges ------------------------------------------------------------------------------------------------------


def test_who_joins_in_the_same_change_is_not_affected_by_it() -> None:
    report = compared(IDENTITY, without_old(IDENTITY + WEB))
    assert report.verdicts == ()
    assert (report.summary.consumers, report.summary.not_affected) == (1, 1)


def test_who_leaves_is_listed_as_left() -> None:
    report = compared(BASE, without_old(IDENTITY) + "---\nkind: consumer\nid: web\ntier: 1\n")
    assert report.verdicts == ()
    assert [(each.consumer.id, each.on) for each in report.left] == [("web", "identity#api")]


def test_who_was_broken_already_never_gates() -> None:
    text = BASE.replace(">=2,<3", ">=1,<2")
    report = compared(text, without_old(text))
    assert (report.verdicts, report.summary.fails, report.summary.already_broken) == ((), False, 1)
    assert [each.requires for each in report.already_broken] == [">=1,<2"]


def test_who_moves_to_another_range_in_the_same_change_is_informed() -> None:
    report = compared(BASE, without_old().replace(">=2,<3", ">=3,<4"))
    assert effects(report) == {"web": "informed moves-here"}


def test_a_range_that_no_longer_fits_breaks_also_where_nothing_else_changes() -> None:
    assert effects(compared(BASE, BASE.replace(">=2,<3", ">=3,<4"))) == {"web": "breaks range-unmet"}


def test_a_dependency_that_is_exposed_only_in_head_passes_on_already() -> None:
    text = BASE.replace("kind: consumer", "kind: component").replace("tier: 1\nuses", "depends_on")
    app = "---\nkind: consumer\nid: app\nuses: [web]\n"
    exposing = text.replace('"}]', '", exposes: true}]') + app
    assert effects(compared(text + app, without_old(text + app))) == {"app": "at-risk range-unmet"}
    assert effects(compared(text + app, without_old(exposing))) == {"app": "breaks range-unmet"}


def test_effects_do_not_travel_over_a_dependency_that_is_new_or_gone() -> None:
    hub = "---\nkind: component\nid: hub\ndepends_on: [identity#api]\n"
    app = "---\nkind: consumer\nid: app\nuses: [hub]\n"
    idle = "---\nkind: consumer\nid: app\n"
    for before, after in ((app, idle), (idle, app)):
        assert compared(IDENTITY + hub + before, without_old(IDENTITY) + hub + after).verdicts == ()


def test_a_consumer_that_goes_altogether_is_listed_as_left_and_counted_with_the_others() -> None:
    report = compared(BASE + SHOP, without_old(BASE))
    assert [each.consumer.id for each in report.left] == ["shop"]
    assert (report.summary.consumers, report.summary.breaks, report.summary.left) == (2, 1, 1)


def test_a_consumer_that_is_renamed_is_known_by_its_new_name() -> None:
    renamed = without_old().replace("id: web", "id: site\naliases: [web]")
    assert effects(compared(BASE, renamed)) == {"site": "breaks range-unmet"}
    report = compared(BASE, renamed.replace("uses: [", "links: [] # ["))
    assert [each.consumer.id for each in report.left] == ["site"]
    assert (report.summary.consumers, report.summary.left, report.summary.not_affected) == (1, 1, 0)


def test_a_component_that_moves_over_to_another_name_keeps_its_users() -> None:
    renamed = BASE.replace("id: identity\n", "id: accounts\naliases: [identity]\n")
    assert compared(BASE, renamed).verdicts == ()
    assert effects(compared(BASE, without_old(renamed))) == {"web": "breaks range-unmet"}
    without_alias = compared(BASE, renamed.replace("aliases: [identity]\n", ""))
    assert without_alias.verdicts == ()
    assert "renamed from identity; add `aliases: [identity]`" in [each.what for each in without_alias.others]


# Plans ------------------------------------------------------------------------------------------------------


def test_a_new_plan_counts_on_its_day() -> None:
    report = compared(BASE, BASE + planned())
    assert effects(report) == {"web": "breaks range-unmet"}
    assert verdict(report, "web").cause.date == day("2027-06-30")
    [change] = report.changes
    assert (change.subject, change.effect, change.removed, change.date) == (
        "identity#api",
        OfferEffect.REMOVAL,
        ("2.4.0",),
        day("2027-06-30"),
    )
    assert change.initiative is not None
    assert change.initiative.label == "Clean up"


@pytest.mark.parametrize("status", ["idea", "proposed", "shaped", "parked", "dropped"])
def test_what_nobody_has_committed_to_affects_nobody(status: str) -> None:
    report = compared(BASE, BASE + planned(status=status))
    assert (report.changes, report.verdicts, report.deliveries) == ((), (), ())


def test_a_plan_that_stays_as_it_was_is_no_change() -> None:
    assert compared(BASE + planned(), BASE + planned()).is_quiet


def test_a_plan_that_becomes_active_is_no_change_of_what_is_on_offer() -> None:
    report = compared(BASE + planned(), BASE + planned(status="active"))
    assert (report.changes, report.verdicts) == ((), ())


def test_harm_that_comes_sooner_asks_for_action() -> None:
    report = compared(BASE + planned(), BASE + planned(when="end: 2027-03-31"))
    assert effects(report) == {"web": "must-act sooner"}
    cause = verdict(report, "web").cause
    assert (cause.date, cause.moved_from, cause.by) == (day("2027-03-31"), day("2027-06-30"), day("2027-03-31"))
    assert report.changes[0].moved_from == day("2027-06-30")


def test_harm_that_comes_later_is_a_relief() -> None:
    report = compared(BASE + planned(), BASE + planned(when="end: 2027-09-30"))
    assert effects(report) == {"web": "gains postponed"}


def test_harm_that_is_called_off_is_a_relief() -> None:
    for after in (BASE, BASE + planned(status="dropped"), BASE + planned(status="proposed")):
        report = compared(BASE + planned(), after)
        assert effects(report) == {"web": "gains withdrawn"}
        assert [change.is_withdrawn for change in report.changes] == [True]


def test_a_gain_that_moves_or_is_dropped_is_only_informed_and_told_as_a_delivery() -> None:
    gain = planned("effect: addition, version: 2.5.0")
    for after in (BASE, BASE + gain.replace("2027-06-30", "2027-09-30")):
        report = compared(BASE + gain, after)
        assert effects(report) == {"web": "informed still-met"}
        assert len(report.deliveries) == 1


def test_a_plan_that_is_carried_out_counts_as_the_edit_of_the_catalog() -> None:
    base = BASE.replace("{version: 2.4.0}", "{version: 2.4.0}, {version: 3.0.0}")
    done = without_old() + planned(status="done")
    report = compared(base + planned(), done)
    assert effects(report) == {"web": "breaks range-unmet"}
    assert [(change.effect, change.is_withdrawn) for change in report.changes] == [(OfferEffect.REMOVAL, False)]


def test_a_sunset_that_moves_counts_by_its_own_day() -> None:
    def ending(sunset: str) -> str:
        return BASE + planned(f'effect: deprecation, version: "<3", sunset: {sunset}', when="end: 2027-01-31")

    assert effects(compared(BASE, ending("2027-06-30"))) == {"web": "must-act deprecated-only"}
    assert effects(compared(ending("2027-06-30"), ending("2027-03-31"))) == {"web": "must-act deprecated-only"}
    assert effects(compared(ending("2027-06-30"), ending("2027-09-30"))) == {"web": "gains postponed"}
    assert verdict(compared(BASE, ending("2027-06-30")), "web").cause.by == day("2027-06-30")


def test_what_one_initiative_does_to_a_component_is_judged_as_one() -> None:
    both = "effect: breaking, version: 3.0.0}, {component: identity#api, " + REMOVAL
    open_range = BASE.replace(">=2,<3", ">=2")
    assert effects(compared(open_range, open_range + planned(both))) == {"web": "at-risk open-range"}
    no_range = BASE.replace(', requires: ">=2,<3"', "")
    assert effects(compared(no_range, no_range + planned(both))) == {"web": "breaks no-range"}
    assert len(compared(BASE, BASE + planned(both)).changes) == 2


def test_a_plan_is_judged_after_those_before_it() -> None:
    plans = planned("effect: addition, version: 2.5.0", "end: 2027-03-31", id_="new") + planned(
        "effect: removal, version: 2.4.0"
    )
    report = compared(BASE, BASE + plans)
    assert effects(report) == {"web": "gains new-in-range"}
    alone = compared(BASE, BASE + planned("effect: removal, version: 2.4.0"))
    assert effects(alone) == {"web": "breaks range-unmet"}


def test_a_new_plan_on_what_another_plan_of_base_already_took_away_breaks_nobody_twice() -> None:
    base = BASE + planned()
    report = compared(base, base + planned("effect: removal", "end: 2027-09-30", id_="second"))
    assert report.verdicts == ()


def test_a_plan_without_an_end_affects_nobody_and_is_told_as_undated() -> None:
    report = compared(BASE, BASE + planned(when="start: 2027-01-01"))
    assert effects(report) == {}
    assert [(each.kind, each.subjects) for each in report.unknown] == [(UnknownKind.UNDATED, ("identity#api",))]


# On a day ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "start"), [("2027-06-29", "2027-06-30"), ("2027-06-30", None), ("2027-07-01", None)])
def test_a_day_moves_the_first_day_compared_and_later_days_still_count(at: str, start: str | None) -> None:
    report = compared(BASE, BASE + planned(), at=at)
    assert effects(report) == {"web": "breaks range-unmet"}
    assert verdict(report, "web").cause.date == (day(start) if start else None)


def test_on_a_day_the_catalog_is_what_its_dates_say() -> None:
    ending = BASE.replace("2.4.0}", "2.4.0, sunset: 2027-03-31}")
    assert effects(compared(BASE, ending, at="2027-03-30")) == {"web": "must-act deprecated-only"}
    assert effects(compared(BASE, ending, at="2027-03-31")) == {"web": "breaks range-unmet"}
    coming = BASE.replace("2.4.0}", "2.4.0}, {version: 2.5.0, since: 2027-03-31}")
    for at, start in (("2027-03-30", day("2027-03-31")), ("2027-03-31", None)):
        report = compared(BASE, coming, at=at, today="2027-01-15")
        assert effects(report) == {"web": "gains new-in-range"}
        assert verdict(report, "web").cause.date == start


# What if ----------------------------------------------------------------------------------------------------


def test_what_if_a_component_went() -> None:
    report = asked(BASE + SHOP, "component:identity", effect="removal")
    assert effects(report) == {"web": "breaks range-unmet", "shop": "breaks range-unmet"}
    assert (report.compared.base, report.deliveries, report.others) == (None, (), ())


def test_what_if_one_interface_went() -> None:
    for what, interface in (("identity", "events"), ("identity#events", None), ("component:Identity#Events", None)):
        assert asked(BASE, what, effect="removal", interface=interface).verdicts == ()
    assert effects(asked(BASE, "identity", effect="removal", interface="api")) == {"web": "breaks range-unmet"}


def test_what_if_a_version_came_or_went_or_ended() -> None:
    assert effects(asked(BASE, "identity#api", effect="addition", version="2.5.0")) == {"web": "gains new-in-range"}
    assert effects(asked(BASE, "identity#api", effect="breaking", version="3.0.0")) == {"web": "informed still-met"}
    ending = asked(BASE, "identity#api", effect="deprecation", sunset=datetime.date(2027, 3, 31))
    assert effects(ending) == {"web": "must-act deprecated-only"}
    cause = verdict(ending, "web").cause
    assert (cause.until, cause.by) == (None, day("2027-03-31"))


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ("breaking", {"web": "breaks in-place"}),
        ("change", {"web": "at-risk behaviour"}),
        ("addition", {"web": "gains addition"}),
        ("internal", {}),
    ],
)
def test_what_if_something_changed_in_place(effect: str, expected: dict[str, str]) -> None:
    assert effects(asked(BASE, "identity", effect=effect)) == expected


@pytest.mark.parametrize("status", ["idea", "planned", "done", "dropped"])
def test_what_if_an_initiative_of_any_status_took_place(status: str) -> None:
    report = asked(BASE + planned(status=status), "initiative:cleanup")
    assert effects(report) == {"web": "breaks range-unmet"}
    assert verdict(report, "web").cause.date == day("2027-06-30")
    assert verdict(asked(BASE + planned(), "cleanup"), "web").level is Level.BREAKS


def test_what_if_several_took_place_together() -> None:
    text = BASE + planned("effect: addition, version: 3.0.0", "end: 2027-03-31", "idea", "new") + planned(status="idea")
    report = asked(text.replace(">=2,<3", ">=2"), "initiative:new", "initiative:cleanup")
    assert len(report.changes) == 2
    # Alone, the removal would break, and the addition change nothing: the range vouches only for 2.x.
    assert effects(report) == {"web": "at-risk open-range"}


def test_what_if_an_initiative_under_its_former_name() -> None:
    text = BASE + planned().replace("id: cleanup", "id: tidy\naliases: [cleanup]")
    assert effects(asked(text, "cleanup")) == {"web": "breaks range-unmet"}


@pytest.mark.parametrize(
    ("what", "question", "message", "help_"),
    [
        ((), {"effect": "removal"}, "a what-if needs an initiative or a component", "name one: "),
        (("identty",), {"effect": "removal"}, "there is no component or initiative `identty`", "`component:identity`?"),
        (("initiative:clean",), {}, "there is no initiative `clean`", "`initiative:cleanup`"),
        (
            ("component:identity",),
            {},
            "no effect given for component:identity",
            "add `--effect` with one of addition, ",
        ),
        (("identity",), {"effect": "remove"}, "`--effect` can't be `remove`", "did you mean `removal`? "),
        (
            ("identity",),
            {"effect": "removal", "interface": "app"},
            "component:identity has no interface `app`",
            "did you mean `api`? it has api, events",
        ),
        (("empty",), {}, "initiative:empty has no `changes`", "name an initiative that has some"),
        (
            ("twice",),
            {"effect": "removal"},
            "`twice` is ambiguous",
            "use one of `component:twice`, `initiative:twice`",
        ),
        (("a b",), {"effect": "removal"}, "`a b` is not a reference", "use `component:ID` or `initiative:ID`"),
        (
            ("identity",),
            {"effect": "removal", "version": "<1"},
            "removal of `<1` changes nothing",
            "component:identity has 2.4.0, 1.0.0",
        ),
        (("consumer:web",), {"effect": "removal"}, "`web` is a consumer; only components change", "`--explain web`"),
    ],
)
def test_a_question_that_can_not_be_answered_says_what_to_write(
    what: tuple[str, ...], question: dict[str, object], message: str, help_: str
) -> None:
    more = "---\n{kind: component, id: twice}\n---\n{kind: initiative, id: twice, title: T}\n"
    more += "---\n{kind: initiative, id: empty, title: E}\n"
    with pytest.raises(SourceError) as error:
        asked(BASE + planned() + more, *what, **question)  # type: ignore[arg-type]
    assert message in str(error.value)
    assert help_ in error.value.help


# Policy -----------------------------------------------------------------------------------------------------

WAIVED = "waivers: [{rule: impact, entity: web, reason: it moves next week, expires: 2026-11-30}]"


def test_a_waiver_in_force_takes_the_verdict_out_of_the_count_and_is_counted_itself() -> None:
    report = compared(BASE + SHOP, without_old(BASE + SHOP), config=WAIVED, today="2026-11-30")
    assert verdict(report, "web").waived == "it moves next week"
    assert verdict(report, "web").level is Level.BREAKS
    assert (report.summary.breaks, report.summary.waived, report.summary.failing) == (2, 1, 1)


def test_a_waiver_that_has_expired_accepts_nothing() -> None:
    report = compared(BASE, without_old(), config=WAIVED, today="2026-12-01")
    assert verdict(report, "web").waived is None
    assert report.summary.fails


def test_the_tier_raises_the_severity_never_the_level() -> None:
    ending = (BASE + SHOP).replace("2.4.0}", "2.4.0, lifecycle: deprecated}")
    report = compared(BASE + SHOP, ending)
    assert [(each.consumer.id, each.level, each.severity, each.because) for each in report.verdicts] == [
        ("web", Level.MUST_ACT, Severity.ERROR, ("its tier is 1",)),
        ("shop", Level.MUST_ACT, Severity.WARNING, ()),
    ]


def test_harm_in_a_freeze_is_an_error() -> None:
    frozen = SHOP + "freezes: [{start: 2027-06-01, end: 2027-06-30, reason: sales}]\n"
    open_range = (IDENTITY + frozen).replace(">=2,<3", ">=2")
    both = "effect: breaking, version: 3.0.0}, {component: identity#api, " + REMOVAL
    inside = verdict(compared(open_range, open_range + planned(both)), "shop")
    assert (inside.level, inside.severity) == (Level.AT_RISK, Severity.ERROR)
    assert inside.because == ("it falls in the freeze 2027-06-01 to 2027-06-30 (sales)",)
    outside = verdict(compared(open_range, open_range + planned(both, "end: 2027-07-01")), "shop")
    assert (outside.severity, outside.because) == (Severity.INFO, ())


@pytest.mark.parametrize(
    ("fail_on", "fails"),
    [(Level.BREAKS, False), (Level.MUST_ACT, True), (Level.AT_RISK, True), (None, False)],
)
def test_the_threshold_decides_what_fails(fail_on: Level | None, fails: bool) -> None:
    ending = BASE.replace("2.4.0}", "2.4.0, lifecycle: deprecated}")
    assert compared(BASE, ending, fail_on=fail_on).summary.fails is fails


@pytest.mark.parametrize("fail_on", [Level.AT_RISK, Level.GAINS, Level.INFORMED])
def test_gains_and_news_never_fail(fail_on: Level) -> None:
    assert not compared(BASE, BASE.replace("2.4.0}", "2.4.0}, {version: 2.5.0}"), fail_on=fail_on).summary.fails


# Who and how much -------------------------------------------------------------------------------------------

STAFFED = (
    IDENTITY
    + WEB
    + """product_manager: Grace
owner: team-web
reach: {users: 1000, revenue: 50.5}
stakeholders: [{name: Edsger, role: legal, contact: e@example.org}, {name: Barbara}]
---
kind: consumer
id: shop
product_manager: Grace
reach: {users: 500, developers: 7}
uses: [{component: identity#api, requires: ">=2,<4"}]
---
kind: team
id: team-web
lead: Alan
"""
)


def test_everybody_responsible_for_what_is_affected_is_told_once() -> None:
    report = compared(STAFFED, without_old(STAFFED))
    told = {(each.contact.name, each.contact.role): [subject.id for subject in each.because] for each in report.told}
    assert told == {
        ("Barbara", "stakeholder"): ["web"],
        ("Edsger", "legal"): ["web"],
        ("Grace", "product manager"): ["web"],
        ("team-web", "team"): ["web"],
    }
    assert Contact("Edsger", "legal", "e@example.org") in {each.contact for each in report.told}
    assert Contact("team-web", "team", "Alan") in {each.contact for each in report.told}


def test_below_the_configured_level_nobody_is_told() -> None:
    report = compared(STAFFED, without_old(STAFFED), config="impact: {tell: breaks}")
    assert {subject.id for each in report.told for subject in each.because} == {"web"}
    gains = STAFFED.replace("2.4.0}", "2.4.0}, {version: 2.5.0}")
    assert compared(STAFFED, gains).told == ()
    assert compared(STAFFED, gains, config="impact: {tell: informed}").told != ()


def test_the_owners_of_components_on_the_way_are_told() -> None:
    hub = "---\nkind: component\nid: hub\nowner: team-id\ndepends_on: [identity#api]\n"
    [told] = compared(IDENTITY + hub, without_old(IDENTITY) + hub).told
    assert (told.contact, [each.id for each in told.because]) == (Contact("Identity team", "team", "Ada"), ["hub"])


def test_whom_to_ask_is_the_product_manager_then_the_team() -> None:
    contacts = verdict(compared(STAFFED, without_old(STAFFED)), "web").contacts
    assert contacts == (Contact("Grace", "product manager"), Contact("team-web", "team", "Alan"))


def test_the_totals_add_up_by_level_and_say_nothing_where_nobody_does() -> None:
    report = compared(STAFFED, without_old(STAFFED))
    assert report.totals == (
        (Level.BREAKS, Total(1, 1000, None, 50.5)),
        (Level.INFORMED, Total(1, 500, 7, None)),
    )
    assert report.whole == Total(2, 1500, 7, 50.5)


# What can not be known --------------------------------------------------------------------------------------


def unknown(report: ImpactReport) -> dict[UnknownKind, tuple[str, ...]]:
    return {each.kind: each.subjects for each in report.unknown}


@pytest.mark.parametrize("requires", ["", ', requires: "^2"'])
def test_a_dependency_without_a_readable_range_is_said_to_be_unknown(requires: str) -> None:
    text = BASE.replace(', requires: ">=2,<3"', requires)
    report = compared(text, without_old(text))
    assert not verdict(report, "web").cause.is_range_known
    [said] = report.unknown
    assert (said.kind, said.subjects) == (UnknownKind.NO_RANGE, ("web on identity#api",))
    assert [str(each) for each in said.spans] == ["model-1.yaml:16:8"]


CONFIRMED = "impact: {confirmed_within_days: 90}"


def test_dependencies_that_nobody_confirmed_for_long_are_said_to_be_unconfirmed() -> None:
    def confirmed(on: str) -> str:
        return BASE.replace('<3"}', f'<3", confirmed: {on}}}')

    old, fresh = confirmed("2026-08-24"), confirmed("2026-08-25")
    today = "2026-11-23"
    assert unknown(compared(old, without_old(old), config=CONFIRMED, today=today)) == {
        UnknownKind.UNCONFIRMED: ("web on identity#api",)
    }
    assert unknown(compared(fresh, without_old(fresh), config=CONFIRMED, today=today)) == {}
    assert UnknownKind.UNCONFIRMED in unknown(compared(BASE, without_old(), config=CONFIRMED, today=today))
    assert unknown(compared(BASE, without_old(), config=CONFIRMED)) == {}
    assert unknown(compared(BASE, without_old(), today=today)) == {}


def test_a_component_on_which_nobody_is_known_to_stand_is_named() -> None:
    assert unknown(compared(IDENTITY, without_old(IDENTITY))) == {UnknownKind.NO_DEPENDENTS: ("identity",)}


def test_a_file_that_could_not_be_read_in_either_state_is_named() -> None:
    broken = load([parsed(BASE, "good.yaml"), parsed("kind: [", "bad.yaml")])
    for before, after in ((broken, model(BASE)), (model(BASE), broken)):
        assert unknown(compared(before, after)) == {UnknownKind.UNREAD: ("bad.yaml",)}


# Other changes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "what", "position"),
    [
        ("owner: team-id", "owner: team-x", "owner: team-id -> team-x", "model-1.yaml:3:8"),
        ("lead: Ada", "lead: Grace", "lead: Ada -> Grace", "model-1.yaml:11:7"),
        ("lead: Ada", "lead: Ada\nmembers: [Ada]", "members[1] added: Ada", "model-1.yaml:12:11"),
        ("tier: 1", "tier: 2", "tier: 1 -> 2", "model-1.yaml:15:7"),
        ("tier: 1", "description: A shop.", "", ""),
    ],
)
def test_what_changes_nobodys_contract_is_told_apart(old: str, new: str, what: str, position: str) -> None:
    report = compared(BASE, BASE.replace(old, new))
    assert report.verdicts == report.changes == ()
    assert not report.is_quiet
    if what:
        assert [(each.what, str(each.span)) for each in report.others] == [(what, position)]
    else:
        assert sorted(each.what for each in report.others) == ["description added: A shop.", "tier removed: 1"]


def test_entities_that_come_and_go_are_told_apart() -> None:
    assert [each.what for each in compared(BASE, BASE + SHOP).others] == ["new consumer"]
    assert [each.what for each in compared(BASE + SHOP, BASE).others] == ["consumer removed"]


# Whatever changes -------------------------------------------------------------------------------------------


def _sum(report: ImpactReport) -> int:
    each = report.summary
    harm = each.breaks + each.must_act + each.at_risk
    return harm + each.gains + each.informed + each.already_broken + each.left + each.not_affected


@st.composite
def states(draw: st.DrawFn) -> str:
    """A model of three components, some of which stand on each other, and of three consumers."""
    text = ""
    for name in "abc":
        versions = draw(st.lists(st.sampled_from(["1.0", "1.5", "2.0", "3.0"]), max_size=2, unique=True))
        ending = draw(st.sampled_from(["", ", lifecycle: deprecated", ", sunset: 2027-03-31"]))
        listed = ", ".join(f"{{version: {version}{ending}}}" for version in versions)
        text += f"---\nkind: component\nid: {name}\nversions: [{listed}]\n" + _dependencies(draw, "depends_on")
    for name in draw(st.lists(st.sampled_from("xyz"), unique=True)):
        text += f"---\nkind: consumer\nid: {name}\n" + _dependencies(draw, "uses")
    if draw(st.booleans()):
        change = f"effect: {draw(st.sampled_from(['removal', 'change', 'breaking']))}"
        end = draw(st.sampled_from(["2027-01-01", "2027-06-01"]))
        text += f"---\nkind: initiative\nid: work\ntitle: W\nstatus: planned\nend: {end}\n"
        text += f"changes: [{{component: a, {change}}}]\n"
    return text


def _dependencies(draw: st.DrawFn, field: str) -> str:
    ranges = st.sampled_from(["", ', requires: ">=2"', ', requires: ">=1,<2"', ', requires: "^1"'])
    words = st.sampled_from(["", ", strength: soft", ", exposes: true"])
    targets = draw(st.lists(st.sampled_from("abc"), max_size=2))
    return f"{field}: [{', '.join(f'{{component: {each}{draw(ranges)}{draw(words)}}}' for each in targets)}]\n"


@given(states(), states())
@settings(max_examples=4 * settings.default.max_examples // 3)
def test_each_consumer_is_counted_once_and_every_way_ends_where_it_is_decided(before: str, after: str) -> None:
    report = compared(before, after)
    assert _sum(report) == report.summary.consumers
    for each in report.verdicts:
        steps = each.cause.steps
        assert steps[0].entity == each.consumer
        assert (steps[0].level, [step.decides for step in steps].index(True)) == (each.level, len(steps) - 1)
        assert all(upper.on.partition("#")[0] == lower.entity.id for upper, lower in itertools.pairwise(steps))
        assert all(cause.level.rank >= each.level.rank for cause in each.others)


@given(states())
@settings(max_examples=2 * settings.default.max_examples // 3)
def test_nothing_follows_from_nothing(text: str) -> None:
    assert compared(text, text).is_quiet


def test_the_notice_is_that_of_the_settings_that_judge() -> None:
    ending = BASE.replace("{version: 2.4.0}", "{version: 2.4.0, sunset: 2026-12-20}")
    lax, strict = "impact: {notice: 0}", "impact: {notice: 90}"
    assert effects(compared(BASE, ending, today="2026-11-20", config=lax)) == {"web": "must-act deprecated-only"}
    assert effects(compared(BASE, ending, today="2026-11-20", config=lax, was=strict)) == {"web": "breaks range-unmet"}
