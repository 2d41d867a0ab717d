"""Who came and left, and what matches a pattern, in simulated organisations of which the truth is known."""

import datetime
from collections.abc import Mapping
from json import loads
from random import Random
from zlib import crc32

import pytest
from organisation import (
    Organisation,
    State,
    core,
    losing,
    matches_since,
    organisation,
    real,
    recorded,
    rewritten,
    shared,
    stays,
    twins,
    with_pause,
    with_rename,
)

from pasts import on
from platctl.model.load import load
from platctl.model.model import Model
from platctl.model.past import History, Past
from platctl.model.settings.audience import BUILT_IN
from platctl.outlook.audience import seen_by
from platctl.outlook.lifelines import Life
from platctl.questions.discover.derive import DiscoverOptions, discover
from platctl.questions.discover.report import (
    BlankState,
    Coming,
    DeadUser,
    DiscoverReport,
    Discovery,
    Pattern,
    RenamedEntity,
    TrapKind,
    UsedComponent,
    YearLater,
)
from platctl.questions.discover.seen_past import seen_past
from platctl.questions.discover.visits import Visits, visits
from platctl.render.data import json
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

SEEDS = range(40)


def history_of(made: Organisation) -> Past:
    """As it would be read from commits, in which each has all its documents in one file."""
    texts = ["---\n".join(files.values()) for files in made.commits]
    return on(*((str(state.day), text) for state, text in zip(made.states, texts, strict=True)))


def model_of(files: Mapping[str, str]) -> Model:
    return load([parse_file(SourceFile(path, text.encode())) for path, text in files.items()])


def told_of(
    made: Organisation, *, backtest: bool = False, today: datetime.date | None = None, audience: str = ""
) -> DiscoverReport:
    model, reader = model_of(made.commits[-1]), BUILT_IN[audience] if audience else None
    options = DiscoverOptions(today or made.today, audience=reader, backtest=backtest)
    seen = seen_by(model, reader, today or made.today) if reader else model
    return discover(model, seen, "here", options, History(history_of(made)))


def visits_of(made: Organisation) -> Visits:
    model = model_of(made.commits[-1])
    return visits(seen_past(model, model, history_of(made), None, made.today))


def key(life: Life) -> str:
    return life.last.entity.title or ""


def kinds(states: list[State]) -> dict[str, str]:
    return {name: thing.kind for state in states for name, thing in state.things.items()}


