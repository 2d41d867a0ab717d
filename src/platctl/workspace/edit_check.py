"""Checks an edit of the working tree before it is written: which findings it would add."""

from collections import Counter
from collections.abc import Iterable
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
    """The findings that a change to files would add."""

    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def others(self) -> tuple[Finding, ...]:
        """The warnings, which do not prevent writing."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)


def judge(
    workspace: Workspace, tree: Tree, new: Iterable[SourceFile], today: Date | None, *, renames: bool = False
) -> Judged:
    """The findings that the working tree would have with these files, but does not have now.

    With `renames`, names change in messages: then a finding is new if its file has more of its rule than now.
    """
    files = {file.path: file for file in (*tree.files, *new)}
    changed = replace(tree, files=tuple(files[path] for path in sorted(files)))
    mark = _rule_and_path if renames else _fingerprint
    known = Counter(map(mark, _findings(workspace.model(tree, may_be_empty=True), today)))
    found: list[Finding] = []
    for each in _findings(workspace.model(changed), today):
        known[mark(each)] -= 1
        if known[mark(each)] < 0:
            found.append(each)
    return Judged(tuple(found))


def _fingerprint(finding: Finding) -> str:
    return finding.fingerprint


def _rule_and_path(finding: Finding) -> str:
    return f"{finding.rule} {finding.span.path if finding.span else ''}"


def _findings(model: Model, today: Date | None) -> list[Finding]:
    return [each.finding for each in validate(model, "", ValidationOptions(today)).diagnostics]
