"""The share of the effort in each class of a scoring model, and the classes over their limit."""

import math
from collections.abc import Iterable, Iterator

from platctl.finding import Finding, Severity
from platctl.model.settings.scoring import ScoringModel
from platctl.questions.backlog.report import ClassShare
from platctl.ranking.items import RankedItem


def class_shares(method: ScoringModel, ranked: Iterable[RankedItem]) -> tuple[ClassShare, ...]:
    """Each class of a model, the best first; none for a model without classes."""
    items: dict[str, list[RankedItem]] = {each.casefold(): [] for each in method.classes}
    for item in ranked:
        if item.score.word and item.score.value is not None:
            items[item.score.word.casefold()].append(item)
    efforts = {word: [each.facts.effort for each in found] for word, found in items.items()}
    sums = {word: math.fsum(each or 0.0 for each in known) for word, known in efforts.items()}
    whole = math.fsum(sums.values())
    limits = {word.casefold(): limit for word, limit in method.limits.items()}
    return tuple(
        ClassShare(
            word,
            len(efforts[word.casefold()]),
            sums[word.casefold()],
            sums[word.casefold()] / whole if whole else None,
            efforts[word.casefold()].count(None),
            limits.get(word.casefold()),
        )
        for word in method.classes
    )


def over_limit(method: ScoringModel, shares: Iterable[ClassShare]) -> Iterator[Finding]:
    """The classes that take more of the effort than the model allows."""
    for each in shares:
        if each.is_over and each.share is not None and each.limit is not None:
            message = (
                f"`{each.word}` takes {each.share:.0%} of the effort ({each.effort:g} person-weeks), "
                f"but {method.label} allows at most {each.limit:.0%}"
            )
            help_ = "move some of it to another class, so that something can give way when time runs short"
            yield Finding("class-over-limit", Severity.WARNING, message, help=help_)
