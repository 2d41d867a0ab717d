"""The table of commands, each loaded only when it is called."""

import importlib
import itertools
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from platctl import __version__
from platctl.shell.errors import CliError
from platctl.shell.options import Globals

COMMANDS = {
    "validate": "Check that what is written down is consistent.",
    "impact": "Show which products a change affects, how badly, why, and whom to ask.",
    "backlog": "Rank open work, and say why.",
    "tradeoff": "Weigh initiatives against each other, or write down what was decided.",
    "balance": "Show who gets which share of the work, against the bands of platctl.yaml.",
    "sensitivity": "Show how sure the order of open work is when estimates and weights vary.",
    "goals": "Show how far each goal is, what serves it, and what nobody works on.",
    "roadmap": "Show what comes when, as one audience may see it; also as pages of a wiki.",
    "intake": "List ideas and proposals with what each still needs, and those that are alike.",
    "new": "Write a new entity into a file of its own.",
    "promote": "Move an initiative on to its next stage, or say what it lacks.",
    "set": "Set a field of an entity, and keep every other byte of its file.",
    "needs": "Show what a product or a feature waits for, and when it can ship.",
    "changelog": "Say what changed in the plan since a commit or a day.",
    "history": "Tell what the commits did to an entity, or how well plans held in them.",
    "approve": "Write down that somebody agrees to what an initiative does to a consumer.",
    "ci": "Check a change in a pipeline: what it breaks, and what is wrong with it.",
    "comment": "Post the comment of a check on its pull request, or update it there.",
    "baseline": "Write down the findings that are there, so that only new ones count.",
    "schema": "Print the JSON Schema of what is written in a file, or write all of them.",
    "owners": "Name everybody who has to agree, to act or to be told.",
    "rule": "Explain a rule, or list them all.",
    "init": "Write a first model, or unpack an example.",
}
"""Command: its help. The module of a question is `questions.<name>.command`, that of an action
`actions.<name>`; each has a function of that name that returns the exit code."""

ACTIONS = frozenset({"new", "promote", "set", "approve", "comment", "baseline", "schema", "init"})
"""The commands that answer no question, but write something or talk to somebody."""

_COLORS = ("auto", "always", "never")
_HELP = {"help_option_names": ["-h", "--help"]}


class _Commands(TyperGroup):
    """Loads a command when it is called; the list of commands loads none."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The table alone; Typer's own way would load every command for its help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def place_of(name: str) -> str:
    """The module of a command, within the package."""
    return f"actions.{name}" if name in ACTIONS else f"questions.{name}.command"


def _command(name: str) -> Any:
    module = importlib.import_module(f"platctl.{place_of(name)}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_HELP)
    app.command(name, help=COMMANDS[name])(getattr(module, name))
    return typer.main.get_command(app)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
    help="Platform product management as code: components, products and initiatives in YAML, and what follows.",
    epilog="Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong call or unreadable input, 3 a bug.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"platctl {__version__}")
        raise typer.Exit


@app.callback()
def _globals(
    context: typer.Context,
    directory: Annotated[
        Path,
        typer.Option("--directory", "-C", metavar="DIR", help="Folder of the model.", show_default="here"),
    ] = Path(),
    color: Annotated[
        str,
        typer.Option(metavar="WHEN", help="auto, always or never.", autocompletion=lambda: ["auto", "always", "never"]),
    ] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the verdict, no notes.")] = False,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if color not in _COLORS:
        raise CliError(f"`--color` can't be `{color}`", "write auto, always or never")
    context.obj = Globals(directory, color, quiet)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    command = typer.main.get_command(app)
    try:
        code = command.main(_globals_first(arguments), prog_name="platctl", standalone_mode=False)
    except TyperException as error:
        raise CliError(error.format_message().rstrip("."), _usage_help(arguments)) from None
    except typer.Abort:
        return 130
    return code if isinstance(code, int) else 0


def _globals_first(arguments: list[str]) -> list[str]:
    """The same call with the options of all commands in front, where Click looks for them."""
    first: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in ("-q", "--quiet") or word.startswith(("--color=", "--directory=")):
            first.append(word)
        elif word in ("-C", "--directory", "--color"):
            first += [word, *itertools.islice(words, 1)]
        else:
            rest.append(word)
    return first + rest


def _usage_help(arguments: list[str]) -> str:
    called = next((word for word in arguments if word in COMMANDS), None)
    return f"`platctl {called + ' ' if called else ''}--help` shows what it takes"
