"""Which initiative of one state is which in another, also where several became one."""

from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.difference import Pairing
from platctl.record import record


@record
class WorkPair:
    """An initiative in base and in head, as `ref` names it there.

    `is_merged`: it became part of other work, which lists its name as a former one.
    """

    ref: Ref
    before: Initiative | None
    after: Initiative | None
    is_merged: bool = False


def pairs(base: Model, head: Model, pairing: Pairing) -> tuple[WorkPair, ...]:
    """All initiatives of both states, in order; each of those that became one is paired with it."""
    names: dict[Ref, list[Ref]] = {}
    for ref in base.initiatives:
        names.setdefault(_name_in_head(ref, head, pairing), []).append(ref)
    found = [WorkPair(ref, None, each) for ref, each in head.initiatives.items() if ref not in names]
    for ref, former in names.items():
        after = head.initiatives.get(ref)
        own = _own_name(ref, former, after)
        found += [WorkPair(ref, base.initiatives[each], after, each != own) for each in former]
    return tuple(sorted(found, key=lambda each: (each.ref, each.is_merged)))


def _name_in_head(ref: Ref, head: Model, pairing: Pairing) -> Ref:
    present = pairing.head(ref)
    return present if present in head.entities else head.canonical(present)


def _own_name(ref: Ref, former: list[Ref], after: Initiative | None) -> Ref:
    """The name in base of the work that goes on under a name: the same, or else the first of its former names."""
    order = (ref, *(after.alias_refs if after else ()))
    return next((each for each in order if each in former), former[0])
