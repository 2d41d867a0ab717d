"""`platctl ci` with the reviews of a change: from both hosts' clients, and from a file."""

import json
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from forge.review_answers import LATER, gh_commit, gh_query, gh_review, gh_view, lab, lab_approval, lab_commit, printed
from running import git, platctl

SETTINGS = """\
policies:
  - {id: agreed, when: {level: breaks}, action: approve, by: [product-manager, owner]}
people: {Hedy Lamarr: "@hedy", Grace: grace@acme.example}
"""
MODEL = """\
kind: team
id: crew
title: The crew
lead: Grace
members: [Barbara]
handle: "@acme/crew"
---
kind: component
id: identity
owner: crew
version: 2.4.0
---
kind: consumer
id: shop
owner: crew
product_manager: hedy  lamarr
uses: [{component: identity, requires: "<3"}]
"""
CLIENT = '''#!{python} -SE
"""Prints recorded answers by endpoint, as `gh api` and `glab api` do."""
import json, os, sys
from pathlib import Path
answers = json.loads(Path(__file__).with_name("answers.json").read_text())
with Path(__file__).with_name("calls").open("a") as file:
    file.write(sys.argv[2] + "\\n")
if not (os.environ.get("GH_TOKEN") or os.environ.get("GITLAB_TOKEN")):
    print("gh: HTTP 401: Bad credentials", file=sys.stderr)
    sys.exit(1)
path, _, query = sys.argv[2].partition("?")
answer = answers[path.removeprefix("projects/acme%2Fplatform/merge_requests/7").strip("/")]
print(json.dumps([] if "page=" in query and not query.endswith("page=1") else answer))
'''


class Change:
    """A change that breaks the shop, on a branch."""

    def __init__(self, folder: Path, settings: str = SETTINGS, files: dict[str, str] | None = None) -> None:
        self.folder = folder / "work"
        git(folder, "init", "-q", "-b", "main", str(self.folder))
        self.base = self.commit({"platctl.yaml": settings, "model.yaml": MODEL})
        self.head = self.commit(files or {"model.yaml": MODEL.replace("2.4.0", "3.0.0")})
        self.clients = folder / "clients"
        self.clients.mkdir()

    def commit(self, files: dict[str, str]) -> str:
        for name, text in files.items():
            (self.folder / name).write_text(text, "utf-8")
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "-q", "-m", "Change")
        return git(self.folder, "rev-parse", "HEAD").strip()

    def client(self, program: str, answers: dict[str, Any]) -> dict[str, str]:
        """What the pipeline of pull request 7 sets, with a client that has these answers."""
        (self.clients / "answers.json").write_text(json.dumps(answers), "utf-8")
        script = self.clients / program
        script.write_text(CLIENT.replace("{python}", sys.executable), "utf-8")
        script.chmod(0o755)
        path = {"PATH": f"{self.clients}:/usr/bin:/bin"}
        if program == "gh":
            names = {"GITHUB_REPOSITORY": "acme/platform", "GITHUB_REF": "refs/pull/7/merge", "GH_TOKEN": "t"}
            return path | names | {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request"}
        names = {"CI_MERGE_REQUEST_PROJECT_PATH": "acme/platform", "CI_MERGE_REQUEST_IID": "7", "GITLAB_TOKEN": "t"}
        return path | names | {"GITLAB_CI": "true"}

    def run(self, *options: str, env: dict[str, str] | None = None) -> "CompletedProcess[str]":
        asked = ("--base", self.base, "--today", "2026-11-23", "--fail-on-finding", "never")
        return platctl("ci", *asked, *options, cwd=self.folder, env=env)

    def report(self, *options: str, env: dict[str, str] | None = None) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self.run("--format", "json", *options, env=env).stdout)
        return report

    def with_file(self, text: str, *options: str) -> dict[str, Any]:
        (self.clients / "reviews.json").write_text(text, "utf-8")
        return self.report("--reviews", str(self.clients / "reviews.json"), *options)

    @property
    def calls(self) -> list[str]:
        file = self.clients / "calls"
        return file.read_text("utf-8").splitlines() if file.exists() else []


