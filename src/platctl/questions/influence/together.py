"""What was changed together in the history of a model."""

from collections import Counter
from collections.abc import Set
from itertools import combinations

from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.past import History
from platctl.model.ref import Ref
from platctl.outlook.lifelines import lives
from platctl.questions.influence.report import ChangedTogether, TogetherReport

MOST = 30
"""A commit that changes more entities is an import or a clean-up, and says nothing about any two of them."""


def together(model: Model, history: History, at_least: int, about: Set[Ref] | None) -> TogetherReport:
    """The pairs of entities of a model that changed in the same commit; of `about`, if given, with any other one."""
    if history.past is None:
        return TogetherReport(0, None, at_least, MOST, 0, 0, (), is_cut=False, missing=history.missing)
    past = history.past
    by_commit: dict[int, list[Ref]] = {}
    for life in lives(past).all:
        ref = model.canonical(life.ref)
        if ref in model.entities:
            for index in {turn.index for turn in life.turns}:
                by_commit.setdefault(index, []).append(ref)
    small = [sorted(set(refs)) for refs in by_commit.values() if len(refs) <= MOST]
    single = Counter(ref for refs in small for ref in refs)
    both = Counter(
        pair for refs in small for pair in combinations(refs, 2) if about is None or not about.isdisjoint(pair)
    )
    kept = sorted((-count, pair) for pair, count in both.items() if count >= at_least)
    return TogetherReport(
        commits=len(past.moments),
        since=past.moments[0].at.date,
        at_least=at_least,
        most=MOST,
        large=len(by_commit) - len(small),
        below=len(both) - len(kept),
        pairs=tuple(
            ChangedTogether(named(model, one), named(model, other), single[one], single[other], -count)
            for count, (one, other) in kept
        ),
        is_cut=past.is_cut,
    )
