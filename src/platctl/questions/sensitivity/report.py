"""The answer to "how stable is this order?": how the ranks change when estimates and weights vary."""

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
    """An input on which a rank depends.

    `correlation` is Spearman's (1904) between the drawn value and the rank: from -1 to 1, above 0 if a higher value
    moves the work up.
    """

    input: Varied
    correlation: float


@record
class Stability:
    """How one rank varies. `probability` is that of a top rank; at most 5 % of the samples rank the work before
    `earliest`, and at most 5 % after `latest`. `drivers` are the inputs that matter most, the strongest first.
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
    """How the order varies over `samples` samples.

    `spread` is the share by which inputs without a range vary; None if they stay fixed. `fixed` counts the numbers
    that stay fixed. `is_plain`: the samples are ordered by scores with prerequisites moved up, because the best order
    of a ratio would take too long. `undefined` counts scores without a value in a sample. `same_first` is the share of
    samples with the same work in the top ranks. `ask_first` are the inputs that most decide the top ranks.
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
