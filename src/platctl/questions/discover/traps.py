"""What looks as if users came or left, and why it is not told as such."""

from collections.abc import Iterator, Set

from platctl.model.named import Named, all_named, named
from platctl.model.ref import Ref
from platctl.questions.discover.report import Trap, TrapKind
from platctl.questions.discover.rows import Rows
from platctl.questions.discover.scene import Scene
from platctl.questions.discover.visits import FIELDS


def traps(scene: Scene, rows: Rows, only: Set[Ref] | None, *, tells_names: bool) -> Iterator[Trap]:
    """All of them, by kind and moment; renames and dead users only of what is asked for. `tells_names` is whether
    former names may be told."""
    for begin in scene.visits.begins:
        if rows.has_history:
            yield Trap(TrapKind.RECORDING, rows.stamp(begin.index), appear=begin.fields)
    for blank in scene.visits.past.blanks:
        until = rows.stamp(blank.until) if blank.until is not None else None
        at, is_uses = rows.stamp(blank.first), blank.is_dependencies
        yield Trap(TrapKind.PLACEHOLDER, at, blank.has, blank.had, until=until, is_dependencies=is_uses)
    for each in scene.visits.past.renamings if tells_names else ():
        if each.now.kind in FIELDS and (only is None or scene.model.canonical(each.now) in only):
            entity = Named(each.now, each.now.name)
            yield Trap(TrapKind.RENAME, rows.stamp(each.index), entity=entity, former=each.was.name)
    for ref, why in scene.dead:
        if only is None or ref in only:
            used = (use.target for use in scene.graph.uses_of[ref] if use.target in scene.model.components)
            uses = all_named(scene.model, used)
            yield Trap(TrapKind.DEAD_USER, None, entity=named(scene.model, ref), uses=uses, why=why)
