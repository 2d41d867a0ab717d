"""Which scheme reads a text that the declared one can't read, or that it reads otherwise."""

import re

from platctl.model.version import Range, Version
from platctl.model.versioning.scheme import MAX_LENGTH, Versioning, is_wildcard
from platctl.model.versioning.schemes import scheme_of

_NUMBERED = (Versioning.SEMVER, Versioning.MAVEN, Versioning.GO, Versioning.GEM)
_OF_MAVEN = re.compile(r"[.-](final|release|ga|snapshot|sp[0-9]*|m[0-9]+|cr[0-9]+)", re.IGNORECASE)
_DATE = re.compile(r"v?(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])(-[0-9]{2})?([.-][A-Za-z]+)?")
_BARE = re.compile(r"v?[0-9]+(\.[0-9]+)*([.-][0-9A-Za-z.-]+)?")
_NUMBERS = r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}"
_NUMBERS_FIRST = re.compile(r"v?[0-9]{1,9}(\.[0-9]{1,9})+")
"""Maven takes nearly everything for a version, also the hash of a commit."""
_CARET = re.compile(rf"\^\s*v?({_NUMBERS})")
_TILDE = re.compile(rf"~\s*v?({_NUMBERS})")
_WILDCARD = re.compile(r"v?([0-9]+(?:\.[0-9]+)*)\.[x*]")


def version_reader(text: str) -> Versioning | None:
    """The scheme that a version is most likely written in; None if no more than a list of names reads it."""
    if len(text) > MAX_LENGTH or is_wildcard(text):
        return None
    first: tuple[Versioning, ...] = (Versioning.CALVER,) if _DATE.fullmatch(text) else ()
    if _OF_MAVEN.search(text):
        first = (Versioning.MAVEN,)
    numbered = _NUMBERED if _NUMBERS_FIRST.match(text) else ()
    return next((each for each in (*first, *numbered) if _reads_version(each, text)), None)


def _reads_version(versioning: Versioning, text: str) -> bool:
    return Version(text, scheme_of(versioning)).parsed is not None


def is_version_alone(text: str) -> bool:
    """Whether a range is only a version, which schemes take to mean different things."""
    text = text.strip()
    return (
        len(text) <= MAX_LENGTH
        and bool(_BARE.fullmatch(text))
        and not _DATE.fullmatch(text)
        and not _WILDCARD.fullmatch(text)
    )


def range_readers(text: str) -> list[Versioning]:
    """The schemes whose notation a range has."""
    likely = _likely(text.strip()) if len(text) <= MAX_LENGTH else []
    return [each for each in likely if Range(text, scheme_of(each)).parsed is not None]


def _likely(text: str) -> list[Versioning]:
    if text[:1] in ("[", "("):
        return [Versioning.MAVEN]
    if "~>" in text:
        return [Versioning.GEM]
    if _DATE.fullmatch(text.lstrip("<>= ")):
        return [Versioning.CALVER]
    if re.search(r"[xX*^~]", text):
        return [Versioning.NPM, Versioning.CARGO]
    return [Versioning.NPM]


def rewrite_range(text: str) -> str | None:
    """The same range in PEP 440; None if there is none or that is not certain."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return None
    if (caret := _CARET.fullmatch(text)) and (end := _caret_end(caret[1])):
        return f">={caret[1]},<{end}"
    if tilde := _TILDE.fullmatch(text):
        major, *minor = map(int, tilde[1].split("."))
        return f">={tilde[1]},<{major}.{minor[0] + 1}" if minor else f">={tilde[1]},<{major + 1}"
    if wildcard := _WILDCARD.fullmatch(text):
        return f"=={wildcard[1]}.*"
    if not re.search(r"-[0-9]", text):
        spaced = re.sub(r"(?<=[\w*])\s+(?=[<>=!~])", ",", text)
        return spaced if spaced != text and Range(spaced).parsed is not None else None
    return None


def _caret_end(numbers: str) -> str | None:
    major, minor, *_ = (*map(int, numbers.split(".")), None, None)
    if major:
        return str(major + 1)
    if minor:
        return f"0.{minor + 1}"
    return "1" if minor is None else None


_POST = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+-(?:[0-9]+|post[.0-9]*|rev[.0-9]*|r[.0-9]+)(?![\w.-])")


def is_read_otherwise(text: str) -> bool:
    """Whether PEP 440 takes something in a text for a release after the one whose numbers it has, and semantic
    versioning for a pre-release before it: `1.0.0-1`."""
    return _POST.search(text) is not None
