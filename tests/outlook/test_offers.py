"""Which versions are on offer on which day: what the catalog says, and what planned work makes of it."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import model
from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.model.version import Range, Version
from platctl.outlook.offers import Catalog, Offer, covers

IDENTITY = Ref("component", "default", "identity")
SIDE_BY_SIDE = """
kind: component
id: identity
interfaces:
  - {id: api, versions: [{version: 1.9.0}, {version: 2.4.0}, {version: 2.5.0}]}
"""
ONE_AT_A_TIME = """
kind: component
id: identity
interfaces:
  - {id: api, version: 2.4.0}
"""
BEFORE, AFTER = Date(2027, 3, 30), Date(2027, 3, 31)


def day(text: str) -> Date:
    return datetime.date.fromisoformat(text)


def shown(offer: Offer) -> str:
    """`2.4.0`, `2.4.0 deprecated until 2027-06-30`, `ui:1.0`, or `-` for what has no version."""
    name = f"{offer.interface}:" if offer.interface not in ("", "api") else ""
    words = [name + (offer.version.text if offer.version else "-")]
    words += ["deprecated"] if offer.is_deprecated else []
    words += [f"until {offer.ends}"] if offer.ends else []
    return " ".join(words)


def on_offer(text: str, at: Date | None = None) -> list[str]:
    return [shown(offer) for offer in Catalog(model(text)).offers(IDENTITY, at)]


def planned(change: str, catalog: str = SIDE_BY_SIDE, status: str = "planned", when: str = "end: 2027-03-31") -> str:
    return f"""{catalog}---
