"""Names that entities have in package ecosystems: package URLs, and the short forms that people write.

Source: the package-URL specification (ECMA-427) and its types.
"""

import re
from functools import lru_cache

ECOSYSTEMS = {
    "npm": "npm",
    "maven": "maven",
    "go": "golang",
    "golang": "golang",
    "pypi": "pypi",
    "cargo": "cargo",
    "gem": "gem",
    "nuget": "nuget",
    "composer": "composer",
    "hex": "hex",
    "pub": "pub",
    "swift": "swift",
    "cocoapods": "cocoapods",
    "conan": "conan",
    "conda": "conda",
    "deb": "deb",
    "rpm": "rpm",
    "docker": "docker",
    "oci": "oci",
    "github": "github",
    "gitlab": "gitlab",
    "bitbucket": "bitbucket",
}
"""What may stand before the colon: the type of a package URL by the word that people use."""
EXTERNAL_HELP = "write it as `npm:@scope/name`, `maven:group:artifact`, `go:path`, `pypi:name`, or as a package URL"
_PURL = "pkg"
_MOST = 200
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")
EXTERNAL_PATTERN = rf"({_PURL}|{'|'.join(ECOSYSTEMS)}):[^\s#]+"
"""What looks like an external name, for editors."""


class ExternalNameError(ValueError):
    """A text that begins like an external name, but is none."""


def is_external(text: str) -> bool:
    """Whether a text begins with `pkg:` or an ecosystem, so that it can only be an external name."""
    head, colon, _ = text.partition(":")
    return bool(colon) and (head == _PURL or head in ECOSYSTEMS)


@lru_cache(maxsize=65536)
def package_url(text: str) -> str:
    """The canonical package URL of an external name, without `pkg:`.

    Raises ExternalNameError with the reason if it is none, or says more than a name.
    """
    from packageurl import PackageURL

    if len(text) > _MOST or _BLANK.search(text):
        raise ExternalNameError(f"it has blanks or more than {_MOST} characters")
    ecosystem, _, name = text.partition(":")
    try:
        parsed = PackageURL.from_string(text) if ecosystem == _PURL else PackageURL(*_parts(ecosystem, name))
    except ExternalNameError:
        raise
    except ValueError as error:
        raise ExternalNameError(str(error)) from None
    if parsed.version:
        raise ExternalNameError(f"leave out `@{parsed.version}`: a name has no version")
    if parsed.qualifiers or parsed.subpath:
        raise ExternalNameError("leave out what follows `?` and `#`")
    return parsed.to_string().removeprefix(f"{_PURL}:")


def _parts(ecosystem: str, name: str) -> tuple[str, str | None, str]:
    """The type, namespace and name of a short form. Raises ExternalNameError for one that has a version."""
    if "@" in name[1:]:
        raise ExternalNameError(f"leave out `@{name.rpartition('@')[2]}`: a name has no version")
    if not name or name.startswith("/") or name.endswith("/") or "//" in name:
        raise ExternalNameError("a part of the name is empty")
    separator = ":" if ecosystem == "maven" else "/"
    space, _, last = name.rpartition(separator)
    if ecosystem == "maven" and (not space or separator in space):
        raise ExternalNameError("a Maven name is `maven:group:artifact`")
    return ECOSYSTEMS[ecosystem], space or None, last


_NO_ID = re.compile(r"[^A-Za-z0-9._-]+")
_MAJOR = re.compile(r"v[0-9]+")


def readable_ids(text: str) -> list[str]:
    """Ids that an external name suggests, the shortest first: `name`, `scope-name`."""
    from urllib.parse import unquote

    _, _, path = unquote(package_url(text)).partition("/")
    parts = [part for each in path.split("/") if (part := _NO_ID.sub("-", each).strip("-._"))]
    # The last part of a Go module may be its major version.
    while len(parts) > 1 and _MAJOR.fullmatch(parts[-1]):
        parts.pop()
    return ["-".join(parts[start:])[-63:].lstrip("-._") for start in range(len(parts) - 1, -1, -1)]
