"""What a roadmap shows about a consumer, a team, a goal or a component itself."""

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.outlook.endings import EndKind
from platctl.outlook.overload import Overload
from platctl.record import record


@record
class ToldDay:
    """A day as the audience sees it: as text, and as a date where that may be exact. For a period, its last day."""

    text: str
    day: Date | None = None


@record
class Ask:
    """What the platform needs from a consumer: to move off something before it ends, or to look at it."""

    on: str
    requires: str | None
    uses: tuple[str, ...]
    gone: ToldDay | None
    kind: EndKind
    move_to: tuple[str, ...]
    weeks: float | None
    by: Named | None
    note: str | None


@record
class Wait:
    """A need of a consumer that no available version meets; `by` is the work that provides it."""

    on: str
    requires: str | None
    need_by: ToldDay | None
    by: Named | None
    planned: ToldDay | None
    is_late: bool


@record
class ConsumerFacts:
    """What the platform does for a consumer, and what it needs from it.

    `asks` is None for an audience that may not see what it uses. `gains` is committed work that benefits it,
    `requests` is what it asked for, committed or not. `reached` is committed work that affects it indirectly.
    `maybe` is work without a commitment.
    """

    tier: int | None
    product_manager: str | None
    asks: tuple[Ask, ...] | None
    waits: tuple[Wait, ...]
    gains: tuple[Ref, ...]
    requests: tuple[Ref, ...]
    reached: tuple[Ref, ...]
    maybe: tuple[Ref, ...]


@record
class TeamFacts:
    """Whom to ask in a team, and the periods in which it is over its capacity, where the audience may see those."""

    lead: str | None
    over_capacity: tuple[Overload, ...] = ()


@record
class MetricFacts:
    """How far a metric is: `progress` is the share of the way from baseline to target."""

    label: str
    unit: str | None
    baseline: float | None
    current: float | None
    target: float | None
    progress: float | None


@record
class GoalFacts:
    """How far a goal is. `is_served`: work on it, or on a goal below it, is committed; None if that is not shown."""

    parent: Named | None
    due: ToldDay | None
    weight: float | None
    progress: float | None
    metrics: tuple[MetricFacts, ...]
    is_served: bool | None


@record
class VersionFacts:
    """An available version. `ends` is its sunset."""

    interface: str | None
    version: str
    lifecycle: str
    ends: ToldDay | None
    successor: str | None
    migration: float | None


@record
class ComponentFacts:
    """The versions of a component, and the consumers that use it directly."""

    type: str | None
    layer: str | None
    lifecycle: str | None
    ends: ToldDay | None
    successor: Named | None
    versions: tuple[VersionFacts, ...]
    used_by: tuple[Named, ...]


@record
class About:
    """The entity that a page or a group is about."""

    entity: Named
    description: str | None
    owner: Named | None
    facts: ConsumerFacts | TeamFacts | GoalFacts | ComponentFacts

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to show but its name."""
        told: tuple[object, ...]
        match self.facts:
            case ConsumerFacts(asks=asks, waits=waits, product_manager=who):
                told = (asks, waits, who)
            case TeamFacts(lead=lead, over_capacity=over):
                told = (lead, over, ())
            case GoalFacts(metrics=metrics, due=due, parent=parent):
                told = (metrics, due, parent)
            case ComponentFacts(versions=versions, used_by=users, ends=ends):
                told = (versions, users, ends)
        return not any((self.description, *told))
