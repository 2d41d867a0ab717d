"""Owners in the forms that code hosts read: a CODEOWNERS file, and the reviewers of a pull request."""

from platctl.questions.owners.report import Duty, OwnersReport
from platctl.render.escape import visible

_SPECIAL = set("*?[]!#\\^{}()|+$\"'`<>~")
"""Signs with a meaning in patterns of one host or another; GitHub knows no way to write `[` or `#` as itself."""


def render(report: OwnersReport) -> str:
    """A CODEOWNERS file: each file of the model with the handles of its owners.

    Sources: docs.github.com, "About code owners"; docs.gitlab.com, "Code Owners". A blank is escaped; a path with
    another sign that has a meaning is left out and counted.
    """
    lines = ["# Who owns what in the model. Written by `platctl owners --format codeowners`."]
    owned = [file for file in report.files if file.handles]
    for file in owned:
        if _is_plain(file.path):
            path = file.path.replace(" ", "\\ ")
            lines.append(f"/{path} {' '.join(file.handles)}")
    if without := len(report.files) - len(owned):
        lines.append(f"# Files without an owner who has a handle: {without} of {len(report.files)}.")
    if odd := [file.path for file in owned if not _is_plain(file.path)]:
        lines.append(f"# Left out, since a pattern can't have their names: {len(odd)} of {len(owned)}.")
    return "\n".join(lines) + "\n"


def _is_plain(path: str) -> bool:
    return not _SPECIAL & set(path) and visible(path, whole_line=False) == path and path == path.strip()


def reviewers(report: OwnersReport) -> str:
    """Who has to agree or to act, one handle a line, as `gh pr edit --add-reviewer` takes them; else all owners."""
    asked = [owner for owner in report.owners if owner.duty in (Duty.APPROVE, Duty.ACT)] or list(report.owners)
    handles = [owner.handle for owner in asked if owner.handle and owner.handle.startswith("@")]
    return "".join(f"{handle.removeprefix('@')}\n" for handle in dict.fromkeys(handles))
