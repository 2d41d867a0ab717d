"""The reference of commands tells what `--help` tells."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from platctl.cli.app import COMMANDS, app

PAGE = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## platctl ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))


def defaults(name: str) -> Iterator[tuple[str, str]]:
    """Each option of a command, and what `--help` calls its default."""
    group: Any = typer.main.get_command(app)
    command = group.get_command(group.make_context("platctl", [], resilient_parsing=True), name)
    context = command.make_context(f"platctl {name}", [], resilient_parsing=True)
    for option in command.params:
        _, help_ = option.get_help_record(context) or ("", "")
        if option.param_type_name == "option" and (found := re.search(r"\[default: ([^;\]]+)", help_)):
            yield max(option.opts, key=len), found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_shows_each_default_that_the_help_shows(name: str) -> None:
    rows = re.findall(r"^\| (.+?) \| (.*?) \| .* \|$", SECTIONS[name], re.MULTILINE)
    shown = {names: default.strip("`") for names, default in rows}
    for option, default in defaults(name):
        (row,) = (names for names in shown if re.search(rf"{option}(?![\w-])", names))
        assert shown[row] == default.strip("()"), option


def test_some_defaults_are_numbers() -> None:
    assert dict(defaults("sensitivity"))["--seed"] == "0"
