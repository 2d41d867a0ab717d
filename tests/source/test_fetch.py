"""Finding the base in clones that lack it, by fetching what is missing and no more."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from platctl.source.base import find_base
from platctl.source.errors import SourceError
from platctl.source.git.fetch import Fetch
from platctl.source.git.refs import Resolved, is_shallow
from platctl.source.open import open_source
from repos import Repo, contents

ANYTHING = "0" * 40


class Ci:
    """A clone in which CI runs, with what was said while fetching."""

    def __init__(self, clone: Repo) -> None:
        self.clone = clone
        self.source = open_source(clone.path)
        self.said: list[str] = []
        self.fetch = Fetch(self.source.git, self.said.append)

    def base(self, ref: str | None = None, head: str | None = None, **environ: str) -> Resolved:
        return find_base(self.source, ref, head, environ, self.fetch)

    def refusal(self, ref: str | None = None, **environ: str) -> tuple[str, str]:
        with pytest.raises(SourceError) as error:
            self.base(ref, **environ)
        return error.value.message, error.value.help

    @property
    def is_shallow(self) -> bool:
        return is_shallow(self.source.git)

    def count(self, name: str = "--all") -> int:
        """How many commits there are here."""
        return int(self.clone.git("rev-list", "--count", name))


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, dict[str, str]]:
    """A repository to copy, which takes a while to make."""
    repo = Repo(tmp_path_factory.mktemp("past") / "repo")
    for _ in range(3):
        fork = repo.commit("a.yaml")
    repo.git("checkout", "-q", "-b", "work")
    for _ in range(40):
        work = repo.commit("work.yaml")
    repo.git("checkout", "-q", "main")
    for _ in range(3):
        main = repo.commit("main.yaml")
    repo.git("checkout", "-q", "--detach", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "work")
    merged = repo.id("HEAD")
    repo.git("update-ref", "refs/pull/1/merge", "HEAD")
    repo.git("checkout", "-q", "main")
    return repo, {"fork": fork, "main": main, "work": work, "merged": merged}


@pytest.fixture
def forked(repo: Repo, past: tuple[Repo, dict[str, str]]) -> dict[str, str]:
    """Commits `fork`, `main`, `work` and `merged` with a past before and after they parted; refs/pull/1/merge."""
    template, commits = past
    shutil.copytree(template.path, repo.path, dirs_exist_ok=True)
    return commits


def checked_out(repo: Repo, ref: str, *options: str) -> Ci:
    """What a CI's checkout does: an empty repository, one ref fetched, and its commit checked out."""
    clone = Repo(repo.path.parent / "ci")
    clone.git("remote", "add", "origin", f"file://{repo.path}")
    clone.git("fetch", "-q", "--no-tags", *options, "origin", ref)
    clone.git("checkout", "-q", "--detach", "FETCH_HEAD")
    return Ci(clone)


def event(clone: Repo, **content: object) -> str:
    file = clone.path.parent / "event.json"
    file.write_text(json.dumps(content))
    return str(file)


