"""A comment with a hidden first line, by which the next run finds it."""

import re
from dataclasses import replace
from pathlib import Path

from platctl.record import record
from platctl.source.errors import SourceError

MAX_LENGTH = 65_536
"""The limit of GitHub in characters; GitLab allows a million."""
_MARKER = re.compile(
    r"<!-- platctl:comment id=(?P<id>[a-z0-9](?:[a-z0-9._]|-(?!-)){0,62})"
    r" base=(?P<base>[0-9a-f]{40}|[0-9a-f]{64}|) head=(?P<head>[0-9a-f]{40}|[0-9a-f]{64}|)"
    r" run=(?P<run>[0-9]{0,18}) quiet=(?P<quiet>yes|no) -->"
)
_ID = re.compile(r"[a-z0-9](?:[a-z0-9._]|-(?!-)){0,62}")


@record
class Marker:
    """The id of the comment, the compared commits, the run, and whether the report is empty (`quiet`).

    It contains only characters that can't end it, and nothing from a model. No other text can imitate a marker, since
    `<` is escaped in all texts.
    """

    id: str
    base: str = ""
    head: str = ""
    run: str = ""
    quiet: bool = False

    def __str__(self) -> str:
        quiet = "yes" if self.quiet else "no"
        return f"<!-- platctl:comment id={self.id} base={self.base} head={self.head} run={self.run} quiet={quiet} -->"


@record
class Comment:
    """A marker, and the markdown below it."""

    marker: Marker
    text: str

    def __str__(self) -> str:
        return f"{self.marker}\n{self.text}"

    def says_the_same(self, other: "Comment") -> bool:
        """Whether the comments differ at most in their run."""
        same_run = replace(other.marker, run=self.marker.run)
        return self.marker == same_run and self.text.strip() == other.text.strip()

    def is_older(self, other: "Comment") -> bool:
        """Whether the other comment was made by a later run."""
        return bool(self.marker.run and other.marker.run) and int(self.marker.run) < int(other.marker.run)


def is_id(text: str) -> bool:
    """Whether this is a valid id of a marker."""
    return _ID.fullmatch(text) is not None


def id_for(prefix: str) -> str:
    """An id made from the model's folder: `platform-model` for `Platform/model/`."""
    words = re.sub(r"[^a-z0-9]+", "-", prefix.lower()).strip("-")
    return words[:63].strip("-") or "model"


def parse(body: str) -> Comment | None:
    """The comment in a text, if it starts with a marker. A code host may have changed the line breaks."""
    first, _, text = body.replace("\r\n", "\n").partition("\n")
    found = _MARKER.fullmatch(first)
    if not found:
        return None
    return Comment(Marker(found["id"], found["base"], found["head"], found["run"], found["quiet"] == "yes"), text)


def read_comment(file: Path) -> Comment:
    """The comment in a file from a check, which may be untrusted. Raises SourceError."""
    help_ = "run `platctl ci --comment FILE` to write it"
    try:
        if not file.is_file():
            raise SourceError(f"there is no comment file `{file}`", help_)
        with file.open("rb") as stream:
            data = stream.read(4 * MAX_LENGTH + 1)
    except OSError as error:
        raise SourceError(f"can't read `{file}`: {(error.strerror or 'unknown error').lower()}", help_) from error
    try:
        body = data.decode("utf-8")
    except UnicodeDecodeError:
        body = ""
    if len(data) > 4 * MAX_LENGTH or len(body) > MAX_LENGTH:
        raise SourceError(f"`{file}` is longer than the {MAX_LENGTH:,} characters of a comment", help_)
    comment = parse(body)
    if comment is None:
        raise SourceError(f"`{file}` does not start with the line that marks comments of platctl", help_)
    return comment
