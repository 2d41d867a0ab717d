"""Reads a baseline file, whose content is not trusted."""

import os
import re
from pathlib import Path

from platctl.source.errors import SourceError
from platctl.source.git.commit import read_file
from platctl.source.git.refs import Resolved
from platctl.source.open import Source

_MAX_BYTES = 16 << 20
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_HELP = "write a new one: `platctl baseline -o FILE`"


def read_baseline(file: Path) -> frozenset[str]:
    """The fingerprints in a baseline file. Raises SourceError if the file is not a baseline."""
    try:
        if not file.is_file():
            raise SourceError(f"there is no baseline file `{file}`", "create it: `platctl baseline -o FILE`")
        with file.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"can't read `{file}`: {(error.strerror or 'unknown error').lower()}", _HELP) from error
    return _parsed(data, str(file))


def baseline_at(source: Source, commit: Resolved, file: Path) -> frozenset[str]:
    """The baseline as of a commit, if it has the file, so that a change can't add its own findings to it."""
    real = Path(os.path.realpath(file))
    if real.is_relative_to(source.root):
        path = real.relative_to(source.root).as_posix()
        data = read_file(source.git, commit.commit, path, _MAX_BYTES)
        if data is not None:
            return _parsed(data, f"{file} in {commit.short}")
    return read_baseline(file)


def _parsed(data: bytes, name: str) -> frozenset[str]:
    import json

    if len(data) > _MAX_BYTES:
        raise SourceError(f"`{name}` is larger than {_MAX_BYTES >> 20} MiB", _HELP)
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise SourceError(f"`{name}` is not JSON", _HELP) from None
    if not isinstance(content, dict) or content.get("format") != "platctl.baseline":
        raise SourceError(f"`{name}` is not a baseline: its `format` is not platctl.baseline", _HELP)
    if content.get("format_version") != 1:
        raise SourceError(f"`{name}` was written by another version of platctl", _HELP)
    entries = content.get("findings")
    return frozenset(_fingerprint(each, name) for each in (entries if isinstance(entries, list) else [entries]))


def _fingerprint(entry: object, name: str) -> str:
    found = entry.get("fingerprint") if isinstance(entry, dict) else None
    if not isinstance(found, str) or not _FINGERPRINT.fullmatch(found):
        raise SourceError(f"`{name}` is not a baseline: an entry of `findings` has no fingerprint", _HELP)
    return found
