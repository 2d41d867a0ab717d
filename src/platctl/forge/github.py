"""The comments of a pull request on GitHub, through `gh`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from platctl.forge.client import Client
from platctl.forge.posting import Posted
from platctl.source.errors import SourceError

REPOSITORY = re.compile(r"(?P<owner>[A-Za-z0-9_][A-Za-z0-9_-]{0,99})/(?P<name>[A-Za-z0-9._-]{1,100})")
_MOST_PAGES = 1000
GH = Client(
    program="gh",
    variables=frozenset(
        {"GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_CONFIG_DIR"}
    ),
    settings=(("GH_PROMPT_DISABLED", "1"), ("GH_NO_UPDATE_NOTIFIER", "1")),
    install="install it: https://cli.github.com",
    token="GH_TOKEN",  # noqa: S106
    permission="the permission `pull-requests: write`",
)
# Fields and mutations: docs.github.com, GraphQL reference. Node ids, since numeric ones may be too long for an Int.
_COMMENTS = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(first: 100, after: $after) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""
_CREATE = """
mutation($subject: ID!, $body: String!) {
  addComment(input: {subjectId: $subject, body: $body}) { clientMutationId }
}
"""
_UPDATE = """
mutation($id: ID!, $body: String!) {
  updateIssueComment(input: {id: $id, body: $body}) { clientMutationId }
}
"""


@dataclass
class GitHub:
    """One pull request. `repository` is OWNER/NAME, `server` the name of a GitHub Enterprise server or ""."""

    repository: str
    number: str
    server: str = ""
    _subject: str = field(default="", init=False)

    def comments(self) -> Sequence[Posted]:
        """All comments, page by page."""
        found: list[Posted] = []
        after = None
        with GH.understood():
            for _ in range(_MOST_PAGES):
                page = self._page(after)
                self._subject = page["id"]
                nodes, info = page["comments"]["nodes"], page["comments"]["pageInfo"]
                found += [
                    Posted(each["id"], str(each["body"]), each["viewerDidAuthor"] is True) for each in nodes if each
                ]
                if not info["hasNextPage"]:
                    break
                after = info["endCursor"]
        return found

    def create(self, body: str) -> None:
        """Add a comment. Call `comments` first, which finds the id of the pull request."""
        self._call(_CREATE, {"subject": self._subject, "body": body})

    def update(self, id_: str, body: str) -> None:
        """Replace a comment."""
        self._call(_UPDATE, {"id": id_, "body": body})

    def _page(self, after: object) -> Any:
        owner, name = self.repository.split("/")
        variables = {"owner": owner, "name": name, "number": int(self.number), "after": after}
        found = (self._call(_COMMENTS, variables)["repository"] or {}).get("pullRequest")
        if not found:
            what = f"there is no pull request {self.number} in {self.repository}"
            raise SourceError(what, "use `--pr NUMBER` and `--repo OWNER/NAME`")
        return found

    def _call(self, query: str, variables: Mapping[str, object]) -> Any:
        server = ["--hostname", self.server] if self.server else []
        with GH.understood():
            return GH.call(["api", "graphql", *server, "--input", "-"], {"query": query, "variables": variables})[
                "data"
            ]
