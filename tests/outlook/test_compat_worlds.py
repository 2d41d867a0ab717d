"""`compat` on random models: what ends agrees with which version works until when, the rest with slow searches."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from random import Random

import pytest
from fitting import Fitting
from pairs import TODAY, VERSIONS, pair
from test_fits import days_of, on, text

from builders import model
from platctl.graph.graph import Graph, Use
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.ahead import ahead
from platctl.outlook.endings import Endings, EndKind
from platctl.outlook.fits import Fits
from platctl.outlook.timeline import Timeline
from platctl.questions.compat.asked import AskedChange, AskedKind, asked
from platctl.questions.compat.derive import CompatOptions, compat
from platctl.questions.compat.report import StepKind, Together, WhatIf
from platctl.source.errors import SourceError

BLOCK = 100
BLOCKS = [pytest.param(first, marks=[pytest.mark.slow] if first else []) for first in range(0, 400, BLOCK)]
MET = ("works", "deprecated")


@pytest.mark.parametrize("first", BLOCKS)
def test_what_ends_on_a_day_is_what_no_version_works_with_from_then_on(first: int) -> None:
    for seed in range(first, first + BLOCK):
        _, head, today, at = pair(seed)
        check_ends(model(head), today, at, f"pair({seed})")


def check_ends(state: Model, today: date, at: date | None, label: str) -> None:
    graph, timeline = Graph(state), ahead(Timeline(state, today), at)
    endings = Endings(graph, timeline)
    for use in graph.uses:
        if use.target not in state.components or use.dependency.requires is None:
            continue
        whole = Fits(timeline, use).whole
        lost = {after.start for before, after in pairwise(whole) if before.fit.is_met and after.fit.value == "doesnt"}
        told = {each.day for each in endings.of(use) if each.kind in (EndKind.UNMET, EndKind.BROKEN)}
        assert lost <= {each.day for each in endings.of(use)}, (label, use.key)
        assert {day for day in told if on(whole, day)[0] in MET} == set(), (label, use.key)


# Together


@pytest.mark.parametrize("first", BLOCKS)
def test_all_work_together_on_the_days_on_which_each_works_with_one_version(first: int) -> None:
    for seed in range(first, first + BLOCK):
        _, head, today, at = pair(seed)
        check_together(model(head), today, at, f"pair({seed})")


Interface = tuple[Ref, str]
Right = dict[date, list[str | None]]
"""By day: the versions that are right."""


def check_together(state: Model, today: date, at: date | None, label: str) -> None:
    found = compat(state, "", "", CompatOptions(today=today, at=at, together=True)).together
    assert found
    uses = [use for use in Graph(state).uses if use.source in state.consumers and use.target in state.components]
    days = sorted({day for use in uses for day in days_of(state, use, at or today)})
    needs = [(use.source, place, right) for use in uses for place, right in rights(state, use, today, days)]
    users = {place: {who for who, other, _ in needs if other == place} for _, place, _ in needs}
    needs = [each for each in needs if len(users[each[1]]) > 1]
    shared = {place for _, place, _ in needs}
    assert {str(each) for each in found.shared} == {spelled(*place) for place in shared}, label
    if not shared:
        return
    for day in days:
        expected = agreed(needs, day)
        told = [each for each in found.days if each.start <= day and (each.until is None or day < each.until)]
        versions = {str(each.on): sorted(each.versions) for each in told[0].shared} if told else None
        assert versions == expected, (label, day)
    check_clash(found, needs, days, label)


def rights(state: Model, use: Use, today: date, days: list[date]) -> Iterator[tuple[Interface, Right]]:
    """The interfaces that a dependency may mean, each with the versions that are right on each day."""
    judge = Fitting(state, use, today, days)
    ever = {(each.interface, text(each)) for day in days for each in judge.offers[day]}
    order = {name: [version for other, version in ever if other == name] for name in judge.interfaces}
    words = {
        (name, version, day): judge.answer(day, name, version)[0]
        for name, versions in order.items()
        for version in versions
        for day in days
    }
    meant = [name for name in judge.interfaces if any(words[key] != "doesnt" for key in words if key[0] == name)]
    for name in meant or judge.interfaces[:1] or [use.interface or ""]:
        yield (
            (use.target, name),
            {day: [version for version in order.get(name, ()) if words[name, version, day] in MET] for day in days},
        )


def agreed(needs: list[tuple[Ref, Interface, Right]], day: date) -> dict[str, list[str]] | None:
    """By interface: the versions that are right for all on a day."""
    found: dict[str, set[str | None]] = {}
    for _, place, right in needs:
        key = spelled(*place)
        found[key] = found.get(key, set(right[day])) & set(right[day])
    if not all(found.values()):
        return None
    return {key: sorted(each for each in versions if each is not None) for key, versions in found.items()}


def check_clash(found: Together, needs: list[tuple[Ref, Interface, Right]], days: list[date], label: str) -> None:
    parties = list(dict.fromkeys(who for who, _, _ in needs))

    def can(chosen: tuple[Ref, ...]) -> bool:
        mine = [each for each in needs if each[0] in chosen]
        return any(agreed(mine, day) is not None for day in days)

    sizes = [size for size in range(1, len(parties) + 1) for chosen in combinations(parties, size) if not can(chosen)]
    named = tuple(dict.fromkeys(each.who.ref for each in found.clash))
    assert len(named) == min(sizes, default=0), label
    assert not named or not can(named), label


# What if


@pytest.mark.parametrize("first", BLOCKS)
def test_an_order_of_moves_breaks_no_one_and_where_there_is_none_no_order_does(first: int) -> None:
    seeds = range(first, first + BLOCK)
    found = {check_moves(model(pair(seed).head), TODAY, Random(seed), f"pair({seed})") for seed in seeds}
    assert {"stuck", "moves", "free"} <= found


def changes(state: Model, today: date, random: Random) -> tuple[AskedChange, ...]:
    """One or two changes that are allowed."""
    places = [(ref, name) for ref, each in state.components.items() for name, _ in each.offerings()]
    known = [text(each) for ref in state.components for each in Timeline(state, today).offers(ref, today)]
    given = []
    for version in random.sample(VERSIONS, random.choice((1, 1, 2))):
        ref, name = random.choice(places)
        kind = random.choice((AskedKind.DROP, AskedKind.DROP, *AskedKind))
        given.append((kind, f"{spelled(ref, name)}={random.choice((version, *known))}"))
    try:
        return asked(state, Timeline(state, today), today, given)
    except SourceError:
        return ()


def check_moves(state: Model, today: date, random: Random, label: str) -> str:
    """Whether there was an order, and one with moves."""
    found = changes(state, today, random)
    if not found:
        return ""
    what_if = compat(state, "", "", CompatOptions(today=today, asked=found)).what_if
    assert what_if
    world = World(state, today, found)
    assert what_if.is_possible == world.has_order(), label
    if not what_if.is_possible:
        return "stuck"
    world.follow(what_if, label)
    return "moves" if world.movers() else "free"


class World:
    """What is available and what each dependency can use, before and after."""

    def __init__(self, state: Model, today: date, asked_: tuple[AskedChange, ...]) -> None:
        self.asked = asked_
        graph, timeline = Graph(state), Timeline(state, today)
        events = tuple(each.event(today) for each in asked_)
        self.before, self.after = ahead(timeline), ahead(timeline.with_work(events, frozenset()))
        places = {each.place for each in asked_}
        self.uses = [
            use
            for use in graph.uses
            if any(use.target == ref and use.interface in (None, name) for ref, name in places)
        ]
        self.start = frozenset(
            (ref, each.interface, text(each))
            for ref in state.components
            for each in self.before.head.offers(ref, today)
        )

    def used(self, use: Use) -> set[tuple[Ref, str, str | None]]:
        """What a dependency works with on the first day, be it before or after."""
        found = set()
        for side in (self.before, self.after):
            fits = Fits(side, use)
            for each in side.head.offers(use.target, side.first):
                if fits.concerns(each.interface) and fits.with_version(each.identity)[0].fit.is_met:
                    found.add((use.target, each.interface, text(each)))
        return found

    def fit(self, side: object, use: Use) -> str:
        return Fits(side, use).whole[0].fit.value  # type: ignore[arg-type]

    def movers(self) -> list[Use]:
        return [use for use in self.uses if self.fit(self.before, use) in MET and self.fit(self.after, use) == "doesnt"]

    def applied(self, there: frozenset, each: AskedChange) -> frozenset:
        ref, name = each.place
        mine = (ref, name, each.version)
        if each.kind is AskedKind.ADD:
            return there | {mine}
        if each.kind is AskedKind.SET:
            return frozenset(other for other in there if other[:2] != (ref, name)) | {mine}
        gone = {other for other in there if other[:2] == (ref, name) and each.version in (None, other[2])}
        return there - gone

    def works(self, use: Use, there: frozenset, target: object) -> bool:
        return target in there if target else not there.isdisjoint(self.used(use))

    def has_order(self) -> bool:
        """Whether all changes can be made, one after the other, with moves in between, and no one is ever broken."""
        movers = self.movers()
        seen = set()

        def search(there: frozenset, left: tuple[AskedChange, ...], targets: tuple) -> bool:
            if (there, left, targets) in seen:
                return False
            seen.add((there, left, targets))
            if not all(self.works(use, there, target) for use, target in zip(movers, targets, strict=True)):
                return False
            if not left:
                return True
            moves = (
                (*targets[:index], each, *targets[index + 1 :])
                for index, use in enumerate(movers)
                for each in sorted(there, key=str)
                if targets[index] is None and each[0] == use.target and use.interface in (None, each[1])
            )
            if any(search(there, left, moved) for moved in moves):
                return True
            return any(search(self.applied(there, each), others(left, each), targets) for each in left)

        return search(self.start, self.asked, (None,) * len(movers))

    def follow(self, what_if: WhatIf, label: str) -> None:
        """Each step in its order."""
        there, targets, left = self.start, {}, list(self.asked)
        movers = self.movers()
        for step in what_if.steps:
            if step.kind is StepKind.MOVE:
                mine = [use for use in movers if step.who and use.source == step.who.ref]
                (use,) = [use for use in mine if str(step.on) == spelled(use.target, use.interface)]
                options = [each for each in there if each[0] == use.target and each[2] in step.to]
                assert options, (label, step)
                targets[use.key] = options[0]
            else:
                each = next(each for each in left if (each.kind.value, each.version) == (step.kind.value, step.version))
                left.remove(each)
                there = self.applied(there, each)
            for use in movers:
                assert self.works(use, there, targets.get(use.key)), (label, step, use.key)
        assert not left


def others(left: tuple[AskedChange, ...], each: AskedChange) -> tuple[AskedChange, ...]:
    return tuple(other for other in left if other is not each)


def spelled(ref: Ref, interface: str | None) -> str:
    return f"{ref.id}#{interface}" if interface else ref.id
