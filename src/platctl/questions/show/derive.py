"""What one entity is, and how everything around it hangs together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Final

from platctl.finding import Span
from platctl.graph.graph import Graph, Use
from platctl.graph.reach import Reachability
from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.named import Named, all_named, name_of, named
from platctl.model.part import Part
from platctl.model.past import History
from platctl.model.ref import Ref
from platctl.model.release_day import RELEASE
from platctl.model.settings.audience import Audience
from platctl.outlook.ahead import ahead
from platctl.outlook.contacts import Contact, contacts_for, stakeholders_of, team_contact
from platctl.outlook.effort import efforts
from platctl.outlook.lifelines import Life, Lives, lives
from platctl.outlook.plan import Plan
from platctl.outlook.timeline import Timeline
from platctl.questions.compat.matrix import VersionMatrix
from platctl.questions.compat.report import VersionColumn, VersionTable, Word
from platctl.questions.goals.tree import GoalTree
from platctl.questions.history.derive import story
from platctl.questions.history.fields_as_text import written_out
from platctl.questions.show.ladder import Ladder
from platctl.questions.show.report import (
    Fact,
    Recent,
    Rung,
    ShownChange,
    ShownFinding,
    ShownGoal,
    ShownUse,
    ShownVersion,
    ShownWork,
    ShowReport,
)
from platctl.record import record
from platctl.rules.validation import ValidationOptions, validate

RECENT: Final = timedelta(days=90)
_ELSEWHERE = frozenset(
    {"kind", "id", "namespace", "title", "description", "owner", "aliases"}
    | {"interfaces", "version", "versions", "depends_on", "uses", "changes", "stakeholders", "product_manager"}
)
"""Fields that have a place of their own."""
_NO_GAPS = frozenset({"external", "co_owners", "participants", "supersedes", "see_also", "system", "parent"})
"""Fields that most entities need not have: that they are not written is no gap, except for the parent of a goal."""
_NAMED_BY = (RELEASE, "system", "domain")
"""The kinds of which it is shown what names them."""
_MEETS = (Word.WORKS, Word.WORKS_UNTIL, Word.DEPRECATED)


def show(
    model: Model, state: str, entity: Ref, today: Date | None, audience: Audience | None, history: History
) -> ShowReport:
    """Everything about one entity that a model has, or that only its history has."""
    past = history.past
    found = lives(past) if past else Lives()
    life = found.named.get(entity)
    if entity not in model.entities and past and life:
        gone = past.moments[life.turns[-1].index].at
        last = replace(model, entities=dict(model.entities) | {entity: life.last.entity})
        shown = _Portrait(last, entity, today, audience, history, life)
        return replace(shown.what_it_was(state), gone=gone)
    return _Portrait(model, entity, today, audience, history, life).report(state)


@record(slots=False)
class _Portrait:
    model: Model
    ref: Ref
    today: Date | None
    audience: Audience | None
    history: History
    life: Life | None

    @property
    def entity(self) -> Entity:
        return self.model.entities[self.ref]

    def what_it_was(self, state: str) -> ShowReport:
        """What is known of something that is gone."""
        return ShowReport(
            state=state,
            today=self.today,
            audience=self.audience.id if self.audience else None,
            entity=Named(self.ref, self.entity.name, self.entity.title),
            description=self.entity.description,
            former=self._former,
            facts=tuple(self._facts()),
            owner=team_contact(self.model, self.entity.owner) if self.entity.owner else None,
            contacts=(),
            ladder=(),
            versions=(),
            uses=(),
            used_by=(),
            components=None,
            consumers=None,
            dependencies=None,
            work=(),
            before=(),
            after=(),
            goals=(),
            recent=self._recent(),
            findings=(),
            gone=None,
            span=None,
        )

    def report(self, state: str) -> ShowReport:
        """All that a model has of it."""
        is_component = self.ref in self.model.components
        has_uses = is_component or self.ref in self.model.consumers
        reach = Reachability(self._graph)
        return replace(
            self.what_it_was(state),
            contacts=self._contacts(),
            ladder=tuple(self._ladder(reach)) if is_component else (),
            versions=self._versions,
            uses=tuple(self._uses()),
            used_by=tuple(self._used_by()),
            components=reach.count_dependents(self.ref, "component") if is_component else None,
            consumers=reach.count_dependents(self.ref, "consumer") if is_component else None,
            dependencies=reach.count_dependencies(self.ref, "component") if has_uses else None,
            work=self._work,
            before=self._before(),
            after=self._after(),
            goals=tuple(self._goals()),
            findings=tuple(self._findings()),
            span=self._known(self.model.name_at(self.ref)),
        )

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def _plan(self) -> Plan:
        return Plan(self.model, self.today)

    @cached_property
    def _matrix(self) -> VersionMatrix:
        return VersionMatrix(self._graph, ahead(Timeline(self.model, self.today)))

    def _known(self, span: Span | None) -> Span | None:
        """A place; None for readers who may not know it."""
        return span if span and span.path else None

    # What it is

    @cached_property
    def _former(self) -> tuple[str, ...]:
        return tuple(alias for alias in self.entity.aliases) if self._reads("aliases") else ()

    def _reads(self, field: str) -> bool:
        return self.audience is None or self.audience.reads(field)

    def _facts(self) -> Iterator[Fact]:
        """Every other field that may be read, and what is written there."""
        for name, info in type(self.entity).all_fields.items():
            field = info.key
            if name in _ELSEWHERE or not self._reads(field):
                continue
            value = getattr(self.entity, name)
            is_written = name in self.entity.given_fields
            if self.audience:  # its model has every field
                is_written = value != info.default_value()
            if is_written or name not in _NO_GAPS or (name == "parent" and self.entity.kind_name == "goal"):
                yield Fact(field, self._waiting(field) or (_said(value) if is_written else None))

        if others := [each for each in self._hanging if each.kind != "initiative"]:
            yield Fact("named by", ", ".join(each.label for each in all_named(self.model, others)))

    def _waiting(self, field: str) -> str | None:
        """The release without a day that a field names."""
        release = self.entity.waits.get((field,))
        return f"release {release.name}, which has no day" if release else None

    @cached_property
    def _hanging(self) -> Mapping[Ref, None]:
        """What names a release as its day, or belongs to a system or domain."""
        if self.ref.kind not in _NAMED_BY:
            return {}
        references = self.model.references
        return {each.source: None for each in references if self.model.canonical(each.target) == self.ref}

    def _contacts(self) -> tuple[Contact, ...]:
        """Whom to ask, besides the owner."""
        owner = team_contact(self.model, self.entity.owner) if self.entity.owner else None
        asked = [each for each in contacts_for(self.model, self.ref) if each != owner]
        consumer = self.model.consumers.get(self.ref)
        return (*asked, *(stakeholders_of(consumer) if consumer else ()))

    # Versions and dependencies

    @cached_property
    def _table(self) -> VersionTable | None:
        return self._matrix.table(self.ref, None) if self.ref in self.model.components else None

    @cached_property
    def _versions(self) -> tuple[ShownVersion, ...]:
        table = self._table
        return tuple(self._version(table, index) for index in range(len(table.columns))) if table else ()

    def _version(self, table: VersionTable, index: int) -> ShownVersion:
        column = table.columns[index]
        working = [[each.cells[at].word in _MEETS for at in range(len(table.columns))] for each in table.rows]
        users = [row.who for row, works in zip(table.rows, working, strict=True) if works[index]]
        only = [row.who for row, works in zip(table.rows, working, strict=True) if works[index] and sum(works) == 1]
        found = next(
            (
                each.offered
                for each in listed(self.model.components[self.ref])
                if (each.interface, each.offered.version.text) == (column.interface, column.version)
            ),
            None,
        )
        return ShownVersion(
            on=column.on,
            version=column.version,
            since=found.since if found else None,
            deprecated=found.deprecated if found else None,
            sunset=found.sunset if found else None,
            begins=column.begins,
            ends=column.ends,
            is_deprecated=column.is_deprecated,
            is_over=column.is_over,
            successor=found.successor if found else None,
            by=column.by,
            users=tuple(dict.fromkeys(users)),
            only=tuple(dict.fromkeys(only)),
            span=self._known(column.span) if isinstance(column, VersionColumn) else None,
        )

    def _uses(self) -> Iterator[ShownUse]:
        for use in self._graph.uses_of.get(self.ref, ()):
            yield self._use(use, named(self.model, use.target))

    def _used_by(self) -> Iterator[ShownUse]:
        """Those that stop working first, by the order of `compat`."""
        order = {row.who.ref: at for at, row in enumerate(self._table.rows)} if self._table else {}
        for use in sorted(self._graph.users_of.get(self.ref, ()), key=lambda each: order.get(each.source, 0)):
            yield self._use(use, named(self.model, use.source))

    def _use(self, use: Use, who: Named) -> ShownUse:
        edge = self._matrix.edge(use)
        cell = self._matrix.whole(use) if use.target in self.model.components else None
        return ShownUse(who, edge.on, edge.requires, use.is_soft, use.exposes, cell, edge.span)

    def _ladder(self, reach: Reachability) -> Iterator[Rung]:
        return Ladder(
            self.model,
            self.model.components[self.ref],
            self.today,
            self.history,
            self.life,
            self._work,
            self._versions,
            reach.count_dependents(self.ref, "consumer"),
            reach.count_dependents(self.ref, "component"),
        ).rungs()

    # Work and goals

    @cached_property
    def _work(self) -> tuple[ShownWork, ...]:
        """The work that touches it, by its end; what is given up last."""
        touching = [each for ref, each in self.model.initiatives.items() if self._touches(ref, each)]
        shown = [self._shown_work(each) for each in touching]
        given_up = {each.ref for each in touching if each.status.is_given_up}
        return tuple(
            sorted(
                shown,
                key=lambda each: (
                    each.initiative.ref in given_up,
                    each.end is None,
                    each.end or Date.max,
                    each.initiative.ref,
                ),
            )
        )

    def _touches(self, ref: Ref, work: Initiative) -> bool:
        canonical = self.model.canonical
        touched = {
            *(canonical(each.component.component) for each in work.changes),
            *(canonical(each.goal) for each in work.goals),
            *self._plan.asking(work),
            *self.model.canonical_all(work.owner_and_teams),
        }
        if decision := self.model.decisions.get(self.ref):
            return ref in map(canonical, decision.about)
        if self.ref.kind == RELEASE:
            return ref in self._hanging
        if ballot := self.model.ballots.get(self.ref):
            return ref in {canonical(each) for each, _, _ in ballot.rated()}
        return self.ref == ref or self.ref in touched

    def _shown_work(self, work: Initiative) -> ShownWork:
        days = self._plan.window(work)
        return ShownWork(
            initiative=named(self.model, work.ref),
            status=work.status.value,
            changes=tuple(self._changes(work)),
            start=days.start,
            end=days.end,
            overdue_since=self._plan.overdue_since(work),
            effort=efforts(self.model, work),
            span=self.model.at(work.ref, (work.first_written("end", "period", "status"),)),
        )

    def _changes(self, work: Initiative) -> Iterator[ShownChange]:
        is_about = self.ref in self.model.components
        for each in work.changes:
            component = self.model.canonical(each.component.component)
            if not is_about or component == self.ref:
                on = name_of(self.model, component, each.component.interface)
                version = each.version.text if each.version else None
                yield ShownChange(on, each.effect.value, version, each.sunset)

    def _before(self) -> tuple[Named, ...]:
        """What an initiative waits for."""
        work = self.model.initiatives.get(self.ref)
        return all_named(self.model, work.depends_on) if work else ()

    def _after(self) -> tuple[Named, ...]:
        """What waits for an initiative directly."""
        return all_named(self.model, self._plan.waiting_for.get(self.ref, ()))

    def _goals(self) -> Iterator[ShownGoal]:
        """Those that it serves itself, or through the work that touches it; of a goal, those below it."""
        tree = GoalTree(self.model, self.today)
        if self.ref in self.model.goals:
            refs: Iterable[Ref] = (ref for ref in tree.under(self.ref) if ref != self.ref)
        else:
            work = (self.model.initiatives[each.initiative.ref] for each in self._work)
            refs = self.model.canonical_all(share.goal for each in work for share in each.goals)
        for ref in refs:
            if ref in self.model.goals:
                yield ShownGoal(named(self.model, ref), tree.due(ref), tree.progress[ref].share)

    # What happened, and what is wrong

    def _recent(self) -> Recent:
        if self.audience:
            return Recent(None, (), f"commits are not shown to {self.audience.id}")
        past, since = self.history.past, self.today - RECENT if self.today else None
        if past is None:
            return Recent(since, (), self.history.missing)
        if self.life is None:
            return Recent(since, (), "it is not in a commit yet")
        told = story(past, self.life, since)
        return Recent(since, tuple(reversed(told.chapters)))

    def _findings(self) -> Iterator[ShownFinding]:
        if self.audience:
            return
        options = ValidationOptions(self.today, entities=frozenset({self.ref}))
        for each in validate(self.model, "", options).diagnostics:
            found = each.finding
            yield ShownFinding(found.rule, found.severity, found.message, found.span)


def _said(value: object) -> str | None:
    """A value in one line; of items with a name only that."""
    if isinstance(value, tuple) and all(isinstance(each, Part) for each in value):
        names = (getattr(each, "title", None) or getattr(each, "id", None) or written_out(each) for each in value)
        return ", ".join(filter(None, names)) or None
    return written_out(value)
