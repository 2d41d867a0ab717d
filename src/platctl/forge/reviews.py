"""The approving reviews of a pull request: what a code host says about them, and which count for what is checked."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from platctl.record import record

_LOGIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9_-])?")
_TEAM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,254}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,254}){1,20}")
_OWN_ADDRESS = re.compile(r"(?:[0-9]+[+-])?([A-Za-z0-9_][A-Za-z0-9._-]*)@users\.noreply\..*")
"""The addresses that hosts give their users, which contain the login."""


class ReviewDecision(StrEnum):
    """What a reviewer decided last. Comments decide nothing."""

    APPROVED = "approved"
    TAKEN_BACK = "taken back"


@record
class Review:
    """One decision of one person. `commit` is what it was given for, `at` when: "" and None if the host omits it."""

    login: str
    decision: ReviewDecision = ReviewDecision.APPROVED
    at: datetime.datetime | None = None
    commit: str = ""
    name: str = ""
    teams: tuple[str, ...] = ()
    is_person: bool = True


@record
class Reviewed:
    """A pull request with its reviews. `head` is its newest commit, and `pushed` when it came, if reviews name none.

    `author` is the login of who opened it; `logins` are the accounts, `names` the names and addresses in its commits.
    All are in lower case. `has_all_commits` is False if the host may have omitted commits.
    """

    head: str
    author: str
    logins: frozenset[str]
    names: frozenset[str]
    reviews: tuple[Review, ...]
    has_all_commits: bool = True
    names_commits: bool = True
    pushed: datetime.datetime | None = None


@record
class JudgedReview:
    """An approving review. It counts unless `why_not` says why it doesn't; handles are in lower case, without `@`."""

    handles: tuple[str, ...]
    on: datetime.date | None
    why_not: str = ""

    @property
    def login(self) -> str:
        return self.handles[0]


def judged(
    reviewed: Reviewed,
    checked: frozenset[str],
    committed: frozenset[str],
    names_of: Callable[[str], Iterable[str]],
) -> tuple[JudgedReview, ...]:
    """The approving reviews, by login. `checked` are the ids of the commit that is checked, as host and git name it.

    `committed` are the names and addresses of the commits that are checked, and `names_of` has the names and addresses
    under which a login is known. Anything that is not known makes a review not count.
    """
    found = []
    for login, review in _last(reviewed.reviews):
        if review.decision is ReviewDecision.APPROVED:
            names = {folded(each) for each in (login, review.name, *names_of(login)) if each}
            why = _why_not(reviewed, review, login, checked, bool(names & (reviewed.names | committed)))
            teams = tuple(sorted({each.lower() for each in review.teams if _TEAM.fullmatch(each)}))
            found.append(JudgedReview((login, *teams), review.at.date() if review.at else None, why))
    return tuple(found)


def _last(reviews: Iterable[Review]) -> Iterator[tuple[str, Review]]:
    """The last decision of each login. One without a time may be the last; what is no login counts as none."""
    by_login: dict[str, list[Review]] = {}
    for each in reviews:
        if each.is_person and _LOGIN.fullmatch(each.login):
            by_login.setdefault(each.login.lower(), []).append(each)
    for login, given in sorted(by_login.items()):
        undated = next((each for each in given if each.at is None), None)
        yield login, undated or max(given, key=_time)


def _time(review: Review) -> tuple[datetime.datetime, bool]:
    """Of one moment, what takes back comes last."""
    assert review.at is not None  # noqa: S101  only called for dated ones
    return review.at, review.decision is not ReviewDecision.APPROVED


def _why_not(reviewed: Reviewed, review: Review, login: str, checked: frozenset[str], has_committed: bool) -> str:
    if login == reviewed.author:
        return "opened the pull request"
    if login in reviewed.logins or has_committed:
        return "has commits in this change"
    if not reviewed.has_all_commits:
        return "the host did not list all commits of this change"
    if reviewed.head not in checked:
        return "the pull request has a different newest commit than the one that is checked"
    if review.at is None:
        return "the host does not say when"
    if reviewed.names_commits:
        return "" if review.commit == reviewed.head else _older(review)
    if reviewed.pushed is None:
        return "the host does not say when the newest version was pushed"
    return "" if review.at > reviewed.pushed else "was given before the newest version was pushed"


def _older(review: Review) -> str:
    return "was given for an older commit" if review.commit else "the host does not say for which commit"


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def moment(text: object) -> datetime.datetime | None:
    """A time with its zone, as hosts write it; None if it is none."""
    if not isinstance(text, str) or not text.isascii():
        return None
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(datetime.UTC) if found.tzinfo and 1970 < found.year < 9999 else None


def people(signatures: Iterable[tuple[object, object]]) -> frozenset[str]:
    """Names and addresses in commits as they are compared, with the logins that hosts put into addresses."""
    found = set()
    for each in (word for signature in signatures for word in signature if isinstance(word, str)):
        own = _OWN_ADDRESS.fullmatch(each)
        found |= {folded(each), *([own[1].lower()] if own else [])}
    return frozenset(found - {""})


def text(value: Mapping[str, Any] | None, *keys: str) -> str:
    """A text in a JSON object; "" if an object on the way, or the text, is null or missing."""
    found: Any = value
    for key in keys:
        found = found.get(key) if found is not None else None
    if found is None:
        return ""
    if not isinstance(found, str):
        raise TypeError(key)
    return found


def items(value: Any) -> Sequence[Any]:
    """A JSON list. Raises TypeError for anything else."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
