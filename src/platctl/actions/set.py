"""`platctl set`: changes one field of an entity in its file."""

from typing import Annotated

import typer

from platctl.shell.options import DryRunOption, Globals, TodayOption, entities


def set(  # noqa: A001  the command's name
    context: typer.Context,
    entity: Annotated[
        str,
        typer.Argument(metavar="ENTITY", help="The entity, such as `initiative:passkeys`.", autocompletion=entities()),
    ],
    field: Annotated[
        str,
        typer.Argument(metavar="FIELD", help="The field, such as `period`, `scores.reach` or `changes[0].version`."),
    ],
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", help="The new value; put `--` before a value that starts with a dash."),
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Remove the field instead.")] = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Set a field in the entity's file, and leave the rest of it untouched."""
    from platctl.edit.set_field import set_field, unset_field
    from platctl.model.lookup import find_any
    from platctl.shell.editing import carry_out, file_of
    from platctl.shell.errors import CliError, note
    from platctl.shell.session import open_session

    options: Globals = context.obj
    if (value is None) is not unset:
        wrong = "`--unset` takes no value" if unset else "the value is missing"
        raise CliError(wrong, "use `platctl set ENTITY FIELD VALUE`, or `platctl set ENTITY FIELD --unset`")
    session = open_session(options, today=today)
    ref = find_any(session.model, entity)
    file, index = file_of(session.model, session.tree, ref)
    edit = unset_field(file, index, field) if value is None else set_field(file, index, field, value)
    if edit is None:
        note(f"nothing to do: {ref} {f'already has this `{field}`' if value is not None else f'has no `{field}`'}")
        return 0
    return carry_out(session, edit, options, dry_run=dry_run)