@pytest.fixture
def change(tmp_path: Path) -> Change:
    return Change(tmp_path)


def review(change: Change, login: str, **more: Any) -> Any:
    return gh_review(login, **{"commit": change.head, **more})


def approval(report: dict[str, Any]) -> dict[str, Any]:
    (verdict,) = report["impact"]["verdicts"]
    (found,) = verdict["approvals"]
    return dict(found)


def test_a_review_on_github_counts_without_an_option(change: Change) -> None:
    env = change.client("gh", {"graphql": gh_query(review(change, "HEDY"), head=change.head)})
    found = change.run(env=env)
    assert found.returncode == 0, found.stdout
    assert "@hedy (Hedy Lamarr) on 2026-11-20 counts" in found.stdout
    report = change.report(env=env)
    assert (report["outcome"], approval(report)["source"], approval(report)["by"]) == ("pass", "review", "Hedy Lamarr")
    assert report["reviews"]["reviews"] == [
        {"login": "hedy", "names": ["Hedy Lamarr"], "on": "2026-11-20", "counts": True, "why": None}
    ]
    assert change.run("--reviews", "none", env=env).returncode == 1


def test_an_approval_on_gitlab_counts_without_an_option(change: Change) -> None:
    answers = lab(lab_approval("hedy"), head=change.head)
    found = change.report(env=change.client("glab", answers))
    assert (found["outcome"], approval(found)["by"]) == ("pass", "Hedy Lamarr")
    asked = {each.partition("?")[0].rpartition("/")[2] for each in change.calls}
    assert asked == {"7", "approvals", "commits", "versions"}
    late = answers["versions"][0] | {"id": 111, "created_at": "2026-11-21T00:00:00Z"}
    pushed = change.report(env=change.client("glab", answers | {"versions": [late]}))
    assert (pushed["outcome"], approval(pushed)["state"]) == ("fail", "missing")


def test_the_request_merged_into_its_target_is_reviewed_by_its_second_parent(change: Change) -> None:
    git(change.folder, "switch", "-q", "-c", "target", change.base)
    change.commit({"later.yaml": "kind: team\nid: later\n"})
    git(change.folder, "merge", "-q", "--no-ff", "-m", "Merge", change.head)
    assert change.with_file(printed(gh_view(review(change, "hedy"), head=change.head)))["outcome"] == "pass"


def queued(change: Change, how: str) -> tuple[str, dict[str, str]]:
    """A merge queue's commit of pull request 7, and what its pipeline sets."""
    git(change.folder, "switch", "-q", "-c", "queue", change.base)
    if how == "merge":
        git(change.folder, "merge", "-q", "--no-ff", "-m", "Merge", change.head)
    if how == "after another":
        change.commit({"later.yaml": "kind: team\nid: later\n"})
    if how != "merge":
        git(change.folder, "merge", "-q", "--squash", change.head)
        git(change.folder, "commit", "-q", "-m", "Squashed")
    env = change.client("gh", {"graphql": gh_query(review(change, "hedy"), head=change.head)})
    ref = f"refs/heads/gh-readonly-queue/main/pr-7-{change.base}"
    return git(change.folder, "rev-parse", "HEAD").strip(), env | {
        "GITHUB_EVENT_NAME": "merge_group",
        "GITHUB_REF": ref,
    }


@pytest.mark.parametrize("how", ["merge", "squash"])
def test_a_merge_queue_counts_the_reviews_of_the_request_that_it_merges(change: Change, how: str) -> None:
    head, env = queued(change, how)
    assert head != change.head
    assert approval(change.report(env=env))["by"] == "Hedy Lamarr"
    newer = change.client("gh", {"graphql": gh_query(review(change, "hedy"), head=change.base)})
    assert approval(change.report(env=env | newer | {"GITHUB_REF": env["GITHUB_REF"]}))["state"] == "missing"


