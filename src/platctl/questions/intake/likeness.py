"""Finds initiatives that may be the same work: those with the same title or similar words."""

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.questions.intake.report import Alike
from platctl.record import record

_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its", "no", "not"}
    | {"of", "on", "or", "our", "so", "that", "the", "their", "to", "we", "with"}
)
"""English words that do not make titles similar."""
_TELLING = 20
"""Words shared by more initiatives than this don't make candidates, also on the same component; so the work stays
linear in the number of initiatives."""
_NEAR, _NEAR_ON_SAME_COMPONENT = 0.7, 0.5


@record(slots=False)
class Likeness:
    """Compares titles by their words, where rare words count more, and by their letters.

    Initiatives that depend on each other are parts of one plan, not duplicates.
    """

    model: Model

    def of(self, ref: Ref) -> list[Alike]:
        """The initiatives similar to this one, the most similar first."""
        found = [match for other in sorted(self._candidates(ref)) if (match := self._match(ref, other))]
        return sorted(found, key=lambda each: (-each.likeness, each.other.ref))

    def _match(self, ref: Ref, other: Ref) -> Alike | None:
        if other in self._linked(ref) or ref in self._linked(other):
            return None
        shared = self._components[ref] & self._components[other]
        words = self._words[ref] & self._words[other]
        likeness = 1.0 if self._titles[ref] == self._titles[other] else self._likeness(ref, other)
        if likeness < (_NEAR_ON_SAME_COMPONENT if shared else _NEAR):
            return None
        return Alike(
            named(self.model, other),
            self.model.initiatives[other].status,
            likeness,
            tuple(sorted(words)),
            tuple(named(self.model, each) for each in sorted(shared)),
        )

    def _likeness(self, ref: Ref, other: Ref) -> float:
        """The larger of two shares, below 1: of shared words by weight, and of letters in the same order (difflib)."""
        mine, theirs = self._words[ref], self._words[other]
        common, all_ = self._weight(mine & theirs), self._weight(mine | theirs)
        by_words = common / all_ if all_ else 0.0
        one, two = sorted((self._titles[ref], self._titles[other]))  # the ratio depends on which one is first
        by_letters = difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() if by_words > 0.25 else 0.0
        return min(round(max(by_words, by_letters), 2), 0.99)

    def _weight(self, words: frozenset[str]) -> float:
        return math.fsum(self._weights[word] for word in words)

    def _linked(self, ref: Ref) -> frozenset[Ref]:
        return frozenset(map(self.model.canonical, self.model.initiatives[ref].depends_on))

    def _candidates(self, ref: Ref) -> set[Ref]:
        groups = (self._groups[key] for key in self._keys(ref))
        found = {other for group in groups for other in (group if len(group) <= _TELLING else ())}
        same = self._groups[self._titles[ref],]
        return (found | set(same[: 2 * _TELLING])) - {ref}

    def same_title(self, ref: Ref) -> int:
        """How many others have the same title."""
        return len(self._groups[self._titles[ref],]) - 1

    def _keys(self, ref: Ref) -> Iterator[tuple[object, ...]]:
        for word in self._words[ref]:
            yield "word", word
            for component in self._components[ref]:
                yield "word", word, component

    @cached_property
    def _groups(self) -> Mapping[tuple[object, ...], list[Ref]]:
        groups: dict[tuple[object, ...], list[Ref]] = {}
        for ref in self.model.initiatives:
            for key in (*self._keys(ref), (self._titles[ref],)):
                groups.setdefault(key, []).append(ref)
        return groups

    @cached_property
    def _titles(self) -> Mapping[Ref, str]:
        return {ref: " ".join(_WORD.findall(_title(each).casefold())) for ref, each in self.model.initiatives.items()}

    @cached_property
    def _words(self) -> Mapping[Ref, frozenset[str]]:
        """The words of each title; numbers tell versions apart and are omitted."""
        words = {ref: frozenset(map(_singular, title.split())) - _EMPTY for ref, title in self._titles.items()}
        return {ref: frozenset(word for word in found if not word.isdecimal()) for ref, found in words.items()}

    @cached_property
    def _components(self) -> Mapping[Ref, frozenset[Ref]]:
        return {
            ref: frozenset(self.model.canonical(change.component.component) for change in each.changes)
            for ref, each in self.model.initiatives.items()
        }

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """The weight of each word: rarer words weigh more (inverse document frequency)."""
        counts = Counter(word for words in self._words.values() for word in words)
        return {word: 1 + math.log(len(self._words) / count) for word, count in counts.items()}


def _title(initiative: Initiative) -> str:
    """The title; without one, the words of the id."""
    return initiative.title or re.sub(r"[._-]+", " ", initiative.id)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