kind: initiative
id: work
title: Work
status: {status}
{when}
changes: [{{component: identity#api, {change}}}]
"""


def test_one_version_or_several_stand_on_offer_as_written() -> None:
    assert on_offer(ONE_AT_A_TIME) == ["2.4.0"]
    assert on_offer(SIDE_BY_SIDE) == ["1.9.0", "2.4.0", "2.5.0"]


def test_a_component_without_interfaces_offers_its_own_version() -> None:
    assert on_offer("{kind: component, id: identity, version: 2.10}") == ["2.10"]


def test_a_component_that_says_no_version_offers_one_that_has_none() -> None:
    assert on_offer("{kind: component, id: identity}") == ["-"]
    assert on_offer("{kind: component, id: identity, interfaces: [{id: ui}]}") == ["ui:-"]


def test_a_component_that_does_not_exist_offers_nothing() -> None:
    assert on_offer("{kind: component, id: other}") == []
    assert Catalog(model("{kind: component, id: other}")).turning_days(IDENTITY) == []


@pytest.mark.parametrize("where", ["lifecycle: retired", "version: 2.4.0, lifecycle: retired"])
def test_a_retired_component_offers_nothing(where: str) -> None:
    assert on_offer(f"{{kind: component, id: identity, {where}}}") == []


def test_a_retired_version_is_not_on_offer() -> None:
    assert on_offer(
        "{kind: component, id: identity, versions: [{version: 1.0, lifecycle: retired}, {version: 2.0}]}"
    ) == ["2.0"]


def test_a_deprecated_component_deprecates_all_that_it_offers() -> None:
    text = "{kind: component, id: identity, lifecycle: deprecated, version: 1.0, interfaces: [{id: ui, version: 3.0}]}"
    assert on_offer(text) == ["1.0 deprecated", "ui:3.0 deprecated"]


def test_the_sooner_sunset_of_component_and_version_holds() -> None:
    text = """
    kind: component
    id: identity
    sunset: 2027-06-30
    versions: [{version: 1.0, sunset: 2027-03-31}, {version: 2.0, sunset: 2027-09-30}, {version: 3.0}]
    """
    assert on_offer(text) == ["1.0 until 2027-03-31", "2.0 until 2027-06-30", "3.0 until 2027-06-30"]
    assert on_offer(text, day("2027-03-31")) == ["2.0 until 2027-06-30", "3.0 until 2027-06-30"]
    assert on_offer(text, day("2027-06-30")) == []


DATED = """
kind: component
id: identity
versions:
  - {version: 1.0, deprecated: 2027-02-01, sunset: 2027-06-30}
  - {version: 2.0, since: 2027-04-01}
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-01-31", ["1.0 until 2027-06-30"]),
        ("2027-02-01", ["1.0 deprecated until 2027-06-30"]),
        ("2027-03-31", ["1.0 deprecated until 2027-06-30"]),
        ("2027-04-01", ["1.0 deprecated until 2027-06-30", "2.0"]),
        ("2027-06-29", ["1.0 deprecated until 2027-06-30", "2.0"]),
        ("2027-06-30", ["2.0"]),
    ],
)
def test_dates_of_the_catalog_count_from_their_day_on(at: str, expected: list[str]) -> None:
    assert on_offer(DATED, day(at)) == expected


def test_without_a_day_the_catalog_is_taken_at_its_word() -> None:
    assert on_offer(DATED) == ["1.0 deprecated until 2027-06-30", "2.0"]


@pytest.mark.parametrize("status", ["planned", "active"])
def test_what_is_planned_or_active_counts_from_the_day_it_ends(status: str) -> None:
    text = planned("effect: removal, version: 1.9.0", status=status)
    assert on_offer(text, BEFORE) == ["1.9.0", "2.4.0", "2.5.0"]
    assert on_offer(text, AFTER) == ["2.4.0", "2.5.0"]
    assert on_offer(text) == ["1.9.0", "2.4.0", "2.5.0"]


@pytest.mark.parametrize("status", ["idea", "proposed", "shaped", "done", "dropped", "parked"])
def test_what_is_not_committed_or_done_already_changes_nothing(status: str) -> None:
    text = planned("effect: removal, version: 1.9.0", status=status)
    assert on_offer(text, day("2030-01-01")) == ["1.9.0", "2.4.0", "2.5.0"]


def test_a_period_ends_on_its_last_day() -> None:
    text = planned("effect: removal, version: 1.9.0", when="period: 2027-Q1")
    assert (len(on_offer(text, BEFORE)), len(on_offer(text, AFTER))) == (3, 2)


def test_work_without_an_end_never_takes_place() -> None:
    text = planned("effect: removal, version: 1.9.0", when="start: 2027-01-01")
    assert on_offer(text, day("2099-01-01")) == ["1.9.0", "2.4.0", "2.5.0"]


@pytest.mark.parametrize(
    ("version", "left"),
    [
        pytest.param("version: 2.4.0", ["1.9.0", "2.5.0"], id="one version"),
        pytest.param("version: 2.4", ["1.9.0", "2.5.0"], id="the same version, written shorter"),
        pytest.param('version: ">=2"', ["1.9.0"], id="a range"),
        pytest.param('version: "<2"', ["2.4.0", "2.5.0"], id="a range below"),
        pytest.param('version: "==2.*"', ["1.9.0"], id="a wildcard"),
        pytest.param("version: 7.0", ["1.9.0", "2.4.0", "2.5.0"], id="none that is there"),
        pytest.param("note: all of it", [], id="all"),
    ],
)
def test_a_removal_takes_a_version_a_range_or_all(version: str, left: list[str]) -> None:
    assert on_offer(planned(f"effect: removal, {version}"), AFTER) == left


def test_a_deprecation_marks_what_it_covers_and_its_sunset_removes_it() -> None:
    text = planned('effect: deprecation, version: "<2.5", sunset: 2027-09-30')
    assert on_offer(text, BEFORE) == ["1.9.0", "2.4.0", "2.5.0"]
    assert on_offer(text, AFTER) == [
        "1.9.0 deprecated until 2027-09-30",
        "2.4.0 deprecated until 2027-09-30",
        "2.5.0",
    ]
    assert on_offer(text, day("2027-09-29"))[-1] == "2.5.0"
    assert on_offer(text, day("2027-09-30")) == ["2.5.0"]


def test_a_deprecation_never_lengthens_a_life() -> None:
    catalog = SIDE_BY_SIDE.replace("{version: 1.9.0}", "{version: 1.9.0, sunset: 2027-06-30}")
    text = planned("effect: deprecation, version: 1.9.0, sunset: 2027-09-30", catalog)
    assert on_offer(text, AFTER)[0] == "1.9.0 deprecated until 2027-06-30"


@pytest.mark.parametrize("effect", ["addition", "breaking"])
def test_a_new_version_stands_beside_the_old_where_there_are_several(effect: str) -> None:
    text = planned(f"effect: {effect}, version: 3.0.0")
    assert on_offer(text, AFTER) == ["1.9.0", "2.4.0", "2.5.0", "3.0.0"]


@pytest.mark.parametrize("effect", ["addition", "breaking"])
def test_a_new_version_takes_the_place_of_the_old_where_there_is_one_at_a_time(effect: str) -> None:
    text = planned(f"effect: {effect}, version: 3.0.0", ONE_AT_A_TIME)
    assert on_offer(text, AFTER) == ["3.0.0"]


def test_only_a_declared_break_marks_the_new_version_as_breaking() -> None:
    def breaks(effect: str) -> list[bool]:
        plan = model(planned(f"effect: {effect}, version: 2.6.0", ONE_AT_A_TIME))
        return [offer.is_breaking for offer in Catalog(plan).offers(IDENTITY, AFTER)]

    assert (breaks("addition"), breaks("breaking")) == ([False], [True])


def test_a_version_that_is_on_offer_already_is_not_added_again() -> None:
    assert on_offer(planned("effect: addition, version: 2.4.0"), AFTER) == ["1.9.0", "2.4.0", "2.5.0"]


def test_a_new_version_without_an_interface_named_goes_to_the_only_one() -> None:
    text = planned("effect: addition, version: 2.6.0", ONE_AT_A_TIME).replace("identity#api,", "identity,")
    assert on_offer(text, AFTER) == ["2.6.0"]


def test_a_new_version_without_an_interface_named_is_of_none_where_there_are_several() -> None:
    catalog = ONE_AT_A_TIME + "  - {id: ui, version: 1.0.0}\n"
    text = planned("effect: addition, version: 2.6.0", catalog).replace("identity#api,", "identity,")
    found = Catalog(model(text)).offers(IDENTITY, AFTER)
    assert [(each.interface, each.version and each.version.text) for each in found] == [
        ("api", "2.4.0"),
        ("ui", "1.0.0"),
        ("", "2.6.0"),
    ]


def test_a_new_version_without_an_interface_named_replaces_the_component_s_own() -> None:
    catalog = "kind: component\nid: identity\nversion: 1.0.0\ninterfaces: [{id: ui, version: 3.0.0}]\n"
    text = planned("effect: breaking, version: 2.0.0", catalog).replace("identity#api,", "identity,")
    assert on_offer(text, AFTER) == ["ui:3.0.0", "2.0.0"]


def test_a_change_of_one_interface_leaves_the_others_alone() -> None:
    catalog = ONE_AT_A_TIME + "  - {id: ui, version: 1.0.0}\n"
    assert on_offer(planned("effect: removal", catalog), AFTER) == ["ui:1.0.0"]
    assert on_offer(planned("effect: breaking, version: 3.0.0", catalog), AFTER) == ["ui:1.0.0", "3.0.0"]


def test_an_interface_is_the_same_one_in_upper_and_lower_case() -> None:
    text = planned("effect: removal").replace("identity#api", "Identity#API")
    assert on_offer(text, AFTER) == []


@pytest.mark.parametrize("effect", ["change", "internal", "breaking", "addition"])
def test_a_change_without_a_version_leaves_what_is_on_offer(effect: str) -> None:
    assert on_offer(planned(f"effect: {effect}"), AFTER) == ["1.9.0", "2.4.0", "2.5.0"]


def test_a_change_under_a_former_name_counts() -> None:
    text = planned("effect: removal").replace("id: identity", "id: identity\naliases: [accounts]")
    assert on_offer(text.replace("identity#api,", "accounts#api,"), AFTER) == []


def test_plans_take_place_in_the_order_of_their_days() -> None:
    text = (
        planned("effect: removal, version: 3.0.0", when="end: 2027-06-30")
        + """---
kind: initiative
id: aardvark
title: First
status: active
end: 2027-03-31
changes: [{component: identity#api, effect: addition, version: 3.0.0}]
"""
    )
    assert "3.0.0" in on_offer(text, day("2027-06-29"))
    assert "3.0.0" not in on_offer(text, day("2027-06-30"))


def test_the_turning_days_are_all_days_on_which_something_may_change() -> None:
    text = planned("effect: deprecation, version: 1.0, sunset: 2027-12-31", DATED).replace("#api", "")
    found = Catalog(model(text)).turning_days(IDENTITY)
    assert found == [day(each) for each in ("2027-02-01", "2027-03-31", "2027-04-01", "2027-06-30", "2027-12-31")]


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


FIRST = Date(2027, 1, 1)
DAYS = [FIRST + datetime.timedelta(days=number) for number in range(40)]
dates = st.none() | st.sampled_from(DAYS)


def _fields(**given: object) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in given.items() if value is not None) + "}"


