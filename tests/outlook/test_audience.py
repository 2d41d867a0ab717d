"""What an audience sees of a model."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import model
from platctl.model.calendar import Calendar
from platctl.model.entity.entity import Visibility
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.audience import BUILT_IN, Audience, Dates, Horizon, Precision, audience
from platctl.model.settings.config import Config
from platctl.model.vocabulary import Status
from platctl.outlook.audience import open_to, seen_by

TODAY = datetime.date(2027, 2, 10)
CUSTOMERS, MANAGERS = BUILT_IN["customers"], BUILT_IN["product-managers"]

PLAN = """
    kind: team
    id: access
    lead: Ruben
    ---
    kind: consumer
    id: tv-app
    visibility: public
    uses:
      - identity
      - secret-sauce
    ---
    kind: component
    id: identity
    depends_on:
      - secret-sauce
    versions:
      - version: 1.0.0
        successor: component:secret-sauce
    ---
    kind: component
    id: secret-sauce
    visibility: restricted
    ---
    kind: initiative
    id: takeover
    visibility: restricted
    status: planned
    aliases:
      - moonshot
    ---
    kind: initiative
    id: passkeys
    title: WebAuthn rollout
    outcome: Sign in with a finger.
    visibility: public
    status: planned
    owner: access
    requested_by:
      - tv-app
    depends_on:
      - moonshot
    changes:
      - component: identity
        effect: addition
        version: 1.1.0
      - component: secret-sauce
        effect: internal
    effort:
      access: 4
    start: 2027-02-15
    end: 2027-05-04
    ---
    kind: decision
    id: d1
    chose: passkeys
    over:
      - takeover
    why: The takeover can wait.
