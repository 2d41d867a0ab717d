"""Components that were probably built twice: of one type and different owners, with nobody who uses both."""

from collections.abc import Iterator
from itertools import combinations

from platctl.model.entity.component import Component
from platctl.model.ref import Ref
from platctl.questions.discover.report import Agreement
from platctl.questions.discover.scene import Scene, is_ending, type_of
from platctl.record import record

MOST = 12
"""A fact that more components of a type have in common says nothing about two of them."""

_Fact = tuple[Agreement, tuple[str, ...]]


@record
class TwinPair:
    """Two components, what they agree in, and who uses both: no one, or at most one where they agree in everything.

    The one with more users is first, or else the older one.
    """

    refs: tuple[Ref, Ref]
    agreed: tuple[_Fact, ...]
    common: tuple[Ref, ...]


@record
class Twins:
    """All pairs; `crowds` counts the groups that agree in a fact and are too large to compare."""

    pairs: tuple[TwinPair, ...]
    crowds: int


def twins(scene: Scene) -> Twins:
    """The pairs that agree in their tags or in the types of their interfaces, those that agree in both first.

    Both have users, as one that nobody uses is no twin yet, and neither ends.
    """
    groups: dict[tuple[str, Agreement, tuple[str, ...]], list[Ref]] = {}
    for ref in scene.components:
        component = scene.model.components[ref]
        type_ = type_of(component)
        if type_ and scene.owner(ref) and scene.users(ref) and not is_ending(component):
            for what, values in _facts(component):
                groups.setdefault((type_, what, values), []).append(ref)
    alike = (refs for _, refs in sorted(groups.items()) if len(refs) <= MOST)
    pairs = dict.fromkeys(pair for refs in alike for pair in combinations(refs, 2))
    found = [pair for refs in pairs if (pair := _pair(scene, refs))]
    found.sort(key=lambda each: (-len(each.agreed), each.refs))
    return Twins(tuple(found), sum(len(refs) > MOST for refs in groups.values()))


def _pair(scene: Scene, refs: tuple[Ref, Ref]) -> TwinPair | None:
    one, other = sorted(refs, key=lambda ref: (-len(scene.users(ref)), scene.first(ref), ref))
    if scene.owner(one) == scene.owner(other) or other in scene.users(one) or one in scene.users(other):
        return None
    facts = sorted({*_facts(scene.model.components[one])} & {*_facts(scene.model.components[other])})
    common = tuple(sorted({*scene.users(one)} & {*scene.users(other)}))
    if len(common) > (len(facts) > 1):
        return None
    type_ = scene.model.components[one].type or ""
    return TwinPair((one, other), ((Agreement.TYPE, (type_,)), *facts), common)


def _facts(component: Component) -> Iterator[_Fact]:
    tags = {tag.casefold() for tag in component.tags}
    types = {each.type.casefold() for each in component.interfaces if each.type}
    if tags:
        yield Agreement.TAGS, tuple(sorted(tags))
    if types:
        yield Agreement.INTERFACES, tuple(sorted(types))
