"""Reviews in a file, as the client of a code host has printed them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platctl.forge.github_reviews import from_queries, from_view
from platctl.forge.gitlab_reviews import from_answers
from platctl.forge.reviews import Reviewed
from platctl.source.errors import SourceError

_MOST_BYTES = 32 << 20
_HELP = (
    "write it with `gh pr view NUMBER --json author,commits,headRefOid,reviews`, or with `glab api` of a merge "
    "request, its `approvals`, `commits` and `versions`, one after the other"
)


def read_printed(file: Path) -> Reviewed:
    """What a file says about a pull request. Raises SourceError if it says too little, or something else."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(f"can't read `{file}`: {(error.strerror or 'unknown error').lower()}", _HELP) from None
    try:
        if len(content) <= _MOST_BYTES:
            return _reviewed(list(_values(content.decode("utf-8-sig"))))
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        pass
    raise SourceError(f"`{file}` is not what a client prints about the reviews of a pull request", _HELP)


def _values(content: str) -> Iterator[Any]:
    """JSON values, one after the other."""
    decoder, at = json.JSONDecoder(), 0
    while content[at:].strip():
        at += len(content[at:]) - len(content[at:].lstrip())
        value, at = decoder.raw_decode(content, at)
        yield value


def _reviewed(values: list[Any]) -> Reviewed:
    objects = [each for each in values if isinstance(each, dict)]
    if any("data" in each for each in objects):
        return from_queries(values)
    if any("headRefOid" in each for each in objects):
        (view,) = values
        return from_view(view)
    (request,) = (each for each in objects if "sha" in each)
    (approvals,) = (each for each in objects if "approved_by" in each)
    entries = [entry for each in values if isinstance(each, list) for entry in each]
    versions = [each for each in entries if "head_commit_sha" in each]
    return from_answers(request, approvals, [each for each in entries if "author_name" in each], versions)
