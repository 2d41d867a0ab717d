"""What an impact report cannot know."""

from collections.abc import Iterator

from platctl.finding import Span
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import Spelling, name_of, named
from platctl.model.settings.config import Config
from platctl.outlook.shifts import ChangeSet
from platctl.outlook.spread import Spread
from platctl.questions.impact.report import Unknown, UnknownKind
from platctl.record import record


@record(slots=False)
class Ignorance:
    """What a report on these changes cannot know."""

    spread: Spread
    changes: ChangeSet
    settings: Config
    today: Date | None

    @property
    def model(self) -> Model:
        return self.spread.head.model

    def all(self) -> Iterator[Unknown]:
        """What the report cannot know, kind by kind."""
        ranges = [direct for direct in self.spread.direct if direct.told and not direct.effect.is_range_known]
        uses = {direct.use.key: direct.use for direct in ranges}.values()
        if uses:
            subjects = tuple(self._edge(use) for use in uses)
            yield Unknown(UnknownKind.NO_RANGE, subjects, tuple(self.model.at(use.source, use.route) for use in uses))
        yield from self._unconfirmed()
        lonely = [
            ref
            for ref in self.spread.touched
            if not self.spread.head.users_of.get(ref) and ref in self.model.components
        ]
        if lonely:
            yield Unknown(UnknownKind.NO_DEPENDENTS, tuple(name_of(self.model, ref, None) for ref in lonely))
        undated = [line.subject for line in self.changes.lines if line.initiative and line.date is None]
        if undated:
            yield Unknown(UnknownKind.UNDATED, tuple(dict.fromkeys(undated)))
        unread = {
            file.path
            for model in (self.model, self.spread.base.model)
            for file in model.files.values()
            if not file.complete
        } | {each.path for each in self.model.not_read}
        if unread:
            yield Unknown(
                UnknownKind.UNREAD, tuple(map(Spelling, sorted(unread))), tuple(Span(path) for path in sorted(unread))
            )

    def _edge(self, use: Use) -> Spelling:
        source, target = named(self.model, use.source), self.spread.target(use)
        return Spelling(f"{source.id} on {target}", f"{source.label_with_id} on {target}")

    def _unconfirmed(self) -> Iterator[Unknown]:
        days, today = self.settings.impact.confirmed_within_days, self.today
        if days is None or today is None:
            return
        old = [
            use
            for ref in self.spread.touched
            for use in self.spread.head.users_of.get(ref, ())
            if use.dependency.confirmed is None or (today - use.dependency.confirmed).days > days
        ]
        if old:
            subjects = tuple(self._edge(use) for use in old)
            yield Unknown(UnknownKind.UNCONFIRMED, subjects, tuple(self.model.at(use.source, use.route) for use in old))