@st.composite
def catalogs(draw: st.DrawFn) -> str:
    listed = [
        _fields(version=f"{number}.0", since=draw(dates), deprecated=draw(dates), sunset=draw(dates))
        for number in range(1, draw(st.integers(2, 4)))
    ]
    sunset = f"sunset: {FIRST + datetime.timedelta(days=35)}" if draw(st.booleans()) else "tags: []"
    return f"kind: component\nid: identity\n{sunset}\ninterfaces:\n  - {{id: api, versions: [{', '.join(listed)}]}}\n"


@st.composite
def plans(draw: st.DrawFn) -> list[tuple[Date, str, str, Date | None]]:
    change = st.tuples(
        st.sampled_from(DAYS), st.sampled_from(["removal", "deprecation", "addition"]), st.sampled_from("1234"), dates
    )
    return draw(st.lists(change, max_size=3))


def initiative(number: int, end: Date, effect: str, major: str, sunset: Date | None) -> str:
    change = _fields(component="identity#api", effect=effect, version=f"{major}.0", sunset=sunset)
    return f"---\nkind: initiative\nid: work-{number}\ntitle: Work\nstatus: active\nend: {end}\nchanges: [{change}]\n"


@given(catalogs(), plans())
@settings(max_examples=60)
def test_between_two_turning_days_nothing_changes(text: str, work: list[tuple[Date, str, str, Date | None]]) -> None:
    catalog = Catalog(model(text + "".join(initiative(number, *each) for number, each in enumerate(work))))
    turning = set(catalog.turning_days(IDENTITY))
    for before, after in pairwise(DAYS):
        if after not in turning:
            assert catalog.offers(IDENTITY, before) == catalog.offers(IDENTITY, after)


