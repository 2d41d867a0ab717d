"""The files that others copy do what they say, run step by step in real repositories."""

import json
import shutil
from pathlib import Path

import pytest

from forge.clients import Fake
from forge.review_answers import gh_review, gh_view, printed
from ready_made.pipelines import (
    ACTION,
    GITHUB_CHECK,
    GITHUB_FORKS,
    GITHUB_WIKI,
    GitHub,
    github_steps,
    read,
    run_gitlab,
    run_gitlab_wiki,
)
from running import git, quick

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="runners have a shell")

BASE = """\
kind: component
id: identity
version: 2.4.0
---
kind: consumer
id: shop
uses: [{component: identity, requires: "<3"}]
"""
HEAD = BASE.replace("2.4.0", "3.0.0")


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a change proposed from a fork as pull request 7."""
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, BASE)
    git(folder, "checkout", "-q", "--detach")
    commit(folder, HEAD)
    git(folder, "update-ref", "refs/pull/7/head", "HEAD")
    git(folder, "checkout", "-q", "main")
    return folder


def commit(folder: Path, text: str) -> None:
    (folder / "model.yaml").write_text(text, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Change the model")


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """What the checkout of the target's branch leaves."""
    git(tmp_path, "clone", "-q", str(origin), "clone")
    return tmp_path / "clone"


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    """The runner's own folder, with platctl where the action installs it."""
    folder = tmp_path / "temp"
    (folder / "platctl/bin").mkdir(parents=True)
    (folder / "platctl/bin/platctl").symlink_to(quick())
    return folder


def with_inputs(**inputs: str) -> dict[str, str]:
    """The inputs of the action, by their defaults and these."""
    (action,) = read(ACTION)
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return {f"inputs.{name}": given.get(name, each["default"]) for name, each in action["inputs"].items()}


CHECK = next(step for step in github_steps(ACTION) if step.get("id") == "check")


def test_the_action_checks_and_says_what_came_out(clone: Path, temp: Path) -> None:
    (clone / "model.yaml").write_text(HEAD, "utf-8")
    job = GitHub(clone, temp, with_inputs(base="HEAD", sarif="out.sarif", new_only="true"), {"GITHUB_ACTIONS": "true"})
    done = job.run(CHECK)
    assert done.returncode == 1
    assert "::error" in done.stdout
    assert (job.output("check.outcome"), job.output("check.breaks")) == ("fail", "1")
    assert json.loads((clone / "out.sarif").read_text())["version"] == "2.1.0"
    assert "shop" in (temp / "platctl-comment.md").read_text()


@pytest.mark.parametrize("name", ["directory", "base", "head", "fail_on", "baseline", "sarif", "id"])
def test_no_input_of_the_action_is_run(name: str, clone: Path, temp: Path) -> None:
    job = GitHub(clone, temp, with_inputs(**{name: "\"; touch pwned; $(touch pwned) `touch pwned` ' --help"}))
    job.run(CHECK)
    assert not (clone / "pwned").exists()


def fork_job(clone: Path, temp: Path, answer: str, sha: str) -> GitHub:
    """The second workflow, with a `gh` that answers so when it is asked for pull requests."""
    programs = temp / "programs"
    programs.mkdir()
    (temp / "answer").write_text(answer)
    (programs / "gh").write_text(f"#!/bin/sh\ncat '{temp}/answer'\n")
    (programs / "gh").chmod(0o755)
    values = {
        "github.token": "secret",
        "github.event.workflow_run.head_repository.owner.login": "stranger",
        "github.event.workflow_run.head_branch": "$(touch pwned)",
        "github.event.workflow_run.head_sha": sha,
    }
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "workflow_run", "GITHUB_REPOSITORY": "acme/platform"}
    path = f"{programs}:{quick().parent}:/usr/bin:/bin"
    return GitHub(clone, temp, values, {**environ, "PATH": path, "GITHUB_SHA": git(clone, "rev-parse", "HEAD").strip()})


FIND, FORK_CHECK, FORK_POST = (
    step for step in github_steps(GITHUB_FORKS) if "run" in step and "pip" not in step["run"]
)


