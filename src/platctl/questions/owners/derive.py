"""Who is responsible for entities, and whom to ask or tell because of a change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property

from platctl.model.entity.consumer import Consumer
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named, all_named, named
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.outlook.contacts import Contact, contacts_of, participants_of, stakeholders_of
from platctl.outlook.contacts import owners_of as owning
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.questions.owners.report import Duty, DutyReason, OwnedFile, Owner, OwnersReport
from platctl.record import record

_ACTING = (Level.BREAKS, Level.MUST_ACT)
_TEAM, _PERSON = "team", "person"
_OWNED = ("component", "consumer", "initiative", "goal")
"""Kinds that should have someone responsible."""


@record(slots=False)
class _Register:
    """Collects names with reasons; a person and a team of the same name are two entries."""

    model: Model
    found: dict[tuple[str, bool], tuple[str, str, dict[DutyReason, None]]] = field(default_factory=dict)

    def add(self, contact: Contact, duty: Duty, subject: Named) -> None:
        """Adds someone; the first known role stays."""
        key = (_folded(contact.name), contact.role == _TEAM)
        self.found.setdefault(key, (contact.name, contact.role, {}))[2][DutyReason(duty, subject)] = None

    @cached_property
    def _handles(self) -> Mapping[tuple[str, bool], str]:
        people = {(_folded(name), False): handle for name, handle in self.model.config.people.items()}
        teams = {(_folded(team.label), True): team.handle for team in self.model.teams.values() if team.handle}
        users = {(_folded(user.label), False): user.handle for user in self.model.users.values() if user.handle}
        return people | users | teams

    def owners(self) -> tuple[Owner, ...]:
        """Everyone, the strongest duty first, then by name."""
        everybody = [
            Owner(name, role, self._handles.get(key), tuple(sorted(reasons, key=_reason_order)))
            for key, (name, role, reasons) in self.found.items()
        ]
        return tuple(sorted(everybody, key=lambda each: (_place(each.duty), each.name.casefold(), each.role)))


def owners_of(model: Model, selected: frozenset[Ref], of: str) -> OwnersReport:
    """Who is responsible for what is selected: owners, product managers, and the stakeholders to tell."""
    register, nobody = _Register(model), []
    for ref in sorted(ref for ref in selected if ref in model.entities):
        subject, responsible = named(model, ref), list(_responsible(model, ref))
        for contact in responsible:
            register.add(contact, Duty.OWN, subject)
        told = stakeholders_of(model.consumers[ref]) if ref in model.consumers else ()
        for contact in (*told, *participants_of(model, model.entities[ref])):
            register.add(contact, Duty.TELL, subject)
        if not responsible and ref.kind in _OWNED:
            nobody.append(subject)
    return OwnersReport(of, None, register.owners(), _files(model, selected), tuple(nobody))


def owners_of_change(model: Model, impact: ImpactReport, compared: Compared) -> OwnersReport:
    """Who must approve, act or be told because of a change, and who is responsible for what it changes."""
    register = _Register(model)
    for verdict in impact.verdicts:
        _of_verdict(register, model, verdict)
    for told in impact.told:
        for subject in told.because:
            register.add(told.contact, Duty.TELL, subject)
    changed = {change.component for change in impact.changes}
    changed |= {change.initiative.ref for change in impact.changes if change.initiative}
    changed |= {change.entity.ref for change in impact.others}
    changed = {ref for ref in changed if ref in model.entities}
    for ref in sorted(changed):
        for contact in _responsible(model, ref):
            register.add(contact, Duty.OWN, named(model, ref))
    nobody = [named(model, ref) for ref in sorted(changed) if ref.kind in _OWNED and not list(_responsible(model, ref))]
    return OwnersReport("the change", compared, register.owners(), _files(model, frozenset(changed)), tuple(nobody))


def _of_verdict(register: _Register, model: Model, verdict: Verdict) -> None:
    consumer = model.consumers[verdict.consumer.ref]
    contacts = contacts_of(model, consumer)
    for approval in verdict.approvals:
        if not approval.is_given:
            for contact in _approvers(model, consumer, approval.of) if approval.of else contacts:
                register.add(contact, Duty.APPROVE, verdict.consumer)
    for contact in contacts if verdict.level in _ACTING else ():
        register.add(contact, Duty.ACT, verdict.consumer)


def _approvers(model: Model, consumer: Consumer, names: Iterable[str]) -> Iterator[Contact]:
    """The approvers; members of a team that owns the consumer count as the team, since any one of them will do."""
    teams = [team for ref in consumer.owners if (team := model.teams.get(model.canonical(ref)))]
    team_of = {_folded(name): team for team in reversed(teams) for name in (*team.members, team.lead or "")}
    manager = _folded(consumer.product_manager or "")
    for name in names:
        if _folded(name) == manager:
            yield Contact(name, "product manager")
        elif team := team_of.get(_folded(name)):
            yield Contact(team.label, _TEAM)
        else:
            yield Contact(name, _PERSON)


def _responsible(model: Model, ref: Ref) -> Iterator[Contact]:
    """The product manager of a consumer, and the teams and users that own an entity."""
    entity = model.entities[ref]
    if isinstance(entity, Consumer):
        yield from contacts_of(model, entity)
    else:
        yield from (replace(each, contact=None) for each in owning(model, entity))


def _files(model: Model, refs: Iterable[Ref]) -> tuple[OwnedFile, ...]:
    """The files that contain these entities, with the handles of all owners of something in them."""
    paths = {model.documents[ref].document.path for ref in refs if ref in model.documents}
    handles: dict[str, set[str]] = {path: set() for path in paths}
    for ref, placement in model.documents.items():
        path = placement.document.path
        if path in handles:
            register = _Register(model)
            for contact in _responsible(model, ref):
                register.add(contact, Duty.OWN, named(model, ref))
            handles[path] |= {owner.handle for owner in register.owners() if owner.handle}
    teams = _teams_by_file(model)
    return tuple(OwnedFile(path, tuple(sorted(found)), teams.get(path, ())) for path, found in sorted(handles.items()))


def _teams_by_file(model: Model) -> dict[str, tuple[Named, ...]]:
    """The teams that own components in the same file, where there are several."""
    found: dict[str, set[Ref]] = {}
    for ref, component in model.components.items():
        found.setdefault(model.documents[ref].document.path, set()).update(model.canonical_all(component.owners))
    return {path: all_named(model, sorted(teams)) for path, teams in found.items() if len(teams) > 1}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _place(duty: Duty) -> int:
    return list(Duty).index(duty)


def _reason_order(reason: DutyReason) -> tuple[int, Ref]:
    return (_place(reason.duty), reason.subject.ref)
