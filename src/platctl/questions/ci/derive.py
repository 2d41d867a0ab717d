"""Checks one change: whether it is consistent, and whom it affects, loading both states once."""

from platctl.finding import Finding, Severity
from platctl.forge.reviews import JudgedReview
from platctl.model.calendar import Date
from platctl.model.completion import only_says_unread
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.outlook.compared import Compared
from platctl.questions.ci.report import CheckOutcome, CiReport, ReviewEntry, ReviewsReport
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.questions.impact.reviewers import Handles, Reviewer
from platctl.questions.validate.known_findings import known_before
from platctl.record import record
from platctl.rules.validation import ValidationOptions, validate


@record
class AskedReviews:
    """The approving reviews of the change, or the problem because of which they are not known."""

    reviews: tuple[JudgedReview, ...] = ()
    problem: str = ""
    help: str = ""


@record
class CheckOptions:
    """What fails the check, and which findings count: all, or only those new since base; never those in `known`.

    `reviews` is None if reviews are not looked at.
    """

    today: Date | None = None
    fail_on: Level | None = Level.BREAKS
    fail_on_finding: Severity | None = Severity.ERROR
    fail_on_component: Level | None = None
    new_only: bool = False
    known: frozenset[str] = frozenset()
    reviews: AskedReviews | None = None


def check(base: Model, head: Model, compared: Compared, options: CheckOptions, own: Model | None = None) -> CiReport:
    """Both checks, judged by the settings of base, so that a change can't loosen its own checks.

    If base has no model yet, there is nothing to loosen, and the settings of head apply. `own` is head as it was read,
    where `head` has from base what could not be read.
    """
    own = own or head
    before = known_before(base, own, options.today)
    known = options.known | before if options.new_only else options.known
    settings = base.config if base.files else None
    weighed = None if settings == head.config else settings
    validation = validate(
        own,
        compared.head,
        ValidationOptions(options.today, fail_on=options.fail_on_finding, known=known, settings=weighed),
    )
    handles = Handles(base)
    asked = ImpactOptions(
        compared.at,
        options.today,
        options.fail_on,
        settings,
        fail_on_component=options.fail_on_component,
        reviewers=_reviewers(options.reviews, handles) if options.reviews else None,
    )
    moved = impact(base, head, compared, asked)
    found = [diagnostic.finding.fingerprint for diagnostic in validation.diagnostics]
    failing = [each for each in validation.diagnostics if _fails(each.finding, head, options)]
    fails = failing or moved.summary.fails
    passed = CheckOutcome.INCOMPLETE if moved.incomplete else CheckOutcome.PASS
    return CiReport(
        outcome=CheckOutcome.FAIL if fails else passed,
        compared=compared,
        new=tuple(each for each in found if each not in before | known),
        validation=validation,
        impact=moved,
        reviews=_reviews(options.reviews, handles) if options.reviews else None,
    )


def _reviewers(asked: AskedReviews, handles: Handles) -> tuple[Reviewer, ...]:
    """Everyone whose review counts."""
    return tuple(
        reviewer for each in asked.reviews if not each.why_not for reviewer in handles.reviewers(each.handles, each.on)
    )


def _reviews(asked: AskedReviews, handles: Handles) -> ReviewsReport:
    return ReviewsReport(
        asked.problem or None, asked.help or None, tuple(_entry(each, handles) for each in asked.reviews)
    )


def _entry(review: JudgedReview, handles: Handles) -> ReviewEntry:
    names = tuple(dict.fromkeys(each.names[0] for each in handles.reviewers(review.handles, review.on)))
    why = review.why_not or ("" if names else "is no one's handle in the base")
    return ReviewEntry(review.login, names, review.on, counts=not why, why=why or None)


def _fails(finding: Finding, head: Model, options: CheckOptions) -> bool:
    """What could not be opened makes the check incomplete, which is told apart from a failure."""
    limit = options.fail_on_finding
    return limit is not None and finding.severity.rank <= limit.rank and not only_says_unread(finding, head)
