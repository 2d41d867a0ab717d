"""The comments of a merge request on GitLab, which calls them notes, through `glab`."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from platctl.forge.client import Client
from platctl.forge.posting import Posted
from platctl.record import record

REPOSITORY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}){1,20}")
_MOST_PAGES = 1000
GLAB = Client(
    program="glab",
    variables=frozenset({"GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN", "OAUTH_TOKEN", "GLAB_CONFIG_DIR"}),
    settings=(("GLAB_CHECK_UPDATE", "false"), ("GLAB_SEND_TELEMETRY", "false")),
    install="install it: https://gitlab.com/gitlab-org/cli",
    token="GITLAB_TOKEN",  # noqa: S106
    permission="the scope `api` (a job's own token can't comment)",
)


@record
class GitLab:
    """One merge request. `repository` is the path of the project, `server` the name of the host or ""."""

    repository: str
    number: str
    server: str = ""

    def comments(self) -> Sequence[Posted]:
        """All notes by people and programs, page by page, without GitLab's own system notes."""
        found: list[Posted] = []
        with GLAB.understood():
            me = self._call("user")["id"]
            for number in range(1, _MOST_PAGES):
                query = f"?sort=asc&order_by=created_at&per_page=100&page={number}"
                page = self._call(self._notes + query)
                found += [_posted(each, me) for each in page if not each["system"]]
                if not page:
                    break
        return found

    def create(self, body: str) -> None:
        """Add a note."""
        self._write("POST", self._notes, body)

    def update(self, id_: str, body: str) -> None:
        """Replace a note."""
        self._write("PUT", f"{self._notes}/{id_}", body)

    @property
    def _notes(self) -> str:
        """Source: docs.gitlab.com, REST API, Notes."""
        return f"projects/{quote(self.repository, safe='')}/merge_requests/{self.number}/notes"

    def _write(self, method: str, path: str, body: str) -> None:
        json_body = ("--header", "Content-Type: application/json", "--input", "-")
        self._call(path, "--method", method, *json_body, body={"body": body})

    def _call(self, path: str, *options: str, body: object = None) -> Any:
        server = ["--hostname", self.server] if self.server else []
        return GLAB.call(["api", path, *server, *options], body)


def _posted(note: Any, me: object) -> Posted:
    return Posted(str(int(note["id"])), str(note["body"]), note["author"]["id"] == me)
