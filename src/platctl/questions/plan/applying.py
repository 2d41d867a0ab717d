"""Writes a plan into the files of its initiatives."""

from collections.abc import Iterable

from platctl.edit.edit import Edit
from platctl.edit.set_field import set_fields, unset_field
from platctl.model.model import Model
from platctl.model.named import Named
from platctl.questions.plan.report import DatedWork
from platctl.source.tree import SourceFile, Tree


def edits(model: Model, tree: Tree, planned: Iterable[DatedWork], strays: Iterable[Named]) -> tuple[Edit, ...]:
    """The edits of the files of work that strays from a plan, by path."""
    files = {file.path: file for file in tree.files}
    done: dict[str, Edit] = {}
    astray = {each.ref for each in strays}
    for work in planned:
        if work.initiative.ref in astray and not work.is_running:
            document = model.documents[work.initiative.ref].document
            now = done.get(document.path)
            file = SourceFile(document.path, now.data) if now else files[document.path]
            if edit := _edit(file, document.index, work, model):
                done[document.path] = edit
    return tuple(Edit(files[path], each.data, each.span) for path, each in sorted(done.items()))


def _edit(file: SourceFile, index: int, work: DatedWork, model: Model) -> Edit | None:
    """The days of the plan, in place of a period, and that it is planned."""
    fields = [("status", "planned"), ("start", str(work.first)), ("end", str(work.last))]
    edit = set_fields(file, index, fields)
    if model.initiatives[work.initiative.ref].period is None:
        return edit
    now = SourceFile(file.path, edit.data) if edit else file
    return unset_field(now, index, "period") or edit
