"""Asks the code host, or a file, for the reviews of the change that is checked."""

from collections.abc import Sequence
from pathlib import Path

from platctl.forge.github import REPOSITORY as ON_GITHUB
from platctl.forge.github_reviews import fetch_github
from platctl.forge.gitlab import REPOSITORY as ON_GITLAB
from platctl.forge.gitlab_reviews import fetch_gitlab
from platctl.forge.host import Host, HostKind, number_in_event
from platctl.forge.printed import read_printed
from platctl.forge.reviews import Reviewed, judged, people
from platctl.model.settings.policy import Action
from platctl.questions.ci.derive import AskedReviews
from platctl.questions.impact.reviewers import Handles
from platctl.record import record
from platctl.shell.errors import CliError, note
from platctl.shell.session import Base, Session
from platctl.source.errors import SourceError
from platctl.source.git.commit import read_commit
from platctl.source.git.signatures import signatures

_LONGEST_NUMBER = 9


@record
class ReviewSource:
    """Where reviews come from: a file, or the host (None)."""

    host: Host
    file: Path | None = None

    @property
    def number(self) -> str:
        return self.host.number or self.host.queued or number_in_event(self.host)

    @property
    def is_of_queue(self) -> bool:
        """Whether a merge queue made the commit that is checked."""
        return bool(self.host.queued) and not self.file

    def read(self) -> Reviewed:
        """What the source says. Raises SourceError if it can't."""
        if self.file:
            return read_printed(self.file)
        host = self.host
        grammar, fetch = (ON_GITHUB, fetch_github) if host.kind is HostKind.GITHUB else (ON_GITLAB, fetch_gitlab)
        if not grammar.fullmatch(host.repository) or len(self.number) > _LONGEST_NUMBER:
            raise SourceError("the pipeline does not name its repository and pull request", "use `--reviews FILE`")
        return fetch(host.repository, self.number, host.server)


def review_source(text: str | None, host: Host) -> ReviewSource | None:
    """What `--reviews` names; None if reviews are not looked at."""
    if text == "none":
        return None
    if text in (None, "auto"):
        source = ReviewSource(host)
        if host.kind is not HostKind.SHELL and source.number:
            return source
        if text:
            note("note: `--reviews auto` found no pull request here, so no reviews count")
        return None
    if not Path(text or "").is_file():
        raise CliError(f"`--reviews` names no file: `{text}`", "use auto, none, or a file that `gh` or `glab` wrote")
    return ReviewSource(host, Path(text or ""))


def ask(source: ReviewSource, session: Session, before: Base) -> AskedReviews | None:
    """The reviews of what is checked; None if no policy asks for an approval. A failure approves nothing."""
    if not any(policy.action is Action.APPROVE for policy in before.model.config.policies):
        return None
    try:
        if session.is_folder or before.commit is None:
            raise SourceError("reviews are of commits, and a folder is compared")
        reviewed, head = source.read(), session.commit.commit
        commit = read_commit(session.workspace.source.git, head)
        parents = commit.parents if commit else ()
        # A pipeline may check out the request merged into its target; what was reviewed is then the second parent.
        checked = {head, *(parents[1:] if len(parents) == 2 else ())}
        if source.is_of_queue:
            checked |= _squashed(reviewed, parents, before.commit)
        signed = people(signatures(session.workspace.source.git, before.commit, head))
        found = judged(reviewed, frozenset(checked), signed, Handles(before.model).names)
        if found and _differs(session):
            raise SourceError("reviews are of commits, and the files that are checked differ from the commit")
    except SourceError as error:
        return AskedReviews(problem=error.message, help=error.help)
    return AskedReviews(found)


def _squashed(reviewed: Reviewed, parents: Sequence[str], base: str) -> set[str]:
    """What was reviewed, where a merge queue squashed it: GitHub lets no one push to a request that is queued.

    Raises SourceError if the commit holds more than that request.
    """
    if parents[:1] != (base,):
        raise SourceError("the merge queue's commit does not follow the base, so it holds more than one pull request")
    return {reviewed.head} if len(parents) == 1 else set()


def _differs(session: Session) -> bool:
    """Whether files of the model have been edited since the commit."""
    if session.ref is not None:
        return False
    committed = session.workspace.source.at(session.commit)
    return {each.path: each.data for each in session.tree.files} != {each.path: each.data for each in committed.files}
