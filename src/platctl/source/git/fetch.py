"""Fetches what a clone lacks for a comparison: one commit, one branch, or more of the history."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from platctl.record import record
from platctl.source.git.commit import yaml_blobs
from platctl.source.git.git import Git, GitAnswer
from platctl.source.git.refs import branch_of, existing, is_branch, is_id, is_shallow, resolve_id

_FIRST_STEP = 32
_STEPS = 9
"""The number of commits doubles each time, 16,352 in total; then everything is fetched."""
_MOST_AT_ONCE = 500
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]*@")
_IN_THE_PAST = re.compile(r"[~^]|^[0-9a-f]{4,64}$")
_DEFAULT = re.compile(r"^ref: refs/heads/(\S+)\tHEAD$", re.MULTILINE)


@record
class Fetch:
    """Fetches from `origin` and reports each step. Depths are used only in shallow clones, so others stay complete."""

    git: Git
    say: Callable[[str], None]

    def commit(self, commit: str) -> bool:
        """Fetch the commit with this id; returns whether it is available then."""
        if not is_id(commit):
            return False
        depth = ["--depth=1"] if is_shallow(self.git) else []
        self._run(f"fetching commit {commit}{_only(depth)}", depth, [commit])
        return resolve_id(self.git, commit) is not None

    def branch(self, branch: str) -> bool:
        """Fetch a branch as `origin/BRANCH`; returns whether it is available then."""
        if not is_branch(branch):
            return False
        depth = ["--depth=1"] if is_shallow(self.git) else []
        full = f"refs/remotes/origin/{branch}"
        self._run(f"fetching branch {branch}{_only(depth)}", depth, [f"+refs/heads/{branch}:{full}"])
        return bool(existing(self.git, [full]))

    def default_branch(self) -> str | None:
        """Fetch the default branch of `origin`; None if it has none."""
        self.say("asking origin for its default branch")
        answer = self.git.remote_head()
        self._complain(answer)
        found = _DEFAULT.search(answer.line)
        return found[1] if found and self.branch(found[1]) else None

    def deeper(self, tips: Sequence[str]) -> Iterator[None]:
        """Fetch more and more of the history before these commits, until it is complete."""
        for step in range(_STEPS + 1):
            if not is_shallow(self.git):
                return
            count = _FIRST_STEP << step
            what, option = (f"{count} more commits", f"--deepen={count}")
            if step == _STEPS:
                what, option = "the complete history", "--unshallow"
            if not self._run(f"fetching {what}", [option], tips):
                return
            yield

    def towards(self, ref: str, head: str) -> Iterator[None]:
        """Fetch step by step what may make this ref known."""
        if is_id(ref):
            yield from _once(self.commit(ref))
        elif branch := branch_of(ref):
            yield from _once(self.branch(branch))
        if _IN_THE_PAST.search(ref):
            yield from self.deeper([head])

    def files(self, commit: str, prefix: str) -> None:
        """Fetch the model's files in a commit, if a partial clone lacks them."""
        if self.git.run("config", "--get", "remote.origin.promisor").line != "true":
            return
        missing = self._missing(commit)
        wanted = [name for name in yaml_blobs(self.git, commit, prefix) if name in missing]
        for start in range(0, len(wanted), _MOST_AT_ONCE):
            some = wanted[start : start + _MOST_AT_ONCE]
            files = f"{len(some)} missing {'file' if len(some) == 1 else 'files'} of this partial clone"
            self._run(f"fetching {files}", ["--no-filter"], some)

    def _missing(self, commit: str) -> set[str]:
        listed = self.git.run("rev-list", "--objects", "--no-walk", "--missing=print", "--end-of-options", commit)
        return {line[1:] for line in listed.line.split("\n") if line.startswith("?")}

    def _run(self, what: str, options: Sequence[str], wanted: Iterable[str]) -> bool:
        self.say(f"{what} from origin")
        return self._complain(self.git.fetch(options, list(wanted)))

    def _complain(self, answer: GitAnswer) -> bool:
        if answer.code:
            self.say(f"the fetch failed: {_CREDENTIALS.sub('', answer.fatal)}")
        return not answer.code


def _only(depth: Sequence[str]) -> str:
    return " without its history" if depth else ""


def _once(done: bool) -> Iterator[None]:
    if done:
        yield
