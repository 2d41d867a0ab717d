"""`platctl schema`: JSON Schemas, by which an editor or a validator checks a file."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.model.vocabulary import ENTITY, SCHEMA_NAMES
from platctl.shell.options import DryRunOption, completions


def schema(
    context: typer.Context,  # noqa: ARG001
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="A kind, platctl for `platctl.yaml`, or entity for files that mix kinds.",
            show_default="entity, or all with --write",
            autocompletion=completions(SCHEMA_NAMES),
        ),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write the schemas to this folder.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="With --write: write nothing; exit 1 if a schema is out of date.")
    ] = False,
    dry_run: DryRunOption = False,
) -> int:
    """Print the JSON Schema of model files, or write all schemas to a folder."""
    from platctl.model.json_schema import as_text, file_name
    from platctl.shell.errors import CliError, note
    from platctl.shell.output import write
    from platctl.shell.values import one_of

    if kind is not None:
        one_of("KIND", kind, SCHEMA_NAMES)
    if folder is None and (check or dry_run):
        option = "--check" if check else "--dry-run"
        raise CliError(f"`{option}` needs a folder", f"use `--write DIR {option}`")
    if folder is None:
        write([(as_text(kind or ENTITY), None)])
        return 0
    wanted = {folder / file_name(name): as_text(name) for name in ([kind] if kind else SCHEMA_NAMES)}
    if dry_run:
        for path in wanted:
            note(f"would write {path}")
        return 0
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
