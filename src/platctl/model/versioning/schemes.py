"""The scheme of each name; its module is loaded where it is declared."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from platctl.model.versioning.ordered import Ordered
from platctl.model.versioning.scheme import Scheme, Versioning


def scheme_of(versioning: Versioning | None, names: Iterable[str] = ()) -> Scheme | None:
    """The scheme that a component declares; `names` are those of `ordered`, the oldest first."""
    if versioning is Versioning.ORDERED:
        return Ordered(tuple(names))
    return None if versioning is None else _named(versioning)


@cache
def _named(versioning: Versioning) -> Scheme:
    module = "npm" if versioning is Versioning.SEMVER else versioning.value
    found: Scheme = import_module(f"platctl.model.versioning.{module}").SCHEME
    return found
