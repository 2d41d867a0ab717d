"""The approvals of a merge request on GitLab: asked for through `glab`, or as `glab` has printed them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from platctl.forge.gitlab import GLAB
from platctl.forge.reviews import Review, Reviewed, items, moment, people, text

_READING = replace(
    GLAB,
    task="read the approvals",
    role="reads the approvals",
    instead="name a file: `--reviews FILE`",
    permission="the scope `read_api` (a job's own token can't read approvals)",
)
_MOST_PAGES = 1000


def fetch_gitlab(repository: str, number: str, server: str = "") -> Reviewed:
    """The approvals of a merge request. Raises SourceError if `glab` fails.

    Source: docs.gitlab.com, REST API, "Merge requests" and "Merge request approvals".
    """
    request = f"projects/{quote(repository, safe='')}/merge_requests/{number}"
    where = ["--hostname", server] if server else []

    def pages(path: str) -> list[Any]:
        found: list[Any] = []
        for page in range(1, _MOST_PAGES):
            some = items(_READING.call(["api", f"{request}/{path}?per_page=100&page={page}", *where]))
            found += some
            if not some:
                break
        return found

    with _READING.understood():
        commits, versions = pages("commits"), pages("versions")
        approvals = _READING.call(["api", f"{request}/approvals", *where])
        # Last, so that a push in between shows: its head is then newer than the versions.
        return from_answers(_READING.call(["api", request, *where]), approvals, commits, versions)


def from_answers(
    request: Mapping[str, Any], approvals: Mapping[str, Any], commits: Sequence[Any], versions: Sequence[Any]
) -> Reviewed:
    """The answers of GitLab about a merge request, its approvals, its commits and its versions."""
    head = text(request, "sha")
    pushed = [moment(each.get("created_at")) for each in versions if text(each, "head_commit_sha") == head]
    newest = max((each for each in pushed if each), default=None)
    signed = [
        (each.get(f"{role}_name"), each.get(f"{role}_email")) for each in commits for role in ("author", "committer")
    ]
    return Reviewed(
        head=head,
        author=text(request["author"], "username").lower(),
        logins=frozenset(),
        names=people(signed),
        reviews=tuple(_review(each) for each in items(approvals["approved_by"])),
        has_all_commits=any(text(each, "id") == head for each in commits),
        names_commits=False,
        pushed=newest if len(pushed) == sum(each is not None for each in pushed) else None,
    )


def _review(entry: Mapping[str, Any]) -> Review:
    user = entry["user"]
    return Review(text(user, "username"), at=moment(entry.get("approved_at")), name=text(user, "name"))
