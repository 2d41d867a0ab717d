"""The reasons why something in a tree is not read, as findings."""

from platctl.finding import Finding, Severity, Span
from platctl.record import record

MAX_BYTES = 1 << 20


HIDDEN = "is hidden, and hidden files are not read"
OTHER_NAME = "is not named `*.yaml`, so it was not read"
IGNORED = "is ignored by git, so it was not read"


@record
class SkipReason:
    """A reason; `text` continues a sentence that starts with the path."""

    rule: str
    severity: Severity
    text: str
    help: str

    def finding(self, path: str) -> Finding:
        """The finding for one path."""
        return Finding(self.rule, self.severity, f"`{path}` {self.text}", Span(path), help=self.help)


def _skipped(text: str, help_: str) -> SkipReason:
    return SkipReason("skipped-file", Severity.WARNING, text, help_)


def _unreadable(text: str, help_: str) -> SkipReason:
    return SkipReason("unreadable-file", Severity.ERROR, text, help_)


LINK = _skipped(
    "is a symbolic link and was not read",
    "replace the link with the file, or remove it; links are never followed",
)
LINKED_FOLDER = _skipped(
    "is a symbolic link to a folder and was not read",
    "replace the link with the folder, or remove it; links are never followed",
)
REPOSITORY = _skipped(
    "is a separate repository and was not read",
    "run platctl inside it, or keep its model files in this repository",
)
FOLDER = _skipped(
    "is a folder, but is named like a YAML file",
    "rename the folder; the files in it are read as usual",
)
SPECIAL = _skipped(
    "is not a regular file and was not read",
    "remove or rename the pipe, socket or device",
)
TOO_LARGE = _unreadable(
    "is larger than 1 MiB",
    "split it into several files",
)
NOT_CHECKED_OUT = _unreadable(
    "is not included in this sparse checkout",
    "add its folder: `git sparse-checkout add FOLDER`",
)


def denied(why: str) -> SkipReason:
    """The operating system can't read it, for the reason given."""
    known = {
        "permission denied": "add read permission: `chmod u+rX PATH`",
        "file name too long": "move it to a folder with a shorter path",
    }
    return _unreadable(f"can't be read: {why.lower()}", known.get(why.lower(), "check the disk"))


def refused(error: OSError) -> SkipReason:
    """The same as `denied`, from an exception."""
    return denied(error.strerror or "unknown error")
