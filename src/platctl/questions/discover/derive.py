"""Where platforms emerge, by the state at hand and by how its users came and left."""

from collections.abc import Iterator
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import all_named, named
from platctl.model.past import History, reached
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience, Precision
from platctl.outlook.audience import dates_of
from platctl.outlook.lifelines import Life
from platctl.questions.discover.backtest import Replay, is_candidate, past_quarters
from platctl.questions.discover.breaks import breaks
from platctl.questions.discover.edits import official_edit
from platctl.questions.discover.patterns import Match, is_asked, matches
from platctl.questions.discover.report import (
    Agreed,
    Backtest,
    DiscoverReport,
    Discovery,
    Missing,
    NearMiss,
    Pattern,
    Stamp,
    UsedComponent,
)
from platctl.questions.discover.rows import Rows
from platctl.questions.discover.scene import Scene, type_of
from platctl.questions.discover.seen_past import SeenPast, seen_past
from platctl.questions.discover.since import Since
from platctl.questions.discover.traps import traps
from platctl.questions.discover.twins import Twins, twins
from platctl.questions.discover.visits import Visits, visits
from platctl.questions.history.derive import look
from platctl.record import record


@record
class DiscoverOptions:
    """The question. `only` limits it to what concerns these entities, without the components that are `excluded`;
    `said` is that in words. With `backtest`, it is
    about past quarters."""

    today: Date | None = None
    only: frozenset[Ref] | None = None
    excluded: frozenset[Ref] = frozenset()
    said: str = ""
    audience: Audience | None = None
    backtest: bool = False


def discover(whole: Model, model: Model, state: str, options: DiscoverOptions, history: History) -> DiscoverReport:
    """The answer for one state of a model; `model` is what the audience sees of `whole`."""
    seen = seen_past(whole, model, history.past, options.audience, options.today)
    return _Discover(seen, options, history, whole.is_complete).report(state)


