"""The worked example of the effect table and its variants, as facts of the typed report."""

import datetime

import pytest

from platctl.finding import Severity
from platctl.model.level import Level
from platctl.outlook.asides import Aside
from platctl.outlook.compared import Compared
from platctl.outlook.effects import Reason
from platctl.outlook.shifts import OfferChange, OfferEffect
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.questions.impact.report import ImpactReport, Verdict
from worked_example import BASE, CHANGE, Files, component, needs, offering, state

COMPARED = Compared("working tree", "1f3c9a2", "merge base of origin/main and HEAD")


def compare(before: Files, after: Files) -> ImpactReport:
    return impact(state(before), state(after), COMPARED, ImpactOptions())


def verdict(report: ImpactReport, consumer: str) -> Verdict:
    (found,) = (each for each in report.verdicts if each.consumer.id == consumer)
    return found


def levels(report: ImpactReport) -> dict[str, str]:
    return {each.consumer.id: each.level.value for each in report.verdicts}


def way(found: Verdict) -> list[str]:
    """`mobile-app <- gateway <- identity#api`, a step each."""
    return [*(step.entity.id for step in found.cause.steps), found.cause.subject]


@pytest.fixture(scope="module")
def report() -> ImpactReport:
    return compare(BASE, BASE | CHANGE)


def test_it_says_what_was_compared(report: ImpactReport) -> None:
    assert report.compared == COMPARED


def test_what_changes_on_offer(report: ImpactReport) -> None:
    def told(change: OfferChange) -> tuple[str, OfferEffect, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]:
        return change.subject, change.effect, change.added, change.removed, change.kept, str(change.span)

    assert [told(each) for each in report.changes] == [
        ("identity#api", OfferEffect.BREAKING, ("3.0.0",), ("2.4.0",), (), "components/identity.yaml:9:7"),
        ("media-codec#sdk", OfferEffect.ADDITION, ("5.2.0",), (), ("5.1.0",), "components/media-codec.yaml:10:7"),
    ]


def test_the_consumers_by_level_then_by_tier(report: ImpactReport) -> None:
    assert [(each.consumer.id, each.tier, each.level) for each in report.verdicts] == [
        ("mobile-app", 1, Level.BREAKS),
        ("kiosk", 2, Level.MUST_ACT),
        ("web-shop", 1, Level.AT_RISK),
        ("catalog-site", 2, Level.AT_RISK),
        ("partner-portal", 3, Level.AT_RISK),
        ("studio", 2, Level.GAINS),
        ("tv-app", 2, Level.GAINS),
        ("signage", 2, Level.INFORMED),
    ]


@pytest.mark.parametrize(
    ("consumer", "reason", "steps", "decides_at"),
    [
        ("mobile-app", Reason.RANGE_UNMET, ["mobile-app", "gateway", "identity#api"], "components/gateway.yaml:8:5"),
        ("kiosk", Reason.RANGE_UNMET, ["kiosk", "identity#api"], "consumers/kiosk.yaml:9:5"),
        ("web-shop", Reason.RANGE_UNMET, ["web-shop", "billing", "identity#api"], "components/billing.yaml:8:5"),
        (
            "catalog-site",
            Reason.RANGE_UNMET,
            ["catalog-site", "search", "billing", "identity#api"],
            "components/billing.yaml:8:5",
        ),
        ("partner-portal", Reason.OPEN_RANGE, ["partner-portal", "identity#api"], "consumers/partner-portal.yaml:9:5"),
        ("studio", Reason.NEW_IN_RANGE, ["studio", "media-codec#sdk"], "consumers/studio.yaml:9:5"),
        ("tv-app", Reason.RANGE_NOW_MET, ["tv-app", "identity#api"], "consumers/tv-app.yaml:9:5"),
        ("signage", Reason.MOVES_HERE, ["signage", "identity#api"], "consumers/signage.yaml:9:5"),
    ],
)
def test_why_and_which_way(
    report: ImpactReport, consumer: str, reason: Reason, steps: list[str], decides_at: str
) -> None:
    found = verdict(report, consumer)
    assert (found.cause.reason, way(found), str(found.cause.span)) == (reason, steps, decides_at)
    assert found.cause.distance == len(steps) - 1
    assert [step.decides for step in found.cause.steps] == [False] * (len(steps) - 2) + [True]
    assert found.others == ()


def test_the_levels_on_the_way(report: ImpactReport) -> None:
    def on_the_way(consumer: str) -> list[Level]:
        return [step.level for step in verdict(report, consumer).cause.steps]

    assert on_the_way("mobile-app") == [Level.BREAKS, Level.BREAKS]
    assert on_the_way("catalog-site") == [Level.AT_RISK, Level.AT_RISK, Level.BREAKS]
    assert on_the_way("kiosk") == [Level.MUST_ACT]


def test_who_absorbs(report: ImpactReport) -> None:
    absorbed = {each.consumer.id: each.cause.absorbed_by.id for each in report.verdicts if each.cause.absorbed_by}
    assert absorbed == {"web-shop": "billing", "catalog-site": "billing"}


def test_the_soft_one_says_what_it_would_be(report: ImpactReport) -> None:
    assert verdict(report, "kiosk").cause.hard_level is Level.BREAKS
    assert verdict(report, "mobile-app").cause.hard_level is None


def test_what_was_and_is_on_offer_for_the_deciding_dependency(report: ImpactReport) -> None:
    cause = verdict(report, "partner-portal").cause
    assert (cause.requires, cause.offered, cause.left) == (">=2", ("2.4.0",), ("3.0.0",))