def test_in_a_merge_queue_no_review_counts_for_another_request(change: Change) -> None:
    _, env = queued(change, "after another")
    report = change.report(env=env)
    assert approval(report)["state"] == "missing"
    assert report["reviews"]["problem"].startswith("the merge queue's commit does not follow the base")


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda change: gh_view(review(change, "hedy", commit=change.base), head=change.head), "older commit"),
        (
            lambda change: gh_view(review(change, "hedy", commit=change.base), head=change.base),
            "different newest commit",
        ),
        (lambda change: gh_view(review(change, "hedy"), author="Hedy", head=change.head), "opened the pull request"),
        (
            lambda change: gh_view(review(change, "hedy"), commits=(gh_commit(None, "HEDY LAMARR"),), head=change.head),
            "has commits",
        ),
        (lambda change: gh_view(review(change, "mallory"), head=change.head), "no one's handle in the base"),
        (lambda change: gh_view(review(change, "grace"), head=change.head), "no one's handle in the base"),
    ],
)
def test_what_does_not_count_says_why(change: Change, made: Any, why: str) -> None:
    report = change.with_file(printed(made(change)))
    assert (report["outcome"], approval(report)["state"]) == ("fail", "missing")
    (entry,) = report["reviews"]["reviews"]
    assert not entry["counts"]
    assert why in entry["why"]


def test_those_who_committed_are_known_from_git_too(change: Change) -> None:
    (change.folder / "x.txt").write_text("x")
    git(change.folder, "add", "x.txt")
    git(change.folder, "-c", "user.name=Hedy Lamarr", "commit", "-q", "-m", "Mine")
    change.head = git(change.folder, "rev-parse", "HEAD").strip()
    report = change.with_file(printed(gh_view(review(change, "hedy"), head=change.head)))
    assert report["reviews"]["reviews"][0]["why"] == "has commits in this change"


def test_a_team_approves_by_its_handle_in_base(change: Change) -> None:
    member = review(change, "barb")
    member["onBehalfOf"]["nodes"] = [{"combinedSlug": "acme/crew"}]
    found = change.with_file(printed(gh_query(member, head=change.head)))
    assert (found["outcome"], approval(found)["by"]) == ("pass", "The crew")


def test_a_change_cannot_give_anyone_a_handle(tmp_path: Path) -> None:
    mine = SETTINGS.replace('"@hedy"', '"@mallory"')
    files = {"platctl.yaml": mine, "model.yaml": MODEL.replace("2.4.0", "3.0.0").replace("@acme/crew", "@mallory")}
    change = Change(tmp_path, files=files)
    report = change.with_file(printed(gh_view(review(change, "mallory"), head=change.head)))
    assert (report["outcome"], report["reviews"]["reviews"][0]["counts"]) == ("fail", False)


def test_whose_review_cannot_count_is_told_with_the_line_to_add(tmp_path: Path) -> None:
    change = Change(tmp_path, SETTINGS.replace('Hedy Lamarr: "@hedy"', 'Ana: "@ana"').replace("owner]", "owner, Ana]"))
    report = change.with_file(printed(gh_view(head=change.head)))
    assert approval(report)["no_handle"] == ["hedy  lamarr"]
    (finding,) = report["impact"]["findings"]
    assert 'people: {"hedy  lamarr": "@HANDLE"}' in finding["help"]


@pytest.mark.parametrize("program", ["gh", "glab"])
def test_a_client_that_fails_is_not_known_and_never_an_approval(change: Change, program: str) -> None:
    env = change.client(program, {"graphql": {"data": None}, "commits": {}})
    for broken in (env, {**env, "GH_TOKEN": "", "GITLAB_TOKEN": ""}, {**env, "PATH": "/usr/bin:/bin"}):
        report = change.report(env=broken)
        assert (report["outcome"], approval(report)["state"]) == ("fail", "missing")
        assert report["reviews"]["problem"]
        assert report["reviews"]["reviews"] == []
        assert "Not known, so none counts: " in change.run(env=broken).stdout


def test_the_host_is_not_asked_where_no_policy_asks(tmp_path: Path) -> None:
    change = Change(tmp_path, 'people: {Hedy Lamarr: "@hedy"}\n')
    report = change.report(env=change.client("gh", {}))
    assert (report["reviews"], change.calls) == (None, [])


