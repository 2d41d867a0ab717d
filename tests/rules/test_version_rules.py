"""Versions and ranges that can be read, are met, and are what a change says."""

import pytest
from checking import found, messages

from platctl.finding import Severity


def offers(*versions: str) -> str:
    listed = "".join(f"\n      - {version}" for version in versions)
    return f"""
    kind: component
    id: identity
    versions:{listed}
    """


def requires(text: str, more: str = "") -> str:
    return f"""
    kind: consumer
    id: shop
    uses:
      - component: identity
        requires: {text}
        {more}
    """


def changes(effect: str, version: str, more: str = "") -> str:
    return f"""
    kind: initiative
    id: identity-next
    {more}
    changes:
      - component: identity
        effect: {effect}
        version: {version}
    """


# invalid-version


def test_versions_that_cannot_be_read_are_found_wherever_they_stand():
    text = """
        kind: component
        id: identity
        version: r5
        versions: [{version: 2.4.0.Final}]
        interfaces:
          - {id: rest, version: 1.0.0-x.7}
          - id: events
            versions: [{version: 1.0}, {version: 2024-06-01}]
    """
    assert messages("invalid-version", text) == [
        "3: `r5` is not a version",
        "4: `2.4.0.Final` is not a version",
        "6: `1.0.0-x.7` is not a version",
        "8: `2024-06-01` is not a version",
    ]


@pytest.mark.parametrize(
    ("version", "reader"),
    [
        ("2.4.0-SNAPSHOT", "maven"),
        ("1.2.3.Final", "maven"),
        ("1.0.0-x.7", "semver"),
        ("2026-01-15", "calver"),
        ("2026-04-22.dahlia", "calver"),
        ("1.0.0-pre5.x", "semver"),
    ],
)
def test_the_scheme_that_reads_a_version_is_named(version: str, reader: str):
    (finding,) = found("invalid-version", f'kind: component\nid: identity\nversion: "{version}"')
    assert finding.help == f"`versioning: {reader}` of `identity` reads it"
    assert finding.severity is Severity.WARNING
    assert not found("invalid-version", f'kind: component\nid: identity\nversioning: {reader}\nversion: "{version}"')


@pytest.mark.parametrize("version", ["r2024b", "22.04 LTS", "latest", "9fceb02d0ae598e95dc970b74767f19372d61af8"])
def test_a_name_can_only_be_listed(version: str):
    (finding,) = found("invalid-version", f"kind: component\nid: identity\nversion: {version}")
    assert finding.help == "`versioning: ordered` of `identity` takes names in the order in which they are listed"


@pytest.mark.parametrize("version", ["1", "1.0", "2.10", "v3.0.0", "2.4.0-beta.1", "2.4.0rc1", "2024.6.1", "1!2.0"])
def test_versions_that_can_be_read(version: str):
    assert not found("invalid-version", f"kind: component\nid: identity\nversion: {version}")


def test_an_addition_brings_one_version_and_no_range():
    (finding,) = found("invalid-version", changes("addition", '">=3"'))
    assert finding.message == "`>=3` is a range, but this field needs a single version"


# invalid-range


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("^2.1", 'use `">=2.1,<3"`, or declare `versioning: npm` or `versioning: cargo` of `identity`'),
        ("^0.2.3", 'use `">=0.2.3,<0.3"`, or declare `versioning: npm` or `versioning: cargo` of `identity`'),
        ("^0.0.3", "declare `versioning: npm` or `versioning: cargo` of `identity`"),
        ("~2.1", 'use `">=2.1,<2.2"`, or declare `versioning: npm` or `versioning: cargo` of `identity`'),
        ("2.x", 'use `"==2.*"`, or declare `versioning: npm` or `versioning: cargo` of `identity`'),
        ('">=2 <3"', 'use `">=2,<3"`, or declare `versioning: npm` of `identity`'),
        ("^1 || ^3", "declare `versioning: npm` of `identity`"),
        ("1.2 - 2", "declare `versioning: npm` of `identity`"),
        ('"[2,3)"', "declare `versioning: maven` of `identity`"),
        ("~> 2.1", "declare `versioning: gem` of `identity`"),
        ('">=2026-01-15"', "declare `versioning: calver` of `identity`"),
        ("2026-01-15", "declare `versioning: calver` of `identity`"),
        ("blue", ""),
    ],
)
def test_ranges_of_other_tools_get_help_that_keeps_their_meaning(text: str, meant: str):
    (finding,) = found("invalid-range", requires(text))
    assert (finding.help, finding.severity) == (meant, Severity.WARNING)
    assert finding.span.line == 5


