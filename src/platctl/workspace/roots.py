"""Entries of `roots` and `exclude` that lead to no file of the model."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from platctl.finding import Finding, Severity
from platctl.model.language.path_pattern import covers, is_pattern
from platctl.model.merge import LoadedConfig
from platctl.source.skipped import REPOSITORY
from platctl.source.tree import Tree

_LEAVES = "name a folder or file below the folder of platctl.yaml"


def unusable_roots(settings: LoadedConfig, tree: Tree) -> Iterator[Finding]:
    """A finding for each entry that leaves the model's folder, and for each root that leads to nothing."""
    for name in ("roots", "exclude"):
        for index, pattern in enumerate(getattr(settings.config, name)):
            problem = _outside(pattern) or (_leads_nowhere(pattern, tree) if name == "roots" else None)
            if problem and settings.placement:
                message, help_ = problem
                span = settings.placement.span((name, index))
                yield Finding("invalid-root", Severity.ERROR, message, span, help=help_, about=pattern)


def _outside(pattern: str) -> tuple[str, str] | None:
    path = PurePosixPath(pattern)
    leaves = path.is_absolute() or ".." in path.parts
    return (f"`{pattern}` leads out of the model's folder, so nothing is read there", _LEAVES) if leaves else None


def _leads_nowhere(pattern: str, tree: Tree) -> tuple[str, str] | None:
    """Why a root has no file. What could not be read is a finding of its own, but a repository can't be a root."""
    files = (file.path.removeprefix(tree.prefix) for file in tree.files)
    if any(covers(pattern, path) for path in files):
        return None
    unread = {each.span.path.removeprefix(tree.prefix): each for each in tree.findings if each.span}
    for path, finding in unread.items():
        if covers(pattern, path) or (not is_pattern(pattern) and covers(path, pattern)):
            is_repository = finding.message.endswith(REPOSITORY.text)
            return (f"`{pattern}`: {finding.message}", REPOSITORY.help) if is_repository else None
    help_ = "correct the entry, or remove it; paths are relative to the folder of platctl.yaml"
    return f"`{pattern}` matches no YAML file", help_