def test_a_fork_is_checked_as_data_and_gets_its_comment(origin: Path, clone: Path, temp: Path, tmp_path: Path) -> None:
    sha = git(origin, "rev-parse", "refs/pull/7/head").strip()
    job = fork_job(clone, temp, f"3 {'0' * 40} main\n7 {sha} main\n", sha)
    found = job.run(FIND)
    assert (found.returncode, job.output("find.number"), job.output("find.base")) == (0, "7", "main"), found.stderr
    checked = job.run(FORK_CHECK)
    assert (checked.returncode, job.output("check.breaks")) == (0, "1"), checked.stderr
    assert (clone / "model.yaml").read_text() == BASE
    client = Fake("gh", tmp_path / "client")
    job.environ = {**job.environ, "PATH": f"{client.folder}:{quick().parent}:/usr/bin:/bin"}
    posted = job.run(FORK_POST)
    assert posted.returncode == 0, posted.stderr
    assert "shop" in client.bodies[0]
    assert not (clone / "pwned").exists()


def test_the_workflow_runs_again_when_a_review_comes_or_is_dismissed_and_in_a_merge_queue() -> None:
    (workflow,), (forks,) = read(GITHUB_CHECK), read(GITHUB_FORKS)
    events = workflow[True]  # `on` in YAML 1.1
    assert events.pop("merge_group", "missing") is None  # not a fork's: GitHub makes its commits
    assert events == {"pull_request": None, "pull_request_review": {"types": ["submitted", "dismissed"]}}
    (job,) = forks["jobs"].values()
    assert all(f"workflow_run.event == '{event}'" in job["if"] for event in events)


def test_the_comment_on_a_fork_counts_the_reviews_of_what_was_checked(origin: Path, clone: Path, temp: Path) -> None:
    settings = 'policies: [{id: agreed, action: approve, by: Ana}]\npeople: {Ana: "@ana"}\n'
    (origin / "platctl.yaml").write_text(settings, "utf-8")
    commit(origin, BASE)
    git(origin, "checkout", "-q", "--detach")
    commit(origin, HEAD)
    git(origin, "update-ref", "refs/pull/7/head", "HEAD")
    git(origin, "checkout", "-q", "main")
    git(clone, "pull", "-q")
    sha = git(origin, "rev-parse", "refs/pull/7/head").strip()
    job = fork_job(clone, temp, f"7 {sha} main\n", sha)
    assert job.run(FIND).returncode == 0
    for review, missing in ((gh_review("ana", commit=sha), "0"), (gh_review("ana"), "1")):
        (temp / "answer").write_text(printed(gh_view(review, head=sha)))
        assert job.run(FORK_CHECK).returncode == 0
        assert job.output("check.approvals-missing") == missing


@pytest.mark.parametrize("answer", ["", "7 {other} main\n", "7;id {sha} main\n", "8 {sha} main\n"])
def test_a_fork_whose_pull_request_is_not_certain_gets_none(answer: str, origin: Path, clone: Path, temp: Path) -> None:
    sha = git(origin, "rev-parse", "refs/pull/7/head").strip()
    git(origin, "update-ref", "refs/pull/8/head", "main")
    job = fork_job(clone, temp, answer.format(sha=sha, other="0" * 40), sha)
    job.run(FIND)
    assert job.output("find.number") == ""


def test_the_workflow_posts_what_it_found(clone: Path, temp: Path, tmp_path: Path) -> None:
    check, post = (step for step in github_steps(GITHUB_CHECK) if step.get("run", "").startswith("platctl"))
    git(clone, "fetch", "-q", "origin", "refs/pull/7/head")
    git(clone, "merge", "-q", "--no-ff", "-m", "Merge", "FETCH_HEAD")
    client = Fake("gh", tmp_path / "client")
    environ = {**client.environ, "GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main"}
    path = f"{client.folder}:{quick().parent}:/usr/bin:/bin"
    job = GitHub(clone, temp, {"github.token": "secret"}, {**environ, "PATH": path})
    assert job.run(check).returncode == 1
    assert job.output("check.outcome") == "fail"
    posted = job.run(post)
    assert (posted.returncode, len(client.bodies)) == (0, 1), posted.stderr


