"""The answer to "how sure is this order?": what becomes of the ranks when estimates and weights vary."""

from platctl.finding import Span
from platctl.model.named import Named
from platctl.record import record


@record
class Varied:
    """An input that varies; `initiative` is None for the weight of a criterion."""

    initiative: Named | None
    criterion: str
    label: str
    low: float
    likely: float
    high: float
    span: Span | None


@record
class Driver:
    """An input on which a rank hangs.

    `correlation` is Spearman's (1904) between what is drawn and the place: from -1 to 1, above 0 if more of it brings
    the work further up.
    """

    input: Varied
    correlation: float


@record
class Stability:
    """What becomes of one piece of work. `probability` is that of being among the first; 5 % of the samples have it
    before `earliest` at most, and 5 % behind `latest`. `drivers` are the inputs that matter most, the first most.
    """

    initiative: Named
    rank: int
    probability: float
    earliest: int
    middle: int
    latest: int
    drivers: tuple[Driver, ...]


@record
class SensitivityReport:
    """What becomes of the order in `samples` samples.

    `spread` is the share by which varies what has no range of its own; None if that stays as it is. `fixed` counts
    the numbers that stay. `is_plain`: the samples are ordered by scores with prerequisites raised, since the best
    order of a ratio would take too long. `undefined` counts scores that some samples do not have. `same_first` is the
    share of samples in which the same work comes first as in the ranking. `ask_first` are the inputs that decide most
    about who is among the first.
    """

    state: str
    method: str
    top: int
    samples: int
    seed: int
    spread: float | None
    varied: int
    fixed: int
    is_plain: bool
    undefined: int
    same_first: float
    items: tuple[Stability, ...]
    ask_first: tuple[Varied, ...]
