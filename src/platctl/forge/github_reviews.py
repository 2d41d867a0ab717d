"""The reviews of a pull request on GitHub: asked for through `gh`, or as `gh` has printed them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from platctl.forge.github import GH
from platctl.forge.reviews import Review, ReviewDecision, Reviewed, items, moment, people, text
from platctl.source.errors import SourceError

_READING = replace(
    GH,
    task="read the reviews",
    role="reads the reviews",
    instead="name a file: `--reviews FILE`",
    permission="the permission `pull-requests: read`",
)
_MOST_PAGES = 100
_MOST_VIEWED = 100
"""`gh pr view` lists no more commits or reviews."""

# Fields: docs.github.com, GraphQL reference, PullRequest, PullRequestReview and Commit.
_REVIEWS = """
query($owner: String!, $name: String!, $number: Int!, $reviews: String, $commits: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      headRefOid
      author { login }
      reviews(first: 100, after: $reviews) {
        nodes {
          state
          submittedAt
          commit { oid }
          author { __typename login ... on User { name } }
          onBehalfOf(first: 20) { nodes { combinedSlug } }
        }
        pageInfo { hasNextPage endCursor }
      }
      commits(first: 100, after: $commits) {
        nodes {
          commit {
            oid
            authors(first: 100) { nodes { name email user { login } } }
            committer { name email user { login } }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""
_DECISIONS = {
    "APPROVED": ReviewDecision.APPROVED,
    "CHANGES_REQUESTED": ReviewDecision.TAKEN_BACK,
    "DISMISSED": ReviewDecision.TAKEN_BACK,
}


def fetch_github(repository: str, number: str, server: str = "") -> Reviewed:
    """The reviews of a pull request. Raises SourceError if `gh` fails."""
    owner, name = repository.split("/")
    variables: dict[str, object] = {"owner": owner, "name": name, "number": int(number)}
    where = ["--hostname", server] if server else []
    pages: list[Any] = []
    with _READING.understood():
        for _ in range(_MOST_PAGES):
            query = {"query": _REVIEWS, "variables": {"reviews": None, "commits": None} | variables}
            pages.append(_READING.call(["api", "graphql", *where, "--input", "-"], query))
            found = (pages[-1]["data"]["repository"] or {}).get("pullRequest")
            if not found:
                raise SourceError(f"there is no pull request {number} in {repository}", "check the token's access")
            infos = {each: found[each]["pageInfo"] for each in ("reviews", "commits")}
            if not any(each["hasNextPage"] for each in infos.values()):
                break
            variables |= {each: info["endCursor"] for each, info in infos.items() if info["endCursor"]}
        return from_queries(pages)


def from_queries(pages: Sequence[Any]) -> Reviewed:
    """The answers to this module's query, page by page."""
    found = [page["data"]["repository"]["pullRequest"] for page in pages]
    heads, last = {text(each, "headRefOid") for each in found}, found[-1]
    commits = [node["commit"] for each in found for node in items(each["commits"]["nodes"])]
    signed = [*_people_of(commits), *(each.get("committer") or {} for each in commits)]
    is_whole = len(heads) == 1 and not any(last[each]["pageInfo"]["hasNextPage"] for each in ("reviews", "commits"))
    reviews = [node for each in found for node in items(each["reviews"]["nodes"]) if node]
    return Reviewed(
        head=text(last, "headRefOid"),
        author=text(last["author"], "login").lower(),
        logins=frozenset(text(each, "user", "login").lower() for each in signed) - {""},
        names=people((each.get("name"), each.get("email")) for each in signed),
        reviews=tuple(_review(each) for each in reviews if each["state"] in _DECISIONS),
        has_all_commits=is_whole and bool(commits),
    )


def _people_of(commits: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for each in commits:
        yield from items(each["authors"]["nodes"])


def _review(node: Mapping[str, Any]) -> Review:
    author = node.get("author") or {}
    teams = (node.get("onBehalfOf") or {}).get("nodes") or []
    return Review(
        login=text(author, "login"),
        name=text(author, "name"),
        decision=_DECISIONS[node["state"]],
        at=moment(node.get("submittedAt")),
        commit=text(node, "commit", "oid"),
        teams=tuple(text(each, "combinedSlug") for each in teams if each),
        is_person=author.get("__typename", "User") == "User",
    )


def from_view(view: Mapping[str, Any]) -> Reviewed:
    """What `gh pr view --json author,commits,headRefOid,reviews` prints. It names no committers."""
    commits, reviews = items(view["commits"]), items(view["reviews"])
    authors = [author for each in commits for author in items(each["authors"])]
    return Reviewed(
        head=text(view, "headRefOid"),
        author=text(view["author"], "login").lower(),
        logins=frozenset(text(each, "login").lower() for each in authors) - {""},
        names=people((each.get("name"), each.get("email")) for each in authors),
        reviews=tuple(_review(each) for each in reviews if each["state"] in _DECISIONS),
        has_all_commits=0 < len(commits) < _MOST_VIEWED,
    )
