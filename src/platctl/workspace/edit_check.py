"""Checks an edit of the working tree before it is written: which findings it would add."""

from dataclasses import replace

from platctl.finding import Finding, Severity
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.record import record
from platctl.rules.validation import ValidationOptions, validate
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.workspace import Workspace


@record
class Judged:
    """The findings that a change to a file would add."""

    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def others(self) -> tuple[Finding, ...]:
        """The warnings, which do not prevent writing."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)


def judge(workspace: Workspace, tree: Tree, new: SourceFile, today: Date | None) -> Judged:
    """The findings that the working tree would have with the file, but does not have now."""
    files = {file.path: file for file in tree.files} | {new.path: new}
    changed = replace(tree, files=tuple(files[path] for path in sorted(files)))
    known = {each.fingerprint for each in _findings(workspace.model(tree, may_be_empty=True), today)}
    found = _findings(workspace.model(changed), today)
    return Judged(tuple(each for each in found if each.fingerprint not in known))


def _findings(model: Model, today: Date | None) -> list[Finding]:
    return [each.finding for each in validate(model, "", ValidationOptions(today)).diagnostics]