def test_a_version_alone_means_something_else_to_each_scheme():
    (finding,) = found("invalid-range", requires('"2.1"'))
    assert finding.help == (
        "declare `versioning` of `identity`: to npm, pep440 and gem it means this version alone, to cargo also what is "
        "compatible, to maven and go also what is newer"
    )


def test_a_range_of_everything_is_to_be_left_out():
    (finding,) = found("invalid-range", requires('"*"'))
    assert finding.help == "remove the line if every version is acceptable"


def test_a_removal_takes_a_version_or_a_range():
    assert not found("invalid-range", changes("removal", "2.4.0"), changes("deprecation", '"<3"'))
    assert messages("invalid-range", changes("removal", "^2")) == ["7: `^2` is not a version range"]


# unsatisfied-range


def test_a_range_that_nothing_meets_is_told_with_what_is_on_offer():
    (finding,) = found("unsatisfied-range", offers("{version: 2.4.0}", "{version: 3.1.0}"), requires('">=4"'))
    assert finding.message == "no available version of `identity` meets `>=4`"
    assert finding.help == (
        '`identity` provides `2.4.0` and `3.1.0`: require one of them, such as `requires: ">=3.1.0,<4"`'
    )
    assert finding.severity is Severity.ERROR
    assert (finding.span.line, str(finding.related[0].span)) == (5, "model-1.yaml:3:1")


def test_one_version_that_meets_it_is_enough_even_a_deprecated_one():
    offered = offers("{version: 2.4.0, lifecycle: deprecated}", "{version: 3.1.0}")
    assert not found("unsatisfied-range", offered, requires('">=2,<3"'))


def test_a_retired_version_is_not_on_offer():
    offered = offers("{version: 2.4.0, lifecycle: retired}", "{version: 3.1.0}")
    assert messages("unsatisfied-range", offered, requires('"<3"')) == [
        "5: no available version of `identity` meets `<3`"
    ]


def test_a_pre_release_counts_only_where_the_range_names_one():
    assert found("unsatisfied-range", offers("{version: 3.0.0rc1}"), requires('">=2"'))
    assert not found("unsatisfied-range", offers("{version: 3.0.0rc1}"), requires('">=3.0.0rc1"'))


def test_only_the_interface_that_is_used_counts():
    text = """
        kind: component
        id: identity
        interfaces:
          - {id: rest, version: 2.4.0}
          - {id: events, version: 5.0.0}
        ---
        kind: consumer
        id: shop
        uses:
          - {component: identity#rest, requires: ">=5"}
          - {component: identity#events, requires: ">=5"}
          - {component: identity, requires: ">=5"}
    """
    assert messages("unsatisfied-range", text) == ["10: no available version of `identity#rest` meets `>=5`"]


def test_an_interface_without_versions_meets_no_range():
    (finding,) = found("unsatisfied-range", "kind: component\nid: identity", requires('">=3"'))
    assert (finding.message, finding.help) == (
        "no available version of `identity` meets `>=3`",
        "no version of `identity` is available",
    )


def test_where_a_version_is_unknown_nothing_is_said():
    assert not found("unsatisfied-range", offers("{version: r5}"), requires('">=3"'))
    assert not found("unsatisfied-range", offers("{version: 2.4.0}", "{version: [3]}"), requires('">=3"'))
    assert not found("unsatisfied-range", offers("{version: 2.4.0}"), requires("^3"))


PLANNED = changes("addition", "3.0.0", "status: planned\n    period: 2027-Q2")


def test_planned_work_that_will_meet_it_makes_it_an_info_with_the_day():
    (finding,) = found("unsatisfied-range", offers("{version: 2.4.0}"), requires('">=3"'), PLANNED)
    assert finding.severity is Severity.INFO
    assert finding.message == "no available version of `identity` meets `>=3` before 2027-06-30"
    assert finding.help.startswith("planned work adds one on 2027-06-30; until then `identity` provides `2.4.0`")


def test_work_that_nobody_has_planned_does_not_count():
    proposed = PLANNED.replace("planned", "proposed")
    (finding,) = found("unsatisfied-range", offers("{version: 2.4.0}"), requires('">=3"'), proposed)
    assert finding.severity is Severity.ERROR


