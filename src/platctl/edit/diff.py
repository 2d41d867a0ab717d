"""The unified diff of an edit."""

import difflib
import re
from itertools import chain, islice

from platctl.edit.edit import Edit
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

_BREAK = re.compile(r"\r\n|\r|\n")


def unified(edit: Edit) -> list[str]:
    """The lines of the diff, without line ends."""
    path = edit.file.path
    before, after = lines(path, edit.file.data), lines(path, edit.data)
    found = difflib.unified_diff(before, after, lineterm="")
    return list(chain((f"--- a/{path}", f"+++ b/{path}"), islice(found, 2, None)))


def lines(path: str, data: bytes) -> list[str]:
    """The lines of a file, without line ends and byte order mark."""
    found = _BREAK.split(parse_file(SourceFile(path, data)).text)
    return found[:-1] if found[-1] == "" else found
