"""Why something in a tree is not read, said as a finding."""

from platctl.finding import Finding, Severity, Span
from platctl.record import record

MAX_BYTES = 1 << 20


@record
class SkipReason:
    """`text` continues a sentence that begins with the path."""

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
    "links are never followed: put the file itself here, or remove the link",
)
LINKED_FOLDER = _skipped(
    "is a symbolic link to a folder and was not read",
    "links are never followed: move the folder here, or remove the link",
)
REPOSITORY = _skipped(
    "is a repository of its own and was not read",
    "run platctl inside it, or keep its model files in this one",
)
FOLDER = _skipped(
    "is a folder, though named like a YAML file",
    "rename it; the files in it are read as everywhere else",
)
SPECIAL = _skipped(
    "is not a regular file and was not read",
    "remove the pipe, socket or device, or give it another name",
)
TOO_LARGE = _unreadable(
    "is larger than 1 MiB",
    "split it into several files",
)
NOT_CHECKED_OUT = _unreadable(
    "is left out of this sparse checkout",
    "add its folder: `git sparse-checkout add FOLDER`",
)


def denied(why: str) -> SkipReason:
    """The operating system does not let it be read, for a reason in its own words."""
    known = {
        "permission denied": "give yourself the right to read it: `chmod u+rX PATH`",
        "file name too long": "move it to a folder less deep",
    }
    return _unreadable(f"can't be read: {why.lower()}", known.get(why.lower(), "check the disk it is on"))


def refused(error: OSError) -> SkipReason:
    """The same, from the exception."""
    return denied(error.strerror or "unknown error")
