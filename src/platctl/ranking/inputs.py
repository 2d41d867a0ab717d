"""Scores, and their inputs."""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.named import Named
from platctl.record import record


class Origin(StrEnum):
    """Where the value of a criterion comes from."""

    WRITTEN = "written"
    VOTES = "votes"
    GRAPH = "graph"
    DEFAULT = "default"
    MISSING = "missing"


@record
class Portion:
    """One part of a value; the parts of a value add up to it."""

    of: str
    value: float


@record
class Input:
    """The value of a criterion for one initiative, and its origin.

    `value` is None if unknown. `used` is the number in the formula: the value, or its share from 0 to 1 if the
    criterion is normalised. `written` is a declared value that a derived one overrides. `harmed` are the consumers that
    a derived one counts although the same work breaks them or makes them act.
    """

    name: str
    label: str
    value: float | None
    origin: Origin
    used: float | None = None
    word: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    span: Span | None = None
    note: str = ""
    portions: tuple[Portion, ...] = ()
    written: float | None = None
    harmed: tuple[Named, ...] = ()


@record
class Score:
    """The score of one initiative. `value` is None if inputs are missing or the formula is undefined for them.

    For a ratio, `gain` is divided by `work`. `word` is the class, for a model with classes.
    """

    value: float | None
    inputs: tuple[Input, ...] = ()
    gain: float | None = None
    work: float | None = None
    word: str | None = None
    missing: tuple[str, ...] = ()
    undefined: str = ""

    def input(self, name: str) -> Input | None:
        return next((each for each in self.inputs if each.name == name), None)
