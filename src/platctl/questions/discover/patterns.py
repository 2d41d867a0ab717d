"""Which components of one state match a pattern, and which just miss one."""

from collections.abc import Iterator

from platctl.model.ref import Ref
from platctl.outlook.lifelines import Life
from platctl.questions.discover.report import Agreement, Pattern, Shortfall
from platctl.questions.discover.scene import Scene, is_ending
from platctl.questions.discover.twins import Twins
from platctl.record import record

CONSUMERS = 3
OWNERS = 2


@record
class Match:
    """A component that matches a pattern, or lacks one condition for it; of twins, both, the one with more users first.

    `needed` are the users that make it match.
    """

    pattern: Pattern
    component: Ref
    twin: Ref | None = None
    needed: tuple[Ref, ...] = ()
    agreed: tuple[tuple[Agreement, tuple[str, ...]], ...] = ()
    lacks: Shortfall | None = None
    has: int = 0
    needs: int = 0
    about: tuple[Ref, ...] = ()


def matches(scene: Scene, found: Twins) -> Iterator[Match]:
    """Everything that matches a pattern, and everything that just misses one; `found` are the twins of the scene."""
    for ref in scene.components:
        if scene.is_open(ref):
            yield from _shared(scene, ref)
            yield from _core(scene, ref)
        elif scene.official.calls(ref) and not is_ending(scene.model.components[ref]):
            yield from _losing(scene, ref)
    yield from _twins(found)


def about(scene: Scene, match: Match) -> frozenset[Life]:
    """What a match is about: the components, their users, those that left of late, and the owners of all of them."""
    components = {match.component, *([match.twin] if match.twin else ())}
    found = components | {user for ref in components for user in scene.users(ref)}
    found |= {owner for ref in found if (owner := scene.owner(ref))}
    lives = {scene.names[ref] for ref in found if ref in scene.names}
    return frozenset(lives.union(*(scene.lost(ref) for ref in components)))


def is_asked(scene: Scene, match: Match, only: frozenset[Life] | None, excluded: frozenset[Life]) -> bool:
    """Whether a match concerns what is asked for, None for everything, and is not one of what is excluded."""
    own = {scene.names.get(ref) for ref in (match.component, match.twin) if ref}
    return excluded.isdisjoint(own) and (only is None or not only.isdisjoint(about(scene, match)))


def _shared(scene: Scene, ref: Ref) -> Iterator[Match]:
    """Three or more consumers, of two or more owners."""
    consumers = tuple(user for user in scene.users(ref) if user.kind == "consumer")
    owners = scene.owners(consumers)
    if len(consumers) >= CONSUMERS and len(owners) >= OWNERS:
        yield Match(Pattern.SHARED, ref, needed=consumers)
    elif len(consumers) >= CONSUMERS:
        unowned = tuple(each for each in consumers if scene.owner(each) is None)
        if len(owners) == OWNERS - 1:
            yield Match(
                Pattern.SHARED, ref, lacks=Shortfall.OWNERS, has=len(owners), needs=OWNERS, about=unowned or owners
            )
    elif len(consumers) == CONSUMERS - 1 and len(owners) >= OWNERS:
        yield Match(
            Pattern.SHARED, ref, lacks=Shortfall.CONSUMERS, has=len(consumers), needs=CONSUMERS, about=consumers
        )


def _core(scene: Scene, ref: Ref) -> Iterator[Match]:
    """A component of the product layer, or owned by a product's team, with a user of another owner."""
    component, own = scene.model.components[ref], scene.owner(ref)
    if not (scene.official.is_of_product_layer(component) or own in scene.official.product_teams):
        return
    users = scene.users(ref)
    others = tuple(user for user in users if own and scene.owner(user) not in (None, own))
    if others:
        yield Match(Pattern.CORE, ref, needed=others)
        return
    unowned = tuple(user for user in users if own is None or scene.owner(user) is None)
    if unowned:
        yield Match(Pattern.CORE, ref, lacks=Shortfall.KNOWN_OWNER, has=0, needs=1, about=unowned if own else (ref,))


def _losing(scene: Scene, ref: Ref) -> Iterator[Match]:
    """More users left within a year than came."""
    lost, gained = len(scene.lost(ref)), len(scene.gained(ref))
    if lost > gained:
        yield Match(Pattern.LOSING, ref)
    elif lost and lost == gained:
        yield Match(Pattern.LOSING, ref, lacks=Shortfall.MORE_LEFT, has=lost, needs=gained + 1)


def _twins(found: Twins) -> Iterator[Match]:
    for pair in found.pairs:
        one, other = pair.refs
        if pair.common:
            lacks = Shortfall.COMMON_USER
            yield Match(Pattern.TWINS, one, other, (), pair.agreed, lacks, len(pair.common), 0, pair.common)
        else:
            yield Match(Pattern.TWINS, one, other, agreed=pair.agreed)