def test_planned_work_that_comes_too_late_is_an_error():
    needed = requires('">=3"', "need_by: 2027-05-01")
    (finding,) = found("unsatisfied-range", offers("{version: 2.4.0}"), needed, PLANNED)
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith("before 2027-06-30, but it is needed by 2027-05-01")


# effect-contradiction

ONE = "kind: component\nid: identity\nversion: 2.4.0"
BESIDE = offers("{version: 2.4.0}", "{version: 3.1.0}")


def contradictions(*texts: str) -> list[str]:
    return [each.message for each in found("effect-contradiction", *texts)]


def test_an_addition_with_a_higher_major_is_breaking():
    assert contradictions(ONE, changes("addition", "3.0.0")) == [
        "declared as addition, but 3.0.0 is not compatible with 2.4.0, the highest version of `identity`"
    ]
    assert not contradictions(ONE, changes("breaking", "3.0.0"))


def test_below_one_the_minor_counts_as_major():
    below = ONE.replace("2.4.0", "0.3.0")
    assert contradictions(below, changes("addition", "0.4.0"))
    assert not contradictions(below, changes("addition", "0.3.1"))


def test_a_breaking_change_that_keeps_the_major_contradicts_itself():
    assert contradictions(ONE, changes("breaking", "2.5.0")) == [
        "declared as breaking, but by its number 2.5.0 is compatible with 2.4.0 of `identity`"
    ]
    assert not contradictions(ONE, changes("addition", "2.5.0"))


def test_a_version_that_takes_the_place_of_a_higher_one_goes_backwards():
    assert contradictions(ONE, changes("addition", "2.3.0")) == ["`identity` would go back from 2.4.0 to 2.3.0"]


def test_beside_others_an_older_line_may_get_a_version():
    assert not contradictions(BESIDE, changes("addition", "2.4.1"))


def test_a_removal_of_what_nobody_offers_means_nothing():
    (finding,) = found("effect-contradiction", BESIDE, changes("removal", '"<2"'))
    assert finding.message == "no version of `identity` matches <2"
    assert finding.help == "available: `2.4.0` and `3.1.0`; omit `version` to mean all of them"
    assert finding.span.line == 7


def test_a_removal_or_deprecation_of_what_is_on_offer_is_fine():
    assert not contradictions(BESIDE, changes("removal", '"<3"'))
    assert not contradictions(BESIDE, changes("deprecation", "3.1.0"))


def test_what_other_work_adds_may_be_removed_later():
    added = changes("breaking", "4.0.0").replace("identity-next", "identity-4")
    assert not contradictions(BESIDE, added, changes("removal", "4.0.0"))


def test_planned_work_before_it_counts_as_done():
    first = changes("breaking", "3.0.0", "status: planned\n    period: 2027-Q1").replace("identity-next", "identity-3")
    assert not contradictions(ONE, first, changes("addition", "3.1.0", "status: planned\n    period: 2027-Q2"))


@pytest.mark.parametrize("status", ["done", "dropped", "parked"])
def test_work_that_is_over_is_left_alone(status: str):
    assert not contradictions(ONE, changes("addition", "3.0.0", f"status: {status}"))


def test_what_cannot_be_compared_contradicts_nothing():
    assert not contradictions("kind: component\nid: identity", changes("addition", "3.0.0"))
    assert not contradictions(offers("{version: r5}"), changes("removal", '"<2"'))
    assert not contradictions(changes("addition", "3.0.0"))


def test_a_version_of_a_component_without_versions_means_nothing():
    assert contradictions("kind: component\nid: identity", changes("removal", '"<2"')) == [
        "`identity` lists no versions that <2 could match"
    ]


# added-and-removed

TWO = """
    kind: component
    id: identity
    interfaces:
      - {id: rest, versions: [{version: 2.4.0}]}
      - {id: events, versions: [{version: 1.0.0}]}
    """


def work(id_: str, *planned: str, end: str = "2027-03-31", status: str = "planned") -> str:
    listed = "".join(f"\n      - {{{each}}}" for each in planned)
    return f"""
    kind: initiative
    id: {id_}
    status: {status}
    end: {end}
    changes:{listed}
    """


def added(version: str = "3.0.0", component: str = "identity", effect: str = "breaking") -> str:
    return f"component: {component}, effect: {effect}, version: {version}"