def test_without_a_pipeline_no_reviews_count(change: Change) -> None:
    assert change.report()["reviews"] is None
    asked = change.run("--reviews", "auto")
    assert (asked.returncode, "found no pull request here" in asked.stderr) == (1, True)


def test_a_file_that_is_not_there_is_a_wrong_call_and_one_of_something_else_is_not_known(change: Change) -> None:
    missing = change.run("--reviews", "nothing.json")
    assert (missing.returncode, "`--reviews` names no file" in missing.stderr) == (2, True)
    report = change.with_file("<html>")
    assert (report["outcome"], "is not what a client prints" in report["reviews"]["problem"]) == ("fail", True)


def test_reviews_are_of_commits_and_not_of_files_that_were_edited_since(change: Change) -> None:
    file = change.folder / "model.yaml"
    file.write_text(file.read_text("utf-8") + "description: more\n", "utf-8")
    report = change.with_file(printed(gh_view(review(change, "hedy"), head=change.head)))
    assert (report["outcome"], "differ from the commit" in report["reviews"]["problem"]) == ("fail", True)
    same = change.with_file(printed(gh_view(review(change, "hedy"), head=change.head)), "--head", "HEAD")
    assert same["outcome"] == "pass"


def test_a_policy_that_anyone_may_satisfy_is_satisfied_by_whom_base_knows(tmp_path: Path) -> None:
    change = Change(tmp_path, SETTINGS.replace(", by: [product-manager, owner]", ""))
    known = change.with_file(printed(gh_view(review(change, "hedy"), head=change.head)))
    stranger = change.with_file(printed(gh_view(review(change, "mallory"), head=change.head)))
    assert (known["outcome"], stranger["outcome"]) == ("pass", "fail")


def test_a_review_by_someone_whom_the_policy_does_not_ask_satisfies_it_not(tmp_path: Path) -> None:
    change = Change(tmp_path, SETTINGS.replace("people: {", 'people: {Ana: "@ana", '))
    report = change.with_file(printed(gh_view(review(change, "ana"), head=change.head)))
    assert (report["outcome"], approval(report)["state"]) == ("fail", "missing")
    assert report["reviews"]["reviews"][0]["names"] == ["Ana"]


def test_what_a_host_says_is_never_markup(change: Change) -> None:
    hostile = review(change, "hedy", at="<img src=x onerror=alert(1)>")
    hostile["author"]["login"] = "he\u202edy`@all`<b>::error::"
    (change.clients / "reviews.json").write_text(printed(gh_view(hostile, review(change, "hedy"), head=change.head)))
    found = change.run("--reviews", str(change.clients / "reviews.json"), "--comment", "comment.md")
    assert found.returncode == 0
    for text in (found.stdout, found.stderr, (change.folder / "comment.md").read_text("utf-8")):
        assert "onerror" not in text
        assert "@all" not in text


def test_gitlab_from_a_file(change: Change) -> None:
    answers = lab(lab_approval("hedy", at=LATER), commits=(lab_commit(id_=change.head),), head=change.head)
    assert change.with_file(printed(*answers.values()))["outcome"] == "pass"


def test_when_a_review_comes_the_request_is_compared_with_its_own_target(change: Change, tmp_path: Path) -> None:
    git(change.folder, "update-ref", "refs/remotes/origin/release", change.base)
    git(change.folder, "update-ref", "refs/heads/main", change.head)
    git(change.folder, "switch", "-q", "--detach", change.head)
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7, "base": {"ref": "release"}}}))
    env = change.client("gh", {"graphql": gh_query(review(change, "hedy"), head=change.head)})
    env |= {
        "GITHUB_EVENT_NAME": "pull_request_review",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_REF": "refs/pull/7/merge",
    }
    done = platctl("ci", "--format", "json", "--no-fetch", "--fail-on-finding", "never", cwd=change.folder, env=env)
    report = json.loads(done.stdout)
    assert (report["outcome"], len(report["impact"]["verdicts"])) == ("pass", 1)
    assert report["reviews"]["reviews"][0]["counts"]
