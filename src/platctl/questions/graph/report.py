"""The answer to: what depends on what?"""

from enum import StrEnum

from platctl.model.level import Level
from platctl.model.named import Named
from platctl.model.placement import LazySpan
from platctl.record import record


@record
class GraphNode:
    """A component or consumer. `id` is that of the node-link form; `cycle` numbers the cycle that it is in, from 1.

    `users` and `uses` count its direct neighbours in this graph. `level` is what the change means for it, and
    `is_changed` whether its contract changes; both only where a change is looked at.
    """

    id: str
    entity: Named
    layer: str | None
    owner: Named | None
    tier: int | None
    users: int
    uses: int
    cycle: int | None = None
    level: Level | None = None
    is_changed: bool = False


@record
class GraphEdge:
    """All dependencies of `source` on `target`, by the ids of nodes: how many, and on which interfaces.

    `is_soft` says that none of them is hard, `exposes` that one passes on what it gets. `level` is that of the effect
    that travels over them.
    """

    source: str
    target: str
    dependencies: int
    interfaces: tuple[str, ...]
    is_soft: bool
    exposes: bool
    span: LazySpan | None
    level: Level | None = None


@record
class LevelCount:
    """How many entities of a group a change affects in one way."""

    level: Level
    entities: int


@record
class DrawnBox:
    """A box of the picture: one entity, or a group of them by layer and owner, or by cycle. `band` numbers its layer.

    `owners` are those of its entities; more than one where small groups were joined. `inside` counts the dependencies
    of its entities on each other, `users` the entities outside that use one of them.
    """

    name: str
    label: str
    band: int
    entities: tuple[Named, ...]
    owners: tuple[Named, ...]
    inside: int
    users: int
    cycle: int | None
    levels: tuple[LevelCount, ...]
    is_changed: bool

    @property
    def is_group(self) -> bool:
        return len(self.entities) > 1


@record
class DrawnLine:
    """A line of the picture from a box to one that it uses: how many dependencies it stands for."""

    source: str
    target: str
    dependencies: int
    is_soft: bool
    exposes: bool
    level: Level | None


@record
class GraphPicture:
    """The graph as a picture shows it: never more boxes than can be read. `layers` are the bands from the top."""

    layers: tuple[str, ...]
    boxes: tuple[DrawnBox, ...]
    lines: tuple[DrawnLine, ...]

    @property
    def is_folded(self) -> bool:
        """Whether a box stands for several entities."""
        return any(box.is_group for box in self.boxes)


class CellMeaning(StrEnum):
    """How the row of a cell depends on its column; through others if it has no dependency on it itself."""

    USES = "uses"
    EXPOSES = "exposes"
    SOFT = "soft"
    REACHES = "reaches"


@record
class MatrixCell:
    """A cell, by the numbers of its row and column from 0."""

    row: int
    column: int
    meaning: CellMeaning


@record
class StructureMatrix:
    """A design structure matrix: rows and columns are the boxes of `drawing`, in its order."""

    drawing: GraphPicture
    cells: tuple[MatrixCell, ...]


@record
class MissingTarget:
    """A component that does not exist, and how many dependencies lead to it."""

    name: str
    dependencies: int


@record
class GraphReport:
    """A part of the dependency graph of one state, in node-link form, and how it is drawn.

    With `subjects`, it has only what depends on them and what they depend on. `cycles` are the entities that depend on
    each other. `compared` names the two states whose difference the levels are of; `removed` are entities that only the
    first of them has, and that it affects or changes. `missing` are components that are used and don't exist. `matrix`
    is there if it is asked for.
    """

    state: str
    audience: str | None
    only: str
    compared: str | None
    subjects: tuple[Named, ...]
    directed: bool
    multigraph: bool
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    cycles: tuple[tuple[Named, ...], ...]
    drawing: GraphPicture
    removed: tuple[Named, ...] = ()
    missing: tuple[MissingTarget, ...] = ()
    matrix: StructureMatrix | None = None
