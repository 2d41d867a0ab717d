"""What code hosts answer about the reviews of a pull request, in the form that their documentation gives."""

import copy
import json
from typing import Any

HEAD, OLDER = "a" * 40, "b" * 40
VERSION_PUSHED, LATER, EARLIER = "2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.001Z", "2026-11-20T09:59:59.999Z"


def gh_review(login: str, state: str = "APPROVED", *, commit: str | None = HEAD, at: str | None = LATER) -> Any:
    """A review as in GraphQL. Source: docs.github.com, GraphQL reference, PullRequestReview."""
    return {
        "state": state,
        "submittedAt": at,
        "commit": {"oid": commit} if commit else None,
        "author": {"__typename": "User", "login": login},
        "onBehalfOf": {"nodes": []},
    }


def gh_commit(login: str | None, name: str = "Dev", email: str = "dev@acme.example", *, oid: str = HEAD) -> Any:
    """A commit as in GraphQL. Source: docs.github.com, GraphQL reference, Commit and GitActor."""
    person = {"name": name, "email": email, "user": {"login": login} if login else None}
    committer = {"name": "GitHub", "email": "noreply@github.com", "user": None}
    return {"commit": {"oid": oid, "authors": {"nodes": [person]}, "committer": committer}}


def gh_query(*reviews: Any, commits: tuple[Any, ...] = (), author: str = "dev", head: str = HEAD) -> Any:
    """The answer of `gh api graphql`."""
    end = {"hasNextPage": False, "endCursor": None}
    request = {
        "headRefOid": head,
        "author": {"login": author},
        "reviews": {"nodes": list(reviews), "pageInfo": end},
        "commits": {"nodes": list(commits) or [gh_commit("dev", oid=head)], "pageInfo": end},
    }
    return {"data": {"repository": {"pullRequest": request}}}


def gh_view(*reviews: Any, commits: tuple[Any, ...] = (), author: str = "dev", head: str = HEAD) -> Any:
    """What `gh pr view --json author,commits,headRefOid,reviews` prints. Source: cli/cli, api/export_pr.go."""
    shown = [
        {
            "id": "PRR_1",
            "author": {"login": each["author"]["login"]},
            "authorAssociation": "MEMBER",
            "body": "",
            "submittedAt": each["submittedAt"],
            "includesCreatedEdit": False,
            "reactionGroups": [],
            "state": each["state"],
            "commit": {"oid": each["commit"]["oid"] if each["commit"] else ""},
        }
        for each in reviews
    ]
    listed = [
        {
            "oid": each["commit"]["oid"],
            "messageHeadline": "Change",
            "messageBody": "",
            "committedDate": "2026-11-20T09:00:00Z",
            "authoredDate": "2026-11-20T09:00:00Z",
            "authors": [
                {"name": one["name"], "email": one["email"], "id": "", "login": (one["user"] or {"login": ""})["login"]}
                for one in each["commit"]["authors"]["nodes"]
            ],
        }
        for each in commits or (gh_commit("dev", oid=head),)
    ]
    opened = {"id": "U_1", "is_bot": False, "login": author, "name": "Dev"}
    return {"author": opened, "commits": listed, "headRefOid": head, "reviews": shown}


def lab_approval(username: str, name: str = "", *, at: str | None = LATER) -> Any:
    """An entry of `approved_by`. Source: docs.gitlab.com, REST API, Merge request approvals."""
    user = {"id": 1, "username": username, "name": name or username.title(), "state": "active", "locked": False}
    return {"user": user, **({"approved_at": at} if at else {})}


def lab_commit(name: str = "Dev", email: str = "dev@acme.example", *, id_: str = HEAD) -> Any:
    """A commit of a merge request. Source: docs.gitlab.com, REST API, Merge requests."""
    signed = {"author_name": name, "author_email": email, "committer_name": name, "committer_email": email}
    return {"id": id_, "short_id": id_[:8], "title": "Change", "created_at": EARLIER, **signed}


def lab(*approvals: Any, commits: tuple[Any, ...] = (), author: str = "dev", head: str = HEAD) -> dict[str, Any]:
    """By endpoint: the answers about merge request 7."""
    version = {"id": 110, "head_commit_sha": head, "created_at": VERSION_PUSHED, "merge_request_id": 105}
    older = {"id": 108, "head_commit_sha": OLDER, "created_at": "2026-11-19T10:00:00.000Z", "merge_request_id": 105}
    return {
        "": {"id": 105, "iid": 7, "sha": head, "state": "opened", "author": {"id": 3, "username": author}},
        "approvals": {"id": 105, "iid": 7, "approvals_required": 1, "approved_by": list(approvals)},
        "commits": list(commits) or [lab_commit(id_=head)],
        "versions": [version, older],
    }


def printed(*values: Any) -> str:
    """JSON values one after the other, as several calls print them."""
    return "\n".join(json.dumps(copy.deepcopy(each)) for each in values)
