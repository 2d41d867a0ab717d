"""Which entities selectors name, in one state of a model or in two that are compared."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.graph.selection import Selection
from platctl.model.calendar import Date
from platctl.model.language.selector import Selector
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.comparing import compare
from platctl.outlook.difference import Added, Pairing, diff, pair
from platctl.outlook.timeline import Timeline
from platctl.record import record

_NOTHING: frozenset[Ref] = frozenset()


@record(slots=False)
class Chooser:
    """Evaluates selectors in both states, so that a change can't move anything out of reach.

    The results use the names of head; what head no longer has keeps its name in base. `affected` are
    the entities that the change reaches, `named` the selectors behind `selector:`, by default those of head. Without
    `base`, `state:` selects nothing.
    """

    head: Graph
    base: Graph | None = None
    pairing: Pairing = field(default_factory=lambda: Pairing({}))
    affected: Callable[[], frozenset[Ref]] = frozenset
    named: Mapping[str, str] | None = None

    def of(self, select: Iterable[Selector], exclude: Iterable[Selector] = ()) -> frozenset[Ref]:
        """What is in one of `select` and in none of `exclude`, in one of the states.

        Raises SelectorError for what exists in neither.
        """
        select, exclude = tuple(select), tuple(exclude)
        before, after = self._selections
        found = _one_of(after, select) - _one_of(after, exclude)
        if before is None:
            return found
        return found | frozenset(map(self._head_name, _one_of(before, select) - _one_of(before, exclude)))

    @cached_property
    def _selections(self) -> tuple[Selection | None, Selection]:
        named = self.head.model.config.selectors if self.named is None else self.named
        if self.base is None:
            return None, Selection(self.head, None, named)
        here: dict[str, Callable[[], frozenset[Ref]]] = {
            "new": lambda: self._new,
            "modified": lambda: self._modified,
            "removed": frozenset,
            "affected": lambda: self.affected() & self.head.model.entities.keys(),
        }
        there: dict[str, Callable[[], frozenset[Ref]]] = {
            "new": frozenset,
            "modified": lambda: self._in_base(self._modified),
            "removed": lambda: self._removed,
            "affected": lambda: self._in_base(self.affected()),
        }
        after, before = Selection(self.head, here, named), Selection(self.base, there, named)
        after.elsewhere, before.elsewhere = before, after
        return before, after

    def _head_name(self, ref: Ref) -> Ref:
        return self.pairing.head_of.get(ref, ref)

    @cached_property
    def _kept(self) -> dict[Ref, Ref]:
        """By name in head: the name in base of what is in both."""
        entities = self.base.model.entities if self.base else ()
        return {self.pairing.head_of[ref]: ref for ref in entities if ref in self.pairing.head_of}

    def _in_base(self, refs: Iterable[Ref]) -> frozenset[Ref]:
        return frozenset(self._kept[ref] for ref in refs if ref in self._kept)

    @cached_property
    def _new(self) -> frozenset[Ref]:
        return frozenset(self.head.model.entities.keys() - self._kept.keys())

    @cached_property
    def _removed(self) -> frozenset[Ref]:
        return frozenset(self.base.model.entities.keys() - self._kept.values()) if self.base else _NOTHING

    @cached_property
    def _modified(self) -> frozenset[Ref]:
        """What differs in meaning, another name included."""
        differences = diff(self.base.model, self.head.model) if self.base else ()
        return frozenset(each.ref for each in differences if not isinstance(each, Added)) & self._kept.keys()


def _one_of(selection: Selection, selectors: Iterable[Selector]) -> frozenset[Ref]:
    return _NOTHING.union(*map(selection.of, selectors))


def chooser(head: Model, base: Model | None = None, at: Date | None = None, today: Date | None = None) -> Chooser:
    """For one state, or two whose difference is judged on the day `at`."""
    if base is None:
        return Chooser(Graph(head))
    pairing, before, after = pair(base, head), Graph(base), Graph(head)

    def affected() -> Iterator[Ref]:
        timelines = Timeline(base, today), Timeline(head, today)
        yield from compare(before, after, pairing, timelines, head.config.impact.notice, at).propagation.nodes

    return Chooser(after, before, pairing, lambda: frozenset(affected()))


def concerned(model: Model, refs: frozenset[Ref]) -> frozenset[Ref]:
    """The initiatives among these entities, and those that change, serve or name one of them, or take its people."""
    found = {ref for ref in refs if ref in model.initiatives}
    for each in model.references:
        target = model.canonical(each.target)
        if target in refs and target not in model.initiatives and each.source in model.initiatives:
            found.add(each.source)
    for ref, initiative in model.initiatives.items():
        if any(model.canonical(team) in refs for team in initiative.teams.values()):
            found.add(ref)
    return frozenset(found)
