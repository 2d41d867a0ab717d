"""Finds the base: the commit to compare with."""

import contextlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from platctl.record import record
from platctl.source.errors import SourceError
from platctl.source.git.commit import read_commit
from platctl.source.git.fetch import Fetch
from platctl.source.git.git import FSCK, Git
from platctl.source.git.refs import UNSHALLOW, Resolved, absent, existing, is_id, is_shallow, resolve_id, resolve_ref
from platctl.source.open import Source

_DEFAULT_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/heads/main",
    "refs/remotes/origin/master",
    "refs/heads/master",
)

_SAY_IT = "name the commit to compare with: `--base REF`"


@record
class _Search:
    """The facts that determine the base; `checked_out` is True if the head is HEAD.

    Without `fetch`, only commits in this clone are found.
    """

    git: Git
    head: Resolved
    checked_out: bool
    environ: Mapping[str, str]
    fetch: Fetch | None

    def resolve(self, ref: str) -> Resolved:
        """The commit that a ref refers to."""
        return _resolve(self.git, ref, self.head.commit, self.fetch)


def find_base(
    source: Source,
    base: str | None,
    head: str | None,
    environ: Mapping[str, str],
    fetch: Fetch | None = None,
) -> Resolved:
    """The commit to compare `head` (or the working tree) with: the given one, CI's, or the default branch.

    It is the merge base of both histories where known, so that what others have merged meanwhile does not look
    deleted. Nothing is guessed: if the base can't be found, the run stops. With `fetch`, missing commits are fetched.
    """
    search = _Search(source.git, find_head(source, head, fetch), head is None, environ, fetch)
    if base is not None:
        return _named(search, search.resolve(base))
    for rung in (_github, _gitlab, _default_branch):
        if found := rung(search):
            return found
    help_ = f"{_SAY_IT}, such as `HEAD~1`, or `HEAD` for uncommitted changes"
    raise SourceError("there is no default branch: origin/HEAD, main and master do not exist", help_)


def resolve(source: Source, ref: str) -> Resolved:
    """The commit that a given ref refers to."""
    return resolve_ref(source.git, ref)


def find_head(source: Source, head: str | None, fetch: Fetch | None = None) -> Resolved:
    """The commit that is compared, or that the working tree is based on."""
    out = resolve_ref(source.git, "HEAD")
    return out if head is None else _resolve(source.git, head, out.commit, fetch)


def _resolve(git: Git, ref: str, deepened: str, fetch: Fetch | None) -> Resolved:
    try:
        return resolve_ref(git, ref)
    except SourceError:
        for _ in fetch.towards(ref, deepened) if fetch else ():
            with contextlib.suppress(SourceError):
                return resolve_ref(git, ref)
        raise


def _named(search: _Search, named: Resolved) -> Resolved:
    parted = _parted(search, named)
    return named if parted.commit == named.commit else parted


def _parted(search: _Search, named: Resolved) -> Resolved:
    """The merge base of both histories, or all of them."""
    git, to = search.git, search.head
    answer = git.run("merge-base", "--all", named.commit, to.commit)
    for _ in search.fetch.deeper([named.commit, to.commit]) if search.fetch and answer.code == 1 else ():
        answer = git.run("merge-base", "--all", named.commit, to.commit)
        if answer.code != 1:
            break
    if answer.code == 0:
        first, *others = sorted(answer.line.split("\n"))
        if others:
            return Resolved(first, f"merge bases of {named.how} and {to.how}", tuple(others), named.commit)
        return Resolved(first, f"merge base of {named.how} and {to.how}")
    if answer.code > 1:
        raise SourceError(f"git can't compare {named.how} and {to.how}: {answer.fatal}", FSCK)
    if is_shallow(git):
        raise SourceError(f"this shallow clone does not reach the merge base of {named.how} and {to.how}", UNSHALLOW)
    help_ = f"compare their files: `git worktree add ../base {named.short}`, then `--base ../base`"
    raise SourceError(f"{named.how} and {to.how} have no commit in common", help_)


def _github(search: _Search) -> Resolved | None:
    event = search.environ.get("GITHUB_EVENT_NAME", "")
    is_event_commit = search.checked_out and search.environ.get("GITHUB_SHA", "") in ("", search.head.commit)
    rungs = {"pull_request": _merged_pull_request, "merge_group": _merge_group, "push": _push}
    if is_event_commit and event in rungs and (found := rungs[event](search)):
        return found
    target = search.environ.get("GITHUB_BASE_REF", "")
    return _target(search, target) if event and target else None


def _merged_pull_request(search: _Search) -> Resolved | None:
    """GitHub checks out the request merged into the current target, which is the first parent."""
    commit = read_commit(search.git, search.head.commit)
    if commit is None or len(commit.parents) < 2:
        return None
    return _by_id(search, commit.parents[0], "first parent of the pull request's merge commit")


def _merge_group(search: _Search) -> Resolved:
    what = "base of the merge group"
    return _by_id(search, _id_in_event(search.environ, what, "merge_group", "base_sha"), what)


