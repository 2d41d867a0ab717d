"""`platctl cache`: where what earlier runs have read is kept, and how much that is."""

from typing import Annotated

import typer

from platctl.shell.options import DryRunOption


def cache(
    context: typer.Context,  # noqa: ARG001
    clear: Annotated[bool, typer.Option("--clear", help="Remove it.")] = False,
    dry_run: DryRunOption = False,
) -> int:
    """Show what is kept between runs so that no file has to be read twice, or remove it."""
    from platctl.shell.errors import CliError, note
    from platctl.shell.output import write
    from platctl.workspace.store import FOLDER_VARIABLE, DiskStore, store_path

    path = store_path()
    if path is None or not path.is_absolute():
        raise CliError("there is no place for a cache", f"set `{FOLDER_VARIABLE}` to the absolute path of a folder")
    if dry_run and not clear:
        raise CliError("`--dry-run` needs something to remove", "use `--clear --dry-run`")
    store = DiskStore(path)
    if not clear:
        held = store.facts()
        write([(f"{path}\n{held.texts:,} entries, {held.size / 1e6:,.1f} MB\n", None)])
        return 0
    if dry_run:
        note(f"would remove {path}" if path.is_file() else f"there is no {path}")
        return 0
    try:
        is_removed = store.clear()
    except OSError as error:
        raise CliError(f"can't remove `{path}`: {(error.strerror or 'unknown error').lower()}") from error
    note(f"removed {path}" if is_removed else f"there is no {path}")
    return 0
