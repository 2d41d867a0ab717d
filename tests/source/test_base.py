"""Finding the commit to compare with, and reading what a person writes for one."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from platctl.source.base import find_base, resolve
from platctl.source.errors import SourceError
from platctl.source.git.refs import Resolved
from platctl.source.open import open_source
from repos import Repo, contents

UNSHALLOW = (
    "run `git fetch --unshallow`; in GitHub Actions set `fetch-depth: 0` for actions/checkout, "
    "in GitLab CI set `GIT_DEPTH: 0`"
)


def base(
    repo: Repo, ref: str | None = None, head: str | None = None, environ: Mapping[str, str] | None = None
) -> Resolved:
    return find_base(open_source(repo.path), ref, head, environ or {})


def refusal(
    repo: Repo, ref: str | None = None, head: str | None = None, environ: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """What is said instead: message and help."""
    with pytest.raises(SourceError) as error:
        base(repo, ref, head, environ)
    return error.value.message, error.value.help


def forked(repo: Repo) -> tuple[str, str, str]:
    """Commits `fork`, `main` and `work`; the branch work is checked out."""
    fork = repo.commit("a.yaml")
    repo.git("checkout", "-q", "-b", "work")
    work = repo.commit("work.yaml")
    repo.git("checkout", "-q", "main")
    main = repo.commit("main.yaml")
    repo.git("checkout", "-q", "work")
    return fork, main, work


@pytest.fixture(scope="module")
def one_commit(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A repository for tests which only ask, and change nothing."""
    repo = Repo(tmp_path_factory.mktemp("one") / "repo")
    repo.commit("a.yaml")
    return repo


# A base that somebody names