def _push(search: _Search) -> Resolved | None:
    what = "commit before the push"
    before = _id_in_event(search.environ, what, "before")
    if not before.strip("0"):
        return None  # all zeros for a new branch
    is_on_top = _in_event(search.environ, "forced") is False
    return _by_id(search, before, what) if is_on_top else _before(search, before, what)


def _before(search: _Search, before: str, what: str) -> Resolved:
    """The commit before a push; after a forced push, which drops it from the history, the merge base with it."""
    found = _by_id(search, before, what)
    parted = _parted(search, found)
    return found if parted.commit == found.commit else parted


def _in_event(environ: Mapping[str, str], *route: str) -> object:
    """A value of the event that started a pipeline on GitHub; None if there is none."""
    import json  # only CI needs it

    try:
        found: object = json.loads(Path(environ.get("GITHUB_EVENT_PATH", "")).read_bytes())
        for key in route:
            found = found[key]  # type: ignore[index]  # what is not a mapping raises TypeError
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found


def _id_in_event(environ: Mapping[str, str], what: str, *route: str) -> str:
    found = _in_event(environ, *route)
    if not isinstance(found, str) or not is_id(found):
        raise SourceError(f"the file in GITHUB_EVENT_PATH does not contain the {what}", _SAY_IT)
    return found


def _gitlab(search: _Search) -> Resolved | None:
    target = search.environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "")
    rungs = (_merged_result, partial(_diff_base, target=target), _pushed_default_branch)
    if search.checked_out and (found := next(filter(None, (rung(search) for rung in rungs)), None)):
        return found
    branch = target or search.environ.get("CI_DEFAULT_BRANCH", "")
    return _target(search, branch) if branch else None


def _merged_result(search: _Search) -> Resolved | None:
    """What the merge request was merged into for this pipeline: what its target did meanwhile is not its change.

    Source: docs.gitlab.com, "Merged results pipelines" and "Merge trains". In a train that is the request before it. Of
    requests that are rebased instead, the target branch as it was when the pipeline began.
    """
    environ = search.environ
    is_merged = environ.get("CI_MERGE_REQUEST_EVENT_TYPE", "") in ("merged_result", "merge_train")
    if not is_merged or environ.get("CI_COMMIT_SHA", "") not in ("", search.head.commit):
        return None
    commit = read_commit(search.git, search.head.commit)
    if commit is not None and len(commit.parents) > 1:
        return _by_id(search, commit.parents[0], "first parent of the merge request's merge commit")
    target = environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "")
    if not is_id(target):
        return None
    found = _by_id(search, target, "target branch of the merge request")
    return found if _parted(search, found).commit == found.commit else None


def _diff_base(search: _Search, target: str) -> Resolved | None:
    """The diff base of GitLab, if both sides contain it; after a change of the target it is outdated."""
    base = resolve_id(search.git, search.environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", ""))
    if base is None:
        return None
    full = f"refs/remotes/origin/{target}"
    sides = [search.head.commit, *existing(search.git, [full])]
    if not all(search.git.run("merge-base", base, side).line == base for side in sides):
        return None
    if len(sides) > 1 and (parted := _target(search, target)).others:
        return parted
    return Resolved(base, "diff base of the merge request")


def _pushed_default_branch(search: _Search) -> Resolved | None:
    """The default branch before the push; compared with itself, it would always pass.

    Source: docs.gitlab.com, "Predefined CI/CD variables": all zeros if there was no push.
    """
    environ = search.environ
    before, branch = environ.get("CI_COMMIT_BEFORE_SHA", ""), environ.get("CI_COMMIT_BRANCH", "")
    is_pushed = environ.get("CI_COMMIT_SHA", "") in ("", search.head.commit) and is_id(before) and before.strip("0")
    is_default = branch and branch == environ.get("CI_DEFAULT_BRANCH", "")
    return _before(search, before, "commit before the push") if is_pushed and is_default else None


def _target(search: _Search, branch: str) -> Resolved:
    return _parted(search, search.resolve(f"origin/{branch}"))


def _default_branch(search: _Search) -> Resolved | None:
    there = existing(search.git, list(_DEFAULT_BRANCHES))
    for name in _DEFAULT_BRANCHES:
        if name in there:
            full = there[name] or name
            shown = full.removeprefix("refs/remotes/").removeprefix("refs/heads/")
            commit = resolve_ref(search.git, full).commit
            return _parted(search, Resolved(commit, shown))
    fetched = search.fetch.default_branch() if search.fetch else None
    return _target(search, fetched) if fetched else None


def _by_id(search: _Search, commit: str, how: str) -> Resolved:
    found = resolve_id(search.git, commit)
    if found is None and search.fetch and search.fetch.commit(commit):
        found = resolve_id(search.git, commit)
    if found is None:
        raise absent(search.git, commit, f"the {how}, {commit},")
    return Resolved(found, how)
