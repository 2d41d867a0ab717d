"""Each pattern, each condition that it just misses, and each trap, on models of a few lines."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from costs import calls
from pasts import on
from platctl.model.load import load
from platctl.model.model import Model
from platctl.model.past import History, Past
from platctl.model.settings.audience import BUILT_IN, audience
from platctl.outlook.audience import seen_by
from platctl.questions.discover.derive import DiscoverOptions, discover
from platctl.questions.discover.page import page
from platctl.questions.discover.report import (
    BlankState,
    DeadUser,
    DiscoverReport,
    Leaving,
    Missing,
    Pattern,
    RecordBegins,
    Shortfall,
    TrapKind,
    YearLater,
)
from platctl.questions.discover.words import used_by
from platctl.render.data import json
from platctl.render.page import text as text_page
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

TODAY = datetime.date(2027, 6, 1)
SEARCH = "kind: component\nid: search\ntype: service\nowner: find"


def users(*names: str, used: str = "search", kind: str = "consumer", more: str = "") -> list[str]:
    """Documents of users; `shop/sell` is owned by `sell`, `shop` by nobody."""
    field = "uses" if kind == "consumer" else "depends_on"
    found = []
    for name in names:
        name_, _, owner = name.partition("/")
        own = f"\nowner: {owner}" if owner else ""
        found.append(f"kind: {kind}\nid: {name_}\ntitle: {name_}{own}{more}\n{field}: [{used}]")
    return found


def text_of(documents: Iterable[str]) -> str:
    return "\n---\n".join(documents) + "\n"


def model_of(text: str, config: str = "") -> Model:
    settings = parse_file(SourceFile("platctl.yaml", config.encode())) if config else None
    return load([parse_file(SourceFile("a.yaml", text.encode()))], settings)


def asked(*commits: tuple[str, Iterable[str]], config: str = "", **options: object) -> DiscoverReport:
    """What is told after these commits, of which the last one is the state at hand."""
    texts = [(day, text_of(documents)) for day, documents in commits]
    model = model_of(texts[-1][1], config)
    past = on(*texts, config=model.config)
    return discover(model, model, "here", DiscoverOptions(TODAY, **options), History(past))  # type: ignore[arg-type]


def told(report: DiscoverReport) -> set[tuple[Pattern, str, bool]]:
    return {(each.pattern, each.component.entity.id, each.is_emerging) for each in report.found}


def kinds(report: DiscoverReport) -> list[TrapKind]:
    return [each.kind for each in report.traps]


BEGIN = ("2026-01-01", [SEARCH, *users("first/find")])
"""Search, which only its own team uses when recording begins."""


# Shared components


@pytest.mark.parametrize(
    ("names", "is_shared", "lacks"),
    [
        (("a/x", "b/y"), False, (Shortfall.CONSUMERS, 2, 3)),
        (("a/x", "b/y", "c/x"), True, None),
        (("a/x", "b/x", "c/x"), False, (Shortfall.OWNERS, 1, 2)),
        (("a/x", "b/x", "c"), False, (Shortfall.OWNERS, 1, 2)),
        (("a", "b", "c"), False, None),
        (("a/x",), False, None),
        (("a/x", "b/x"), False, None),
    ],
)
def test_a_shared_component_has_three_consumers_of_two_owners(
    names: tuple[str, ...], is_shared: bool, lacks: tuple[Shortfall, int, int] | None
) -> None:
    report = asked(("2026-01-01", [SEARCH]), ("2026-01-02", [SEARCH, *users(*names)]))
    assert any(each.pattern is Pattern.SHARED for each in report.found) == is_shared
    near = [each for each in report.near if each.pattern is Pattern.SHARED]
    assert [(each.lacks, each.has, each.needs) for each in near] == ([lacks] if lacks else [])


def test_components_are_users_but_no_consumers() -> None:
    documents = [SEARCH, *users("a/x", "b/y"), *users("c/z", "d/z", kind="component")]
    report = asked(BEGIN, ("2026-02-01", documents))
    assert not [each for each in report.found if each.pattern is Pattern.SHARED]
    (near,) = [each for each in report.near if each.pattern is Pattern.SHARED]
    assert [each.id for each in near.about] == ["a", "b"]


@pytest.mark.parametrize(
    ("config", "layer", "is_open", "edit"),
    [
        ("", "platform", False, ""),
        ("", "Platform", False, ""),
        ("", "technology", True, "platform"),
        ("layers: [base, core, apps]", "core", False, ""),
        ("layers: [base, core, apps]", "base", True, "core"),
        ("layers: [base, data platform, apps]", "data platform", False, ""),
        ("layers: [base, data platform, apps]", "apps", True, "'data platform'"),
        ("layers: [base, platformer, apps]", "platformer", False, ""),
        ("layers: [base, apps]", "base", True, None),
        ("layers: [base, apps]", "platform", False, ""),
        ("layers: [base, core, apps]", "Data Platform", False, ""),
    ],
)
def test_a_layer_calls_a_component_platform(config: str, layer: str, is_open: bool, edit: str | None) -> None:
    documents = [f"{SEARCH}\nlayer: {layer}", *users("a/x", "b/y", "c/z")]
    report = asked(BEGIN, ("2026-02-01", documents), config=config)
    shared = [each for each in report.found if each.pattern is Pattern.SHARED]
    assert bool(shared) == is_open
    if is_open:
        expected = None if edit is None else f"platctl set component:search layer {edit}"
        assert shared[0].edit.command == expected


@pytest.mark.parametrize(
    ("goal", "status", "is_open"),
    [
        ("id: one-platform", "planned", False),
        ("id: one\ntitle: A Platform for all", "done", False),
        ("id: one\ntags: [platform]", "idea", False),
        ("id: one\nparent: top", "planned", False),
        ("id: one-platform", "dropped", True),
        ("id: one\ntitle: More platformers", "planned", True),
        ("id: one\ndescription: No platform", "planned", True),
    ],
)
def test_a_goal_calls_platform_what_its_work_changes(goal: str, status: str, is_open: bool) -> None:
    (id_,) = (line.removeprefix("id: ") for line in goal.split("\n") if line.startswith("id"))
    change = "changes: [{component: search, effect: change}]"
    work = f"kind: initiative\nid: work\nstatus: {status}\ngoals: [{id_}]\n{change}"
    goals = [f"kind: goal\n{goal}", "kind: goal\nid: top\ntitle: The platform"]
    report = asked(BEGIN, ("2026-02-01", [SEARCH, work, *goals, *users("a/x", "b/y", "c/z")]))
    assert any(each.pattern is Pattern.SHARED for each in report.found) == is_open


@pytest.mark.parametrize(
    "ending", ["lifecycle: deprecated", "lifecycle: retired", "sunset: 2028-01-01", "sunset: 2027-01-01"]
)
def test_what_ends_is_no_candidate(ending: str) -> None:
    report = asked(BEGIN, ("2026-02-01", [f"{SEARCH}\n{ending}", *users("a/x", "b/y", "c/z")]))
    assert report.found == ()


# Core products


@pytest.mark.parametrize(
    ("layer", "owner", "expected"),
    [
        ("product", "find", True),
        ("technology", "x", True),  # the team of the product a
        ("technology", "find", False),
        ("product", "y", False),  # its only user is of that team
        ("product", "", None),
    ],
)
def test_others_build_on_a_core_product(layer: str, owner: str, expected: bool | None) -> None:
    own = f"\nowner: {owner}" if owner else ""
    component = f"kind: component\nid: search\nlayer: {layer}{own}"
    product = "kind: consumer\nid: a\ntype: product\nowner: x"
    report = asked(BEGIN, ("2026-02-01", [component, product, *users("b/y", more="\ntype: partner")]))
    core = [each for each in report.found if each.pattern is Pattern.CORE]
    assert bool(core) == bool(expected)
    near = [each.lacks for each in report.near if each.pattern is Pattern.CORE]
    assert near == ([Shortfall.KNOWN_OWNER] if expected is None else [])


def test_who_was_there_when_recording_began_shows_nothing_that_emerges() -> None:
    product = f"{SEARCH}\nlayer: product"
    start = ("2026-01-01", [product, *users("a/x", "b/y", "c/z")])
    report = asked(start, ("2026-05-01", [product, *users("a/x", "b/y", "c/z"), *users("d", used="other")]))
    assert told(report) == {(Pattern.SHARED, "search", False), (Pattern.CORE, "search", False)}
    assert {each.since for each in report.found} == {None}
    grown = asked(start, ("2026-05-01", [product, *users("a/x", "b/y", "c/z", "d/x")]))
    assert told(grown) == {(Pattern.SHARED, "search", True), (Pattern.CORE, "search", True)}


THREE = users("a/x", "b/y", "c/z")
GOAL = "kind: goal\nid: one-platform"
WORK = (
    "kind: initiative\nid: work\nstatus: planned\ngoals: [one-platform]\nchanges: [{component: search, effect: change}]"
)


@pytest.mark.parametrize(
    ("before", "pattern", "since"),
    [
        ([SEARCH, *THREE], Pattern.SHARED, "2026-02-01"),
        ([SEARCH, *users("a/x", "b/y", "d/z")], Pattern.SHARED, "2026-02-01"),
        ([SEARCH, *users("a/x", "b/y")], Pattern.SHARED, "2026-03-01"),
        ([SEARCH, *users("a/x", "b/x", "c/x")], Pattern.SHARED, "2026-03-01"),
        ([f"{SEARCH}\nlayer: platform", *THREE], Pattern.SHARED, "2026-03-01"),
        ([f"{SEARCH}\nlifecycle: deprecated", *THREE], Pattern.SHARED, "2026-03-01"),
        ([f"{SEARCH}\nsuccessor: other", *THREE], Pattern.SHARED, "2026-03-01"),
        ([SEARCH, GOAL, WORK, *THREE], Pattern.SHARED, "2026-03-01"),
        ([SEARCH, GOAL, *THREE], Pattern.SHARED, "2026-02-01"),
        ([SEARCH.replace("find", "x"), *THREE], Pattern.CORE, "2026-02-01"),
        ([SEARCH.replace("find", "x"), *users("a/x")], Pattern.CORE, "2026-03-01"),
        ([SEARCH, *THREE], Pattern.CORE, "2026-03-01"),
        ([SEARCH, *THREE, "kind: consumer\nid: p\nowner: find"], Pattern.CORE, "2026-02-01"),
        ([SEARCH, *THREE, "kind: consumer\nid: p\nowner: find\ntype: partner"], Pattern.CORE, "2026-03-01"),
    ],
)
def test_a_match_began_when_users_owners_layers_and_goals_were_so(
    before: list[str], pattern: Pattern, since: str
) -> None:
    others = ["kind: component\nid: other", *users(*(f"o{number}" for number in range(8)), used="other")]
    after = [SEARCH.replace("find", "x") if pattern is Pattern.CORE else SEARCH, *THREE]
    steps = ([SEARCH, *users("first/find")], before, after, [*after, *users("e/x")])
    report = asked(*((f"2026-0{month}-01", [*step, *others]) for month, step in enumerate(steps, start=1)))
    (found,) = (each for each in report.found if each.pattern is pattern)
    assert found.since
    assert found.since.day == since
    who = "consumers" if pattern is Pattern.SHARED else "users of other owners"
    assert f"{found.needed} {who} now; it has matched since {since} (" in shown(report)


# Twins


def twin(name: str, owner: str, more: str, type_: str = "service") -> str:
    return f"kind: component\nid: {name}\ntype: {type_}\nowner: {owner}\n{more}"


ALL = ["type", "interface types", "tags"]
HTTP = "interfaces: [{id: main, type: http}]"


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        (twin("a", "x", "tags: [mail]"), twin("b", "y", "tags: [Mail]", "Service"), ["type", "tags"]),
        (twin("a", "x", HTTP), twin("b", "y", HTTP), ["type", "interface types"]),
        (
            twin("a", "x", f"tags: [m, n]\n{HTTP}"),
            twin("b", "y", f"tags: [n, m]\n{HTTP}"),
            ["type", "interface types", "tags"],
        ),
        (twin("a", "x", "tags: [mail]"), twin("b", "x", "tags: [mail]"), None),
        (twin("a", "x", "tags: [mail]"), twin("b", "y", "tags: [mail]", "library"), None),
        (twin("a", "x", "tags: [mail]"), twin("b", "y", "tags: [mail, fax]"), None),
        (twin("a", "x", "tags: []"), twin("b", "y", "tags: []"), None),
        (twin("a", "x", "tags: [mail]"), twin("b", "y", "tags: [mail]\nlifecycle: deprecated"), None),
        (twin("a", "x", "tags: [mail]"), twin("b", "y", "tags: [mail]\nsuccessor: a"), None),
        (twin("a", "x", "tags: [mail]"), twin("b", "y", "tags: [mail]\ndepends_on: [a]"), None),
    ],
)
def test_twins_agree_in_facts_that_are_listed(one: str, other: str, facts: list[str] | None) -> None:
    documents = [one, other, *users("u/p", "v/p", used="b"), *users("w/q", used="a")]
    report = asked(("2026-01-01", documents))
    found = [each for each in report.found if each.pattern is Pattern.TWINS]
    assert [[fact.what.value for fact in each.agreed] for each in found] == ([facts] if facts else [])
    if facts:
        assert (found[0].component.entity.id, found[0].edit.command) == ("b", "platctl set component:a successor b")


def test_twins_have_no_common_user_and_one_is_a_near_miss_where_all_facts_agree() -> None:
    for more, count in ((f"tags: [mail]\n{HTTP}", 1), ("tags: [mail]", 0)):
        documents = [twin("a", "x", more), twin("b", "y", more), *users("u/p", used="a, b")]
        report = asked(("2026-01-01", documents))
        assert [each for each in report.found if each.pattern is Pattern.TWINS] == []
        assert [each.lacks for each in report.near] == [Shortfall.COMMON_USER] * count


def test_twins_of_another_namespace_are_named_in_full() -> None:
    other = twin("b", "y", "tags: [mail]\nnamespace: it")
    report = asked(
        ("2026-01-01", [twin("a", "x", "tags: [mail]"), other, *users("u/p", used="it/b"), *users("v", used="a")])
    )
    (found,) = report.found
    assert found.edit.command in (
        "platctl set component:it/b successor default/a",
        "platctl set component:a successor it/b",
    )


def test_of_twins_with_as_many_users_the_younger_one_gets_a_successor() -> None:
    old, new = (twin(name, name, "tags: [mail]") for name in ("b", "a"))
    both = [old, new, *users("u/p", used="b"), *users("v/q", used="a")]
    (found,) = asked(("2026-01-01", [old, *users("u/p", used="b")]), ("2026-02-01", both)).found
    assert found.edit.command == "platctl set component:a successor b"


def test_twins_agree_in_a_fact_of_a_crowd_as_well() -> None:
    many = [twin(f"c{number}", f"t{number}", HTTP + "\ntags: [a]" * (number < 2)) for number in range(13)]
    uses = [document for number in range(13) for document in users(f"u{number}", used=f"c{number}")]
    (found,) = asked(("2026-01-01", [*many, *uses])).found
    assert [each.what.value for each in found.agreed] == ["type", "interface types", "tags"]


def test_a_fact_of_a_crowd_makes_no_twins() -> None:
    many = [twin(f"c{number}", f"t{number}", HTTP) for number in range(13)]
    uses = [document for number in range(13) for document in users(f"u{number}", used=f"c{number}")]
    report = asked(("2026-01-01", [*many, *uses]))
    assert (report.found, report.crowds) == ((), 1)
    assert "1 group of components of one type agree" in shown(report)


@pytest.mark.parametrize("layer", ["product", "technology"])
def test_what_just_misses_is_told_once_whatever_else_it_is(layer: str) -> None:
    """A core product that matches by what was there when recording began, or that is told with its facts."""
    search = f"{SEARCH}\nlayer: {layer}"
    other = "kind: component\nid: other"
    for used in ("search", "other"):
        old = [*users("a/find", "b/find", used=used), *users("d", "e", "f", "g", used="other"), other]
        new = users("a/find", "b/sell")
        report = asked(("2026-01-01", [search, *old]), ("2026-02-01", [search, *old[2:], *new]))
        assert [each.lacks for each in report.near if each.component.id == "search"] == [Shortfall.CONSUMERS]
        assert shown(report).count("just misses a shared component: 2 of 3 consumers (a, b)") == 1


def test_what_was_there_when_recording_began_is_told_apart() -> None:
    start = [f"{SEARCH}\nlayer: product", *users("a/x", "b/y")]
    text = shown(asked(("2026-01-01", start)))
    assert "by users that came; 1 matches by what was there when recording began" in text
    assert "Matches by what was there when recording began (1)" in text
    more = [*start, "kind: component\nid: new\nlayer: product\nowner: find", *users("c/x", used="new")]
    text = shown(asked(("2026-01-01", start), ("2026-02-01", more)))
    assert "1 core product; 1 more matches by what was there when recording began" in text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("a/x",), "its only user is a, of x; components of type service have no other one"),
        (("a/x", "b/y"), "used by 2 of the 2 users of components of type service, of 2 owners: x, y"),
    ],
)
def test_a_share_of_users_reads_well_also_if_there_is_one(names: tuple[str, ...], expected: str) -> None:
    search = f"{SEARCH}\nlayer: product"
    report = asked(("2026-01-01", [search, *users("z/find", used="x")]), ("2026-02-01", [search, *users(*names)]))
    (core,) = (each for each in report.found if each.pattern is Pattern.CORE)
    assert used_by(core.component) == expected


# Losing users

PLATFORM = f"{SEARCH}\nlayer: platform"


def losing(*commits: tuple[str, Iterable[str]]) -> list[tuple[int, int]]:
    return [
        (each.component.left, each.component.came) for each in asked(*commits).found if each.pattern is Pattern.LOSING
    ]


def test_a_platform_component_loses_users_if_more_left_than_came_in_a_year() -> None:
    start = ("2025-01-01", [PLATFORM, *users("a", "b", "c", "d")])
    away = users("a", "b", used="other")
    assert losing(start, ("2027-01-01", [PLATFORM, *away, *users("c", "d")])) == [(2, 0)]
    assert losing(start, ("2027-01-01", [PLATFORM, *away, *users("c", "d", "e")])) == [(2, 1)]
    assert losing(start, ("2027-01-01", [PLATFORM, *away, *users("c", "d", "e", "f")])) == []
    assert losing(start, ("2026-05-31", [PLATFORM, *away, *users("c", "d")])) == []
    assert losing(start, ("2026-06-02", [PLATFORM, *away, *users("c", "d")])) == [(2, 0)]
    assert losing(start, ("2027-01-01", [f"{PLATFORM}\nlifecycle: deprecated", *away, *users("c", "d")])) == []
    assert losing(start, ("2027-01-01", [SEARCH, *away, *users("c", "d")])) == []


def test_as_many_that_left_as_came_just_miss() -> None:
    start = ("2025-01-01", [PLATFORM, *users("a", "b", "c")])
    report = asked(start, ("2027-01-01", [PLATFORM, *users("a", used="x"), *users("b", "c", "d")]))
    assert [(each.lacks, each.has, each.needs) for each in report.near] == [(Shortfall.MORE_LEFT, 1, 2)]


def test_who_came_and_left_again_within_the_year_counts_for_both() -> None:
    start = ("2025-01-01", [PLATFORM, *users("a", "b", "c")])
    trial = ("2026-09-01", [PLATFORM, *users("a", "b", "c", "d")])
    report = asked(start, trial, ("2027-01-01", [PLATFORM, *users("a", "b", "c"), *users("d", used="x")]))
    assert report.found == ()
    assert [(each.lacks, each.has, each.needs) for each in report.near] == [(Shortfall.MORE_LEFT, 1, 2)]


def test_a_twin_that_loses_users_has_both_edits() -> None:
    ours, theirs = (twin(name, name, "tags: [mail]\nlayer: platform") for name in "ab")
    start = ("2025-01-01", [ours, theirs, *users("u/p", "v/p", "w/p", used="a"), *users("x/q", used="b")])
    end = ("2027-01-01", [ours, theirs, *users("u/p", "v/p", used="a"), *users("x/q", used="b")])
    text = shown(asked(start, end))
    assert "users and all other facts: see above" in text
    assert "platctl set component:b successor a" in text
    assert "platctl set component:a lifecycle deprecated" in text


def test_a_removed_user_left_and_a_retired_one_did_not() -> None:
    start = ("2025-01-01", [PLATFORM, *users("a"), *users("b", "c", "d", kind="component")])
    retired = users("b", kind="component", more="\nlifecycle: retired")
    assert losing(start, ("2027-01-01", [PLATFORM, *users("b", "c", "d", kind="component")])) == [(1, 0)]
    after = ("2027-01-01", [PLATFORM, *users("a"), *retired, *users("c", "d", kind="component")])
    assert losing(start, after) == []
    assert kinds(asked(start, after)) == [TrapKind.RECORDING, TrapKind.DEAD_USER]


def test_who_becomes_part_of_another_user_did_not_leave() -> None:
    start = ("2025-01-01", [PLATFORM, *users("a", "b"), *users("c", used="other")])
    merged = users("b", more="\naliases: [a]")
    assert losing(start, ("2027-01-01", [PLATFORM, *merged, *users("c", used="other")])) == []
    joined = users("c", more="\naliases: [a]")
    report = asked(start, ("2027-01-01", [SEARCH, *users("b"), *joined]))
    assert [each for each in report.found if each.is_emerging] == []


# Traps


@pytest.mark.parametrize(
    ("before", "new", "is_begin"),
    [(6, 2, False), (3, 3, True), (4, 3, False), (4, 4, True), (2, 2, False), (1, 2, False), (9, 8, False)],
)
def test_recording_begins_on_a_day_on_which_half_of_all_dependencies_appear(
    before: int, new: int, is_begin: bool
) -> None:
    old, more = ([f"{kind}{number}" for number in range(count)] for kind, count in (("a", before), ("b", new)))
    first = ("2026-01-01", [SEARCH, *users(*old)])
    for commits in (1, 2):
        parts = [more[: new * (at + 1) // commits] for at in range(commits)]
        steps = [("2026-03-01", [SEARCH, *users(*old, *part)]) for part in parts]
        report = asked(first, *steps)
        assert [each.at.day for each in report.traps if isinstance(each, RecordBegins)] == [
            "2026-01-01",
            *["2026-03-01"] * is_begin,
        ]


def test_one_field_can_be_recorded_later_than_the_other() -> None:
    consumers, components = users(*(f"a{number}" for number in range(20))), users("x", "y", "z", kind="component")
    report = asked(("2026-01-01", [SEARCH, *consumers]), ("2026-03-01", [SEARCH, *consumers, *components]))
    begins = [each.appear for each in report.traps if isinstance(each, RecordBegins)]
    assert [[(one.field, one.new, one.total) for one in each] for each in begins] == [
        [("uses", 20, 20)],
        [("depends_on", 3, 3)],
    ]


def test_half_of_both_fields_together_is_a_record_that_begins_too() -> None:
    """Of consumers 10 of 24 appear, and of components 10 of 16."""
    old = [*users(*(f"a{nth}" for nth in range(14))), *users(*(f"b{nth}" for nth in range(6)), kind="component")]
    new = [*users(*(f"c{nth}" for nth in range(10))), *users(*(f"d{nth}" for nth in range(10)), kind="component")]
    report = asked(("2026-01-01", [SEARCH, *old]), ("2026-03-01", [SEARCH, *old, *new]))
    (_, begin) = (each for each in report.traps if isinstance(each, RecordBegins))
    assert [(each.field, each.new, each.total) for each in begin.appear] == [("depends_on", 10, 16), ("uses", 10, 24)]


def test_a_component_that_is_gone_for_a_while_has_the_same_users() -> None:
    names = users("a/x", "b/y", "c/z")
    other = "kind: component\nid: other\ntitle: Other"
    report = asked(
        BEGIN,
        ("2026-02-01", [SEARCH, other, *names]),
        ("2026-03-01", [other, *names]),
        ("2026-04-01", [SEARCH, *names]),
    )
    (shared,) = (each for each in report.found if each.pattern is Pattern.SHARED)
    assert [
        [(pause.left.day, pause.why, pause.back.day) for pause in each.pauses] for each in shared.component.users
    ] == [[("2026-03-01", Leaving.UNDEFINED, "2026-04-01")]] * 3


@pytest.mark.parametrize(("today", "later"), [("2027-06-30", YearLater.NOT_YET), ("2027-07-01", YearLater.STILL)])
def test_a_year_is_over_on_the_day_after_its_last_one(today: str, later: YearLater) -> None:
    texts = [
        ("2026-01-01", text_of([SEARCH, *users("a/x", "b/y")])),
        ("2026-05-01", text_of([SEARCH, *users("a/x", "b/y", "c/z")])),
    ]
    model = model_of(texts[-1][1])
    options = DiscoverOptions(datetime.date.fromisoformat(today), backtest=True)
    backtest = discover(model, model, "here", options, History(on(*texts))).backtest
    assert backtest
    quarter = next(each for each in backtest.quarters if each.quarter == "2026-Q2")
    assert [(each.pattern, each.later) for each in quarter.candidates] == [(Pattern.SHARED, later)]


@pytest.mark.parametrize(
    ("after", "later"),
    [
        ([SEARCH, *users("a/x", "b/y", "c/z")], YearLater.STILL),
        ([f"{SEARCH}\nlayer: platform", *users("a/x", "b/y", "c/z")], YearLater.OFFICIAL),
        ([SEARCH, *users("a/x", "b/y")], YearLater.ENDED),
        (["kind: component\nid: other", *users("a/x", "b/y")], YearLater.ENDED),
    ],
)
def test_a_year_later_a_candidate_still_is_one_or_official_or_neither(after: list[str], later: YearLater) -> None:
    two, three = ([SEARCH, *users(*names)] for names in (("a/x", "b/y"), ("a/x", "b/y", "c/z")))
    report = asked(("2025-01-01", two), ("2025-05-01", three), ("2026-01-05", after), backtest=True)
    assert report.backtest
    told = [each.later for quarter in report.backtest.quarters for each in quarter.candidates]
    counts = [told.count(each) for each in (YearLater.STILL, YearLater.OFFICIAL, YearLater.ENDED)]
    verdict = "Told {} a year ago or earlier; a year later still one: {}, official: {}, neither: {}\n"
    times = f"{sum(counts)} time{'s' * (sum(counts) != 1)}"
    assert verdict.format(times, *counts) in shown(report)
    (quarter,) = (each for each in report.backtest.quarters if each.quarter == "2025-Q2")
    assert [(each.pattern, each.later) for each in quarter.candidates] == [(Pattern.SHARED, later)]


@pytest.mark.parametrize(
    ("before", "after", "is_blank"),
    [(4, 1, True), (4, 2, False), (3, 1, False), (3, 0, True), (40, 4, True), (40, 5, False)],
)
def test_a_state_that_lists_almost_nothing_is_a_placeholder(before: int, after: int, is_blank: bool) -> None:
    def listing(count: int) -> list[str]:
        return ["kind: team\nid: t", *(f"kind: component\nid: c{number}\ntitle: C{number}" for number in range(count))]

    report = asked(("2026-01-01", listing(before)), ("2026-02-01", listing(after)), ("2026-03-01", listing(before)))
    assert (TrapKind.PLACEHOLDER in kinds(report)) == is_blank


@pytest.mark.parametrize("reader", [None, "developers", "product-managers"])
def test_a_rename_after_a_placeholder_is_recognized(reader: str | None) -> None:
    """Also for an audience, which is told nothing of what has no name any more."""
    idle = [f"kind: component\nid: c{number}\ntitle: C{number}" for number in range(4)]
    teams = [f"kind: team\nid: {each}" for each in ("find", *"xyz")]
    was = [SEARCH, *idle, *teams, *users("a/x", "b/y", "c/z")]
    now = [each.replace("id: search", "id: find").replace("[search]", "[find]") for each in was]
    texts = [("2026-01-01", was), ("2026-02-01", [*idle[:1], *teams]), ("2026-03-01", now)]
    model, asking = model_of(text_of(now)), BUILT_IN[reader] if reader else None
    seen = seen_by(model, asking, TODAY) if asking else model
    past = on(*((day, text_of(documents)) for day, documents in texts))
    report = discover(model, seen, "here", DiscoverOptions(TODAY, audience=asking), History(past))
    assert {each.came and each.came.day for each in report.found[0].component.users} == {"2026-01-01"}


def test_dependencies_that_are_all_gone_for_a_while_did_not_leave() -> None:
    names = [f"a{number}" for number in range(12)]
    idle = [f"kind: consumer\nid: {name}\ntitle: {name}" for name in names]
    full = [PLATFORM, *users(*names)]
    report = asked(("2026-01-01", full), ("2027-01-01", [PLATFORM, *idle]), ("2027-01-08", full))
    assert report.found == ()
    (blank,) = (each for each in report.traps if isinstance(each, BlankState))
    assert (blank.has, blank.had, blank.is_dependencies) == (0, 12, True)
    assert "0 of 12 dependencies, until 2027-01-08" in shown(report)


def test_a_user_past_its_sunset_is_in_no_count_of_a_quarter() -> None:
    dead = users("batch/x", kind="component", more="\nsunset: 2026-08-01")
    report = asked(BEGIN, ("2026-02-01", [SEARCH, *users("a/x", "b/y", "c/z"), *dead]))
    (shared,) = (each for each in report.found if each.pattern is Pattern.SHARED)
    counts = {each.quarter: each.users for each in shared.component.counts}
    assert (counts["2026-Q2"], counts["2026-Q3"], counts[""]) == (4, 3, 3)


def test_what_is_not_committed_is_no_part_of_the_last_commit() -> None:
    text = text_of([SEARCH, *users("a/x", "b/y")])
    model = model_of(text)
    past = on((str(TODAY), text_of([SEARCH, *users("a/x")])))
    report = discover(model, model, "here", DiscoverOptions(TODAY), History(past))
    (begin,) = report.traps
    assert isinstance(begin, RecordBegins)
    assert [(each.new, each.total) for each in begin.appear] == [(1, 1)]
    text = text_of([SEARCH, *users("a/x", "b/y", "c/z")])
    model = model_of(text)
    past = on((str(TODAY), text_of([SEARCH, *users("a/x", "b/y")])))
    report = discover(model, model, "here", DiscoverOptions(TODAY), History(past))
    (shared,) = (each for each in report.found if each.pattern is Pattern.SHARED)
    assert [each.how.value for each in shared.component.users] == ["recorded", "recorded", "uncommitted"]
    assert "3 consumers now; it has matched since what is not committed" in shown(report)


@pytest.mark.parametrize("name", ["'npm:@acme/search'", "find", "search"])
@pytest.mark.parametrize("reader", [None, "developers", "product-managers", "own"])
def test_a_user_may_name_a_component_in_any_way(name: str, reader: str | None) -> None:
    search = f"{SEARCH}\nexternal: ['npm:@acme/search']\naliases: [find]\nvisibility: public"
    owners = [f"kind: team\nid: {each}\nvisibility: public" for each in ("find", *"xyz")]
    start = [search, *owners, *users("a/x", "b/y", used="search", more="\nvisibility: public")]
    third = users("c/z", used=name, more="\nvisibility: public")
    texts = [(day, text_of(each)) for day, each in (("2026-01-01", start), ("2026-04-01", [*start, *third]))]
    model = model_of(texts[-1][1], "audiences: {own: {like: developers, fields: [uses, owner, type]}}")
    asking = audience(reader, model.config.audiences) if reader else None
    seen = seen_by(model, asking, TODAY) if asking else model
    options = DiscoverOptions(TODAY, audience=asking)
    report = discover(model, seen, "here", options, History(on(*texts)))
    came = {each.user.id: each.came and each.came.day for each in report.found[0].component.users}
    assert came == {"a": "2026-01-01", "b": "2026-01-01", "c": "2026-04-01"}


def test_a_user_may_name_a_component_before_it_has_that_name() -> None:
    """As by an external name that is declared only later, and again removed."""
    named = f"{SEARCH}\nexternal: ['npm:@acme/search']"
    known, new = users("a/x", "b/y"), users("c/z", used="'npm:@acme/search'")
    start = ("2026-01-01", [SEARCH, *known, *new])
    report = asked(start, ("2026-02-01", [named, *known, *new]), ("2026-03-01", [SEARCH, *known, *new]))
    assert not told(report)
    report = asked(start, ("2026-02-01", [named, *known, *new]))
    came = {each.user.id: each.came and each.came.day for each in report.found[0].component.users}
    assert came == {"a": "2026-01-01", "b": "2026-01-01", "c": "2026-02-01"}


def test_a_rename_without_an_alias_is_told_as_a_guess() -> None:
    radio, podcast = (f"kind: consumer\nid: {name}\n{{}}title: Listen\nuses: [search]" for name in ("radio", "podcast"))
    before = ("2026-01-01", [SEARCH, radio.format("")])
    guess = shown(asked(before, ("2026-02-01", [SEARCH, podcast.format("")])))
    assert "consumer podcast is taken for what was radio, as all else is the same; `aliases: [radio]` would" in guess
    told = shown(asked(before, ("2026-02-01", [SEARCH, podcast.format("aliases: [radio]\n")])))
    assert "consumer radio is called podcast now; no one came or left" in told


def test_a_user_past_its_sunset_is_dead() -> None:
    dead = users("batch/x", kind="component", more="\nsunset: 2027-05-31")
    report = asked(BEGIN, ("2026-02-01", [SEARCH, *users("a/x", "b/y"), *dead]))
    (trap,) = (each for each in report.traps if isinstance(each, DeadUser))
    assert (trap.entity.id, trap.why, [each.id for each in trap.uses]) == (
        "batch",
        "past its sunset",
        ["search"],
    )
    assert "batch is past its sunset, and still names search; it is not counted as a user" in shown(report)


# Broken contracts

ONE = "{id: a, version: 1.0.0}"
V2 = "versions: [{version: 1.0.0, sunset: 2026-03-01}, {version: 2.0.0}]"


@pytest.mark.parametrize(
    ("before", "after", "is_broken"),
    [
        ("version: 1.0.0", "version: 1.1.0", False),
        ("version: 1.0.0", "version: 2.0.0", True),
        ("version: 1.0.0", "versions: [{version: 1.0.0}, {version: 2.0.0}]", False),
        (V2, "version: 2.0.0", False),  # removed after its sunset
        (V2.replace("2026-03-01", "2026-04-01"), "version: 2.0.0", False),
        (V2.replace("2026-03-01", "2026-04-02"), "version: 2.0.0", True),
        (V2.replace("2026-03-01", "2027-03-01"), "version: 2.0.0", True),
        (
            "interfaces: [{id: a, version: 1.0.0}, {id: b, version: 1.0.0}]",
            "interfaces: [{id: a, version: 1.0.0}]",
            True,
        ),
    ],
)
def test_a_contract_breaks_if_a_version_goes_before_its_sunset(before: str, after: str, is_broken: bool) -> None:
    first, then = (("2026-01-01", [f"{SEARCH}\n{before}", *users("a/x", "b/y")]), [*users("a/x", "b/y", "c/z")])
    report = asked(first, ("2026-04-01", [f"{SEARCH}\n{after}", *then]))
    (shared,) = (each for each in report.found if each.pattern is Pattern.SHARED)
    assert [each.day for each in shared.component.breaks] == ["2026-04-01"] * is_broken


def test_work_that_is_done_can_break_a_contract_in_place() -> None:
    def work(status: str, effect: str) -> str:
        return f"kind: initiative\nid: w\nstatus: {status}\nchanges: [{{component: search, effect: {effect}}}]"

    names = users("a/x", "b/y", "c/z")
    for effect, days in (("breaking", ["2026-04-01"]), ("change", [])):
        start = ("2026-01-01", [SEARCH, work("active", effect), *names])
        report = asked(start, ("2026-04-01", [SEARCH, work("done", effect), *names]))
        (shared,) = (each for each in report.found if each.pattern is Pattern.SHARED)
        assert [each.day for each in shared.component.breaks] == days


# Who may see it


def test_what_is_shown_only_later_did_not_come_then() -> None:
    """A user that was restricted when it came, and is no longer."""
    hidden = users("c/z", more="\nvisibility: restricted")
    texts = [
        ("2026-01-01", [SEARCH, *users("a/x", "b/y")]),
        ("2026-02-01", [SEARCH, *users("a/x", "b/y"), *hidden]),
        ("2026-03-01", [SEARCH, *users("a/x", "b/y", "c/z"), *(f"kind: team\nid: {name}" for name in "xyz")]),
    ]
    past = on(*((day, text_of(documents)) for day, documents in texts))
    model = model_of(text_of(texts[-1][1]))
    developers = BUILT_IN["developers"]
    seen = seen_by(model, developers, TODAY)
    report = discover(model, seen, "here", DiscoverOptions(TODAY, audience=developers), History(past))
    (shared,) = (each for each in report.found if each.pattern is Pattern.SHARED)
    (third,) = (each for each in shared.component.users if each.user.id == "c")
    assert (third.how.value, third.came and third.came.day, shared.is_emerging) == ("shown", "2026-03-01", False)


def test_who_sees_no_days_is_told_none() -> None:
    config = "audiences: {board: {like: developers, dates: horizon}}"
    teams = [f"kind: team\nid: {name}" for name in ("find", "x", "y", "z")]
    texts = [
        ("2025-01-01", text_of([SEARCH, *teams, *users("a/x", "b/y")])),
        ("2025-02-01", text_of([SEARCH, *teams, *users("a/x", "b/y", "c/z")])),
    ]
    model = model_of(texts[-1][1], config)
    board = audience("board", model.config.audiences)
    assert board
    for is_backtest in (False, True):
        options = DiscoverOptions(TODAY, audience=board, backtest=is_backtest)
        report = discover(model, seen_by(model, board, TODAY), "here", options, History(on(*texts)))
        written = json.render(report, "discover")
        assert not re.findall(r"20[0-9]{2}-(?:Q|[0-9])", written.replace(str(TODAY), ""))
        assert (Missing.DAYS in report.missing) == is_backtest
        assert "past" in json.render(report, "discover")
        assert ("past" in json.render(replace(report, traps=()), "discover")) == (not is_backtest)


# Costs


def growing(length: int) -> tuple[Model, Past]:
    """A user more with each commit, which edits a file of its own."""
    steps, names = [], list[str]()
    for number in range(length):
        names.append(f"n{number}/t{number % 3}")
        steps.append(
            (str(datetime.date(2020, 1, 1) + datetime.timedelta(number)), text_of([SEARCH, *users(*names[-8:])]))
        )
    return model_of(steps[-1][1]), on(*steps)


def test_a_history_twice_as_long_costs_twice_as_much() -> None:
    def cost(length: int) -> int:
        model, past = growing(length)
        return calls(lambda: discover(model, model, "here", DiscoverOptions(TODAY), History(past)))

    cost(20)  # what is done once
    assert cost(400) < 2.5 * cost(200)


def shown(report: DiscoverReport) -> str:
    return text_page.render(page(report), width=400, color=False)