def test_the_base_is_where_the_named_branch_and_head_parted(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    assert base(repo, "main") == Resolved(fork, "merge base of main and HEAD")
    assert base(repo, "main").short == fork[:7]


def test_an_ancestor_is_its_own_base(repo: Repo) -> None:
    fork, _, work = forked(repo)
    assert base(repo, "HEAD~1") == Resolved(fork, "HEAD~1")
    assert base(repo, "HEAD^") == Resolved(fork, "HEAD^")
    assert base(repo, "@") == Resolved(work, "@")


def test_the_head_can_be_named_too(repo: Repo) -> None:
    fork, main, work = forked(repo)
    assert base(repo, "work", head="main") == Resolved(fork, "merge base of work and main")
    assert resolve(open_source(repo.path), "main") == Resolved(main, "main")
    assert resolve(open_source(repo.path), "work~0") == Resolved(work, "work~0")


@pytest.mark.parametrize("written", ["main", "refs/heads/main", "heads/main", "v1", "refs/tags/v1", "v1~0", "v1^0"])
def test_branches_and_tags_are_commits(repo: Repo, written: str) -> None:
    commit = repo.commit("a.yaml")
    repo.git("tag", "-a", "v1", "-m", "one")
    assert resolve(open_source(repo.path), written).commit == commit


@pytest.mark.parametrize("length", [40, 7])
def test_ids_whole_or_short_are_commits(repo: Repo, length: int) -> None:
    commit = repo.commit("a.yaml")
    assert resolve(open_source(repo.path), commit[:length]).commit == commit


def test_a_remote_stands_for_its_default_branch(repo: Repo) -> None:
    commit = repo.commit("a.yaml")
    clone = repo.clone("clone")
    assert base(clone, "origin") == Resolved(commit, "origin")
    assert base(clone, "origin/main") == Resolved(commit, "origin/main")


def test_a_tag_named_like_a_branch_does_not_take_its_place(repo: Repo) -> None:
    old = repo.commit("a.yaml")
    new = repo.commit("a.yaml")
    clone = repo.clone("clone")
    for name in ("main", "origin/main", "HEAD"):
        clone.git("tag", name, old)
    assert base(clone, "main") == Resolved(new, "main (the branch; a tag has the same name)")
    assert base(clone, "origin/main") == Resolved(new, "origin/main (the remote branch; a tag has the same name)")
    assert base(clone, "HEAD") == Resolved(new, "HEAD")
    assert base(clone) == Resolved(new, "merge base of origin/main and HEAD")


def test_a_file_named_like_a_ref_is_no_ref(repo: Repo) -> None:
    first = repo.commit("main", "HEAD~1")
    repo.commit("work.yaml")
    assert base(repo, "HEAD~1") == Resolved(first, "HEAD~1")


def test_a_base_can_be_read(repo: Repo) -> None:
    repo.write("a.yaml", "one\n")
    repo.commit()
    repo.write("a.yaml", "two\n")
    repo.commit()
    assert contents(open_source(repo.path).at(base(repo, "HEAD~1"))) == {"a.yaml": b"one\n"}


def test_grafts_do_not_change_where_histories_parted(repo: Repo) -> None:
    fork, main, work = forked(repo)
    repo.write(".git/info/grafts", f"{work} {main}\n")
    assert repo.git("merge-base", "main", "HEAD") == main, "git itself must believe it"
    assert base(repo, "main") == Resolved(fork, "merge base of main and HEAD")


# A base that CI knows


def event(repo: Repo, **content: object) -> dict[str, str]:
    file = repo.path.parent / "event.json"
    file.write_text(json.dumps(content))
    return {"GITHUB_EVENT_PATH": str(file), "GITHUB_SHA": repo.id("HEAD")}


def pull_request(repo: Repo) -> dict[str, str]:
    """The environment of a pull request whose head is the branch work, merged into main as GitHub does it."""
    repo.git("checkout", "-q", "--detach", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "work")
    return {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_SHA": repo.id("HEAD")}


def test_a_pull_request_is_compared_with_the_target_it_was_merged_into(repo: Repo) -> None:
    _, main, _ = forked(repo)
    environ = pull_request(repo)
    assert base(repo, environ=environ) == Resolved(main, "first parent of the pull request's merge commit")


def test_a_pull_request_needs_no_more_history_than_two_commits(repo: Repo) -> None:
    _, main, _ = forked(repo)
    environ = pull_request(repo)
    repo.git("branch", "merged")
    clone = repo.clone("clone", "--depth=2", "--branch=merged")
    assert base(clone, environ=environ).commit == main


def test_a_pull_request_in_a_clone_of_one_commit_says_what_is_missing(repo: Repo) -> None:
    _, main, _ = forked(repo)
    environ = pull_request(repo)
    repo.git("branch", "merged")
    clone = repo.clone("clone", "--depth=1", "--branch=merged")
    message, help_ = refusal(clone, environ=environ)
    assert message == f"the first parent of the pull request's merge commit, {main}, is not in this clone"
    assert help_ == UNSHALLOW


def test_a_pull_request_checked_out_by_its_own_head_is_compared_with_where_it_left_the_target(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    clone = repo.clone("clone")
    environ = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_SHA": "0" * 40}
    assert base(clone, environ=environ) == Resolved(fork, "merge base of origin/main and HEAD")


def test_a_pull_request_against_a_branch_that_was_not_fetched_says_how_to_fetch_it(repo: Repo) -> None:
    forked(repo)
    clone = repo.clone("clone", "--single-branch")
    environ = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_SHA": "0" * 40}
    assert refusal(clone, environ=environ) == (
        "there is no branch, tag or commit `origin/main` here",
        "fetch it: `git fetch origin main:refs/remotes/origin/main`",
    )
    clone.git("fetch", "origin", "main:refs/remotes/origin/main")
    assert base(clone, environ=environ).how == "merge base of origin/main and HEAD"


def test_a_head_that_somebody_names_is_not_taken_for_the_merge_commit(repo: Repo) -> None:
    fork, _, work = forked(repo)
    environ = pull_request(repo)
    clone = repo.clone("clone")
    assert base(clone, head=work, environ=environ) == Resolved(fork, f"merge base of origin/main and {work}")


def test_a_merge_group_is_compared_with_its_base(repo: Repo) -> None:
    first = repo.commit("a.yaml")
    repo.commit("a.yaml")
    environ = event(repo, merge_group={"base_sha": first}) | {"GITHUB_EVENT_NAME": "merge_group"}
    assert base(repo, environ=environ) == Resolved(first, "base of the merge group")


def test_a_push_is_compared_with_what_was_there_before(repo: Repo) -> None:
    first = repo.commit("a.yaml")
    repo.commit("a.yaml")
    repo.commit("a.yaml")
    environ = event(repo, before=first) | {"GITHUB_EVENT_NAME": "push"}
    assert base(repo, environ=environ) == Resolved(first, "commit before the push")


def test_a_push_of_a_new_branch_is_compared_with_the_default_branch(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    environ = event(repo, before="0" * 40) | {"GITHUB_EVENT_NAME": "push"}
    assert base(repo, environ=environ) == Resolved(fork, "merge base of main and HEAD")


def test_a_push_over_a_commit_that_is_gone_says_how_to_fetch_it(repo: Repo) -> None:
    repo.commit("a.yaml")
    environ = event(repo, before="1" * 40) | {"GITHUB_EVENT_NAME": "push"}
    assert refusal(repo, environ=environ) == (
        f"the commit before the push, {'1' * 40}, is not in this clone",
        f"fetch it: `git fetch origin {'1' * 40}`",
    )


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"before": 7}', b'{"before": "--output=x"}', b"\xff"])
def test_an_event_that_says_nothing_stops_the_run(repo: Repo, content: bytes) -> None:
    repo.commit("a.yaml")
    file = repo.path.parent / "event.json"
    file.write_bytes(content)
    message, help_ = refusal(repo, environ={"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(file)})
    assert message == "the file in GITHUB_EVENT_PATH does not contain the commit before the push"
    assert help_ == "name the commit to compare with: `--base REF`"


def test_other_events_are_compared_with_the_default_branch(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    assert base(repo, environ={"GITHUB_EVENT_NAME": "schedule"}).commit == fork


def test_a_merge_request_is_compared_with_its_diff_base(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    clone = repo.clone("clone")
    environ = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": fork, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    assert base(clone, environ=environ) == Resolved(fork, "diff base of the merge request")


def test_a_diff_base_of_another_target_is_not_believed(repo: Repo) -> None:
    """GitLab keeps the old one after the target branch was changed: gitlab-org/gitlab#442031."""
    fork, _, work = forked(repo)
    clone = repo.clone("clone")
    environ = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": work, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    assert base(clone, environ=environ) == Resolved(fork, "merge base of origin/main and HEAD")


def test_a_diff_base_that_was_not_fetched_gives_way_to_the_target_branch(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    clone = repo.clone("clone")
    environ = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "1" * 40, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    assert base(clone, environ=environ).commit == fork


def merged(repo: Repo, kind: str = "merged_result") -> dict[str, str]:
    """The environment of a pipeline in which GitLab has merged the branch work into main."""
    fork, target = repo.git("merge-base", "main", "work"), repo.id("main")
    repo.git("checkout", "-q", "--detach", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "work")
    return {
        "CI_MERGE_REQUEST_EVENT_TYPE": kind,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": fork,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target,
        "CI_COMMIT_SHA": repo.id("HEAD"),
    }


@pytest.mark.parametrize("kind", ["merged_result", "merge_train"])
def test_a_merged_result_is_compared_with_the_target_it_was_merged_into(repo: Repo, kind: str) -> None:
    _, main, _ = forked(repo)
    environ = merged(repo, kind)
    assert base(repo, environ=environ) == Resolved(main, "first parent of the merge request's merge commit")
    repo.git("branch", "merged")
    clone = repo.clone("clone", "--depth=2", "--branch=merged")
    assert base(clone, environ=environ).commit == main


def test_in_a_merge_train_the_requests_before_belong_to_the_base(repo: Repo) -> None:
    forked(repo)
    repo.git("checkout", "-q", "-b", "other", "main")
    repo.commit("other.yaml")
    first = merged(repo, "merge_train") and repo.id("HEAD")
    repo.git("merge", "-q", "--no-ff", "-m", "train", "other")
    environ = {"CI_MERGE_REQUEST_EVENT_TYPE": "merge_train", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": repo.id("main")}
    assert base(repo, environ=environ).commit == first


def test_a_rebased_result_is_compared_with_the_target_branch(repo: Repo) -> None:
    fork, main, _ = forked(repo)
    repo.git("rebase", "-q", "main")
    environ = {
        "CI_MERGE_REQUEST_EVENT_TYPE": "merge_train",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": fork,
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": main,
    }
    assert base(repo, environ=environ) == Resolved(main, "target branch of the merge request")


def test_a_detached_pipeline_of_a_request_is_still_compared_with_its_diff_base(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    environ = merged(repo, "detached")
    repo.git("checkout", "-q", "work")
    assert base(repo, environ=environ | {"CI_COMMIT_SHA": repo.id("HEAD")}).commit == fork


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_a_forced_push_is_compared_with_where_it_left_the_commit_before(repo: Repo, host: str) -> None:
    fork, main, work = forked(repo)
    environ = event(repo, before=main) | {"GITHUB_EVENT_NAME": "push"}
    if host == "gitlab":
        environ = {"CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": main}
        environ["CI_COMMIT_SHA"] = work
    assert base(repo, environ=environ) == Resolved(fork, "merge base of commit before the push and HEAD")


def test_a_pipeline_of_a_branch_is_compared_with_the_default_branch_of_the_project(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    repo.git("branch", "-m", "main", "trunk")
    clone = repo.clone("clone")
    assert base(clone, environ={"CI_DEFAULT_BRANCH": "trunk"}) == Resolved(fork, "merge base of origin/trunk and HEAD")


def test_a_push_to_the_default_branch_on_gitlab_is_compared_with_the_commit_before_it(repo: Repo) -> None:
    before, head = repo.commit("a.yaml"), repo.commit("a.yaml")
    clone = repo.clone("clone")
    environ = {"CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "main", "CI_COMMIT_SHA": head}
    assert base(clone, environ=environ | {"CI_COMMIT_BEFORE_SHA": before}) == Resolved(before, "commit before the push")
    by_hand = environ | {"CI_COMMIT_BEFORE_SHA": "0" * 40}
    assert base(clone, environ=by_hand) == Resolved(head, "merge base of origin/main and HEAD")


def test_a_named_base_comes_before_what_ci_knows(repo: Repo) -> None:
    forked(repo)
    environ = pull_request(repo)
    assert base(repo, "HEAD^2", environ=environ) == Resolved(repo.id("work"), "HEAD^2")


# A base on one's own machine


def test_the_default_branch_of_the_remote_comes_first(repo: Repo) -> None:
    fork = repo.commit("a.yaml")
    repo.git("branch", "-m", "main", "trunk")
    clone = repo.clone("clone")
    clone.git("branch", "main")
    clone.commit("b.yaml")
    assert base(clone) == Resolved(fork, "merge base of origin/trunk and HEAD")


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (["refs/remotes/origin/main", "refs/heads/main", "refs/heads/master"], "origin/main"),
        (["refs/heads/main", "refs/remotes/origin/master", "refs/heads/master"], "main"),
        (["refs/remotes/origin/master", "refs/heads/master"], "origin/master"),
        (["refs/heads/master", "refs/tags/main"], "master"),
    ],
)
def test_then_come_main_and_master(repo: Repo, there: list[str], taken: str) -> None:
    commit = repo.commit("a.yaml")
    repo.git("checkout", "-q", "-b", "work")
    repo.git("branch", "-D", "main")
    for name in there:
        repo.git("update-ref", name, commit)
    assert base(repo) == Resolved(commit, f"merge base of {taken} and HEAD")


def test_a_default_branch_of_the_remote_that_was_not_fetched_is_passed_over(repo: Repo) -> None:
    commit = repo.commit("a.yaml")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert base(repo) == Resolved(commit, "merge base of main and HEAD")


def test_on_the_default_branch_itself_what_is_not_committed_is_compared(repo: Repo) -> None:
    commit = repo.commit("a.yaml")
    assert base(repo) == Resolved(commit, "merge base of main and HEAD")


def test_a_detached_head_without_any_default_branch_asks_for_a_base(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("checkout", "-q", "--detach")
    repo.git("branch", "-m", "main", "trunk")
    assert refusal(repo) == (
        "there is no default branch: origin/HEAD, main and master do not exist",
        "name the commit to compare with: `--base REF`, such as `HEAD~1`, or `HEAD` for uncommitted changes",
    )


# What can't be found


def test_a_ref_that_does_not_exist_is_refused_with_the_nearest_names(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("branch", "maintenance")
    assert refusal(repo, "mian") == (
        "there is no branch, tag or commit `mian` here",
        "did you mean `main`? otherwise choose from `git branch --all` and `git tag`",
    )


def test_a_branch_that_only_the_remote_has_is_offered_under_its_name(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("branch", "release/9")
    _, help_ = refusal(repo.clone("clone"), "release/9")
    assert help_ == (
        "did you mean `origin/release/9`? otherwise fetch it: "
        "`git fetch origin release/9:refs/remotes/origin/release/9` and name it `origin/release/9`"
    )


@pytest.mark.parametrize(
    "written",
    [
        *("", "-", "-x", "--upload-pack=touch caught", "--output=caught", "--", "-h"),
        *("main\nHEAD", "main\r", "ma\x00in", "ma\x1b[2Jin", "ma in", " main", "main\x7f", "main\t"),
        *(":/change", "HEAD^{/change}", "HEAD^{/(a+)+$}", "HEAD^{tree}", "HEAD^{}", "HEAD:a.yaml", ":a.yaml"),
        *("HEAD@{1}", "@{u}", "@{-1}", "main@{yesterday}", "HEAD..main", "HEAD...main", "^main", "main^@", "main^!"),
        *(
            "ma*",
            "ma?n",
            "[m]ain",
            "main\\",
            "/main",
            "a//b",
            "../x",
            "x" * 256,
            "HEAD~9999999",
            "HEAD" + "^" * 30,
            "\ud800",
        ),
    ],
)
def test_a_ref_which_git_could_take_for_something_else_is_refused(one_commit: Repo, written: str) -> None:
    message, help_ = refusal(one_commit, written)
    assert message.endswith("is not a valid name of a commit")
    assert help_ == "use a branch, tag or commit, such as `origin/main`, `v1.2` or `HEAD~1`"
    assert refusal(one_commit, None, head=written) == (message, help_)
    assert not (one_commit.path / "caught").exists()


def test_a_branch_whose_name_begins_with_a_dash_can_be_given_in_full(repo: Repo) -> None:
    commit = repo.commit("a.yaml")
    repo.git("update-ref", "refs/heads/-x", commit)
    assert base(repo, "refs/heads/-x") == Resolved(commit, "refs/heads/-x")


def test_what_is_not_a_commit_is_refused(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("tag", "blob", "HEAD:a.yaml")
    assert refusal(repo, "blob")[0] == "`blob` does not name a commit"


def test_an_id_that_is_too_short_is_refused(repo: Repo) -> None:
    repo.commit("a.yaml")
    for text in (b"142", b"784"):
        assert repo.git("hash-object", "-w", "--stdin", stdin=text).startswith("8324")
    assert refusal(repo, "8324") == (
        "`8324` is ambiguous: several objects have ids that start with it",
        "use a longer id",
    )


def test_a_commit_before_the_first_is_refused(repo: Repo) -> None:
    repo.commit("a.yaml")
    assert refusal(repo, "HEAD~1") == (
        "`HEAD~1` does not exist: the history is not that long",
        "run `git log --oneline` to see it",
    )


def test_a_commit_before_the_cut_of_a_shallow_clone_is_refused_with_the_command_that_mends_it(repo: Repo) -> None:
    first = repo.commit("a.yaml")
    repo.commit("a.yaml")
    clone = repo.clone("shallow", "--depth=1")
    assert refusal(clone, "HEAD~1") == (
        "`HEAD~1` is older than the history in this shallow clone",
        UNSHALLOW,
    )
    assert refusal(clone, first) == (f"the commit {first} is not in this clone", UNSHALLOW)
    clone.git("fetch", "-q", "--unshallow")
    assert base(clone, "HEAD~1").commit == first


def test_a_shallow_clone_without_the_merge_base_is_refused_with_the_command_that_mends_it(repo: Repo) -> None:
    fork, _, _ = forked(repo)
    repo.git("checkout", "-q", "main")
    clone = repo.clone("shallow", "--depth=1", "--no-single-branch", "--branch=work")
    assert refusal(clone, "origin/main") == (
        "this shallow clone does not reach the merge base of origin/main and HEAD",
        UNSHALLOW,
    )
    assert refusal(clone) == refusal(clone, "origin/main")
    clone.git("fetch", "-q", "--unshallow")
    assert base(clone).commit == fork


def test_histories_that_never_met_are_refused(repo: Repo) -> None:
    commit = repo.commit("a.yaml")
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("b.yaml")
    assert refusal(repo, "main") == (
        "main and HEAD have no commit in common",
        f"compare their files: `git worktree add ../base {commit[:7]}`, then `--base ../base`",
    )


def test_before_the_first_commit_there_is_no_base(repo: Repo) -> None:
    repo.write("a.yaml")
    expected = ("there is no commit yet", "commit first: `git add --all` and `git commit -m 'first model'`")
    assert refusal(repo) == refusal(repo, "HEAD~1") == refusal(repo, "main") == expected


def test_a_branch_without_a_commit_beside_one_that_has_some_has_no_base(repo: Repo) -> None:
    repo.commit("a.yaml")
    repo.git("checkout", "-q", "--orphan", "new")
    assert refusal(repo, "main")[0] == "there is no commit yet"


@pytest.mark.parametrize("content", ["garbage\n", f"{'d' * 40}\n"])
def test_a_damaged_branch_is_refused(repo: Repo, content: str) -> None:
    repo.commit("a.yaml")
    (repo.path / ".git" / "refs" / "heads" / "main").write_text(content)
    message, help_ = refusal(repo)
    assert message.startswith("git can't read the commit of `HEAD`: ")
    assert help_ == "run `git fsck` to find what is missing or damaged"


def test_a_folder_outside_of_git_has_no_base(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not in a git repository") as error:
        find_base(open_source(tmp_path), None, None, {})
    assert error.value.help == "run `git init` and commit, or compare two folders with `platctl impact --base DIR`"
