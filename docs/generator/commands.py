"""The page of commands, from the options that the command line declares."""

from collections.abc import Iterator
from typing import Any

import typer

from generator.markdown import code, fenced, page, table
from platctl.cli.app import COMMANDS, app

_INTRO = """Options of all commands can be placed before or after the command. Reports go to stdout; notes, progress and
errors go to stderr. [Exit codes](exit-codes.md) are the same for all commands."""


def commands() -> str:
    """The page of all commands with their arguments and options."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("platctl", [], resilient_parsing=True)
    sections = (_section(name, group.get_command(context, name)) for name in COMMANDS)
    return page("Commands", _INTRO, "## Options of all commands", _options(group), *sections)


def _section(name: str, command: Any) -> str:
    context = command.make_context(f"platctl {name}", [], resilient_parsing=True)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    return "\n\n".join(
        filter(
            None, [f"## platctl {name}", command.help, fenced("text", usage), _arguments(command), _options(command)]
        )
    )


def _arguments(command: Any) -> str:
    rows = [
        (code(each.metavar), _sentence(each.help)) for each in _shown(command) if each.param_type_name == "argument"
    ]
    return table(["argument", "meaning"], rows)


def _options(command: Any) -> str:
    options = [each for each in _shown(command) if each.param_type_name == "option"]
    rows = [(_names(each), _default(each), _meaning(each)) for each in options]
    return table(["option", "default", "meaning"], rows)


def _shown(command: Any) -> Iterator[Any]:
    hidden = {"install_completion", "show_completion"}  # Typer's own, explained by `platctl --help`
    return (each for each in command.params if not each.hidden and each.name not in hidden)


def _names(option: Any) -> str:
    value = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
    names = ", ".join(sorted(option.opts, key=len))
    return code(" / ".join([names, *option.secondary_opts]) + value)


def _default(option: Any) -> str:
    if isinstance(option.show_default, str):
        return option.show_default
    if option.secondary_opts:
        return code(str((option.opts if option.default else option.secondary_opts)[0].lstrip("-")))
    return "" if option.is_flag or option.default is None else code(str(option.default))


def _meaning(option: Any) -> str:
    """The help, and whether the option can be repeated."""
    text = _sentence(option.help)
    return f"{text} Can be repeated." if option.multiple else text


def _sentence(text: str) -> str:
    return " ".join(text.split())
