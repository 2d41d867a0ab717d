"""How commands change a file: the edit is checked, then shown, then written."""

from collections.abc import Iterable, Sequence

from platctl.edit.edit import Edit
from platctl.finding import Finding
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.shell.errors import note
from platctl.shell.options import Globals
from platctl.shell.session import Session
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.workspace import Workspace


def file_of(model: Model, tree: Tree, ref: Ref) -> tuple[SourceFile, int]:
    """The file of an entity, and the number of its document in the file."""
    document = model.documents[ref].document
    return next(file for file in tree.files if file.path == document.path), document.index


def is_allowed(
    workspace: Workspace, tree: Tree, new: Iterable[SourceFile], today: Date | None, *, renames: bool = False
) -> bool:
    """Whether files add no new error to the model. Prints the findings that they add."""
    from platctl.workspace.edit_check import judge

    judged = judge(workspace, tree, new, today, renames=renames)
    if judged.errors:
        _say(judged.errors)
        note("nothing was written: the change would add the errors above")
        return False
    _say(judged.others)
    return True


def _say(findings: Iterable[Finding]) -> None:
    for each in findings:
        note(f"{each.severity.value}[{each.rule}]: {each.message}")
        if each.help:
            note(f"help: {each.help}")


def show(lines: Iterable[str]) -> None:
    """Print lines of a file, with control characters made visible."""
    from platctl.render.escape import visible

    for line in lines:
        print(visible(line))


def carry_out(
    session: Session, edits: Sequence[Edit], options: Globals, *, dry_run: bool, renames: bool = False
) -> int:
    """Check, show and write edits of several files, all or none; returns the exit code."""
    from platctl.edit.diff import unified
    from platctl.edit.disk import write_all

    new = [SourceFile(edit.file.path, edit.data) for edit in edits]
    if not is_allowed(session.workspace, session.tree, new, session.today, renames=renames):
        return 1
    if dry_run or not options.quiet:
        for edit in edits:
            show(unified(edit))
    if dry_run:
        note("nothing was written because of `--dry-run`")
        return 0
    write_all(session.workspace.source.root, edits)
    for edit in edits if not options.quiet else ():
        note(f"wrote {edit.file.path}:{edit.span.line}")
    return 0
