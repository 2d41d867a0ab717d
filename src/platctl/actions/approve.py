"""`platctl approve`: writes down that somebody agrees to what an initiative does to a consumer."""

from typing import Annotated

import typer

from platctl.edit.approval import Yes
from platctl.edit.approval import approve as edited
from platctl.edit.disk import write
from platctl.edit.edit import Edit
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.shell.errors import CliError, note
from platctl.shell.options import Globals, day
from platctl.source.tree import Tree
from platctl.workspace.workspace import open_workspace


def approve(
    context: typer.Context,
    initiative: Annotated[str, typer.Argument(metavar="INITIATIVE", help="The initiative that is approved.")],
    consumer: Annotated[str, typer.Option("--for", metavar="CONSUMER", help="The consumer whose approval it is.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who gives it.")],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="When; not written down if left out.")] = None,
    note_: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="Under which condition.", show_default=False)
    ] = None,
) -> int:
    """Write an approval into the initiative's file, and keep every other byte of it."""
    options: Globals = context.obj
    yes = Yes(_name(by), day("--on", on), note_)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    edit = _edit(model, tree, initiative, consumer, yes)
    if edit is None:
        note(f"{yes.by} has approved this for {consumer} already, and it has not changed since; nothing was written")
        return 0
    write(workspace.source.root, edit)
    if not options.quiet:
        _tell(edit)
    return 0


def _name(text: str) -> str:
    if not text.strip():
        raise CliError("`--by` is empty", "write the name of the person who approves")
    return text.strip()


def _edit(model: Model, tree: Tree, initiative: str, consumer: str, yes: Yes) -> Edit | None:
    entity = model.initiatives[find(model, initiative, "initiative")]
    user = model.consumers[find(model, consumer, "consumer")]
    path = model.documents[entity.ref].document.path
    return edited(model, next(file for file in tree.files if file.path == path), entity, user, yes)


def _tell(edit: Edit) -> None:
    note(f"wrote {edit.file.path}:{edit.span.line}")
    for line in edit.lines:
        note(line)