def test_the_gitlab_job_leaves_its_reports(clone: Path) -> None:
    git(clone, "fetch", "-q", "origin", "refs/pull/7/head")
    git(clone, "checkout", "-q", "FETCH_HEAD")
    done = run_gitlab(clone, {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}, new_only=True)
    assert done.returncode == 1, done.stderr
    issues = json.loads((clone / "platctl-codequality.json").read_text())
    assert {each["location"]["path"] for each in issues} == {"model.yaml"}
    assert (clone / "platctl-junit.xml").exists()
    assert "shop" in (clone / "platctl-comment.md").read_text()


def test_no_input_of_the_gitlab_job_is_run(clone: Path) -> None:
    run_gitlab(clone, {}, directory='"; touch pwned; "', baseline="$(touch pwned)", fail_on="`touch pwned`")
    assert not (clone / "pwned").exists()


# The wiki ---------------------------------------------------------------------------------------------------

WORK = """\
---
kind: initiative
id: vault
status: planned
visibility: public
title: Keys in a vault
for: shop
period: 2027-Q1
"""


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    """A wiki with a first page by hand, as its host keeps it."""
    first = tmp_path / "first"
    first.mkdir()
    git(first, "init", "-q", "-b", "master")
    (first / "Home.md").write_text("Welcome\n", "utf-8")
    git(first, "add", ".")
    git(first, "commit", "-q", "-m", "First page")
    git(tmp_path, "clone", "-q", "--bare", str(first), "project.wiki.git")
    return tmp_path / "project.wiki.git"


@pytest.fixture
def planned(clone: Path) -> Path:
    """A clone with something to show to customers."""
    public = BASE.replace("uses:", "visibility: public\nuses:")
    commit(clone, public + WORK)
    return clone


def pages(wiki: Path) -> list[str]:
    return git(wiki, "ls-tree", "--name-only", "HEAD").split()


def commits(wiki: Path) -> int:
    return int(git(wiki, "rev-list", "--count", "HEAD"))


def test_the_workflow_writes_the_wiki_and_pushes_only_changes(
    planned: Path, wiki: Path, temp: Path, tmp_path: Path
) -> None:
    runner = tmp_path / "runner"
    runner.mkdir()
    git(runner, "clone", "-q", str(planned), "model")
    git(runner, "clone", "-q", str(wiki), "wiki")
    programs = temp / "programs"
    programs.mkdir()
    (programs / "gh").write_text('#!/bin/sh\ntest "$*" = "auth setup-git"\n')
    (programs / "gh").chmod(0o755)
    path = f"{programs}:{quick().parent}:/usr/bin:/bin"
    job = GitHub(runner, temp, {"github.token": "secret"}, {"PATH": path})
    write, push = (step for step in github_steps(GITHUB_WIKI) if "run" in step and "pip" not in step["run"])
    for _ in range(2):
        for step in (write, push):
            done = job.run(step)
            assert done.returncode == 0, done.stderr
        assert commits(wiki) == 2
    names = [".platctl-pages", "Home.md", "Roadmap.md", "consumer-shop.md", "initiatives.md"]
    assert pages(wiki) == names
    assert git(wiki, "show", "HEAD:Home.md") == "Welcome\n"
    assert "[shop](consumer-shop)" in git(wiki, "show", "HEAD:Roadmap.md")


def test_the_gitlab_job_writes_the_wiki_and_pushes_only_changes(planned: Path, wiki: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    environ = {
        "CI_PROJECT_URL": str(wiki).removesuffix(".wiki.git"),
        "CI_COMMIT_SHORT_SHA": "0123abcd",
        "WIKI_TOKEN": "secret-token",
        "HOME": str(tmp_path / "home"),
    }
    for _ in range(2):
        done = run_gitlab_wiki(planned, environ)
        assert done.returncode == 0, done.stderr
        assert "secret-token" not in done.stdout + done.stderr
        assert commits(wiki) == 2
    assert {"Home.md", "roadmap.md", "consumer-shop.md"} <= set(pages(wiki))
    assert "secret-token" not in (tmp_path / "home/.gitconfig").read_text("utf-8")
    assert "[shop](./consumer-shop)" in git(wiki, "show", "HEAD:roadmap.md")