def removed(version: str = "", component: str = "identity") -> str:
    return f"component: {component}, effect: removal" + (f', version: "{version}"' if version else "")


def undone(*texts: str) -> list[str]:
    return [each.message for each in found("added-and-removed", *texts)]


def test_a_version_that_is_added_and_removed_on_one_day_is_found_with_both_places():
    (finding,) = found("added-and-removed", BESIDE, work("new", added("4.0.0")), work("old", removed(">=3")))
    assert finding.message == "`identity` 4.0.0 is both added and removed on 2027-03-31"
    assert finding.span
    assert (finding.span.path, finding.span.line) == ("model-3.yaml", 6)
    (label,) = finding.related
    assert (label.span.path, label.span.line, label.text) == ("model-2.yaml", 6, "`new` adds it here")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("wanted", ["3.0.0", "3.0", ">=3", ">=2,<4", ""])
@pytest.mark.parametrize("effect", ["addition", "breaking"])
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_names_of_the_initiatives_do_not_matter(wanted: str, effect: str, names: tuple[str, str]):
    texts = (work(names[0], added(effect=effect)), work(names[1], removed(wanted), status="active"))
    assert len(undone(BESIDE, *texts)) == 1


@pytest.mark.parametrize(
    ("wanted", "help_"),
    [
        ("3.0.0", "delete one of the changes, or let them take effect on different days"),
        (">=2", "exclude 3.0.0 from the versions to remove, or let them take effect on different days"),
        ("", "exclude 3.0.0 from the versions to remove, or let them take effect on different days"),
    ],
)
def test_what_to_do_depends_on_what_is_removed(wanted: str, help_: str):
    (finding,) = found("added-and-removed", BESIDE, work("a", added()), work("b", removed(wanted)))
    assert finding.help == help_


def test_an_initiative_that_undoes_its_own_change_is_found():
    assert undone(BESIDE, work("a", added(), removed(">=2")))
    assert undone(BESIDE, work("a", removed(">=2"), added()))


def test_an_initiative_that_removes_everything_replaces_it_in_whichever_order():
    assert not undone(BESIDE, work("a", removed(), added()))
    assert not undone(BESIDE, work("a", added(), removed()))


@pytest.mark.parametrize(
    "other",
    [
        work("b", removed("<3")),
        work("b", removed("2.4.0")),
        work("b", removed(), end="2027-04-01"),
        work("b", removed(), end="2027-03-30"),
        work("b", removed(), status="proposed"),
        work("b", removed(), status="done"),
        work("b", "component: identity, effect: deprecation, version: 3.0.0"),
        work("b", added("3.1.0", effect="addition")),
        work("b", removed()).replace("end: 2027-03-31", "title: B"),
    ],
)
def test_what_is_not_the_same_version_or_day_undoes_nothing(other: str):
    assert not undone(BESIDE, work("a", added()), other)


def test_work_without_an_end_is_on_no_day():
    texts = [
        work(each, change).replace("end: 2027-03-31", "title: T") for each, change in (("a", added()), ("b", removed()))
    ]
    assert not undone(BESIDE, *texts)


def test_only_the_same_interface_counts():
    new = work("a", added(component="identity#rest"))
    assert not undone(TWO, new, work("b", removed(component="identity#events")))
    assert undone(TWO, new, work("b", removed(component="identity#rest"))) == [
        "`identity#rest` 3.0.0 is both added and removed on 2027-03-31"
    ]
    assert undone(TWO, new, work("b", removed()))
    single = TWO.replace("- {id: events, versions: [{version: 1.0.0}]}", "")
    assert undone(single, work("a", added()), work("b", removed(component="identity#rest")))


def test_a_version_that_exists_is_not_added_by_its_deprecation_or_on_another_interface():
    gone = work("b", removed("3.1.0"))
    assert not undone(BESIDE, work("a", "component: identity, effect: deprecation, version: 3.1.0"), gone)
    new = work("a", added("1.0.0", "identity#rest", "addition"))
    assert not undone(TWO, new, work("b", removed("1.0.0", "identity#events")))


def test_what_does_not_exist_or_could_not_be_read_is_left_alone():
    texts = (work("a", added()), work("b", removed()))
    assert not undone(*texts)
    assert not undone(BESIDE + "\n    sunset: soon\n", *texts)
