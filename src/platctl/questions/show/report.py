"""The answer to: what is this, and how does everything around it hang together?"""

from enum import StrEnum

from platctl.finding import Severity, Span
from platctl.graph.reach import Count
from platctl.model.calendar import Date
from platctl.model.named import Named, Spelling
from platctl.model.placement import LazySpan
from platctl.outlook.contacts import Contact
from platctl.outlook.effort import Effort, weeks_of
from platctl.questions.compat.report import Cell
from platctl.questions.history.report import Chapter
from platctl.record import record
from platctl.source.git.history import Revision


@record
class Fact:
    """A field as written; `value` is None where it is not, which means not known."""

    field: str
    value: str | None


class Maturity(StrEnum):
    """The steps from an idea to the end of a component."""

    IDEA = "idea"
    DECIDED = "decided"
    CONTRACT = "contract"
    BUILT = "built"
    RELEASED = "released"
    USED = "used"
    DEPRECATED = "deprecated"
    ENDED = "ended"


class Answer(StrEnum):
    """Whether a step is reached."""

    YES = "yes"
    IN_PART = "in-part"
    NO = "no"
    UNKNOWN = "not-known"


@record
class Rung:
    """A step, whether it is reached, and the fact that says so, with its place."""

    step: Maturity
    answer: Answer
    fact: str
    span: Span | None = None


@record
class ShownVersion:
    """A version of an interface, as the catalog lists it or as work adds it (`by`, from `begins` on).

    `ends` is the first day on which it is not available any more. `users` are those that work with it, `only` those of
    them that work with no other version.
    """

    on: Spelling
    version: str | None
    since: Date | None
    deprecated: Date | None
    sunset: Date | None
    begins: Date | None
    ends: Date | None
    is_deprecated: bool
    is_over: bool
    successor: str | None
    by: Named | None
    users: tuple[Named, ...]
    only: tuple[Named, ...]
    span: Span | None


@record
class ShownUse:
    """A dependency, and whether it works, in the words of `compat`. Without a `cell`, what it names does not exist."""

    who: Named
    on: Spelling
    requires: str | None
    is_soft: bool
    exposes: bool
    cell: Cell | None
    span: LazySpan


@record
class ShownChange:
    """What work does to a component."""

    on: Spelling
    effect: str
    version: str | None
    sunset: Date | None


@record
class ShownWork:
    """Work that touches it: `changes` is what it does to it, or all that it does. `overdue_since` is its last day if
    that has passed.
    """

    initiative: Named
    status: str
    changes: tuple[ShownChange, ...]
    start: Date | None
    end: Date | None
    overdue_since: Date | None
    effort: tuple[Effort, ...]
    span: Span

    @property
    def weeks(self) -> float | None:
        """Person-weeks of all teams."""
        return weeks_of(self.effort)


@record
class ShownGoal:
    """A goal that it serves, or that is below it: `share` is the progress towards it, None if that is not known."""

    goal: Named
    due: Date | None
    share: float | None


@record
class ShownFinding:
    """A finding of `validate` in its document."""

    rule: str
    severity: Severity
    message: str
    span: Span | None


@record
class Recent:
    """What commits did to it since a day, the newest first. `missing` says why that is not known."""

    since: Date | None
    chapters: tuple[Chapter, ...]
    missing: str | None = None


@record
class ShowReport:
    """One entity and what is around it. `facts` are its other fields, those that are not written included.

    Components have a `ladder` and `versions`, and count their dependents. `gone` is the commit that removed it; then
    only the first part is known, as it was before. `audience` is who may see the report: places, history and findings
    are then left out.
    """

    state: str
    today: Date | None
    audience: str | None
    entity: Named
    description: str | None
    former: tuple[str, ...]
    facts: tuple[Fact, ...]
    owner: Contact | None
    contacts: tuple[Contact, ...]
    ladder: tuple[Rung, ...]
    versions: tuple[ShownVersion, ...]
    uses: tuple[ShownUse, ...]
    used_by: tuple[ShownUse, ...]
    components: Count | None
    consumers: Count | None
    dependencies: Count | None
    work: tuple[ShownWork, ...]
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    goals: tuple[ShownGoal, ...]
    recent: Recent
    findings: tuple[ShownFinding, ...]
    gone: Revision | None
    span: Span | None