def pull_request(commits: Mapping[str, str]) -> dict[str, str]:
    return {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_SHA": commits["merged"]}


# GitHub


def test_a_pull_request_checked_out_at_depth_1_fetches_its_target_alone(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "refs/pull/1/merge", "--depth=1")
    expected = Resolved(forked["main"], "first parent of the pull request's merge commit")
    assert ci.base(**pull_request(forked)) == expected
    assert ci.said == [f"fetching commit {forked['main']} without its history from origin"]
    assert contents(ci.source.at(expected)) == {"a.yaml": b"a.yaml 3\n", "main.yaml": b"main.yaml 46\n"}
    assert ci.clone.git("rev-list", "--count", forked["main"]) == "1", "nothing before it came along"


def test_a_pull_request_checked_out_at_depth_2_fetches_nothing(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "refs/pull/1/merge", "--depth=2")
    assert ci.base(**pull_request(forked)).commit == forked["main"]
    assert ci.said == []


def test_a_pull_request_checked_out_by_its_own_head_fetches_until_the_histories_meet(
    repo: Repo, forked: dict[str, str]
) -> None:
    ci = checked_out(repo, "work", "--depth=1")
    environ = pull_request(forked) | {"GITHUB_SHA": forked["merged"]}
    assert ci.base(**environ) == Resolved(forked["fork"], "merge base of origin/main and HEAD")
    assert ci.said == [
        "fetching branch main without its history from origin",
        "fetching 32 more commits from origin",
        "fetching 64 more commits from origin",
    ]


def test_a_push_fetches_the_commit_that_was_there_before(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "main", "--depth=1")
    file = event(ci.clone, before=forked["fork"], forced=False)
    found = ci.base(GITHUB_EVENT_NAME="push", GITHUB_EVENT_PATH=file, GITHUB_SHA=forked["main"])
    assert found == Resolved(forked["fork"], "commit before the push")
    assert ci.said == [f"fetching commit {forked['fork']} without its history from origin"]


def test_a_merge_group_fetches_its_base(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "main", "--depth=1")
    file = event(ci.clone, merge_group={"base_sha": forked["fork"]})
    found = ci.base(GITHUB_EVENT_NAME="merge_group", GITHUB_EVENT_PATH=file, GITHUB_SHA=forked["main"])
    assert found == Resolved(forked["fork"], "base of the merge group")


def test_a_new_branch_asks_the_remote_for_its_default_branch(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "work", "--depth=1")
    file = event(ci.clone, before=ANYTHING)
    found = ci.base(GITHUB_EVENT_NAME="push", GITHUB_EVENT_PATH=file, GITHUB_SHA=forked["work"])
    assert found == Resolved(forked["fork"], "merge base of origin/main and HEAD")
    assert ci.said[:2] == [
        "asking origin for its default branch",
        "fetching branch main without its history from origin",
    ]


# GitLab


def test_a_merge_request_fetches_its_target_and_deepens_both_sides(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "work", "--depth=20")
    environ = {
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": forked["fork"],
    }
    assert ci.base(**environ) == Resolved(forked["fork"], "merge base of origin/main and HEAD")
    assert ci.said == ["fetching branch main without its history from origin", "fetching 32 more commits from origin"]
    assert ci.base(**environ) == Resolved(forked["fork"], "diff base of the merge request")


def test_a_merge_request_whose_clone_is_deep_enough_fetches_nothing(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "work", "--depth=50")
    environ = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": forked["fork"]}
    assert ci.base(**environ).how == "diff base of the merge request"
    assert ci.said == []


def test_a_pipeline_of_a_branch_fetches_the_default_branch_of_the_project(repo: Repo, forked: dict[str, str]) -> None:
    ci = checked_out(repo, "work", "--depth=50")
    assert ci.base(CI_DEFAULT_BRANCH="main").commit == forked["fork"]


# A plain shell


def test_a_shallow_clone_of_one_branch_finds_where_it_left_the_default_branch(
    repo: Repo, forked: dict[str, str]
) -> None:
    ci = Ci(repo.clone("clone", "--depth=1", "--branch=work"))
    assert ci.base().commit == forked["fork"]


def test_a_named_base_is_fetched_by_id_by_branch_or_by_depth(repo: Repo, forked: dict[str, str]) -> None:
    for written, expected in [
        (forked["fork"], "fork"),
        ("origin/main", "fork"),
        ("refs/remotes/origin/main", "fork"),
        ("HEAD~40", "fork"),
    ]:
        ci = Ci(repo.clone(f"clone-{written.replace('/', '-')}", "--depth=1", "--branch=work"))
        assert ci.base(written).commit == forked[expected], written


def test_a_head_can_be_fetched_too(repo: Repo, forked: dict[str, str]) -> None:
    ci = Ci(repo.clone("clone", "--depth=1", "--branch=main"))
    assert ci.base("HEAD", head=forked["work"]).commit == forked["fork"]


# What fetching leaves alone


def test_a_complete_clone_stays_complete(repo: Repo, forked: dict[str, str]) -> None:
    ci = Ci(repo.clone("clone", "--single-branch", "--branch=work"))
    assert ci.base("origin/main").commit == forked["fork"]
    assert ci.said == ["fetching branch main from origin"]
    assert not ci.is_shallow
    assert ci.count() == 46


def test_a_complete_clone_stays_complete_when_a_commit_is_fetched(repo: Repo, forked: dict[str, str]) -> None:
    ci = Ci(repo.clone("clone", "--single-branch", "--branch=work"))
    assert ci.base(forked["main"]).commit == forked["fork"]
    assert not ci.is_shallow


def test_what_is_there_is_not_fetched(repo: Repo, forked: dict[str, str]) -> None:
    ci = Ci(repo.clone("clone", "--branch=work"))
    assert ci.base().commit == forked["fork"]
    assert ci.said == []


def test_neither_tags_nor_other_branches_nor_fetch_head_come_along(repo: Repo, forked: dict[str, str]) -> None:
    repo.git("tag", "v1", forked["main"])
    repo.git("branch", "other", "main")
    ci = checked_out(repo, "work", "--depth=1")
    fetched = (ci.clone.path / ".git" / "FETCH_HEAD").read_text()
    ci.base("origin/main")
    assert ci.clone.git("for-each-ref", "--format=%(refname)").split() == [
        "refs/remotes/origin/main",
        "refs/remotes/origin/work",  # which the checkout itself had fetched
    ]
    assert (ci.clone.path / ".git" / "FETCH_HEAD").read_text() == fetched


# When nothing helps


def test_histories_that_never_met_are_refused_after_all_was_fetched(repo: Repo, forked: dict[str, str]) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("b.yaml")
    ci = checked_out(repo, "other", "--depth=1")
    message, help_ = ci.refusal("origin/main")
    assert message == "origin/main and HEAD have no commit in common"
    assert help_.startswith("compare their files: ")
    assert not ci.is_shallow


def test_a_commit_that_the_remote_does_not_have_is_refused_with_the_line_that_mends_it(
    repo: Repo, forked: dict[str, str]
) -> None:
    ci = checked_out(repo, "main", "--depth=1")
    file = event(ci.clone, before="1" * 40)
    message, help_ = ci.refusal(GITHUB_EVENT_NAME="push", GITHUB_EVENT_PATH=file, GITHUB_SHA=forked["main"])
    assert message == f"the commit before the push, {'1' * 40}, is not in this clone"
    assert help_.startswith("run `git fetch --unshallow`; in GitHub Actions set `fetch-depth: 0` for actions/checkout")
    assert any(said.startswith("the fetch failed: ") for said in ci.said)


def test_a_clone_without_a_remote_is_refused_as_before(repo: Repo) -> None:
    repo.commit("a.yaml")
    message, _ = Ci(repo).refusal("origin/main")
    assert message == "there is no branch, tag or commit `origin/main` here"


def test_a_password_in_the_address_is_not_said(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("remote", "add", "origin", "https://ada:secret@localhost:1/x.git")
    ci = Ci(repo)
    ci.refusal("origin/main")
    assert "the fetch failed" in ci.said[-1]
    assert "secret" not in "".join(ci.said)


# Hostile


@pytest.mark.parametrize(
    "branch",
    ["--upload-pack=touch caught", "-x", "main:refs/heads/main", "+main", "ma in", "*", "a\nb", "^main", "", "@"],
)
def test_a_branch_that_git_could_take_for_something_else_is_not_asked_for(repo: Repo, branch: str) -> None:
    repo.commit("a.yaml")
    ci = Ci(repo.clone("clone", "--depth=1"))
    before = ci.clone.git("for-each-ref")
    ci.refusal(CI_MERGE_REQUEST_TARGET_BRANCH_NAME=branch or "..")
    assert ci.clone.git("for-each-ref") == before
    assert not list(ci.clone.path.glob("caught*"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("remote.origin.uploadpack", "touch caught; git-upload-pack"),
        ("remote.origin.vcs", "ext"),
        ("url.ext::touch caught .insteadOf", "file://"),
        ("core.fsmonitor", "touch caught"),
        ("core.hooksPath", "hooks"),
        ("fetch.recurseSubmodules", "true"),
        ("core.alternateRefsCommand", "touch caught"),
    ],
)
def test_a_configuration_that_names_a_program_starts_none(
    repo: Repo, forked: dict[str, str], key: str, value: str
) -> None:
    ci = checked_out(repo, "work", "--depth=1")
    for name in ("reference-transaction", "post-checkout", "pre-auto-gc", "post-rewrite"):
        hook = ci.clone.write(f"hooks/{name}", "#!/bin/sh\ntouch caught\n")
        hook.chmod(0o755)
    ci.clone.git("config", key, value)
    try:
        ci.base("origin/main")
    except SourceError:
        assert key in ("remote.origin.vcs", "url.ext::touch caught .insteadOf")
    assert not list(ci.clone.path.rglob("caught*"))


def test_a_server_that_does_not_answer_is_given_up(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platctl.source.git.git._SECONDS", 1)
    monkeypatch.setenv("GIT_SSH_COMMAND", "sleep 60; true")
    repo.commit("a.yaml")
    repo.git("remote", "add", "origin", "ssh://localhost/x.git")
    ci = Ci(repo)
    ci.refusal("origin/main")
    assert ci.said[-1] == "the fetch failed: no answer within 1 seconds"


# Partial clones


def test_the_files_that_a_partial_clone_left_out_are_fetched_for_the_base(repo: Repo) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.write("a.yaml", "one\n")
    repo.write("other.bin", "one\n" * 100)
    repo.commit()
    repo.write("a.yaml", "two\n")
    repo.write("other.bin", "two\n")
    repo.commit()
    ci = Ci(repo.clone("partial", "--filter=blob:none"))
    base = ci.base("HEAD~1")
    ci.fetch.files(base.commit, "")
    assert contents(ci.source.at(base)) == {"a.yaml": b"one\n"}
    assert ci.said == ["fetching 1 missing file of this partial clone from origin"]