def test_who_is_counted_apart(report: ImpactReport) -> None:
    def told(aside: Aside) -> tuple[str, int | None, str, str | None, str]:
        return aside.consumer.id, aside.tier, aside.on, aside.requires, str(aside.span)

    assert [told(each) for each in report.already_broken] == [
        ("legacy-admin", 3, "identity#api", ">=1,<2", "consumers/legacy-admin.yaml:9:5")
    ]
    assert [told(each)[:4] for each in report.left] == [("crm", 3, "identity#api", ">=2,<3")]


def test_the_counts(report: ImpactReport) -> None:
    counts = report.summary
    assert (counts.breaks, counts.must_act, counts.at_risk, counts.gains, counts.informed) == (1, 1, 3, 2, 1)
    assert (counts.already_broken, counts.left, counts.not_affected, counts.consumers) == (1, 1, 1, 11)
    assert (counts.failing, counts.fails) == (1, True)
    assert [each.consumer.id for each in report.failing] == ["mobile-app"]


def test_the_components_on_the_way(report: ImpactReport) -> None:
    assert [(each.component.id, each.level) for each in report.components] == [
        ("billing", Level.BREAKS),
        ("gateway", Level.BREAKS),
        ("search", Level.AT_RISK),
        ("recommender", Level.INFORMED),
    ]


def test_nothing_is_unknown(report: ImpactReport) -> None:
    assert report.unknown == ()


def test_the_severities(report: ImpactReport) -> None:
    assert verdict(report, "mobile-app").severity is Severity.ERROR
    assert verdict(report, "kiosk").severity is Severity.WARNING
    assert {each.severity for each in report.verdicts[2:]} == {Severity.INFO}


# Variants ---------------------------------------------------------------------------------------------------

IDENTITY = "components/identity.yaml"


def test_the_old_version_stays_live_and_those_who_require_it_are_only_informed() -> None:
    report = compare(BASE, BASE | {IDENTITY: offering("identity", "api", "2.4.0", "3.0.0")})
    assert levels(report) == {
        "tv-app": "gains",
        "partner-portal": "informed",
        "crm": "informed",
        "kiosk": "informed",
        "mobile-app": "informed",
        "signage": "informed",
    }
    assert verdict(report, "crm").cause.reason is Reason.STILL_MET
    assert [each.consumer.id for each in report.already_broken] == ["legacy-admin"]
    assert not report.summary.fails


def test_the_old_version_stays_until_its_sunset_and_those_who_require_it_must_act_by_then() -> None:
    ending = "2.4.0\n      lifecycle: deprecated\n      sunset: 2027-06-30"
    report = compare(BASE, BASE | {IDENTITY: offering("identity", "api", ending, "3.0.0")})
    assert levels(report) == {
        "mobile-app": "must-act",
        "signage": "must-act",
        "crm": "must-act",
        "web-shop": "at-risk",
        "catalog-site": "at-risk",
        "kiosk": "at-risk",
        "partner-portal": "at-risk",
        "tv-app": "gains",
    }
    assert verdict(report, "signage").cause.by == datetime.date(2027, 6, 30)
    assert verdict(report, "mobile-app").cause.reason is Reason.DEPRECATED_ONLY
    assert not report.summary.fails


def test_a_gateway_that_does_not_expose_absorbs() -> None:
    absorbing = BASE | {"components/gateway.yaml": component("gateway", needs("identity#api", ">=2,<3"))}
    report = compare(absorbing, absorbing | CHANGE)
    found = verdict(report, "mobile-app")
    assert found.level is Level.AT_RISK
    assert found.cause.absorbed_by is not None
    assert found.cause.absorbed_by.id == "gateway"
    assert not report.summary.fails


def test_a_component_that_is_deleted_breaks_those_who_stood_on_it_in_base() -> None:
    report = compare(BASE, {path: text for path, text in BASE.items() if path != IDENTITY})
    assert levels(report) == {
        "mobile-app": "breaks",
        "crm": "breaks",
        "partner-portal": "breaks",
        "signage": "breaks",
        "kiosk": "must-act",
        "web-shop": "at-risk",
        "catalog-site": "at-risk",
        "newsletter": "at-risk",
    }
    assert {each.consumer.id for each in report.already_broken} == {"legacy-admin", "tv-app"}
    assert way(verdict(report, "mobile-app")) == ["mobile-app", "gateway", "identity#api"]
    assert str(verdict(report, "mobile-app").cause.span) == "components/gateway.yaml:8:5"


def test_reformatting_changes_nothing() -> None:
    moved = {f"all/{path}": f"# moved\n{text}".replace("2.4.0", '"2.4.0"') for path, text in BASE.items()}
    report = compare(BASE, moved)
    assert report.is_quiet
    assert report.summary.not_affected == report.summary.consumers == 11


@pytest.mark.parametrize("follow", [False, True])
def test_a_rename_with_an_alias_breaks_nobody(follow: bool) -> None:
    renamed = BASE[IDENTITY].replace("id: identity\n", "id: accounts\naliases: [identity]\n")
    after = BASE | {IDENTITY: renamed}
    if follow:
        after = {path: text.replace("identity#api", "accounts#api") for path, text in after.items()}
    report = compare(BASE, after)
    assert (report.changes, report.verdicts, report.left, report.already_broken) == ((), (), (), ())
    assert [each.what for each in report.others] == ["renamed from identity"]


def test_a_break_under_a_new_name_still_breaks() -> None:
    renamed = CHANGE[IDENTITY].replace("id: identity\n", "id: accounts\naliases: [identity]\n")
    assert levels(compare(BASE, BASE | CHANGE | {IDENTITY: renamed})) == levels(compare(BASE, BASE | CHANGE))
