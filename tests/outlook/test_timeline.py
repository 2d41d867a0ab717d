"""Which versions are available on which day: what the catalog lists, and what work makes of it."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.model.version import Range, Version
from platctl.outlook.offers import Offer, covers
from platctl.outlook.timeline import Timeline

IDENTITY = Ref("component", "default", "identity")
TODAY, TOMORROW = Date(2026, 11, 20), Date(2026, 11, 21)
THREE = """
kind: component
id: identity
interfaces:
  - {id: api, versions: [{version: 1.9.0}, {version: 2.4.0}, {version: 2.5.0}]}
"""
ONE = """
kind: component
id: identity
interfaces:
  - {id: api, version: 2.4.0}
"""
BEFORE, LAST = Date(2027, 3, 30), Date(2027, 3, 31)


def day(text: str) -> Date:
    return datetime.date.fromisoformat(text)


def shown(offer: Offer) -> str:
    """`2.4.0`, `2.4.0 deprecated until 2027-06-30`, `ui:1.0`, or `-` for what has no version."""
    name = f"{offer.interface}:" if offer.interface not in ("", "api") else ""
    words = [name + (offer.version.text if offer.version else "-")]
    words += ["deprecated"] if offer.is_deprecated else []
    words += [f"until {offer.ends}"] if offer.ends else []
    words += ["overdue"] if offer.is_overdue else []
    words += [f"broken {offer.breaks}"] if offer.breaks else []
    words += [f"changed {offer.changes}"] if offer.changes else []
    return " ".join(words)


def offers(text: str, at: Date = TODAY, today: Date | None = TODAY) -> list[str]:
    return [shown(offer) for offer in Timeline(model(text), today).offers(IDENTITY, at)]


def versions(*entries: str) -> str:
    return f"kind: component\nid: identity\ninterfaces: [{{id: api, versions: [{', '.join(entries)}]}}]\n"


def work(change: str, when: str = "end: 2027-03-31", status: str = "planned", id_: str = "work") -> str:
    """An initiative with one change, as a document that follows another."""
    change = f"component: identity#api, {change}"
    return f"---\nkind: initiative\nid: {id_}\nstatus: {status}\n{when}\nchanges: [{{{change}}}]\n"


# What the catalog lists ---------------------------------------------------------------------------------------


def test_versions_are_available_as_listed() -> None:
    assert offers(ONE) == ["2.4.0"]
    assert offers(THREE) == ["1.9.0", "2.4.0", "2.5.0"]
    assert offers("{kind: component, id: identity, version: 2.10}") == ["2.10"]


def test_an_interface_without_versions_provides_itself() -> None:
    assert offers("{kind: component, id: identity}") == ["-"]
    assert offers("{kind: component, id: identity, interfaces: [{id: ui}]}") == ["ui:-"]


def test_a_component_that_does_not_exist_provides_nothing() -> None:
    other = Timeline(model("{kind: component, id: other}"), TODAY)
    assert (other.offers(IDENTITY), other.days(IDENTITY)) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "{kind: component, id: identity, lifecycle: retired}",
        "{kind: component, id: identity, version: 2.4.0, lifecycle: retired}",
        "{kind: component, id: identity, versions: [{version: 2.4.0, lifecycle: retired}]}",
    ],
)
def test_what_is_retired_is_not_available(text: str) -> None:
    assert offers(text) == []


def test_nothing_is_added_to_a_retired_component() -> None:
    assert offers(ONE + "lifecycle: retired\n" + work("effect: addition, version: 3.0.0"), LAST) == []


def test_a_since_and_a_sunset_have_happened_when_their_day_ends() -> None:
    text = versions("{version: 1.0.0, since: 2027-01-10, sunset: 2027-02-10}")
    assert [bool(offers(text, day(at))) for at in ("2027-01-09", "2027-01-10", "2027-02-09", "2027-02-10")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_sunset_that_is_over_is_over() -> None:
    assert offers(versions("{version: 1.0.0, lifecycle: deprecated, sunset: 2026-11-20}")) == []


def test_a_version_with_a_sunset_alone_is_deprecated_at_once() -> None:
    assert offers(versions("{version: 1.0.0, sunset: 2027-06-30}")) == ["1.0.0 deprecated until 2027-06-30"]


def test_with_a_day_of_deprecation_ahead_a_version_is_live_until_then_and_its_end_not_announced() -> None:
    text = versions("{version: 1.0.0, deprecated: 2027-01-01, sunset: 2027-06-30}")
    assert offers(text, day("2026-12-31")) == ["1.0.0"]
    assert offers(text, day("2027-01-01")) == ["1.0.0 deprecated until 2027-06-30"]


@pytest.mark.parametrize("field", ["lifecycle: deprecated", "sunset: 2099-01-01"])
def test_a_component_that_is_deprecated_or_ends_deprecates_all_versions(field: str) -> None:
    text = (
        f"kind: component\nid: identity\n{field}\nversion: 1.0\ninterfaces: [{{id: ui, version: 3.0}}, {{id: api}}]\n"
    )
    assert {offer.is_deprecated for offer in Timeline(model(text), TODAY).offers(IDENTITY)} == {True}


def test_the_sooner_sunset_of_component_and_version_holds() -> None:
    text = "sunset: 2027-06-30\n" + versions(
        "{version: 1.0, sunset: 2027-03-31}", "{version: 2.0, sunset: 2027-09-30}", "{version: 3.0}"
    )
    late = ["2.0 deprecated until 2027-06-30", "3.0 deprecated until 2027-06-30"]
    assert offers(text) == ["1.0 deprecated until 2027-03-31", *late]
    assert offers(text, day("2027-03-31")) == late
    assert offers(text, day("2027-06-30")) == []


def test_without_a_day_all_has_begun_and_nothing_has_ended() -> None:
    text = versions("{version: 1.0, deprecated: 2027-02-01, sunset: 2020-06-30}", "{version: 2.0, since: 2030-01-01}")
    found = Timeline(model(text), None).offers(IDENTITY)
    assert [shown(each) for each in found] == ["1.0 deprecated until 2020-06-30", "2.0"]


# What work makes of it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["planned", "active"])
def test_planned_work_counts_when_its_last_day_ends(status: str) -> None:
    text = THREE + work("effect: removal, version: 1.9.0", status=status)
    assert (len(offers(text, BEFORE)), len(offers(text, LAST))) == (3, 2)


@pytest.mark.parametrize("status", ["idea", "proposed", "shaped", "dropped", "parked"])
def test_what_is_not_committed_changes_nothing(status: str) -> None:
    assert len(offers(THREE + work("effect: removal", status=status), day("2030-01-01"))) == 3


def test_a_period_ends_on_its_last_day() -> None:
    text = THREE + work("effect: removal, version: 1.9.0", "period: 2027-Q1")
    assert (len(offers(text, BEFORE)), len(offers(text, LAST))) == (3, 2)


def test_work_without_an_end_is_not_in_the_timeline_but_listed_as_undated() -> None:
    timeline = Timeline(model(THREE + work("effect: removal", "start: 2027-01-01")), TODAY)
    assert len(timeline.offers(IDENTITY, day("2099-01-01"))) == 3
    assert [each.change.effect.value for each in timeline.undated(IDENTITY)] == ["removal"]


@pytest.mark.parametrize("when", ["end: 2026-06-30", "end: 2026-11-20"])
def test_overdue_work_and_that_of_today_counts_from_the_day_after_today(when: str) -> None:
    text = ONE + work("effect: removal", when)
    assert (offers(text), offers(text, TOMORROW)) == (["2.4.0"], [])


def test_only_what_overdue_work_alone_brings_is_marked() -> None:
    late = work("effect: addition, version: 2.5.0", "end: 2026-11-19")
    assert offers(ONE + late, TOMORROW) == ["2.4.0", "2.5.0 overdue"]
    assert offers(ONE + late.replace("-19", "-20"), TOMORROW) == ["2.4.0", "2.5.0"]
    again = work("effect: addition, version: 2.5.0", id_="again")
    assert offers(ONE + late + again, LAST) == ["2.4.0", "2.5.0"]
    assert offers(THREE + late, TOMORROW) == ["1.9.0", "2.4.0", "2.5.0"]


@pytest.mark.parametrize(
    ("version", "left"),
    [
        pytest.param("version: 2.4.0", ["1.9.0", "2.5.0"], id="one version"),
        pytest.param("version: 2.4", ["1.9.0", "2.5.0"], id="the same version, written shorter"),
        pytest.param('version: ">=2"', ["1.9.0"], id="a range"),
        pytest.param('version: "==2.*"', ["1.9.0"], id="a wildcard"),
        pytest.param("version: 7.0", ["1.9.0", "2.4.0", "2.5.0"], id="none that is there"),
        pytest.param("note: all of it", [], id="all"),
    ],
)
def test_a_removal_takes_a_version_a_range_or_all(version: str, left: list[str]) -> None:
    assert offers(THREE + work(f"effect: removal, {version}"), LAST) == left


def test_a_deprecation_announces_a_sunset_that_then_ends_the_version() -> None:
    text = THREE + work('effect: deprecation, version: "<2", sunset: 2027-09-30')
    assert offers(text, BEFORE)[0] == "1.9.0"
    assert offers(text, LAST)[0] == "1.9.0 deprecated until 2027-09-30"
    assert offers(text, day("2027-09-30")) == ["2.4.0", "2.5.0"]


def test_a_deprecation_never_lengthens_a_life() -> None:
    catalog = THREE.replace("{version: 1.9.0}", "{version: 1.9.0, sunset: 2027-06-30}")
    text = catalog + work("effect: deprecation, version: 1.9.0, sunset: 2027-09-30")
    assert offers(text, LAST)[0] == "1.9.0 deprecated until 2027-06-30"


@pytest.mark.parametrize("effect", ["addition", "breaking"])
@pytest.mark.parametrize("catalog", [ONE, THREE])
def test_a_version_brought_by_work_always_comes_next_to_the_others(effect: str, catalog: str) -> None:
    text = catalog + work(f"effect: {effect}, version: 3.0.0")
    assert offers(text, LAST) == [*offers(catalog), "3.0.0"]


def test_a_version_that_is_there_is_not_added_again() -> None:
    assert offers(THREE + work("effect: addition, version: 2.4.0"), LAST) == offers(THREE)


def test_a_first_version_takes_the_place_of_an_interface_that_had_none() -> None:
    text = "{kind: component, id: identity, interfaces: [{id: api}]}\n" + work("effect: addition, version: 1.0")
    assert (offers(text), offers(text, LAST)) == (["-"], ["1.0"])


def test_a_version_of_a_component_that_ends_ends_with_it() -> None:
    text = "sunset: 2027-06-30\n" + ONE.lstrip() + work("effect: addition, version: 2.5.0")
    assert offers(text, LAST)[1] == "2.5.0 deprecated until 2027-06-30"
    assert offers(text, day("2027-06-30")) == []


def test_nothing_is_added_to_an_interface_that_is_not_declared() -> None:
    text = ONE + work("effect: addition, version: 1.0").replace("#api", "#ui")
    assert offers(text, LAST) == ["2.4.0"]


def test_a_version_without_an_interface_belongs_to_the_only_one() -> None:
    text = ONE + work("effect: addition, version: 2.6.0").replace("#api", "")
    assert offers(text, LAST) == ["2.4.0", "2.6.0"]


@pytest.mark.parametrize("ids", [("a", "z"), ("z", "a")])
def test_of_one_day_removals_take_what_was_there_before_and_then_versions_are_added(ids: tuple[str, str]) -> None:
    both = work("effect: removal", id_=ids[0]) + work("effect: addition, version: 2.6.0", id_=ids[1])
    assert offers(ONE + both, LAST) == ["2.6.0"]
    again = work("effect: removal", id_=ids[0]) + work("effect: addition, version: 2.4.0", id_=ids[1])
    assert offers(ONE + again, LAST) == ["2.4.0"]


def test_overdue_work_counts_in_the_order_of_its_last_days() -> None:
    first, then = "end: 2026-03-31", "end: 2026-09-30"
    adds, removes = "effect: addition, version: 2.5.0", "effect: removal"
    assert offers(ONE + work(adds, first, id_="z") + work(removes, then, id_="a"), TOMORROW) == []
    assert offers(ONE + work(removes, first, id_="z") + work(adds, then, id_="a"), TOMORROW) == ["2.5.0 overdue"]


def test_changes_in_place_are_counted_on_the_versions_that_were_there() -> None:
    text = ONE + work("effect: breaking") + work("effect: change", id_="other") + work("effect: internal", id_="none")
    assert (offers(text, BEFORE), offers(text, LAST)) == (["2.4.0"], ["2.4.0 broken 1 changed 1"])
    later = versions("{version: 2.4.0}", "{version: 2.5.0, since: 2027-04-01}") + work("effect: breaking")
    assert offers(later, day("2027-04-01")) == ["2.4.0 broken 1", "2.5.0"]


def test_a_change_of_one_interface_leaves_the_others_alone() -> None:
    catalog = ONE + "  - {id: ui, version: 1.0.0}\n"
    assert offers(catalog + work("effect: removal"), LAST) == ["ui:1.0.0"]
    assert offers(catalog + work("effect: breaking"), LAST) == ["2.4.0 broken 1", "ui:1.0.0"]
    assert offers(catalog + work("effect: removal").replace("#api", "#API"), LAST) == ["ui:1.0.0"]


# Work that is done --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["end: 2026-06-30", "end: 2027-06-30"])
def test_a_removal_that_is_done_counts_from_the_day_after_today_until_the_catalog_shows_it(when: str) -> None:
    text = ONE + work("effect: removal", when, "done")
    assert (offers(text), offers(text, TOMORROW)) == (["2.4.0"], [])


def test_a_removal_that_is_done_is_not_about_versions_released_since() -> None:
    text = versions("{version: 2.4.0, since: 2026-08-01}") + work("effect: removal", "end: 2026-07-31", "done")
    assert offers(text, LAST) == ["2.4.0"]
    assert offers(text.replace("07-31", "08-01"), LAST) == []


def test_a_deprecation_that_is_done_counts_only_where_the_catalog_does_not_show_it() -> None:
    done = work("effect: deprecation, sunset: 2027-09-30", "end: 2026-06-30", "done")
    assert offers(ONE + done, TOMORROW) == ["2.4.0 deprecated until 2027-09-30"]
    shown_there = versions("{version: 2.4.0, lifecycle: deprecated}") + done
    assert offers(shown_there, TOMORROW) == ["2.4.0 deprecated"]


def test_what_was_done_in_place_holds_at_the_latest_from_today() -> None:
    for when in ("end: 2026-06-30", "end: 2027-06-30"):
        assert offers(ONE + work("effect: breaking", when, "done")) == ["2.4.0 broken 1"]
    later = versions("{version: 2.4.0, since: 2026-08-01}") + work("effect: change", "end: 2026-06-30", "done")
    assert offers(later) == ["2.4.0"]


def test_an_addition_that_is_done_adds_nothing() -> None:
    assert offers(ONE + work("effect: addition, version: 2.5.0", status="done"), LAST) == ["2.4.0"]


# All days -----------------------------------------------------------------------------------------------------


def test_the_days_are_all_on_which_something_may_change() -> None:
    dated = versions("{version: 1.0, deprecated: 2027-02-01, sunset: 2027-06-30}", "{version: 2.0, since: 2027-04-01}")
    text = "sunset: 2028-01-01\n" + dated + work("effect: deprecation, version: 1.0, sunset: 2027-12-31")
    found = Timeline(model(text), TODAY).days(IDENTITY)
    expected = ("2027-02-01", "2027-03-31", "2027-04-01", "2027-06-30", "2027-12-31", "2028-01-01")
    assert [each.isoformat() for each in found] == list(expected)


@pytest.mark.parametrize(
    ("wanted", "version", "expected"),
    [
        (None, "2.4.0", True),
        (None, None, True),
        ("2.4.0", None, False),
        ("2.4", "2.4.0", True),
        (">=2", "2.4.0", True),
        (">=2", "2.5.0rc1", False),
        ("r5", "r5", True),
        ("r5", "r6", False),
        (">=2", "r5", False),
    ],
)
def test_a_change_covers_a_version_by_its_name_or_by_its_range(
    wanted: str | None, version: str | None, expected: bool
) -> None:
    assert covers(Range(wanted) if wanted else None, Version(version) if version else None) is expected


DAYS = [TODAY + datetime.timedelta(days=number) for number in range(40)]
dates = st.none() | st.sampled_from(DAYS)


def fields(**given: object) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in given.items() if value is not None) + "}"


@given(
    st.lists(st.tuples(dates, dates, dates), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from("1234")), max_size=3),
)
def test_a_version_is_there_from_its_first_day_until_its_sunset_or_removal(
    listed: list[tuple[Date | None, Date | None, Date | None]], removals: list[tuple[Date, str]]
) -> None:
    entries = [
        fields(version=f"{number}.0", since=since, deprecated=deprecated, sunset=sunset)
        for number, (since, deprecated, sunset) in enumerate(listed, start=1)
    ]
    plans = [
        work(f"effect: removal, version: {major}.0", f"end: {end}", id_=f"work-{number}")
        for number, (end, major) in enumerate(removals)
    ]
    timeline = Timeline(model(versions(*entries) + "".join(plans)), TODAY)
    for at in DAYS:
        expected = {
            f"{number}.0": deprecated <= at if deprecated else sunset is not None
            for number, (since, deprecated, sunset) in enumerate(listed, start=1)
            if (since is None or since <= at)
            and (sunset is None or at < sunset)
            # A removal takes what was there before its day.
            and not any(
                max(end, TOMORROW) <= at and major == str(number) and (since is None or since < max(end, TOMORROW))
                for end, major in removals
            )
        }
        found = timeline.offers(IDENTITY, at)
        assert {offer.version.text: offer.is_deprecated for offer in found if offer.version} == expected
    for before, after in pairwise(DAYS):
        if after not in timeline.days(IDENTITY):
            assert timeline.offers(IDENTITY, before) == timeline.offers(IDENTITY, after)
