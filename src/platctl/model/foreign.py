"""YAML files of other tools that are next to a model: Compose, Kubernetes, MkDocs and others."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from platctl.finding import Finding, Severity, Span
from platctl.model.entity.kinds import KINDS
from platctl.source.yaml.parse import ParsedFile

_MARKS: Mapping[str, str] = {
    "apiVersion": "Kubernetes or Backstage",
    "services": "Compose",
    "site_name": "MkDocs",
    "openapi": "OpenAPI",
    "swagger": "OpenAPI",
    "asyncapi": "AsyncAPI",
    "AWSTemplateFormatVersion": "CloudFormation",
}
"""Fields that other formats start with, and no entity has."""
_TEMPLATE = re.compile(r"^[ \t]*(?:-[ \t]+)?\{[{%]", re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z_]+)[ \t]*:", re.MULTILINE)
_OWN_KIND = re.compile(rf"^(?:kind|\"kind\"|'kind')[ \t]*:[ \t]*[\"']?(?:{'|'.join(KINDS)})\b", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")
_SHOWN = 6
_MOST_PATTERNS = 8


def format_of(file: ParsedFile) -> str | None:
    """The format of a file that is not part of any model; None if it is, or may be, with a mistake in it."""
    if file.complete:
        found = [_format_of_document(document.value) for document in file.documents]
        return next((each for each in found if each), None) if found and None not in found else None
    if _OWN_KIND.search(file.text):
        return None
    marked = next((_MARKS[key] for key in _KEY.findall(file.text) if key in _MARKS), None)
    return marked or ("a template" if _TEMPLATE.search(file.text) else None)


def _format_of_document(value: object) -> str | None:
    """None for an entity, also for one with a misspelt or missing kind."""
    if isinstance(value, list):
        return None if any(isinstance(each, dict) and _is_own(each) for each in value) else "no `kind`"
    if not isinstance(value, dict):
        return "no `kind`"
    if _is_own(value):
        return None
    marked = next((_MARKS[key] for key in value if key in _MARKS), None)
    return marked or (None if "kind" in value or "id" in value else "no `kind`")


def _is_own(value: Mapping[str, object]) -> bool:
    kind = value.get("kind")
    return isinstance(kind, str) and kind in KINDS


def foreign_note(found: Mapping[str, str], own: Iterable[str], settings: str) -> Iterator[Finding]:
    """One note for all foreign files, by path in the model, with the line of the settings that leaves them out."""
    if not found:
        return
    paths = sorted(found)
    shown = [f"`{path}` ({found[path]})" for path in paths[:_SHOWN]]
    shown += [f"{len(paths) - _SHOWN:,} more"] if len(paths) > _SHOWN else []
    names = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    are = "1 file is" if len(paths) == 1 else f"{len(paths):,} files are"
    yield Finding(
        "foreign-file",
        Severity.INFO,
        f"{are} not read as part of the model: {names}",
        Span(settings),
        help=f"to omit this note, write into platctl.yaml: `{settings_line(paths, own)}`",
    )


def settings_line(foreign: Sequence[str], own: Iterable[str]) -> str:
    """The line for platctl.yaml that leaves these files out: `exclude`, or `roots` where that is much shorter."""
    mine = tuple(own)
    exclude = excluding(foreign, mine)
    roots = sorted({PurePosixPath(path).parts[0] for path in mine})
    if len(exclude) > _MOST_PATTERNS and 0 < len(roots) < len(exclude) and not set(roots) & set(exclude):
        return f"roots: [{', '.join(map(quoted, roots))}]"
    return f"exclude: [{', '.join(map(quoted, exclude))}]"


def excluding(foreign: Iterable[str], own: Iterable[str]) -> list[str]:
    """Patterns for files: for each the largest folder that has no file of the model, or else the file itself."""
    kept = {folder for path in own for folder in PurePosixPath(path).parents}
    found = set()
    for path in map(PurePosixPath, foreign):
        others = [folder for folder in path.parents if folder.name and folder not in kept]
        found.add(re.sub(r"[*?\[]", r"[\g<0>]", (others[-1] if others else path).as_posix()))
    return sorted(found)


def quoted(pattern: str) -> str:
    """A pattern as a value in YAML."""
    return pattern if _PLAIN.fullmatch(pattern) else json.dumps(pattern)
