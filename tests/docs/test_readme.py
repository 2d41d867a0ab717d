"""The first screen of the README is true: its command prints what stands there."""

import re
from pathlib import Path

from running import platctl

README = Path(__file__).parents[2] / "README.md"


def test_the_first_command_prints_what_stands_below_it(tmp_path: Path) -> None:
    text = README.read_text("utf-8")
    command, printed = re.findall(r"```(?:sh|text)\n(.*?)```", text, re.DOTALL)[:2]
    unpack, ask = [part.split(".venv/bin/platctl ")[1].split() for part in command.split(" && ")[-2:]]
    assert platctl(*unpack, cwd=tmp_path).returncode == 0
    assert platctl(*ask, cwd=tmp_path).stdout == printed


def test_every_file_that_is_linked_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text("utf-8")):
        assert (README.parent / target).exists(), target
