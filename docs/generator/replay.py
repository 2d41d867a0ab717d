"""Replays the commands of a page, so that it shows what they really print."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"(?:<!-- file: (?P<path>\S+) -->\n)?```(?P<language>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
_PROMPT = "$ "
_PLATCTL = """platctl() {
  if [ -n "$PLATCTL" ]; then "$PLATCTL" "$@"; else "$PYTHON" -c 'from platctl.cli import main; main()' "$@"; fi
}"""
"""`PLATCTL` may name a quicker start of the same program, which the tests have."""
_DAY = "2026-11-20T12:00:00Z"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: a file to write if it has a path; commands with their output if it is a console."""

    path: str | None
    body: str
    is_console: bool

    @property
    def commands(self) -> list[str]:
        """The text after each prompt."""
        lines = self.body.splitlines() if self.is_console else []
        return [line.removeprefix(_PROMPT) for line in lines if line.startswith(_PROMPT)]


def replayed(page: str) -> str:
    """The page with the current output of its commands."""
    outputs = iter(_outputs(_script(_blocks(page))))

    def renewed(found: re.Match[str]) -> str:
        commands = _block(found).commands
        if not commands:
            return found[0]
        shown = (f"{_PROMPT}{command}\n{next(outputs)}" for command in commands)
        return "```console\n" + "".join(shown) + "```"

    return _BLOCK.sub(renewed, page)


def _blocks(page: str) -> Iterator[Block]:
    return map(_block, _BLOCK.finditer(page))


def _block(found: re.Match[str]) -> Block:
    return Block(found["path"], found["body"], found["language"] == "console")


def _script(blocks: Iterator[Block]) -> str:
    """One shell script for the whole page, so that `cd` and `$?` work as a reader expects."""
    lines = [_PLATCTL, "code=0"]
    for block in blocks:
        if block.path:
            lines += [f"cat >'{block.path}' <<'END-OF-FILE'", block.body + "END-OF-FILE"]
        for command in block.commands:
            lines += ["(exit $code)", command, "code=$?", r"printf '\0'"]
    return "\n".join(lines) + "\n"


def _outputs(script: str) -> list[str]:
    """The output of each command of a script, run in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
    return run.stdout.decode().split("\0")


def outputs(command: str) -> str:
    """The output of one command, run in an empty folder."""
    return _outputs(f"{_PLATCTL}\n{command}\n")[0]


def _environment(home: str) -> dict[str, str]:
    """The same environment everywhere: no user settings, fixed authors and dates of commits."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "PLATCTL") if name in os.environ}
    people = {f"GIT_{role}_{field}": value for role in ("AUTHOR", "COMMITTER") for field, value in _PERSON.items()}
    fixed = {"PYTHON": sys.executable, "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "80"}
    return kept | people | fixed | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_DEFAULT_HASH": "sha1"}


_PERSON = {"NAME": "Ana Ruiz", "EMAIL": "ana@example.org", "DATE": _DAY}


def with_commands(folder: Path) -> list[Path]:
    """The pages below a folder that show commands."""
    return [page for page in sorted(folder.rglob("*.md")) if "```console" in page.read_text("utf-8")]
