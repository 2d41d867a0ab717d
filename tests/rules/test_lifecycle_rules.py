"""What is deprecated, retired, or has a sunset."""

import datetime

import pytest
from checking import found, messages

from platctl.finding import Severity

OLD = "{version: 2.4.0, lifecycle: deprecated, sunset: 2027-06-30}"


def identity(*versions: str, more: str = "") -> str:
    listed = "".join(f"\n      - {version}" for version in versions)
    return f"""
    kind: component
    id: identity
    versions:{listed}
    {more}
    """


def shop(requires: str = "", kind: str = "consumer", more: str = "") -> str:
    field = "uses" if kind == "consumer" else "depends_on"
    wanted = f', requires: "{requires}"' if requires else ""
    return f"""
    kind: {kind}
    id: shop
    {field}: [{{component: identity{wanted}}}]
    {more}
    """


# deprecated-dependency


def test_a_range_that_only_a_deprecated_version_meets_is_told_with_what_lives_on():
    (finding,) = found("deprecated-dependency", identity(OLD, "{version: 3.0.0}"), shop(">=2,<3"))
    assert finding.message == (
        "every version of `identity` that meets `>=2,<3` is deprecated or has a sunset: "
        "2.4.0 (deprecated, sunset 2027-06-30)"
    )
    assert finding.help == "move to `3.0.0`"


def test_a_range_that_a_living_version_meets_too_is_fine():
    offered = identity(OLD, "{version: 3.0.0}")
    assert not found("deprecated-dependency", offered, shop(">=2"))
    assert not found("deprecated-dependency", offered, shop())


def test_the_successor_that_the_catalog_names_is_the_help():
    named = OLD.replace("}", ", successor: login#rest}")
    (finding,) = found("deprecated-dependency", identity(named, "{version: 3.0.0}"), shop("<3"))
    assert finding.help == "move to `login#rest`"


def test_a_deprecated_component_names_its_own_successor():
    deprecated = (
        "kind: component\nid: identity\nlifecycle: deprecated\nsuccessor: login\n---\nkind: component\nid: Login"
    )
    (finding,) = found("deprecated-dependency", deprecated, shop())
    assert (finding.message, finding.help) == ("`identity` is deprecated", "move to `Login`")


def test_a_component_with_a_sunset_comes_to_an_end():
    (finding,) = found("deprecated-dependency", "kind: component\nid: identity\nsunset: 2027-06-30", shop())
    assert finding.message == "`identity` will be removed, sunset 2027-06-30"
    assert finding.help == "move to an alternative; ask its owner which"


def test_without_a_range_it_points_at_the_component():
    (finding,) = found("deprecated-dependency", identity(OLD), "kind: consumer\nid: shop\nuses: [identity]")
    assert str(finding.span) == "model-2.yaml:3:8"


def test_what_is_deprecated_itself_may_keep_its_dependencies():
    user = shop("<3", kind="component", more="lifecycle: deprecated")
    assert not found("deprecated-dependency", identity(OLD), user)
    assert found("deprecated-dependency", identity(OLD), user.replace("deprecated", "production"))


@pytest.mark.parametrize(
    ("offered", "span", "labels"),
    [
        (
            "versions:\n- version: 2.4.0\n  lifecycle: deprecated\n  sunset: 2027-06-30\n- version: 3.0.0",
            "6:13",
            [("6:11", "2.4.0 is removed on 2027-06-30")],
        ),
        (
            "versions:\n- version: 2.4.0\n  deprecated: 2026-06-30\n- version: 2.5.0\n  lifecycle: deprecated",
            "6:13",
            [("5:15", "2.4.0 is deprecated from 2026-06-30"), ("7:14", "2.5.0 is deprecated")],
        ),
        ("version: 2.4.0\nsunset: 2027-06-30", "6:13", [("4:9", "`identity` is removed on 2027-06-30")]),
        (
            "version: 2.4.0\nlifecycle: deprecated\nsunset: 2027-06-30",
            "6:13",
            [("5:9", "`identity` is removed on 2027-06-30")],
        ),
    ],
)
def test_it_points_at_the_range_and_at_the_line_that_ends_the_version(
    offered: str, span: str, labels: list[tuple[str, str]]
):
    user = 'kind: consumer\nid: shop\nuses:\n\n- component: identity\n  requires: ">=2,<3"'
    (finding,) = found("deprecated-dependency", f"kind: component\nid: identity\n{offered}", user)
    assert str(finding.span) == f"model-2.yaml:{span}"
    assert [(str(each.span), each.text) for each in finding.related] == [
        (f"model-1.yaml:{place}", text) for place, text in labels
    ]


