"""Runs git. Only this module does, and only with commands that can't run programs named by a repository."""

import contextlib
import errno
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import IO, cast

from platctl.record import record
from platctl.source.errors import SourceError
from platctl.source.paths import to_raw, to_text

# A repository's configuration may name programs for nearly everything. These options disable those that the
# commands used here would start; `status`, `diff`, `archive` and `checkout` start more, and are never used.
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "protocol.allow=never"),
    *("-c", "advice.graftFileDeprecated=false"),
)

# HOME and SUDO_UID determine which repositories the user trusts (`safe.directory`).
_KEPT = {"PATH", "HOME", "XDG_CONFIG_HOME", "SUDO_UID", "DEVELOPER_DIR", "TMPDIR", "TEMP", "TMP"}
_KEPT_ON_WINDOWS = {"SYSTEMROOT", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "PROGRAMDATA"}

_SET = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "",  # unlike protocol.allow, a repository can't override it
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}

# The only use of the network. It uses the URL, credentials and ssh settings of the clone.
_NETWORK_OPTIONS = ("-c", "core.askPass=", "-c", "fetch.writeCommitGraph=false", "-c", "transfer.bundleURI=false")
_FETCH = (
    "fetch",
    *("--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-gc", "--no-prune", "--no-write-fetch-head"),
    "--refmap=",  # fetch only what is requested
    "--upload-pack=git-upload-pack",  # a configuration may name another program
)
_LS_REMOTE = ("ls-remote", "--symref", "--upload-pack=git-upload-pack", "--", "origin", "HEAD")
_KEPT_FOR_NETWORK = {
    *("SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
}
_PROTOCOLS = "https:ssh:git:file"
_SECONDS = 300

_CHUNK = 1 << 16
_LONGEST_RECORD = 1 << 20
_IDS_AT_ONCE = 60  # fewer bytes than the smallest pipe buffer, so that neither side blocks
_HEADER = re.compile(rb"[0-9a-f]+ (blob|commit|tree|tag) (\d{1,18})\n")

FSCK = "run `git fsck` to find what is missing or damaged"
_INSTALL = "install git 2.31 or newer"


class NoHistoryError(SourceError):
    """There are no commits, so nothing to compare with; the files on disk can still be read."""


class NoRepositoryError(NoHistoryError):
    """There is no git, or no repository."""


@record
class GitAnswer:
    """The result of a finished git command."""

    code: int
    out: bytes
    complaint: str

    @property
    def line(self) -> str:
        """The output of a command that prints one line."""
        return to_text(self.out).removesuffix("\n")

    @property
    def fatal(self) -> str:
        """The line with the reason for the failure."""
        lines = self.complaint.splitlines()
        found = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
        return (found or lines or [f"exit code {self.code}"])[-1]


@record
class GitObject:
    """One object: `kind` is blob, commit, tree, tag or missing; `data` is None if it is too long."""

    kind: str
    data: bytes | None = None


class Git:
    """git, working in one folder."""

    def __init__(self, root: Path, more: Mapping[str, str] | None = None) -> None:
        """`more` are additional environment variables for git, such as the date of a commit."""
        self.root = root
        self._more = dict(more or {})
        self._command = [os.fsencode(word) for word in (_executable(), "-C", root, *_OPTIONS)]

    def run(self, *arguments: str | bytes, given: bytes | None = None) -> GitAnswer:
        """Run a command to completion; `given` is its standard input."""
        stdin = subprocess.DEVNULL if given is None else subprocess.PIPE
        with self._start(arguments, stdin, stderr=subprocess.PIPE) as process:
            out, complaint = process.communicate(given)
        return GitAnswer(process.returncode, out, to_text(complaint).strip())

    def fetch(self, options: Sequence[str], wanted: Sequence[str]) -> GitAnswer:
        """Fetch only these refspecs and ids from the remote `origin`; takes a few minutes at most."""
        return self._over_network(*_FETCH, *options, "--", "origin", *wanted)

    def remote_head(self) -> GitAnswer:
        """The default branch as reported by `origin`: `ref: refs/heads/main<TAB>HEAD`."""
        return self._over_network(*_LS_REMOTE)

    def _over_network(self, *arguments: str) -> GitAnswer:
        command = [*self._command, *map(to_raw, (*_NETWORK_OPTIONS, *arguments))]
        environment = _environment(_KEPT_FOR_NETWORK) | self._more | {"GIT_ALLOW_PROTOCOL": _PROTOCOLS}
        out, nothing = subprocess.PIPE, subprocess.DEVNULL
        # In a separate session it has no terminal to prompt on, and can be ended with all its children.
        with subprocess.Popen(
            command, stdin=nothing, stdout=out, stderr=out, env=environment, start_new_session=True
        ) as process:
            try:
                answer, complaint = process.communicate(timeout=_SECONDS)
            except subprocess.TimeoutExpired:
                _end(process)
                return GitAnswer(-1, b"", f"fatal: no answer within {_SECONDS} seconds")
        return GitAnswer(process.returncode, answer, to_text(complaint).strip())

    def records(self, *arguments: str | bytes) -> Iterator[bytes]:
        """The output of a command with `-z`, record by record, so that the reader can stop early."""
        with self._start(arguments) as process:
            yield from _records(cast("IO[bytes]", process.stdout))
        if process.returncode:
            raise _unreadable("a commit's list of files", self.run(*arguments))

    def records_for(self, asked: Iterable[str], *arguments: str | bytes) -> Iterator[bytes]:
        """The same, for a command that reads what to look at from its standard input, line by line."""
        given = "".join(f"{line}\n" for line in asked).encode("ascii")
        # Closing the input fails if git ended before it read everything; its exit code shows why.
        with contextlib.suppress(BrokenPipeError), self._start(arguments, stdin=subprocess.PIPE) as process:
            # git answers while it reads, so writing happens in another thread to avoid a deadlock.
            threading.Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
            yield from _records(cast("IO[bytes]", process.stdout))
        if process.returncode:
            raise _unreadable("what a commit changed", self.run(*arguments, given=given))

    def objects(self, names: Sequence[str], limit: int) -> Iterator[GitObject]:
        """The objects with these ids, in this order; never use paths, which may contain a newline."""
        with self._start(("cat-file", "--batch"), stdin=subprocess.PIPE) as process:
            answers = cast("IO[bytes]", process.stdout)
            for start in range(0, len(names), _IDS_AT_ONCE):
                asked = names[start : start + _IDS_AT_ONCE]
                _ask(cast("IO[bytes]", process.stdin), asked)
                for name in asked:
                    found = _object(answers, limit)
                    if found is None:
                        raise self.unreadable(name)
                    yield found

    def unreadable(self, name: str) -> SourceError:
        """The error about an unreadable object, with the reason from a second attempt."""
        return _unreadable(f"object {name}", self.run("cat-file", "-e", name))

    def _start(
        self,
        arguments: Sequence[str | bytes],
        stdin: int = subprocess.DEVNULL,
        stderr: int = subprocess.DEVNULL,
    ) -> "subprocess.Popen[bytes]":
        # Encoded here, because Python would use the locale.
        command = self._command + [to_raw(word) if isinstance(word, str) else word for word in arguments]
        out, environment = subprocess.PIPE, _environment() | self._more
        try:
            return subprocess.Popen(command, stdin=stdin, stdout=out, stderr=stderr, env=environment)
        except OSError as error:
            if error.errno == errno.ENOMEM:
                raise
            raise SourceError(f"git could not be started: {error.strerror}", _INSTALL) from error


@contextlib.contextmanager
def understood() -> Iterator[None]:
    """Around the code that parses git's answers. Raises SourceError if they have another form."""
    try:
        yield
    except (ValueError, IndexError, StopIteration) as error:
        help_ = "check which git is first in PATH: platctl needs git 2.31 or newer"
        raise SourceError("git gave an answer that can't be understood", help_) from error


@understood()
def find_repository(directory: Path) -> Git:
    """git at the top level of the repository that contains `directory`."""
    answer = Git(directory).run("rev-parse", "--path-format=absolute", "--show-toplevel")
    if answer.code:
        raise _no_repository(directory, answer)
    if answer.out.startswith(b"--path-format"):  # git prints options that it does not know
        raise SourceError(f"{Git(directory).run('version').line} is too old", _INSTALL)
    return Git(_around(directory, answer.line))


def _around(directory: Path, top: str) -> Path:
    """The parent of `directory` that is git's `top`; a repository may claim that its files are elsewhere."""
    real = Path(os.path.realpath(directory))
    with contextlib.suppress(OSError):
        for folder in (real, *real.parents):
            if folder.samefile(os.fsdecode(to_raw(top))):
                return folder
    raise SourceError(f"`{directory}` is outside its repository's worktree", "run `git config --unset core.worktree`")


def _no_repository(directory: Path, answer: GitAnswer) -> SourceError:
    if answer.fatal.startswith("not a git repository (or any"):
        help_ = "run `git init` and commit, or compare two folders with `platctl impact --base DIR`"
        return NoRepositoryError(f"`{directory}` is not in a git repository", help_)
    if "bare repository" in answer.complaint or "must be run in a work tree" in answer.complaint:
        help_ = f"clone it with `git clone {directory} copy`, and run platctl in the copy"
        return SourceError(f"`{directory}` is a bare repository, without files to read", help_)
    if "dubious ownership" in answer.complaint:
        lines = (line.strip() for line in answer.complaint.splitlines())
        trust = next((line for line in lines if line.startswith("git config ")), "")
        return SourceError(f"git does not trust `{directory}`, which belongs to another user", f"run `{trust}`")
    return SourceError(f"git can't read `{directory}`: {answer.fatal}", "fix what `git status` reports there")


def _unreadable(what: str, answer: GitAnswer) -> SourceError:
    # The wording differs between versions of git; all mention the promisor remote.
    if "promisor" in answer.complaint:
        help_ = "fetch the missing objects: `git fetch --refetch --no-filter`"
        return SourceError(f"{what} is not in this partial clone", help_)
    return SourceError(f"git can't read {what}: {answer.fatal}", FSCK)


def _executable() -> str:
    name = "git.exe" if os.name == "nt" else "git"
    # With a relative entry in PATH, a checkout could supply its own git.
    for folder in filter(os.path.isabs, os.get_exec_path()):
        found = Path(folder, name)
        if os.access(found, os.X_OK) and found.is_file():
            return str(found)
    raise NoRepositoryError(
        "git is not installed", f"{_INSTALL}, or compare two folders with `platctl impact --base DIR`"
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _environment(more: Set[str] = frozenset()) -> dict[str, str]:
    kept = _KEPT | more | (_KEPT_ON_WINDOWS if os.name == "nt" else set())
    return {name: value for name, value in os.environ.items() if name.upper() in kept} | _SET


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        if len(rest) > _LONGEST_RECORD:
            raise SourceError("a path in the repository is longer than 1 MiB", "rewrite the commit without it")
        yield from whole


def _feed(stream: IO[bytes], given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, ValueError), stream:  # closed if the reader stopped early
        stream.write(given)


def _ask(stream: IO[bytes], names: Sequence[str]) -> None:
    # Unbuffered, since a buffer would fail again on closing if git has ended; the missing answer shows that.
    with contextlib.suppress(BrokenPipeError):
        os.write(stream.fileno(), "".join(f"{name}\n" for name in names).encode("ascii"))


def _object(stream: IO[bytes], limit: int) -> GitObject | None:
    header = stream.readline()
    if header.endswith(b" missing\n"):
        return GitObject("missing")
    if not (found := _HEADER.fullmatch(header)):
        return None
    data = _content(stream, int(found[2]), limit)
    return GitObject(found[1].decode(), data) if stream.read(1) == b"\n" else None


def _content(stream: IO[bytes], size: int, limit: int) -> bytes | None:
    if size <= limit:
        return stream.read(size)
    while size > 0 and (chunk := stream.read(min(size, _CHUNK))):
        size -= len(chunk)
    return None