def candidates(report: DiscoverReport, pattern: Pattern) -> set[frozenset[str | None]]:
    return {
        frozenset(used.entity.title for used in (each.component, each.twin) if used)
        for each in report.found
        if each.pattern is pattern
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_users_come_and_leave_as_they_did(seed: int) -> None:
    made = organisation(seed)
    found = {
        (key(user), key(component)): [(visit.came, visit.left) for visit in known]
        for component, users in visits_of(made).of.items()
        for user, known in users.items()
    }
    assert found == stays(made.states)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_appears_when_recording_begins_did_not_come_then(seed: int) -> None:
    made = organisation(seed)
    found = {
        (key(user), key(component))
        for component, users in visits_of(made).of.items()
        for user, (first, *_) in users.items()
        if first.how is Coming.RECORDED
    }
    assert found == recorded(made.states, kinds(made.states))


@pytest.mark.parametrize("seed", SEEDS)
def test_exactly_the_components_that_match_are_told(seed: int) -> None:
    made = organisation(seed)
    report, state = told_of(made), made.states[-1]
    assert candidates(report, Pattern.SHARED) == {frozenset({each}) for each in shared(state)}
    assert candidates(report, Pattern.CORE) == {frozenset({each}) for each in core(state)}
    assert candidates(report, Pattern.TWINS) == twins(state)
    assert candidates(report, Pattern.LOSING) == {frozenset({each}) for each in losing(made, made.today, made.states)}


@pytest.mark.parametrize("seed", range(80))
def test_a_match_began_with_the_commit_since_which_it_is_one(seed: int) -> None:
    made = organisation(seed, steps=20)
    for found in told_of(made).found:
        pattern = {Pattern.SHARED: shared, Pattern.CORE: core}.get(found.pattern)
        if pattern:
            since = matches_since(made.states, pattern, found.component.entity.title or "")
            assert (found.since and found.since.commit) == (None if since is None else f"{since:040}")


@pytest.mark.parametrize("seed", SEEDS)
def test_adoption_curves_count_the_users_of_each_quarter(seed: int) -> None:
    made = organisation(seed)
    for found in told_of(made).found:
        for each in found.component.counts:
            day = made.today if each.is_now else last_day(each.quarter)
            state = [state for _, state in real(made.states) if state.day <= day][-1]
            used = found.component.entity.title
            assert each.users == sum(other == used for _, other in state.edges), each.quarter


@pytest.mark.parametrize("seed", SEEDS)
def test_only_what_broke_the_contract_is_counted(seed: int) -> None:
    made = organisation(seed)
    known = stays(made.states)
    for found in told_of(made).found:
        used = found.component.entity.title
        first = min(known[edge][0][0] for edge in known if edge[1] == used)
        expected = [f"{at:040}" for at, state in enumerate(made.states) if at > first and used in state.broke]
        assert [each.commit for each in found.component.breaks] == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_every_trap_is_told_as_one(seed: int) -> None:
    made = organisation(seed)
    found = told_of(made)
    blanks = [each.at.commit for each in found.traps if isinstance(each, BlankState)]
    placeholders = [number for number, state in enumerate(made.states) if state.is_placeholder]
    assert blanks == [f"{each:040}" for each in placeholders]
    assert sum(isinstance(each, RenamedEntity) for each in found.traps) == made.renames
    dead = {user for user, _ in made.edges if made.things[user].is_retired}
    assert {each.entity.title for each in found.traps if isinstance(each, DeadUser)} == dead


@pytest.mark.parametrize("seed", SEEDS)
def test_a_backtest_says_what_would_have_been_said_then(seed: int) -> None:
    """Asked of the history up to then, with the names that things have later."""
    made = organisation(seed, steps=20)
    report = told_of(made, backtest=True)
    assert report.backtest
    said: dict[datetime.date, set[tuple[Pattern, frozenset[str | None]]]] = {}
    for quarter in report.backtest.quarters:
        known = [state for state in made.states if state.day <= quarter.end]
        state = real(known)[-1][1]
        old = recorded(known, kinds(known))
        new = {edge for edge in state.edges if edge not in old}
        expected = {(Pattern.TWINS, each) for each in twins(state)}
        expected |= {(Pattern.LOSING, frozenset({each})) for each in losing(made, quarter.end, known)}
        expected |= {
            (Pattern.SHARED, frozenset({each}))
            for each in shared(state)
            if any(used == each and state.things[user].kind == "consumer" for user, used in new)
        }
        expected |= {
            (Pattern.CORE, frozenset({each}))
            for each in core(state)
            if any(
                used == each and state.things[user].owner not in (None, state.things[each].owner) for user, used in new
            )
        }
        said[quarter.end] = {
            (each.pattern, frozenset(name.title for name in (each.component, each.twin) if name))
            for each in quarter.candidates
        }
        assert said[quarter.end] == expected, quarter.quarter
        for each in quarter.candidates:
            assert (each.later is YearLater.NOT_YET) == (a_year_after(quarter.end) >= made.today)


# What makes no difference


def told(report: DiscoverReport, *, has_pauses: bool = True) -> list[object]:
    """Everything but the names, the commits, and which of two equal twins comes first; without pauses, also without
    the day since which something matches, as it may have been none meanwhile."""
    return sorted(
        (
            each.pattern,
            sorted(map(repr, [_used(used, has_pauses=has_pauses) for used in (each.component, each.twin) if used])),
            *(each.is_emerging, each.needed, has_pauses and each.since and each.since.day, repr(each.agreed)),
        )
        for each in report.found
    )


def _used(used: UsedComponent, *, has_pauses: bool) -> object:
    users = sorted(
        (
            each.user.title,
            *(each.is_using, each.came and each.came.day, each.how, each.left and each.left.day, each.why),
            [(pause.left.day, pause.back.day) for pause in each.pauses if has_pauses],
        )
        for each in (*used.users, *used.former)
    )
    return (
        used.entity.title,
        users,
        used.type_users,
        used.came,
        used.left,
        used.counts,
        [each.day for each in used.breaks],
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_splitting_and_reordering_files_changes_nothing(seed: int) -> None:
    made = organisation(seed)
    for other in (1, 2):
        found = told_of(rewritten(made.states, other), today=made.today)
        assert told(found) == told(told_of(made))
        assert [each.kind for each in found.traps] == [each.kind for each in told_of(made).traps]


@pytest.mark.parametrize("has_alias", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_renaming_anything_changes_no_candidate(seed: int, has_alias: bool) -> None:
    made, random = organisation(seed), Random(seed)
    at = random.choice([number for number, _ in real(made.states)])
    thing = random.choice(sorted(made.states[at].things))
    found = told_of(rewritten(with_rename(made.states, at, thing, has_alias=has_alias)), today=made.today)
    before = told_of(made)
    assert told(found) == told(before)
    renames = [[each for each in report.traps if each.kind is TrapKind.RENAME] for report in (before, found)]
    assert len(renames[1]) == len(renames[0]) + 1


@pytest.mark.parametrize("audience", ["developers", "product-managers"])
@pytest.mark.parametrize("seed", SEEDS)
def test_renaming_anything_without_an_alias_changes_nothing_for_an_audience(seed: int, audience: str) -> None:
    made, random = organisation(seed), Random(seed)
    at = random.choice([number for number, _ in real(made.states)])
    states = made.states
    for thing in sorted(states[at].things):
        states = with_rename(states, at, thing, has_alias=False)
    found = told_of(rewritten(states), today=made.today, audience=audience)
    assert told(found) == told(told_of(made, audience=audience))


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_leaves_and_comes_back_is_the_same_user(seed: int) -> None:
    made, random = organisation(seed), Random(seed)
    edge = random.choice(sorted(made.states[-1].edges) or sorted(stays(made.states)))
    there = [number for number, state in real(made.states) if edge in state.edges]
    found = told_of(rewritten(with_pause(made.states, random.choice(there), edge)), today=made.today)
    before = told_of(made)
    assert told(found, has_pauses=False) == told(before, has_pauses=False)
    pauses = [sum(map(_pauses, report.found)) for report in (before, found)]
    used = {frozenset({edge[1]})} & {each for pattern in Pattern for each in candidates(before, pattern)}
    assert pauses[1] > pauses[0] or not used or edge not in made.states[-1].edges


# What an audience may not see


def is_hidden(title: str) -> bool:
    return crc32(title.encode()) % 4 == 0


def seen_by_developers(made: Organisation, *, has_hidden: bool, backtest: bool) -> str:
    """What developers are told, if what is restricted is there or if it never was."""
    texts = []
    for files in made.commits:
        documents = [text for file in files.values() for text in file.split("---\n")]
        titled = [(text, is_hidden(text.split("title: ")[1].split("\n")[0])) for text in documents]
        kept = [text + "visibility: restricted\n" * hidden for text, hidden in titled if has_hidden or not hidden]
        texts.append("---\n".join(kept))
    past = on(*((str(state.day), text) for state, text in zip(made.states, texts, strict=True)))
    whole, developers = model_of({"all.yaml": texts[-1]}), BUILT_IN["developers"]
    options = DiscoverOptions(made.today, audience=developers, backtest=backtest)
    report = discover(whole, seen_by(whole, developers, made.today), "here", options, History(past))
    return json.render(report, "discover")


@pytest.mark.parametrize("backtest", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_an_audience_may_not_see_might_as_well_never_have_been(seed: int, backtest: bool) -> None:
    made = organisation(seed)
    told_, missing = (seen_by_developers(made, has_hidden=each, backtest=backtest) for each in (True, False))
    assert told_ == missing


def test_some_of_what_makes_candidates_is_hidden() -> None:
    differ = 0
    for seed in SEEDS:
        made = organisation(seed)
        hidden = {each for pattern in Pattern for each in candidates(told_of(made), pattern)}
        differ += any(is_hidden(title or "") for each in hidden for title in each)
        found = loads(seen_by_developers(made, has_hidden=True, backtest=False))["found"]
        assert not [each for each in found if is_hidden(each["component"]["entity"]["title"])]
    assert differ > 5


def _pauses(found: Discovery) -> int:
    return sum(len(user.pauses) for used in (found.component, found.twin) if used for user in used.users)


def test_the_organisations_have_everything_that_is_asked_of_them() -> None:
    found = [told_of(organisation(seed)) for seed in SEEDS]
    assert {each.pattern for report in found for each in report.found} == set(Pattern)
    assert {each.kind for report in found for each in report.traps} == set(TrapKind)
    assert {each.is_emerging for report in found for each in report.found} == {True, False}
    longer = [told_of(organisation(seed, steps=20)) for seed in SEEDS]
    assert any(user.pauses for report in longer for each in report.found for user in each.component.users)
    told = [told_of(organisation(seed, steps=20), backtest=True).backtest for seed in range(60)]
    assert {each.later for report in told if report for quarter in report.quarters for each in quarter.candidates} >= {
        YearLater.STILL,
        YearLater.ENDED,
        YearLater.NOT_YET,
    }


def last_day(quarter: str) -> datetime.date:
    year, number = int(quarter[:4]), int(quarter[-1])
    return datetime.date(year + number // 4, number % 4 * 3 + 1, 1) - datetime.timedelta(days=1)


def a_year_after(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year + 1)