"""


def seen(text: str, by: Audience, config: str = "") -> Model:
    return seen_by(model(text, config=config), by, TODAY)


def names(found: Model) -> list[str]:
    return [str(ref) for ref in found.entities]


def test_what_is_more_confidential_is_gone_with_all_that_refers_to_it() -> None:
    found = seen(PLAN, MANAGERS)
    assert names(found) == [
        *("component:identity", "consumer:tv-app", "initiative:passkeys", "team:access"),
    ]
    passkeys = found.initiatives[Ref("initiative", "default", "passkeys")]
    assert passkeys.depends_on == ()
    assert [str(change.component) for change in passkeys.changes] == ["identity"]
    assert "secret-sauce" not in repr(found)


def test_a_decision_says_more_than_its_fields_and_goes_with_what_it_is_about() -> None:
    text = PLAN.replace("visibility: restricted\n    status: planned", "status: planned")
    assert "decision:d1" in names(seen(text, MANAGERS))
    assert "decision:d1" not in names(seen(PLAN, MANAGERS))


def test_customers_read_the_outcome_and_no_other_field() -> None:
    (passkeys,) = seen(PLAN, CUSTOMERS).initiatives.values()
    assert passkeys.label == "Sign in with a finger."
    written = {name for name, value in passkeys.items() if value not in (None, (), {}, False)}
    assert written == {"kind", "id", "namespace", "title", "visibility", "status", "outcome", "start", "end"}


def test_days_that_customers_read_stand_for_now_next_and_later() -> None:
    (passkeys,) = seen(PLAN, CUSTOMERS).initiatives.values()
    assert (passkeys.start, passkeys.end) == (datetime.date(2027, 1, 1), datetime.date(2027, 6, 30))
    later = PLAN.replace("2027-05-04", "2031-12-01")
    (passkeys,) = seen(later, CUSTOMERS).initiatives.values()
    assert passkeys.end == datetime.date(2027, 9, 30)


def test_what_is_not_far_enough_is_not_shown() -> None:
    assert "initiative:passkeys" not in names(seen(PLAN.replace("status: planned", "status: idea"), CUSTOMERS))
    assert "initiative:passkeys" in names(seen(PLAN.replace("status: planned", "status: idea"), MANAGERS))
    assert "initiative:passkeys" not in names(seen(PLAN.replace("status: planned", "status: dropped"), MANAGERS))


def test_a_visibility_that_cannot_be_read_hides() -> None:
    assert "component:secret-sauce" not in names(seen(PLAN.replace(": restricted", ": restrcted"), MANAGERS))


def test_a_reference_to_nothing_is_not_repeated() -> None:
    assert "nowhere" not in repr(seen(PLAN.replace("- tv-app", "- nowhere"), MANAGERS))


def test_a_former_name_leads_to_the_present_one() -> None:
    text = PLAN.replace("visibility: restricted\n    status: planned", "status: planned")
    (passkeys, _) = seen(text, MANAGERS).initiatives.values()
    assert [str(ref) for ref in passkeys.depends_on] == ["initiative:takeover"]


def test_no_place_in_a_file_and_no_setting_that_only_checks_is_left() -> None:
    config = "waivers:\n  - {rule: missing-owner, reason: Greta said so}\nstrategy: Win.\n"
    found = seen(PLAN, MANAGERS, config)
    assert str(found.name_at(Ref("team", "default", "access"))) == ""
    assert (found.files, found.findings, found.config.waivers) == ({}, (), ())
    assert found.config.strategy == "Win."
    assert seen(PLAN, CUSTOMERS, config).config.strategy is None


def test_fields_of_the_users_own_are_read_by_those_who_may() -> None:
    config = "audiences:\n  board:\n    sees: restricted\n    fields: [title, x-case]\n    wording: [x-name]\n"
    text = "kind: goal\nid: g\ntitle: G\nx-case: strong\nx-name: Growth\nx-other: no\n"
    (board,) = (audience("board", model(text, config=config).config.audiences),)
    assert board is not None
    (goal,) = seen(text, board, config).goals.values()
    assert (goal.label, goal.extensions) == ("Growth", {"x-case": "strong"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2.0.0", "2.0.0"),
        ("component:other", "other"),
        ("formerly", "other"),
        ("other#v2", "other#v2"),
        ("secret-sauce", None),
        ("secret-sauce#v2", None),
        ("default/secret-sauce", None),
        ("whatever-comes", None),
    ],
)
def test_a_successor_is_told_if_it_is_a_version_or_may_be_seen(written: str, read: str | None) -> None:
    other = "kind: component\nid: other\naliases: [formerly]\n---\n"
    secret = "kind: component\nid: secret-sauce\nvisibility: restricted\n---\n"
    old = f"kind: component\nid: old\nversions:\n  - {{version: 1.0.0, successor: '{written}'}}\n"
    found = seen(other + secret + old, BUILT_IN["developers"])
    assert found.components[Ref("component", "default", "old")].versions[0].successor == read


def test_the_days_of_a_period_follow_only_from_fields_that_may_be_read() -> None:
    reader = Audience("a", "A", Visibility.PUBLIC, CUSTOMERS.statuses, frozenset({"start", "end"}), Precision.PERIOD)
    text = "kind: initiative\nid: a\nvisibility: public\nstatus: planned\nperiod: 2027-Q2\n"
    (work,) = seen(text, reader).initiatives.values()
    assert (work.start, work.end, work.period) == (None, None, None)


@pytest.mark.parametrize("status", ["planned", "active", "done"])
def test_who_may_not_read_how_far_work_is_gets_what_follows_from_its_days(status: str) -> None:
    reader = Audience("a", "A", Visibility.PUBLIC, CUSTOMERS.statuses, frozenset({"end"}), Precision.DAY)
    text = f"kind: initiative\nid: a\nvisibility: public\nstatus: {status}\nend: %s\n"
    for end, told in (("2027-02-09", Status.DONE), ("2027-02-10", Status.PLANNED)):
        (work,) = seen(text % end, reader).initiatives.values()
        assert work.status is told


def test_what_is_nothing_without_a_hidden_field_is_gone() -> None:
    reader = Audience("a", "A", Visibility.INTERNAL, CUSTOMERS.statuses, frozenset({"votes", "scores"}), Precision.DAY)
    assert names(seen("kind: ballot\nid: b\nby: Ruben\nvotes: {}\n", reader)) == []


def test_teams_in_efforts_have_their_present_names_for_whom_may_not_read_former_ones() -> None:
    reader = Audience("a", "A", Visibility.INTERNAL, CUSTOMERS.statuses, frozenset({"effort"}), Precision.DAY)
    text = (
        "kind: team\nid: access\naliases: [login]\n---\nkind: initiative\nid: a\nstatus: planned\neffort: {login: 4}\n"
    )
    (work,) = seen(text, reader).initiatives.values()
    assert list(work.effort) == ["access"]


def test_what_was_measured_by_now_is_known_whatever_period_it_was_in() -> None:
    reader = Audience("a", "A", Visibility.INTERNAL, CUSTOMERS.statuses, None, Precision.PERIOD)
    values = "{2027-02-01: 3, 2027-02-20: 4, 2026-11-05: 2}"
    (goal,) = seen(f"kind: goal\nid: g\nmetrics: [{{id: m, values: {values}}}]\n", reader).goals.values()
    assert goal.metrics[0].values == {
        **{datetime.date(2026, 12, 31): 2, TODAY: 3},
        datetime.date(2027, 3, 31): 4,
    }


def test_who_publishes_may_choose_by_any_field_and_place_of_what_may_be_seen() -> None:
    found = open_to(model(PLAN), CUSTOMERS)
    assert names(found) == ["consumer:tv-app", "initiative:passkeys"]
    passkeys = found.initiatives[Ref("initiative", "default", "passkeys")]
    assert [str(ref) for ref in passkeys.requested_by] == ["consumer:tv-app"]
    assert (passkeys.owner, passkeys.depends_on, passkeys.changes) == (None, (), ())
    assert found.documents[passkeys.ref].path == "model-1.yaml"


# Settings ---------------------------------------------------------------------------------------------------


def test_an_audience_of_your_own_is_as_strict_as_customers_until_it_says_otherwise() -> None:
    settings = model("kind: goal\nid: g\n", config="audiences:\n  board:\n    dates: period\n").config.audiences
    board = audience("board", settings)
    assert board == Audience(
        *("board", "board", Visibility.PUBLIC, CUSTOMERS.statuses, CUSTOMERS.fields),
        *(Precision.PERIOD, CUSTOMERS.wording),
    )


def test_an_audience_inherits_no_words_that_it_may_not_read() -> None:
    config = (
        "audiences:\n  board:\n    fields: [status, title]\n  press:\n    fields: [status]\n    wording: [x-name]\n"
    )
    settings = model("kind: goal\nid: g\n", config=config).config.audiences
    board, press = audience("board", settings), audience("press", settings)
    assert board
    assert press
    assert (board.wording, press.wording) == (("title",), ("x-name",))


def test_what_is_said_of_a_built_in_audience_changes_only_that() -> None:
    settings = model("kind: goal\nid: g\n", config="audiences:\n  customers:\n    dates: period\n").config.audiences
    changed = audience("customers", settings)
    assert changed is not None
    assert (changed.dates, changed.fields, changed.title) == (Precision.PERIOD, CUSTOMERS.fields, "Customers")


def test_there_is_no_audience_that_nobody_described() -> None:
    assert audience("nobody", Config().audiences) is None


def test_a_field_that_no_entity_has_is_refused_with_the_nearest_one() -> None:
    found = model("kind: goal\nid: g\n", config="audiences:\n  board:\n    fields: [titel]\n")
    (finding,) = found.findings
    assert "`titel` is not a field of an entity; did you mean `title`?" in finding.message
    assert str(finding.span).startswith("platctl.yaml:3:")


# Days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "horizon"),
    [
        ((2026, 12, 31), Horizon.PAST),
        ((2027, 1, 1), Horizon.NOW),
        ((2027, 3, 31), Horizon.NOW),
        ((2027, 4, 1), Horizon.NEXT),
        ((2027, 6, 30), Horizon.NEXT),
        ((2027, 7, 1), Horizon.LATER),
    ],
)
def test_now_is_this_period_and_next_the_one_after_it(day: tuple[int, int, int], horizon: Horizon) -> None:
    assert Dates(Precision.HORIZON, Calendar(), TODAY).horizon(datetime.date(*day)) is horizon


@given(st.sampled_from(Precision), st.dates(), st.dates(), st.booleans())
def test_a_coarse_day_is_told_like_the_day_itself_and_stays_what_it_is(
    precision: Precision, today: datetime.date, day: datetime.date, is_first: bool
) -> None:
    dates = Dates(precision, Calendar(), today)
    coarse = dates.coarse(day, is_first=is_first)
    assert dates.coarse(coarse, is_first=is_first) == coarse
    if datetime.date(2, 1, 1) < today < datetime.date(9998, 1, 1):
        assert dates.text(coarse) == dates.text(day)


OF_THIS_CENTURY = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))


@given(
    st.sampled_from([Precision.PERIOD, Precision.HORIZON]), OF_THIS_CENTURY, st.integers(-200, 200), st.integers(1, 60)
)
def test_days_that_are_told_alike_are_the_same_day(
    precision: Precision, today: datetime.date, until: int, between: int
) -> None:
    dates = Dates(precision, Calendar(), today)
    one = today + datetime.timedelta(days=until)
    other = one + datetime.timedelta(days=between)
    assume(dates.text(one) == dates.text(other))
    assert dates.coarse(one) == dates.coarse(other)
