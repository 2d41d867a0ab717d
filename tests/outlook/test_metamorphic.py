"""Edits that mean nothing change no effect, and others change it in one direction only."""

import datetime
import random
import re
from collections.abc import Callable

import pytest
from judging import judged
from oracle import HARM, ORDER, Expected
from pairs import Pair, pair

from builders import model
from platctl.model.model import Model

SEEDS = range(40)


def told(base: Model, head: Model, given: Pair, **other: datetime.date | None) -> dict[str, list[Expected]]:
    return judged(base, head, **{"today": given.today, "at": given.at, **other})  # type: ignore[arg-type]


def shuffled(text: str, seed: int) -> str:
    documents = text.split("---\n")
    random.Random(seed).shuffle(documents)
    return "---\n".join(each if each.endswith("\n") else f"{each}\n" for each in documents)


def work_renamed(text: str, _: int) -> str:
    """Other ids, in another order."""
    return re.sub(r"id: (?:a-)*work-(\d+)", lambda found: f"id: w{99 - int(found[1])}", text)


@pytest.mark.parametrize("edit", [shuffled, work_renamed])
@pytest.mark.parametrize("seed", SEEDS)
def test_neither_order_nor_the_names_of_work_matter(edit: Callable[[str, int], str], seed: int) -> None:
    given = pair(seed)
    expected = told(model(given.base), model(given.head), given)
    for base, head in ((edit(given.base, seed), given.head), (given.base, edit(given.head, seed))):
        found = told(model(base), model(head), given)
        assert _sorted(found) == _sorted(expected)


def _sorted(found: dict[str, list[Expected]]) -> dict[str, list[str]]:
    return {consumer: sorted(map(str, each)) for consumer, each in found.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_files_do_not_matter(seed: int) -> None:
    given = pair(seed)
    split = model(*given.head.split("---\n"))
    assert told(model(given.base), split, given) == told(model(given.base), model(given.head), given)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_former_name_means_the_same_component(seed: int) -> None:
    given = pair(seed)
    head = re.sub(r"kind: component\nid: c\n", "kind: component\nid: renamed\naliases: [c]\n", given.head)
    renamed = told(model(head), model(head), given)
    assert {each.level for effects in renamed.values() for each in effects} <= {None}
    used = re.sub(r"component: c([#,}])", r"component: renamed\1", head)
    assert told(model(head), model(used), given) == renamed


@pytest.mark.parametrize("seed", SEEDS)
def test_a_state_compared_with_itself_has_no_effect(seed: int) -> None:
    given = pair(seed)
    for text in (given.base, given.head):
        found = told(model(text), model(text), given)
        assert {each.level for effects in found.values() for each in effects} <= {None}


@pytest.mark.parametrize("seed", SEEDS)
def test_harm_is_never_weaker_for_a_hard_dependency(seed: int) -> None:
    given = pair(seed)
    soft = [re.sub(r", strength: (soft|hard)", "", text) for text in given[:2]]
    soft = [
        re.sub(r"(  - \{component: [cd](?:#\w+)?)(?=[,}])(?!.*effect)", r"\1, strength: soft", text) for text in soft
    ]
    hard = [text.replace("strength: soft", "strength: hard") for text in soft]
    strong, weak = (told(model(states[0]), model(states[1]), given) for states in (hard, soft))
    for consumer, effects in strong.items():
        for firm, softened in zip(effects, weak[consumer], strict=True):
            assert (firm.level is None) == (softened.level is None)
            assert _rank(firm.level) <= _rank(softened.level)


def _rank(level: str | None) -> int:
    return ORDER.index(level) if level in HARM else len(ORDER)


@pytest.mark.parametrize("seed", SEEDS)
def test_today_as_the_first_day_is_the_same_as_none(seed: int) -> None:
    given = pair(seed)
    states = model(given.base), model(given.head)
    assert told(*states, given, at=given.today) == told(*states, given, at=None)
