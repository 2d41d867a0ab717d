"""Finds the commit of a day."""

import datetime

from platctl.source.errors import SourceError
from platctl.source.git.git import FSCK, Git
from platctl.source.git.refs import UNSHALLOW, Resolved, is_shallow

_EPOCH = datetime.date(1970, 1, 1)


def commit_of(git: Git, day: datetime.date, head: Resolved) -> Resolved:
    """The last commit in the first-parent history of `head` on or before that day, in UTC.

    The committer date is used, since it tells when the commit entered the history. Raises SourceError if the history
    starts later.
    """
    end = max((day - _EPOCH).days + 1, 0) * 86_400 - 1  # the last second of the day
    answer = git.run("rev-list", "--first-parent", "--max-count=1", f"--before=@{max(end, 0)} +0000", head.commit)
    if answer.code:
        raise SourceError(f"git can't read the history of {head.how}: {answer.fatal}", FSCK)
    if answer.line:
        return Resolved(answer.line, f"last commit up to {day}")
    message = f"the history of {head.how} has no commit up to {day}"
    help_ = UNSHALLOW if is_shallow(git) else "use a later date; `git log --first-parent` lists all commits"
    raise SourceError(message, help_)
