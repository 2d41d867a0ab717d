"""The table of commands, each loaded only when it is called."""

import importlib
import itertools
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.shell_completion import CompletionItem as Offered
from typer.core import TyperGroup
from typer.exceptions import TyperException

from platctl import __version__
from platctl.shell.errors import CliError
from platctl.shell.options import Globals, completions, json_options

GROUPS = {
    "Look": {
        "validate": "Check that the model is consistent.",
        "show": "Show everything about one entity on one screen.",
        "list": "List entities, with the columns that you choose.",
        "impact": "Show which products a change affects, how badly, why, and whom to ask.",
        "compat": "Show who works with which version and until when, and what breaks when if no one acts.",
        "needs": "Show what a product or an initiative waits for, and when it can ship.",
        "owners": "List everyone who has to approve, act or be told.",
        "history": "Show what happened to an entity, or how well plans held up.",
        "graph": "Draw what depends on what, as a graph or a matrix.",
        "influence": "Show how many depend on what, what moves if work slips, and who asked for the work.",
        "discover": "Show where a platform emerges, and which platform components lose their users.",
        "rule": "Explain a rule, or list all rules.",
    },
    "Decide": {
        "backlog": "Rank open work, and explain the order.",
        "tradeoff": "Weigh initiatives against each other, or record a decision.",
        "sensitivity": "Show how robust the ranking is when estimates and weights vary.",
        "balance": "Show who gets which share of the work, compared with the targets in platctl.yaml.",
    },
    "Plan": {
        "plan": "Choose and place the work that is worth most within every team's capacity, with a proof.",
        "plan compare": "Compare the plans for two scenarios: value, who gains, who waits, and what moves.",
        "intake": "List ideas and proposals, what each still lacks, and likely duplicates.",
        "goals": "Show how far along each goal is, which work serves it, and which goals have no work.",
    },
    "Tell": {
        "roadmap": "Show what is planned and when, for any audience; also as wiki pages.",
        "changelog": "Show what changed in the plan since a commit or a day.",
    },
    "Change": {
        "init": "Create a first model, or unpack an example.",
        "new": "Create a new entity in its own file.",
        "set": "Set a field of an entity, and leave the rest of its file untouched.",
        "rename": "Give an entity another id; its former one becomes an alias.",
        "promote": "Move an initiative to its next stage, or list what it lacks.",
        "approve": "Record someone's approval of what an initiative does to a consumer.",
    },
    "Automate": {
        "ci": "Check a change in a pipeline: validate the model, and report what the change breaks.",
        "comment": "Post the comment of a check on its pull request, or update it.",
        "baseline": "Record current findings as a baseline, so that later runs report only new ones.",
        "schema": "Print the JSON Schema of model files, or write all schemas to a folder.",
        "cache": "Show or remove what is kept so that no file has to be read twice.",
    },
}
"""The commands with their help, in the groups in which `--help` shows them."""

COMMANDS = {name: help_ for group in GROUPS.values() for name, help_ in group.items()}
"""Command: its help. The module of a question is `questions.<name>.command`, that of an action
`actions.<name>`; each has a function of that name, or of its last word, that returns the exit code."""

ACTIONS = frozenset({"new", "promote", "rename", "set", "approve", "comment", "baseline", "schema", "init", "cache"})
"""The commands that answer no question, but write something or contact a code host."""

_FORMER = {"backlog": {"--top": "--limit"}, "changelog": {"--most": "--limit"}}
"""For each command: former spellings of options, and the current ones."""
_ALONE = {"goals": {"--explain": "*"}}
"""For each command: options that can be given without a value, and the value they then have."""

_HELP_TEXT = """Platform product management as code: describe components, products and initiatives in YAML;
platctl derives the rest.

Before you merge a change: `platctl impact`. In a pipeline: `platctl ci`. To try it out: `platctl init --example
streaming demo`, then `platctl -C demo impact --base HEAD~1`."""
_COLORS = ("auto", "always", "never")
_FLAGS = ("-q", "--quiet", "--bom", "--cache", "--no-cache")
_HELP = {"help_option_names": ["-h", "--help"]}


