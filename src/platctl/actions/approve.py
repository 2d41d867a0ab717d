"""`platctl approve`: records that a consumer approves the effects of an initiative."""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.options import DryRunOption, Globals, entities

if TYPE_CHECKING:
    from platctl.edit.approval import Yes
    from platctl.edit.edit import Edit
    from platctl.shell.session import Session


def approve(
    context: typer.Context,
    initiative: Annotated[
        str,
        typer.Argument(metavar="INITIATIVE", help="The initiative to approve.", autocompletion=entities("initiative")),
    ],
    consumer: Annotated[
        str,
        typer.Option(
            "--for", metavar="CONSUMER", help="The consumer that approves it.", autocompletion=entities("consumer")
        ),
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="The person who approves.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the approval.", show_default="not recorded")
    ] = None,
    note_: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="A condition or remark to record.")
    ] = None,
    dry_run: DryRunOption = False,
) -> int:
    """Record an approval in the initiative's file, and leave the rest of it untouched."""
    from platctl.edit.approval import Yes
    from platctl.edit.diff import unified
    from platctl.edit.disk import write
    from platctl.shell.editing import show
    from platctl.shell.errors import note
    from platctl.shell.session import open_session
    from platctl.shell.values import day

    options: Globals = context.obj
    yes = Yes(_name(by), day("--on", on), note_)
    session = open_session(options)
    edit = _edit(session, initiative, consumer, yes)
    if edit is None:
        note(f"nothing was written: {yes.by} has already approved this for {consumer}, and it has not changed since")
        return 0
    unaffected = _unaffected(session, initiative, consumer)
    if dry_run:
        show(unified(edit))
        note("nothing was written: `--dry-run`")
    else:
        write(session.workspace.source.root, edit)
    if not dry_run and not options.quiet:
        note(f"wrote {edit.file.path}:{edit.span.line}")
        for line in edit.lines:
            note(line)
    if unaffected:
        note(unaffected)
    return 0


def _name(text: str) -> str:
    from platctl.shell.errors import CliError

    if not text.strip():
        raise CliError("`--by` is empty", "give the name of the person who approves")
    return text.strip()


def _unaffected(session: "Session", initiative: str, consumer: str) -> str:
    """That the consumer uses nothing that the work changes, directly or through others; "" if it does."""
    from platctl.graph.graph import Graph
    from platctl.model.lookup import find
    from platctl.model.named import named

    model = session.model
    work, user = find(model, initiative, "initiative"), find(model, consumer, "consumer")
    changed = [model.canonical(each.component.component) for each in model.initiatives[work].changes]
    if user in Graph(model).dependents(changed):
        return ""
    names = named(model, user).label_with_id, named(model, work).label_with_id
    return f"note: {names[0]} is not affected by {names[1]}: it uses nothing that changes, directly or indirectly"


def _edit(session: "Session", initiative: str, consumer: str, yes: "Yes") -> "Edit | None":
    from platctl.edit.approval import approve as edited
    from platctl.model.lookup import find
    from platctl.shell.editing import file_of

    model = session.model
    entity = model.initiatives[find(model, initiative, "initiative")]
    user = model.consumers[find(model, consumer, "consumer")]
    file, _ = file_of(model, session.tree, entity.ref)
    return edited(model, file, entity, user, yes)
