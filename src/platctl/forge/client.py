"""Runs the command-line client of a code host, and explains its failures."""

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from platctl.record import record
from platctl.source.errors import SourceError

_SECONDS = 60
_KEPT = {
    *("PATH", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR", "TEMP", "TMP"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "DBUS_SESSION_BUS_ADDRESS"),
}
_SET = {"NO_COLOR": "1", "LC_ALL": "C.UTF-8", "NO_PROMPT": "1"}
_REFUSED = ("HTTP 401", "HTTP 403", "HTTP 404", "not accessible by", "auth login", "insufficient_scope", "FORBIDDEN")
"""What the clients print if a token is missing, wrong or lacks permission; hosts answer 404 for private things."""

_SECRET = re.compile(r"(?i)[A-Za-z0-9_\-+=]{20,}|://[^/\s]*@|authorization|bearer|private-token|password")
"""Long words without separators, addresses with credentials, and names of headers that have a token."""


@record
class Client:
    """A client: its program, the environment variables it reads, what it needs, and what it is called for."""

    program: str
    variables: frozenset[str]
    settings: tuple[tuple[str, str], ...]
    install: str
    token: str
    permission: str
    task: str = "comment there"
    role: str = "posts the comment"
    instead: str = "post the file by hand"

    @contextlib.contextmanager
    def understood(self) -> Iterator[None]:
        """Turn an answer with an undocumented structure into a SourceError."""
        try:
            yield
        except (LookupError, TypeError, ValueError, AttributeError):
            raise self._odd() from None

    def call(self, arguments: Sequence[str], body: object = None) -> Any:
        """Run the client with a JSON body on its standard input. Raises SourceError unless it answers in JSON."""
        done = self._run(arguments, b"" if body is None else json.dumps(body).encode("ascii"))
        if done.returncode:
            raise self._refusal(done.stderr.decode("utf-8", "replace"), done.stdout.decode("utf-8", "replace"))
        try:
            return json.loads(done.stdout)
        except (ValueError, RecursionError):
            raise self._odd() from None

    def _odd(self) -> SourceError:
        return SourceError(f"{self.program} gave an unexpected answer", f"update it; {self.install}")

    def _run(self, arguments: Sequence[str], body: bytes) -> "subprocess.CompletedProcess[bytes]":
        environment = {name: value for name, value in os.environ.items() if name.upper() in _KEPT | self.variables}
        program = self._executable()
        try:
            return subprocess.run(
                [program, *arguments],
                input=body,
                capture_output=True,
                env=environment | _SET | dict(self.settings),
                cwd=Path(program).anchor,  # not the checkout, since the client would read its settings
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SourceError(f"{self.program} did not answer within {_SECONDS} seconds", "try again") from None
        except OSError as error:
            raise SourceError(f"{self.program} could not be started: {error.strerror}", self.install) from error

    def _executable(self) -> str:
        name = f"{self.program}.exe" if os.name == "nt" else self.program
        # With a relative entry in PATH, a checkout could supply its own program.
        for folder in filter(os.path.isabs, os.get_exec_path()):
            found = Path(folder, name)
            if os.access(found, os.X_OK) and found.is_file():
                return str(found)
        raise SourceError(f"`{self.program}`, which {self.role}, is not installed", self.install)

    def _refusal(self, complaint: str, answer: str) -> SourceError:
        lines = [line.strip() for line in complaint.splitlines() if line.strip()]
        why = lines[0].removeprefix(f"{self.program}: ").removeprefix("ERROR: ") if lines else "no reason given"
        if self._may_hold_a_secret(why):
            why = "its message is not repeated here, as it may contain a token"
        if any(sign in complaint or sign in answer for sign in (*_REFUSED, self.token)):
            help_ = f"set {self.token} to a token with {self.permission}"
            return SourceError(f"{self.program} is not allowed to {self.task}: {why}", help_)
        return SourceError(f"{self.program} failed: {why}", f"try again, or {self.instead}")

    def _may_hold_a_secret(self, text: str) -> bool:
        """Whether a message contains a given token, or what could be one from the client's settings."""
        given = {
            value for name, value in os.environ.items() if name.upper() in self.variables and "TOKEN" in name.upper()
        }
        return any(value and value in text for value in given) or _SECRET.search(text) is not None