class _Commands(TyperGroup):
    """Loads a command when it is called; the list of commands loads none."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return [name for name in COMMANDS if " " not in name]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Takes both words of a command that has two."""
        return super().resolve_command(ctx, in_words(args))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Writes the table alone; Typer's default would load every command for its help."""
        width = max(map(len, COMMANDS))
        for title, group in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", help_) for name, help_ in group.items()])


def place_of(name: str) -> str:
    """The module of a command, within the package."""
    return f"actions.{name}" if name in ACTIONS else f"questions.{name.replace(' ', '.')}.command"


def in_words(call: list[str]) -> list[str]:
    """The same call, with the name of a command as one word."""
    name = " ".join(call[:2])
    return [name, *call[2:]] if len(call) > 1 and name in COMMANDS else call


def _command(name: str) -> Any:
    module = importlib.import_module(f"platctl.{place_of(name)}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_HELP)
    app.command(name, help=COMMANDS[name])(getattr(module, name.split()[-1]))
    command = typer.main.get_command(app)
    if words := [other.split()[1] for other in COMMANDS if other.startswith(f"{name} ")]:
        command.shell_complete = _offering(words, command.shell_complete)  # type: ignore[method-assign]
    taken = {name for each in command.params for name in each.opts}
    if "--format" in taken:
        command.params += json_options(taken)
    return command


def _offering(words: list[str], complete: Any) -> Any:
    """Also offers the second words of commands, where nothing else is expected."""

    def offered(context: Any, incomplete: str) -> list[Any]:
        return [*complete(context, incomplete), *(Offered(word) for word in words if word.startswith(incomplete))]

    return offered


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
    help=_HELP_TEXT,
    epilog="Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong command or unreadable input, 3 a bug.",
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
        typer.Option(
            "--directory", "-C", metavar="DIR", help="Folder of the model.", show_default="the current folder"
        ),
    ] = Path(),
    color: Annotated[
        str,
        typer.Option(metavar="WHEN", help="auto, always or never.", autocompletion=completions(_COLORS)),
    ] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the verdict, without notes.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for spreadsheets that misread umlauts.")
    ] = False,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Use what earlier runs have read; the answer is the same.")
    ] = True,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if color not in _COLORS:
        raise CliError(f"`--color` can't be `{color}`", "use auto, always or never")
    context.obj = Globals(directory, color, quiet, bom, cache)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    command = typer.main.get_command(app)
    first, rest = _globals_first(arguments)
    rest = in_words(rest)
    _check_name(rest)
    try:
        code = command.main(first + _as_spelled_now(rest), prog_name="platctl", standalone_mode=False)
    except TyperException as error:
        raise CliError(error.format_message().rstrip("."), _usage_help(rest)) from None
    except typer.Abort:
        return 130
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # of which Typer makes a 1
            raise ended.__context__ from None
        raise
    return code if isinstance(code, int) else 0


def _globals_first(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The options of all commands, which Click looks for in front, and the rest of the call."""
    first: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _FLAGS or word.startswith(("--color=", "--directory=")):
            first.append(word)
        elif word in ("-C", "--directory", "--color"):
            first += [word, *itertools.islice(words, 1)]
        else:
            rest.append(word)
    return first, rest


def _check_name(call: list[str]) -> None:
    """Raises CliError with the nearest command for one that does not exist."""
    if call and not call[0].startswith("-") and call[0] not in COMMANDS:
        from platctl.model.similar_names import Names, did_you_mean

        near = did_you_mean(Names(COMMANDS).nearest(call[0], 1), "? ")
        raise CliError(f"there is no command `{call[0]}`", f"{near}`platctl --help` lists the commands")


def _as_spelled_now(call: list[str]) -> list[str]:
    """The same call with the current spellings."""
    former, alone = _FORMER.get(call[0], {}) if call else {}, _ALONE.get(call[0], {}) if call else {}
    words: list[str] = []
    for index, word in enumerate(call):
        if word == "--":
            return words + call[index:]
        name, equals, value = word.partition("=")
        is_alone = word in alone and (index + 1 == len(call) or call[index + 1].startswith("-"))
        words.append(f"{word}={alone[word]}" if is_alone else former.get(name, name) + equals + value)
    return words


def _usage_help(call: list[str]) -> str:
    called = f"{call[0]} " if call and call[0] in COMMANDS else ""
    return f"`platctl {called}--help` lists its arguments and options"
