"""PEP 440, as `packaging` reads it: the scheme of PyPI, and of components that declare none."""

from functools import lru_cache
from typing import TYPE_CHECKING

from platctl.model.versioning.scheme import Scheme

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version


class Pep440(Scheme):
    """`takes_bare` says whether a version alone is a range that admits only itself."""

    title = "PEP 440"

    def __init__(self, *, takes_bare: bool) -> None:
        self.takes_bare = takes_bare

    def version(self, text: str) -> "Version | None":
        from packaging.version import InvalidVersion, Version

        try:
            return Version(text)
        except (InvalidVersion, ValueError):
            return None

    def range(self, text: str) -> "SpecifierSet | None":
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        if self.takes_bare and self.version(text):
            text = f"=={text.strip()}"
        try:
            return SpecifierSet(text) if text.strip() else None
        except (InvalidSpecifier, ValueError):
            return None

    def line(self, version: "Version") -> tuple[int, int]:
        return (version.major, 0 if version.major or version.epoch else version.minor)

    rank = line

    def is_bounded(self, found: "SpecifierSet") -> bool:
        return any(each.operator in ("<", "<=", "==", "~=", "===") for each in found)

    def admits(self, found: "SpecifierSet", version: "Version", *, prereleases: bool = False) -> bool:
        """The flag is always passed: packaging 26.0 changed its default for pre-releases."""
        return found.contains(version, prereleases=prereleases or _names_prerelease(found))

    def successor_range(self, text: str) -> str | None:
        version = self.version(text)
        if version is None:
            return None
        major, minor = self.line(version)
        return f">={text},<{major + 1}" if major else f">={text},<0.{minor + 1}"


@lru_cache(maxsize=4096)
def _names_prerelease(found: "SpecifierSet") -> bool:
    from packaging.version import InvalidVersion, Version

    def is_prerelease(text: str) -> bool:
        try:
            return Version(text).is_prerelease
        except InvalidVersion:
            return False

    return any(is_prerelease(part.version.removesuffix(".*")) for part in found)


UNDECLARED = Pep440(takes_bare=False)
"""What is read where no scheme is declared."""
SCHEME = Pep440(takes_bare=True)
