"""`platctl rename`: gives an entity another id, in its file and, if asked for, wherever it is referred to."""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.options import DryRunOption, Globals, TodayOption, entities

if TYPE_CHECKING:
    from platctl.edit.rename import NewName
    from platctl.model.entity.entity import Entity
    from platctl.model.model import Model


def rename(
    context: typer.Context,
    entity: Annotated[
        str,
        typer.Argument(metavar="ENTITY", help="The entity, such as `component:auth`.", autocompletion=entities()),
    ],
    name: Annotated[
        str, typer.Argument(metavar="NEW", help="Its new id, or `namespace/id` for another namespace as well.")
    ],
    references: Annotated[
        bool, typer.Option("--references", help="Write the new id in all references to it, too.")
    ] = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Give an entity another id; its former one becomes an alias, so that references to it still work."""
    from platctl.edit.rename import references_to
    from platctl.edit.rename import rename as renamed
    from platctl.model.lookup import find_any
    from platctl.shell.editing import carry_out
    from platctl.shell.errors import note
    from platctl.shell.session import open_session

    options: Globals = context.obj
    session = open_session(options, today=today)
    model = session.model
    ref = find_any(model, entity)
    present = model.entities[ref]
    new = _new_name(model, present, name)
    known = references_to(model, ref)
    if (new.id, new.namespace) == (present.id, present.namespace) and not references:
        note(f"nothing to do: {ref} already has this id")
        return 0
    edits = renamed(model, session.tree.files, ref, new, known if references else ())
    if not edits:
        note(f"nothing to do: {ref} already has this id, and so have all references to it")
        return 0
    code = carry_out(session, edits, options, dry_run=dry_run, renames=True)
    if not code and known and not references:
        count = "1 reference has" if len(known) == 1 else f"{len(known)} references have"
        note(f"{count} the former id, which works as an alias; `--references` writes the new one")
    if not code and references and not model.is_complete:
        note("what can't be read may still have the former id, which works as an alias")
    return code


def _new_name(model: "Model", entity: "Entity", text: str) -> "NewName":
    """The name that is asked for. Raises CliError if it is not one, or is taken."""
    from platctl.edit.rename import NewName
    from platctl.model.ref import ID_HELP, RefError, a_kind, parse_ref
    from platctl.shell.errors import CliError

    kind = entity.kind_name
    try:
        wanted = parse_ref(text, kind, entity.namespace)
    except RefError:
        raise CliError(f"`{text}` is not an id", f"use {ID_HELP}; before it, `namespace/` if that changes") from None
    if wanted.kind != kind:
        raise CliError(f"{entity.ref} can't become {a_kind(wanted.kind)}", "use only the new id: the kind stays")
    other = model.canonical(wanted)
    if other != entity.ref and other in model.entities:
        what = "already exists" if other == wanted else f"is a former id of {other}"
        raise CliError(f"{wanted} {what} ({model.name_at(other)})", "use another id")
    if wanted in model.broken:
        raise CliError(f"{wanted} already exists, but can't be read", "fix what `platctl validate` reports about it")
    space, slash, id_ = text.rpartition(":")[2].rpartition("/")
    return NewName(id_, space if slash else entity.namespace)
