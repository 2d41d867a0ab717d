"""Which files belong to a model: patterns of paths in `roots` and `exclude`, such as `teams/*/model`."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from platctl.record import record

_ANY_DEPTH = "**"
_WILD = frozenset("*?[")


def is_pattern(text: str) -> bool:
    """Whether a text has wildcards, and does not just name a path."""
    return not _WILD.isdisjoint(text)


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern names a path or one of the folders that contain it.

    `*`, `?` and `[abc]` match within one name, `**` matches any number of folders. Both are relative to one folder.
    """
    steps = PurePosixPath(pattern).parts
    # All places in the pattern that the names so far can lead to, so that many `**` take no longer than one.
    places = _after_any_depth(steps, {0})
    for name in PurePosixPath(path).parts:
        if len(steps) in places:
            return True
        onward = {at + 1 for at in places if steps[at] != _ANY_DEPTH and fnmatchcase(name, steps[at])}
        places = _after_any_depth(steps, onward | {at for at in places if steps[at] == _ANY_DEPTH})
    return len(steps) in places


def covered(patterns: Iterable[str], path: str) -> bool:
    """Whether one of several patterns covers a path."""
    return any(covers(each, path) for each in patterns)


def _after_any_depth(steps: tuple[str, ...], places: set[int]) -> set[int]:
    found = set(places)
    for at in sorted(places):
        while at < len(steps) and steps[at] == _ANY_DEPTH:
            at += 1
            found.add(at)
    return found


@record
class ModelScope:
    """What `roots` names, or everything if it is empty, without what `exclude` names. Paths are those in the model."""

    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Whether a file belongs to the model."""
        return (not self.roots or covered(self.roots, path)) and not covered(self.exclude, path)
