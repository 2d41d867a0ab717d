"""Resolves refs to commit ids."""

import re
from collections.abc import Iterator

from platctl.record import record
from platctl.source.errors import SourceError
from platctl.source.git.commit import short
from platctl.source.git.git import FSCK, Git, GitAnswer, NoHistoryError

# A name, then some ~ and ^ steps. Everything that git reads as an option, a range, a path, a date or a search in
# messages is excluded: `-x`, `a..b`, `a:b`, `a@{1}`, `:/x`, `^{/x}`.
_REF = re.compile(
    r"(?P<name>(?![-/])(?!.*(?:\.\.|@\{|//))"
    r"[^\x00-\x20\x7f~^:?*\[\\\ud800-\udc7f\udd00-\udfff]{1,255})"
    r"(?P<steps>(?:[~^]\d{0,6}){0,20})"
)
_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_OWN_NAMES = {"@": "HEAD", "HEAD": "HEAD", "FETCH_HEAD": "FETCH_HEAD", "ORIG_HEAD": "ORIG_HEAD"}

# In this order. git would prefer a tag and only warn, so that a tag named `main` would be compared with.
_KINDS = {"refs/remotes/": "remote branch", "refs/heads/": "branch", "refs/tags/": "tag"}

_EXAMPLES = "use a branch, tag or commit, such as `origin/main`, `v1.2` or `HEAD~1`"
_MOST_OFFERED = 3
_MOST_COMPARED = 1000
_LONGEST_SHOWN = 80

UNSHALLOW = (
    "run `git fetch --unshallow`; in GitHub Actions set `fetch-depth: 0` for actions/checkout, "
    "in GitLab CI set `GIT_DEPTH: 0`"
)


@record
class Resolved:
    """A commit and how it was found, worded for a report.

    Histories that merged each other have several merge bases: then `others` are the further ones, and `target` is the
    commit that head is to be merged into.
    """

    commit: str
    how: str
    others: tuple[str, ...] = ()
    target: str = ""

    @property
    def short(self) -> str:
        """The first characters of its id, or of each one."""
        return ", ".join(short(each.commit) for each in self.each())

    def each(self) -> "Iterator[Resolved]":
        """Each commit alone."""
        return (Resolved(commit, self.how) for commit in (self.commit, *self.others))


def resolve_ref(git: Git, ref: str) -> Resolved:
    """The commit of a branch, tag or id, optionally followed by steps such as `~2` or `^`."""
    found = _REF.fullmatch(ref)
    if not found:
        raise _refused(ref)
    full, remark = _meant(git, found["name"])
    answer = _commit_id(git, full + found["steps"])
    if answer.code:
        raise _why_not(git, ref, found["name"], full, answer)
    return Resolved(answer.line, ref + remark)


def is_id(text: str) -> bool:
    """Whether this is a full object id."""
    return _FULL_ID.fullmatch(text) is not None


def is_branch(name: str) -> bool:
    """Whether this can only be the name of a branch."""
    found = _REF.fullmatch(name)
    return found is not None and not found["steps"] and name not in _OWN_NAMES


def branch_of(ref: str) -> str | None:
    """The branch on the remote `origin` that a ref names, ignoring steps after it."""
    found = _REF.fullmatch(ref)
    name = found["name"].removeprefix("refs/remotes/") if found else ""
    return name.removeprefix("origin/") if name.startswith("origin/") else None


def resolve_id(git: Git, commit: str) -> str | None:
    """The same id, if this clone has the commit."""
    if not is_id(commit):
        return None
    answer = _commit_id(git, commit)
    return None if answer.code else answer.line


def is_shallow(git: Git) -> bool:
    """Whether this is a shallow clone."""
    return git.run("rev-parse", "--is-shallow-repository").line == "true"


def existing(git: Git, names: list[str]) -> dict[str, str]:
    """Which of these full ref names exist, each with its target if it is a symbolic ref."""
    answer = git.run("for-each-ref", "--format=%(refname) %(symref)", *names)
    pairs = (line.partition(" ") for line in answer.line.split("\n"))
    return {name: target for name, _, target in pairs if name in names}


def _commit_id(git: Git, name: str) -> GitAnswer:
    return git.run("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")


