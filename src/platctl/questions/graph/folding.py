"""Which boxes a picture has: entities while they can be read one by one, else groups of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from platctl.model.ref import Ref
from platctl.record import record

MOST_BOXES = 60
"""Nobody reads a picture of more."""
_MOST_GROUPS = 20
"""Beside the entities that are drawn one by one."""


@record
class BoxMember:
    """An entity to draw: the number of its band from the top, its owner, its cycle, and its distance from what is asked
    for, in dependencies.
    """

    ref: Ref
    band: int
    owner: Ref | None
    cycle: int | None = None
    distance: int = 0


@record
class Bundle:
    """Entities that share a box, in a band; `owners` are theirs, and `cycle` is set if the box stands for a cycle."""

    members: tuple[Ref, ...]
    band: int
    owners: tuple[Ref | None, ...]
    cycle: int | None = None


def folded(members: Sequence[BoxMember], *, most: int = MOST_BOXES, is_about: bool = False) -> tuple[Bundle, ...]:
    """Each entity for itself if there are at most `most`; else groups by cycle, or by band and owner.

    In a picture that is about something (`is_about`), what is nearest to it stays for itself. Of many groups, the
    smallest in each band are joined; only more than `most` bands make more groups. The groups have the order of their
    first members.
    """
    if len(members) <= most:
        return tuple(Bundle((each.ref,), each.band, (each.owner,), each.cycle) for each in members)
    alone: list[BoxMember] = []
    rest = list(members)
    if is_about:
        nearest = sorted(members, key=lambda each: each.distance)
        room = max(min(_MOST_GROUPS, most // 3), len({each.band for each in members}))
        alone = nearest[: max(most - room, 0)]
        chosen = {each.ref for each in alone}
        rest = [each for each in members if each.ref not in chosen]
    found = [Bundle((each.ref,), each.band, (each.owner,), each.cycle) for each in alone]
    found += _joined(_groups(rest), most - len(found))
    place = {each.ref: nth for nth, each in enumerate(members)}
    return tuple(sorted(found, key=lambda group: place[group.members[0]]))


def _groups(members: Iterable[BoxMember]) -> list[Bundle]:
    """By cycle, or by band and owner."""
    found: dict[tuple[int, str, int], list[BoxMember]] = {}
    for each in members:
        key = (0, "", each.cycle) if each.cycle else (1, str(each.owner or ""), each.band)
        found.setdefault(key, []).append(each)
    return [
        Bundle(
            members=tuple(each.ref for each in group),
            band=min(each.band for each in group),
            owners=tuple(dict.fromkeys(each.owner for each in group)),
            cycle=group[0].cycle if all(each.cycle == group[0].cycle for each in group) else None,
        )
        for group in found.values()
    ]


def _joined(groups: Sequence[Bundle], room: int) -> Iterator[Bundle]:
    """The largest groups, and one for all others of each band."""
    if len(groups) <= room:
        yield from groups
        return
    bands = len({each.band for each in groups})
    ranked = sorted(groups, key=lambda each: (-len(each.members), str(each.owners), each.members[0]))
    kept, rest = ranked[: max(room - bands, 0)], ranked[max(room - bands, 0) :]
    yield from kept
    by_band: dict[int, list[Bundle]] = {}
    for each in rest:
        by_band.setdefault(each.band, []).append(each)
    for band, others in by_band.items():
        yield Bundle(
            members=tuple(ref for each in others for ref in each.members),
            band=band,
            owners=tuple(dict.fromkeys(owner for each in others for owner in each.owners)),
        )


def box_of(groups: Iterable[Bundle]) -> Mapping[Ref, int]:
    """By entity: the number of its group."""
    return {ref: nth for nth, group in enumerate(groups) for ref in group.members}
