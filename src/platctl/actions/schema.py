"""`platctl schema`: what an editor or a validator has to know to check a file while it is written."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.model.vocabulary import ENTITY, SCHEMA_NAMES
from platctl.shell.options import completions


def schema(
    context: typer.Context,  # noqa: ARG001
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="A kind, platctl for `platctl.yaml`, or entity for files that mix kinds.",
            autocompletion=completions(SCHEMA_NAMES),
        ),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write it into a folder; all of them without KIND.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="With --write: only say what is out of date there.")] = False,
) -> int:
    """Print the JSON Schema of what is written in a file, or write all of them."""
    from platctl.model.json_schema import as_text, file_name
    from platctl.shell.errors import CliError
    from platctl.shell.output import write
    from platctl.shell.values import one_of

    if kind is not None:
        one_of("KIND", kind, SCHEMA_NAMES)
    if folder is None and check:
        raise CliError("`--check` needs a folder to look at", "write `--write DIR --check`")
    if folder is None:
        write([(as_text(kind or ENTITY), None)])
        return 0
    wanted = {folder / file_name(name): as_text(name) for name in ([kind] if kind else SCHEMA_NAMES)}
    return _check(wanted) if check else _write(wanted, folder)


def _write(wanted: dict[Path, str], folder: Path) -> int:
    from platctl.shell.errors import CliError, note
    from platctl.shell.output import write

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CliError(f"can't write into `{folder}`: {(error.strerror or 'unknown error').lower()}") from error
    write([(text, path) for path, text in wanted.items()])
    for path in wanted:
        note(f"wrote {path}")
    return 0


def _check(wanted: dict[Path, str]) -> int:
    stale = [path for path, text in wanted.items() if not _holds(path, text)]
    for path in stale:
        print(f"out of date: {path}")
    return 1 if stale else 0


def _holds(path: Path, text: str) -> bool:
    from platctl.shell.errors import CliError

    try:
        return path.read_bytes() == text.encode()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CliError(f"can't read `{path}`: {(error.strerror or 'unknown error').lower()}") from error