def _meant(git: Git, name: str) -> tuple[str, str]:
    """The full name, and a remark if the name is ambiguous."""
    if name in _OWN_NAMES or name.startswith("refs/") or is_id(name):
        return _OWN_NAMES.get(name, name), ""
    remote_head = f"refs/remotes/{name}/HEAD"
    there = existing(git, [*(kind + name for kind in _KINDS), remote_head])
    kinds = [kind for kind in _KINDS if kind + name in there]
    if not kinds:
        return remote_head if remote_head in there else name, ""
    others = " and a ".join(_KINDS[kind] for kind in kinds[1:])
    return kinds[0] + name, f" (the {_KINDS[kinds[0]]}; a {others} has the same name)" if others else ""


def _why_not(git: Git, ref: str, name: str, full: str, answer: GitAnswer) -> SourceError:
    """The error for a name that does not resolve to a commit; the most certain reasons are checked first."""
    if "expected commit type" in answer.complaint:
        return SourceError(f"`{ref}` does not name a commit", _EXAMPLES)
    if "is corrupt" in answer.fatal:
        return _damaged(ref, answer)
    if "short object ID" in answer.complaint:
        return SourceError(f"`{name}` is ambiguous: several objects have ids that start with it", "use a longer id")
    if ref != name and not _commit_id(git, full).code:
        return _too_far(git, ref)
    if full == "HEAD":
        return _without_head(git, answer)
    if is_id(name):
        return absent(git, name, f"the commit {name}")
    if full in existing(git, [full]):
        return _damaged(ref, answer)
    return _unknown(git, name)


def _refused(ref: str) -> SourceError:
    return SourceError(f"`{ref[:_LONGEST_SHOWN]}` is not a valid name of a commit", _EXAMPLES)


def absent(git: Git, commit: str, what: str) -> SourceError:
    """The error for a commit id that this clone does not have."""
    fetch = f"fetch it: `git fetch origin {commit}`"
    return SourceError(f"{what} is not in this clone", UNSHALLOW if is_shallow(git) else fetch)


def _too_far(git: Git, ref: str) -> SourceError:
    if is_shallow(git):
        return SourceError(f"`{ref}` is older than the history in this shallow clone", UNSHALLOW)
    return SourceError(f"`{ref}` does not exist: the history is not that long", "run `git log --oneline` to see it")


def _without_head(git: Git, answer: GitAnswer) -> SourceError:
    branch = git.run("symbolic-ref", "--quiet", "HEAD").line
    listed = git.run("for-each-ref", "--format=%(refname)", branch) if branch else answer
    if not branch or listed.out or "broken ref" in listed.complaint:
        return _damaged("HEAD", answer)
    return NoHistoryError("there is no commit yet", "commit first: `git add --all` and `git commit -m 'first model'`")


def _damaged(ref: str, answer: GitAnswer) -> SourceError:
    return SourceError(f"git can't read the commit of `{ref}`: {answer.fatal}", FSCK)


def _unknown(git: Git, name: str) -> SourceError:
    known = git.run("for-each-ref", f"--count={_MOST_COMPARED}", "--format=%(refname:lstrip=2)").line.split("\n")
    help_ = _did_you_mean(name, known) + _fetch(name, known)
    return SourceError(f"there is no branch, tag or commit `{name}` here", help_)


def _did_you_mean(name: str, known: list[str]) -> str:
    import difflib  # importing it is slow, and rarely needed

    full = {other.removeprefix("origin/"): other for other in reversed(known) if not other.endswith("/HEAD")}
    near = difflib.get_close_matches(name.removeprefix("origin/"), full, _MOST_OFFERED)
    listed = " or ".join(f"`{full[other]}`" for other in near)
    return f"did you mean {listed}? otherwise " if listed else ""


def _fetch(name: str, known: list[str]) -> str:
    branch = name.removeprefix("refs/remotes/").removeprefix("refs/heads/").removeprefix("origin/")
    if not any(other.startswith("origin/") for other in known) and branch == name:
        return "choose from `git branch --all` and `git tag`"
    then = "" if name == f"origin/{branch}" else f" and name it `origin/{branch}`"
    return f"fetch it: `git fetch origin {branch}:refs/remotes/origin/{branch}`{then}"