@record(slots=False)
class _Discover:
    seen: SeenPast
    options: DiscoverOptions
    history: History
    is_complete: bool

    def report(self, state: str) -> DiscoverReport:
        is_backtest, audience = self.options.backtest, self.options.audience
        return DiscoverReport(
            state=state,
            today=self.options.today,
            audience=audience.id if audience else None,
            only=self.options.said,
            look=look(self.history.past) if self.history.past and not audience else None,
            lacking=self.history.missing or "",
            missing=tuple(self._missing()),
            found=() if is_backtest else tuple(self._found()),
            near=() if is_backtest else tuple(self._near(each) for each in self._matches if each.lacks),
            traps=tuple(traps(self._scene, self._rows, self.options.only, tells_names=self._tells_names)),
            crowds=0 if is_backtest else self._twins.crowds,
            broken=self.history.past.broken if self.history.past and not audience else (),
            backtest=self._backtest() if is_backtest else None,
        )

    @cached_property
    def _visits(self) -> Visits:
        ends = (end for _, end in self._quarters) if self.options.backtest else ()
        return visits(self.seen, map(self.seen.at, ends))

    @cached_property
    def _scene(self) -> Scene:
        names = {entity.ref: life for life in self.seen.lives if life.state and (entity := life.state.entity)}
        return Scene(self.seen.model, self._visits, self.seen.last, self.options.today, names)

    @cached_property
    def _quarters(self) -> tuple[tuple[str, Date], ...]:
        """The past quarters of the history, as far as they may be told."""
        past, today = self.history.past, self.options.today
        if past is None or today is None or not self._tells_quarters:
            return ()
        calendar = self.seen.model.config.calendar.calendar
        return past_quarters(calendar, reached(past.moments)[0], today)

    @cached_property
    def _rows(self) -> Rows:
        audience, today = self.options.audience, self.options.today
        dates = dates_of(self.seen.model, audience, today) if audience and today else None
        return Rows(self._scene, dates, self.history.past is not None, self._quarters)

    @property
    def _tells_quarters(self) -> bool:
        """Not to an audience that only sees that a day is past."""
        return self.options.audience is None or self.options.audience.dates is not Precision.HORIZON

    @property
    def _tells_names(self) -> bool:
        return self.options.audience is None or self.options.audience.reads("aliases")

    def _missing(self) -> Iterator[Missing]:
        past, model = self.history.past, self.seen.model
        if past is None:
            yield Missing.HISTORY
        elif len(past.moments) == 1:
            yield Missing.SECOND_COMMIT
        if past and past.is_cut:
            yield Missing.EARLIER_COMMITS
        if self.options.audience and past:
            yield Missing.COMMITS
        if not model.components:
            yield Missing.COMPONENTS
        elif not self._scene.users_of:
            yield Missing.USERS
        elif not any(each.owner for each in (*model.components.values(), *model.consumers.values())):
            yield Missing.OWNERS
        if self.seen.blanks and self.seen.blanks[-1].until is None:
            yield Missing.FULL_STATE
        if not self.is_complete and not self.options.audience:  # which may not know of all that there is
            yield Missing.UNREAD
        if self.options.backtest and past and not self._quarters:
            yield Missing.QUARTERS if self._tells_quarters else Missing.DAYS

    def _backtest(self) -> Backtest:
        today, calendar = self.options.today, self.seen.model.config.calendar.calendar
        if today is None:
            return Backtest((), 0, 0, 0, 0)
        return Replay(self._visits, calendar, self._quarters, today, self._only, self._excluded).report()

    # What matches

    @cached_property
    def _matches(self) -> tuple[Match, ...]:
        return tuple(each for each in matches(self._scene, self._twins) if self._is_asked(each))

    @cached_property
    def _twins(self) -> Twins:
        return twins(self._scene)

    def _is_asked(self, match: Match) -> bool:
        return is_asked(self._scene, match, self._only, self._excluded)

    @cached_property
    def _only(self) -> frozenset[Life] | None:
        """What is asked for; None for everything."""
        only, names = self.options.only, self._scene.names
        return None if only is None else frozenset(names[ref] for ref in only if ref in names)

    @cached_property
    def _excluded(self) -> frozenset[Life]:
        names = self._scene.names
        return frozenset(names[ref] for ref in self.options.excluded if ref in names)

    def _found(self) -> Iterator[Discovery]:
        order = list(Pattern)
        found = [each for each in self._matches if each.lacks is None]
        for match in sorted(found, key=lambda each: order.index(each.pattern)):
            yield self._discovery(match)

    def _discovery(self, match: Match) -> Discovery:
        ref, scene = match.component, self._scene
        return Discovery(
            pattern=match.pattern,
            component=self._used(ref),
            twin=self._used(match.twin) if match.twin else None,
            is_emerging=is_candidate(scene, match),
            needed=len(match.needed),
            since=self._since(match),
            agreed=tuple(Agreed(what, values) for what, values in match.agreed),
            misses=tuple(self._near(each) for each in self._matches if each.lacks and each.component == ref),
            edit=official_edit(scene.model, scene.official, match),
        )

    def _used(self, ref: Ref) -> UsedComponent:
        """A component, made once, however many patterns it matches."""
        if ref not in self._made:
            self._made[ref] = self._component(ref)
        return self._made[ref]

    @cached_property
    def _made(self) -> dict[Ref, UsedComponent]:
        return {}

    def _component(self, ref: Ref) -> UsedComponent:
        scene, rows = self._scene, self._rows
        component, users = scene.model.components[ref], scene.users(ref)
        return UsedComponent(
            entity=named(scene.model, ref),
            type=component.type,
            layer=component.layer,
            lifecycle=component.lifecycle.value,
            owner=rows.owner(ref),
            called=scene.official.calls(ref),
            users=rows.users(ref),
            former=rows.former(ref),
            type_users=len(scene.users_by_type[type_of(component)]),
            owners=all_named(scene.model, scene.owners(users)),
            unowned=sum(scene.owner(user) is None for user in users),
            came=len(scene.gained(ref)),
            left=len(scene.lost(ref)),
            breaks=tuple(rows.stamp(index) for index in self._breaks(ref)),
            counts=rows.counts(ref),
        )

    def _near(self, match: Match) -> NearMiss:
        model, lacks = self._scene.model, match.lacks
        assert lacks  # noqa: S101  those that match are no near misses
        twin = named(model, match.twin) if match.twin else None
        about = all_named(model, match.about)
        return NearMiss(match.pattern, named(model, match.component), twin, lacks, match.has, match.needs, about)

    def _breaks(self, ref: Ref) -> tuple[int, ...]:
        life = self._scene.names.get(ref)
        known = [found[0].came for _, found in self._scene.history(ref)]
        return breaks(life, self._visits, min(known)) if life and known else ()

    def _since(self, match: Match) -> Stamp | None:
        index = self._begins.of(match)
        return None if index is None else self._rows.stamp(index)

    @cached_property
    def _begins(self) -> Since:
        return Since(self._scene)
