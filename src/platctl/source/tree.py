"""The files of one state of the model, with findings about those that could not be read."""

import datetime
from collections.abc import Iterator
from dataclasses import field
from typing import Protocol

from platctl.finding import Finding
from platctl.record import record

WORKING_TREE = "working tree"
"""The label of a working tree; commits and folders are named."""


@record
class SourceFile:
    """One YAML file.

    `path` is POSIX and relative to the repository root (or to the folder, without git), exactly as on disk;
    bytes that are not UTF-8 are kept as surrogates.
    """

    path: str
    data: bytes


@record
class UnreadEntry:
    """Something in a state that is not read as YAML; `why` continues a sentence that starts with the path.

    `blob` is git's id of the content, "" where git has none.
    """

    path: str
    why: str
    blob: str = ""


class Rest(Protocol):
    """What a state has below the model's folder apart from the files that were read. Listed only when asked for."""

    def entries(self) -> Iterator[UnreadEntry]:
        """Hidden and ignored files, files with another name, links and repositories."""

    def content(self, entry: UnreadEntry) -> bytes | None:
        """The bytes of a regular file of usual size, without following links."""


@record
class Tree:
    """The files of one state: a working tree, a commit, or a plain folder.

    `files` contains only `*.yaml` and `*.yml` outside hidden folders, sorted by path; `findings` lists what was
    skipped and why. `date` is the day of the commit in UTC (of HEAD for a working tree), None without a commit.
    `prefix` is the model's folder inside the repository: "" or "platform/" with a slash. `rest` finds what went out of
    view.
    """

    label: str
    files: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]
    date: datetime.date | None
    prefix: str = ""
    rest: Rest | None = field(default=None, compare=False, repr=False)
