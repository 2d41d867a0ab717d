"""What looks as if users came or left, and why it is not told as such."""

from collections.abc import Iterator, Set

from platctl.model.named import Named, all_named, named
from platctl.model.ref import Ref
from platctl.questions.discover.report import BlankState, DeadUser, RecordBegins, RenamedEntity, Trap
from platctl.questions.discover.rows import Rows
from platctl.questions.discover.scene import Scene
from platctl.questions.discover.visits import FIELDS


def traps(scene: Scene, rows: Rows, only: Set[Ref] | None, *, tells_names: bool) -> Iterator[Trap]:
    """All of them, by kind and moment; renames and dead users only of what is asked for. `tells_names` is whether
    former names may be told."""
    past = scene.visits.past
    for begin in scene.visits.begins:
        if rows.has_history:
            yield RecordBegins(rows.stamp(begin.index), begin.fields)
    for blank in past.blanks:
        until = rows.stamp(blank.until) if blank.until is not None else None
        yield BlankState(rows.stamp(blank.first), until, blank.has, blank.had, blank.is_dependencies)
    for each in past.renamings if tells_names else ():
        if each.now.kind in FIELDS and (only is None or scene.model.canonical(each.now) in only):
            yield RenamedEntity(rows.stamp(each.index), Named(each.now, each.now.name), each.was.name, each.is_guess)
    for ref, why in scene.dead:
        if only is None or ref in only:
            used = (use.target for use in scene.graph.uses_of[ref] if use.target in scene.model.components)
            yield DeadUser(named(scene.model, ref), all_named(scene.model, used), why)
