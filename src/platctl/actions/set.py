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
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FIELD VALUE]...", help="More fields with their values, written together."),
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Remove the field instead.")] = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Set fields in the entity's file, and leave the rest of it untouched."""
    from platctl.edit.set_field import set_fields, unset_field
    from platctl.model.lookup import find_any
    from platctl.shell.editing import carry_out, file_of
    from platctl.shell.errors import CliError, note
    from platctl.shell.session import open_session

    options: Globals = context.obj
    if (value is None) is not unset or len(more or ()) % 2:
        wrong = "`--unset` takes no value" if unset else "the value is missing"
        raise CliError(wrong, "use `platctl set ENTITY FIELD VALUE`, or `platctl set ENTITY FIELD --unset`")
    session = open_session(options, today=today)
    ref = find_any(session.model, entity)
    file, index = file_of(session.model, session.tree, ref)
    if value is None:
        edit = unset_field(file, index, field)
    else:
        edit = set_fields(file, index, [(field, value), *_pairs(more or [])])
    if edit is None:
        fields = " and ".join(f"`{each}`" for each, _ in _pairs([field, "", *(more or [])]))
        note(f"nothing to do: {ref} {f'already has this {fields}' if value is not None else f'has no {fields}'}")
        return 0
    return carry_out(session, [edit], options, dry_run=dry_run)


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(zip(words[::2], words[1::2], strict=True))
