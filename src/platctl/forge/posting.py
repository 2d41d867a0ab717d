"""Decides whether a comment is created, updated in place, or not changed."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from platctl.forge.comment import Comment, parse
from platctl.record import record


@record
class Posted:
    """A comment on the host; `is_own` is True if the current user wrote it."""

    id: str
    body: str
    is_own: bool


class Forge(Protocol):
    """The comments of one pull request."""

    def comments(self) -> Sequence[Posted]:
        """All of them, the oldest first."""

    def create(self, body: str) -> None:
        """Add a comment."""

    def update(self, id_: str, body: str) -> None:
        """Replace a comment."""


class CommentAction(StrEnum):
    """What to do, worded as in the message."""

    CREATE = "create"
    UPDATE = "update"
    NOTHING_TO_SAY = "the report is empty, and there is no comment yet"
    SAME = "the comment is up to date"
    NEWER = "the comment is from a newer run"


@record
class CommentDecision:
    """What to do, and with which comment."""

    action: CommentAction
    id: str = ""


def decide(comment: Comment, posted: Sequence[Posted]) -> CommentDecision:
    """One comment per id: the first one by the same author that starts with the marker of this id."""
    for each in posted:
        there = parse(each.body) if each.is_own else None
        if there and there.marker.id == comment.marker.id:
            return CommentDecision(_about(comment, there), each.id)
    return CommentDecision(CommentAction.NOTHING_TO_SAY if comment.marker.quiet else CommentAction.CREATE)


def _about(comment: Comment, there: Comment) -> CommentAction:
    if comment.is_older(there):
        return CommentAction.NEWER
    return CommentAction.SAME if comment.says_the_same(there) else CommentAction.UPDATE


def post(comment: Comment, forge: Forge, *, dry_run: bool = False) -> CommentDecision:
    """Create or update the comment, unless it is a dry run; returns the decision."""
    decision = decide(comment, forge.comments())
    if not dry_run and decision.action is CommentAction.CREATE:
        forge.create(str(comment))
    elif not dry_run and decision.action is CommentAction.UPDATE:
        forge.update(decision.id, str(comment))
    return decision