# retired-dependency


def test_a_dependency_on_a_retired_component():
    retired = identity("{version: 2.4.0}", more="lifecycle: retired\n    successor: login")
    (finding,) = found("retired-dependency", retired, shop(">=2"))
    assert (finding.message, finding.help) == ("`identity` is retired", "move to `login`")
    assert not found("unsatisfied-range", retired, shop(">=2"))


def test_a_dependency_on_an_interface_of_which_all_versions_are_retired():
    retired = identity("{version: 2.4.0, lifecycle: retired}")
    assert messages("retired-dependency", retired, shop()) == ["3: `identity` is retired"]
    assert not found("retired-dependency", identity("{version: 2.4.0, lifecycle: retired}", "{version: 3.0.0}"), shop())


def test_what_is_retired_itself_may_keep_its_dependencies():
    retired = identity("{version: 2.4.0}", more="lifecycle: retired")
    assert not found("retired-dependency", retired, shop(kind="component", more="lifecycle: retired"))


# sunset-without-successor


def test_a_component_with_a_sunset_says_what_comes_after_it():
    ending = "kind: component\nid: identity\nsunset: 2027-06-30"
    assert messages("sunset-without-successor", ending) == [
        "3: `identity` has its sunset on 2027-06-30, but no successor"
    ]
    assert not found("sunset-without-successor", ending + "\nsuccessor: login")


def test_the_last_version_with_a_sunset_says_what_comes_after_it():
    assert messages("sunset-without-successor", identity(OLD)) == [
        "4: `identity` 2.4.0 has its sunset on 2027-06-30, but no successor"
    ]
    assert not found("sunset-without-successor", identity(OLD.replace("}", ", successor: login}")))


def test_a_version_beside_it_that_lives_on_is_successor_enough():
    assert not found("sunset-without-successor", identity(OLD, "{version: 3.0.0}"))


def test_a_version_of_another_interface_is_none():
    text = """
        kind: component
        id: identity
        interfaces:
          - {id: rest, versions: [{version: 2.4.0, sunset: 2027-06-30}]}
          - {id: events, version: 1.0.0}
    """
    assert messages("sunset-without-successor", text) == [
        "4: `identity#rest` 2.4.0 has its sunset on 2027-06-30, but no successor"
    ]


# sunset-in-past

ENDED = identity("{version: 2.4.0, sunset: 2027-01-14}", "{version: 3.0.0}")


def test_a_sunset_that_has_passed_with_users_left_is_an_error_that_names_them():
    (finding,) = found("sunset-in-past", ENDED, shop(">=2,<3"))
    assert finding.message == "`identity` 2.4.0 passed its sunset on 2027-01-14, but `shop` still depends on it"
    assert finding.severity is Severity.ERROR
    assert [(str(each.span), each.text) for each in finding.related] == [("model-2.yaml:3:20", "`shop` depends on it")]


def test_without_users_left_it_is_a_warning():
    for user in ("", shop(">=2"), shop(">=3"), shop()):
        (finding,) = found("sunset-in-past", ENDED, *([user] if user else []))
        assert finding.message == "`identity` 2.4.0 passed its sunset on 2027-01-14"
        assert finding.severity is Severity.WARNING


def test_users_of_a_component_that_ended_as_a_whole_are_left():
    ended = "kind: component\nid: identity\nversion: 2.4.0\nsunset: 2026-06-30"
    others = [shop().replace("id: shop", f"id: shop-{number}") for number in range(7)]
    (finding,) = found("sunset-in-past", ended, *others)
    assert finding.message == (
        "`identity` passed its sunset on 2026-06-30, but `shop-0`, `shop-1`, `shop-2`, `shop-3`, `shop-4` and 2 more "
        "still depend on it"
    )
    assert len(finding.related) == 5


def test_the_day_of_the_sunset_is_the_first_without_it():
    assert not found("sunset-in-past", ENDED, today=datetime.date(2027, 1, 13))
    assert found("sunset-in-past", ENDED, today=datetime.date(2027, 1, 14))


def test_where_nobody_knows_which_day_it_is_nothing_has_passed():
    assert not found("sunset-in-past", ENDED, shop("<3"), today=None)


def test_what_is_marked_as_retired_was_carried_out():
    retired = ENDED.replace("sunset:", "lifecycle: retired, sunset:")
    assert not found("sunset-in-past", retired)
