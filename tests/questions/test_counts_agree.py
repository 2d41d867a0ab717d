"""Random histories with renames and gaps: history and changelog have the counts of a slow second opinion."""

import datetime
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

from builders import model
from pasts import on
from platctl.model.past import Past
from platctl.model.vocabulary import Status
from platctl.outlook.compared import Compared
from platctl.outlook.lifelines import lives
from platctl.outlook.moves import Detour, Punctuality, WorkState
from platctl.outlook.recollection import recall
from platctl.questions.changelog.derive import ChangelogOptions, changelog
from platctl.questions.changelog.report import ChangelogReport, Finished, Kind, Moved
from platctl.questions.history.derive import story
from platctl.questions.history.overview import overview
from second_opinion import opinion

FIRST = datetime.date(2027, 1, 1)
STATES = (None, *Status, Status.PLANNED, Status.PLANNED, Status.ACTIVE)
ENDS = (None, *(FIRST + datetime.timedelta(days=90 * step) for step in range(6)))


class Made(NamedTuple):
    """A history, its texts, and the states of each piece of work, by its last name."""

    past: Past
    texts: Sequence[str]
    states: dict[str, list[WorkState]]


def made(chance: random.Random) -> Made:
    """Three pieces of work in a few commits; one of them is renamed on the way, perhaps while it is absent."""
    length = chance.randint(2, 6)
    days = [FIRST + datetime.timedelta(days=40 * at) for at in range(length)]
    renamed_at = chance.randint(1, length)
    states: dict[str, list[WorkState]] = {name: [] for name in ("a", "b", "c")}
    texts = []
    for at, day in enumerate(days):
        text = "kind: team\nid: t\n"
        for name, found in states.items():
            status = chance.choice(STATES)
            end = chance.choice(ENDS) if status else None
            if found and chance.random() < 0.3:
                status, end = found[-1].status, found[-1].end
            found.append(WorkState(at, day, status, end))
            if status:
                text += "---\n" + "".join(written(name, status, end, is_renamed=name == "a" and at >= renamed_at))
        texts.append(text)
    told = {
        ("a2" if name == "a" and is_last_renamed(found, renamed_at) else name): found for name, found in states.items()
    }
    return Made(on(*zip(map(str, days), texts, strict=True)), texts, told)


def is_last_renamed(states: Sequence[WorkState], renamed_at: int) -> bool:
    return any(each.status for each in states if each.at >= renamed_at)


def written(name: str, status: Status, end: datetime.date | None, *, is_renamed: bool) -> Iterator[str]:
    yield f"kind: initiative\nid: {name}2\naliases: [{name}]\n" if is_renamed else f"kind: initiative\nid: {name}\n"
    yield f"status: {status}\n"
    yield f"end: {end}\n" if end else ""


def expected(states: Sequence[WorkState]) -> Counter[tuple[int, str]]:
    return Counter((at, "done" if what == "delivered" else what) for at, what in opinion(states))


SEEDS = pytest.mark.parametrize("seed", range(60))


@SEEDS
def test_the_overview_and_the_stories_have_the_counts_of_the_second_opinion(seed: int) -> None:
    found, _, states = made(random.Random(seed))
    known = lives(found)
    report = overview(found, known)
    all_ = [*((each, "slipped") for each in report.slips), *((each, each.what.value) for each in report.moves)]
    for name, own in states.items():
        told = Counter(
            (int(each.at.commit), "done" if what.startswith("done") else what)
            for each, what in all_
            if each.initiative.id == name
        )
        assert told == expected(own)
    for life in known.all:
        if life.ref.kind == "initiative":
            told_story = story(found, life)
            assert told_story.slips == sum(what == "slipped" for _, what in expected(states[life.ref.id]))
            assert told_story.drops == sum(what == "dropped" for _, what in expected(states[life.ref.id]))
    assert report.total.slips == sum(what == "slipped" for own in states.values() for _, what in opinion(own))


def reported(found: Made, base: int) -> ChangelogReport:
    """The changelog from a commit to the last one, with what the history knows."""
    moments, head = found.past.moments, model(found.texts[-1])
    today = moments[-1].at.date
    known = recall(found.past, moments[base].at.commit, head, today)
    asked = ChangelogOptions(today, moments[base].at.date, history=known)
    return changelog(model(found.texts[base]), head, Compared("head", "base"), asked)


def in_changelog(report: ChangelogReport) -> Counter[tuple[str, str]]:
    kinds = {Kind.SLIPPED, Kind.PULLED_IN, Kind.DROPPED, Kind.REPLANNED, Kind.DELIVERED}
    told = Counter[tuple[str, str]]()
    for each in report.entries:
        if each.kind in kinds:
            told[each.entity.id, each.kind.value] += 1
            if isinstance(each.fact, Moved) and each.fact.detour is Detour.UNCOMMITTED:
                told[each.entity.id, "replanned"] += 1
    return told


@SEEDS
def test_a_changelog_from_any_commit_tells_the_moves_from_there_to_the_last_state(seed: int) -> None:
    """As if there were no commits in between; that work is done is told with how late it is, not as a slip."""
    found = made(random.Random(seed))
    for base in range(len(found.texts) - 1):
        told = {(name, what) for name, own in found.states.items() for what in since(own, base)}
        assert set(in_changelog(reported(found, base))) == told, base


def since(own: Sequence[WorkState], base: int) -> set[str]:
    """What is told from a commit on: the moves of the last state, as if nothing came in between. Work that was done and
    removed in between is delivered, and what has its name later is other work."""
    head, before = own[-1], [*own[: base + 1]]
    over = [at for at in range(base + 1, len(own)) if is_over(own, at)]
    last = {what for at, what in opinion([*([] if over else before), head]) if at == head.at}
    if over and any(what == "delivered" and base < at <= over[-1] for at, what in opinion(own)):
        last |= {"delivered"}
    return last - {"slipped", "pulled-in"} if "delivered" in last else last


def is_over(own: Sequence[WorkState], at: int) -> bool:
    present = [each.status for each in own[:at] if each.status]
    return own[at].status is None and present[-1:] == [Status.DONE]


@SEEDS
def test_a_changelog_counts_the_slips_of_the_history(seed: int) -> None:
    found = made(random.Random(seed))
    for base in range(len(found.texts) - 1):
        for each in reported(found, base).entries:
            if each.kind is Kind.SLIPPED and isinstance(each.fact, Moved):
                own = found.states[each.entity.id]
                assert each.fact.nth == sum(what == "slipped" for _, what in opinion(own))


@SEEDS
def test_a_changelog_says_of_what_is_done_what_the_history_says(seed: int) -> None:
    found = made(random.Random(seed))
    moves = overview(found.past, lives(found.past)).moves
    for base in range(len(found.texts) - 1):
        for each in reported(found, base).entries:
            if isinstance(each.fact, Finished) and each.fact.punctuality is not Punctuality.UNPLANNED:
                last = [move for move in moves if move.initiative == each.entity and move.what.startswith("done")][-1]
                assert last.what == f"done-{each.fact.punctuality.value}"
                assert (each.fact.planned, each.fact.on, each.fact.days) == (str(last.was), str(last.now), last.days)


def test_random_histories_have_all_kinds_of_moves() -> None:
    found = (opinion(own) for seed in range(60) for own in made(random.Random(seed)).states.values())
    kinds = Counter(what for moves in found for _, what in moves)
    assert min(kinds[each] for each in ("slipped", "pulled-in", "dropped", "replanned", "delivered")) > 10
