"""`platctl new`: writes a new entity into a new file."""

from pathlib import Path
from typing import Annotated

import typer

from platctl.model.vocabulary import KIND_NAMES
from platctl.shell.options import DryRunOption, Globals, TodayOption, completions


def new(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help=f"The kind: {', '.join(KIND_NAMES)}.", autocompletion=completions(KIND_NAMES)
        ),
    ],
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The id, NAMESPACE/ID, or an external name such as npm:@scope/name."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The display name.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Set another field, such as `effort.core=6`."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file to write.", show_default="a new file next to others of its kind"),
    ] = None,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Create a new entity; on a terminal, platctl asks for what is missing."""
    from platctl.actions.drafting import NewEntity, assignment, written
    from platctl.edit.diff import lines
    from platctl.edit.disk import create
    from platctl.shell.editing import is_allowed, show
    from platctl.shell.errors import note
    from platctl.shell.session import open_session
    from platctl.shell.values import one_of

    options: Globals = context.obj
    fields = ((("title", title),) if title is not None else ()) + tuple(map(assignment, set_ or ()))
    wish = NewEntity(one_of("KIND", kind, KIND_NAMES), id_, fields, file)
    session = open_session(options, today=today, may_be_empty=True)
    new_file = written(session.workspace, session.tree, session.model, wish, session.today)
    if not is_allowed(session.workspace, session.tree, [new_file], session.today):
        return 1
    if dry_run or not options.quiet:
        show(lines(new_file.path, new_file.data))
    if dry_run:
        note(f"nothing was written because of `--dry-run`; the file would be {new_file.path}")
        return 0
    create(session.workspace.source.root, new_file)
    if not options.quiet:
        note(f"wrote {new_file.path}")
    return 0
