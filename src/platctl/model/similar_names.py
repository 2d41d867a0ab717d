"""Suggest the known name that was probably meant."""

import difflib
from collections.abc import Iterable, Iterator

_FEW = 200
_LEAST = 3
"""The shortest beginning of a word that is taken for the word."""


class Names:
    """Known names, indexed so that a typo does not require a search of all names.

    Names are found by their forms with one character deleted, which covers one typo of each usual kind; otherwise by
    their beginning, for words that are cut short. difflib, which compares with every name, is used only if there are
    few.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._index: dict[str, list[str]] = {}

    def nearest(self, word: str, count: int = 3) -> list[str]:
        """Up to `count` names, the most similar first."""
        word = word.lower()
        if not self._index:
            self._build()
        found = {name for form in _forms(word) for name in self._index.get(form, ())}
        if not found and len(word) >= _LEAST:
            found = {name for name in self._names if name.lower().startswith(word)}
        if not found and len(self._names) <= _FEW:
            found = set(difflib.get_close_matches(word, self._names, count, 0.6))
        ratio = {name: difflib.SequenceMatcher(None, word, name.lower()).ratio() for name in found}
        return sorted(found, key=lambda name: (-ratio[name], name))[:count]

    def _build(self) -> None:
        for name in self._names:
            for form in _forms(name.lower()):
                self._index.setdefault(form, []).append(name)


def _forms(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def did_you_mean(names: Iterable[str], suffix: str = "?") -> str:
    """`did you mean `a` or `b`?`, or nothing without names."""
    listed = " or ".join(f"`{name}`" for name in names)
    return f"did you mean {listed}{suffix}" if listed else ""