@given(st.lists(st.tuples(dates, dates, dates), min_size=1, max_size=4), plans())
@settings(max_examples=60)
def test_day_by_day_a_version_is_there_from_its_first_to_its_last(
    listed: list[tuple[Date | None, Date | None, Date | None]], work: list[tuple[Date, str, str, Date | None]]
) -> None:
    removals = [(end, major) for end, effect, major, _ in work if effect == "removal"]
    assume(len({end for end, *_ in work}) == len(work))
    entries = [
        _fields(version=f"{number}.0", since=since, deprecated=deprecated, sunset=sunset)
        for number, (since, deprecated, sunset) in enumerate(listed, start=1)
    ]
    text = f"kind: component\nid: identity\ninterfaces: [{{id: api, versions: [{', '.join(entries)}]}}]\n"
    only_removals = [each for each in work if each[1] == "removal"]
    catalog = Catalog(model(text + "".join(initiative(number, *each) for number, each in enumerate(only_removals))))
    for at in DAYS:
        expected = {
            f"{number}.0": deprecated is not None and deprecated <= at
            for number, (since, deprecated, sunset) in enumerate(listed, start=1)
            if (since is None or since <= at)
            and (sunset is None or at < sunset)
            and not any(end <= at and major == str(number) for end, major in removals)
        }
        found = {offer.version.text: offer.is_deprecated for offer in catalog.offers(IDENTITY, at) if offer.version}
        assert found == expected
