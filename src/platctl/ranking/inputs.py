"""What goes into a score, and the score."""

from enum import StrEnum

from platctl.finding import Span
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
    """What a criterion is for one piece of work, and why.

    `value` is None where nothing says it. `used` is the number that goes into the formula: the value, or its share
    from 0 to 1 where the criterion is normalised. `written` is what somebody wrote although the graph knows better.
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


@record
class Score:
    """The score of one piece of work. `value` is None where inputs are missing, or the formula is undefined for them.

    Of a ratio, `gain` and `work` are what is divided. `rank_key` orders words: 0 is the best class.
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
