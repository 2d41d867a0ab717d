"""What a repository is called, the same in every clone of it."""

import re
from urllib.parse import urlsplit

from platctl.source.git.git import Git
from platctl.source.git.refs import is_id, is_shallow

_LENGTH = 12
_NOT_IN_NAMES = re.compile("[^A-Za-z0-9.-]+")


def identity(git: Git, commit: str) -> str | None:
    """The short id of the first commit before this one, or else the name of the remote; None if both are unknown.

    A shallow clone lacks the first commit. Of several, the smallest counts.
    """
    roots = [] if is_shallow(git) else git.run("rev-list", "--max-parents=0", commit).line.split("\n")
    if known := [each for each in roots if is_id(each)]:
        return min(known)[:_LENGTH]
    address = git.run("config", "--get", "remote.origin.url").line
    # Of an address such as git@host:group/name.git, urlsplit takes all for the path.
    name = re.split("[/:]", urlsplit(address).path.rstrip("/"))[-1].removesuffix(".git")
    return _NOT_IN_NAMES.sub("-", name).strip("-.") or None
