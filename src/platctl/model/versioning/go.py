"""Go modules: semantic versions with a `v`; a version alone is a minimum, within one module path.

Pre-releases count: Go takes the one that is asked for, wherever it stands."""

import re

from platctl.model.versioning.scheme import Comparator, ReadRange, ReadVersion, Scheme, clauses, comparisons
from platctl.model.versioning.semantic import partial, semantic

_PREFIX = re.compile(r"v[0-9]+(\.[0-9]+)?")


class Go(Scheme):
    """Go's versions, minimums (`v1.2.3`), version prefixes (`v1.2`) and comparisons."""

    title = "Go"

    def version(self, text: str) -> ReadVersion | None:
        text = text.strip()
        found = semantic(text[1:]) if text.startswith("v") else None
        if found is None:
            return None
        path = 1 if text.endswith("+incompatible") else max(found.release[0], 1)
        return found._replace(release=(path,))

    def range(self, text: str) -> ReadRange | None:
        pairs = clauses(text)
        if pairs is None:
            return None
        if len(pairs) == 1 and not pairs[0][0]:
            return self._alone(pairs[0][1])
        return comparisons(text, self.version)

    def _alone(self, text: str) -> ReadRange | None:
        if _PREFIX.fullmatch(text):
            prefix = partial(text[1:])
            bounds = prefix.bounds("=") if prefix else None
            return ReadRange((bounds,)) if bounds else None
        version = self.version(text)
        return version and ReadRange(((Comparator(">=", version),),))

    def admits(self, found: ReadRange, version: ReadVersion, *, prereleases: bool = False) -> bool | None:
        """A minimum admits what the same module path has: v0 and v1 share one, each later major has its own."""
        first = found.alternatives[0][0]
        if not found.is_bounded and first.version.release[:1] != version.release:
            return False
        return super().admits(found, version, prereleases=prereleases)

    def successor_range(self, text: str) -> str | None:
        return text


SCHEME = Go()
