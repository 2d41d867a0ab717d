"""The first screen of the README is true: its command prints what it shows."""

import re
from pathlib import Path

from running import platctl

README = Path(__file__).parents[2] / "README.md"


def test_the_first_command_prints_what_is_shown_below_it(tmp_path: Path) -> None:
    text = README.read_text("utf-8")
    command, printed = re.findall(r"```(?:sh|text)\n(.*?)```", text, re.DOTALL)[:2]
    _venv, _install, *calls = command.strip().split(" && ")
    unpack, ask = [call.removeprefix(".venv/bin/platctl ").split() for call in calls]
    assert platctl(*unpack, cwd=tmp_path).returncode == 0
    assert platctl(*ask, cwd=tmp_path).stdout == printed


def test_every_file_that_is_linked_exists() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README.read_text("utf-8"))
    assert len(targets) > 5
    for target in targets:
        assert (README.parent / target).exists(), target
