"""The differences that no other part of a report mentions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property

from platctl.model.entity.component import Dependency, Interface, Lifecycle, OfferedVersion
from platctl.model.model import Model
from platctl.model.named import name_of, named
from platctl.model.ref import Ref
from platctl.model.renames import as_alias
from platctl.outlook.asides import Aside
from platctl.outlook.deliveries import Delivery, DeliveryVerdict
from platctl.outlook.difference import Added, Difference, Modified, Removed, Renamed, as_text, field_of
from platctl.outlook.effects import Reason
from platctl.outlook.release_moves import ReleaseMoves
from platctl.outlook.shifts import ChangeSet, OfferChange, OfferEffect
from platctl.questions.impact.report import Exposed, OtherChange, Verdict
from platctl.record import record

_TELL_STATUS = (DeliveryVerdict.DROPPED, DeliveryVerdict.ADDED, DeliveryVerdict.DELIVERED)
_ENDING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)
_ENDS = {OfferEffect.DEPRECATION, OfferEffect.REMOVAL, OfferEffect.RELIEF}
_SAID = ("lifecycle", "since", "deprecated", "sunset", "successor")
_ITEM = 2
"""The length of the route to an item of a list: `uses[1]`."""


@record(slots=False)
class Reported:
    """What the parts of a report mention of a difference."""

    base: Model
    head: Model
    changes: ChangeSet
    deliveries: Iterable[Delivery]
    verdicts: Iterable[Verdict]
    left: Iterable[Aside]
    exposed: Iterable[Exposed] = ()
    renamed: Mapping[Ref, Ref] = field(default_factory=dict)
    """By former name: entities that are recognized without an alias."""
    releases: ReleaseMoves | None = None

    def others(self, differences: Iterable[Difference]) -> Iterator[OtherChange]:
        """The differences that none of them mentions."""
        base, head = self.base, self.head
        for each in differences:
            ref = each.ref
            match each:
                case Added():
                    yield OtherChange(named(head, ref), f"new {ref.kind}", head.name_at(ref))
                case Removed():
                    yield OtherChange(named(base, ref), f"{ref.kind} removed", base.name_at(ref))
                case Renamed(former=former):
                    hint = f"; add `aliases: [{as_alias(former, ref)}]`" if former in self.renamed else ""
                    yield OtherChange(named(head, ref), f"renamed from {former.name}{hint}", head.name_at(ref))
                case Modified(route=route) if not self.tells(each):
                    yield OtherChange(named(head, ref), self._words(each), head.at(ref, route))

    def _words(self, change: Modified) -> str:
        where, old, new = field_of(self.base, self.head, change), _in_full(change.before), _in_full(change.after)
        if change.before is None or change.before == ():
            return f"{where} added" + (f": {new}" if new else "")
        if change.after is None or change.after == ():
            return f"{where} removed" + (f": {old}" if old else "")
        return f"{where}: {old} -> {new}" if old and new else f"{where} changed"

    def tells(self, change: Modified) -> bool:
        """Whether a part reports exactly this: the field with its new value, or what was removed."""
        if self.releases and self.releases.tells(change):
            return True
        match change.ref.kind, change.route[0]:
            case "initiative", "status" | "end" | "period" as field:
                return self._tells_timing(change.ref, str(field))
            case "component", "version" | "versions" | "interfaces" | "lifecycle" | "sunset":
                return self._tells_offer(change)
            case "consumer", "uses":
                return self._tells_dependency(change)
            case "initiative", "goals":
                return True
            case "component", "depends_on" | "exposes":
                return change.route[-1] == "exposes" and any(each.component.ref == change.ref for each in self.exposed)
        return False

    @cached_property
    def _delivery_of(self) -> Mapping[Ref, Delivery]:
        return {each.initiative.ref: each for each in self.deliveries}

    def _tells_timing(self, ref: Ref, field: str) -> bool:
        delivery = self._delivery_of.get(ref)
        if delivery is None:
            return False
        if field == "status":
            return delivery.verdict in _TELL_STATUS
        return delivery.now is not None and (field == "end" or self.head.initiatives[ref].end is None)

    def _tells_offer(self, change: Modified) -> bool:
        """Added and removed versions, and starting or lifted deprecations, are in the changes."""
        *within, last = change.route
        if within[-1:] in ([], ["versions"], ["interfaces"]) or last == "version":
            return self._tells_item(change)
        lines = self._lines(change)
        if len(within) > 1 and within[-2] == "versions":
            text = self._version_at(change)
            lines = [line for line in lines if text in (*line.ending, *line.removed)]
        return _tells_end(change, lines)

    def _tells_item(self, change: Modified) -> bool:
        lines, last = self._lines(change), change.route[-1]
        if last in ("lifecycle", "sunset"):
            return _tells_end(change, lines)
        if not _is_plain(change.after):
            return False
        if change.route[:-1] == ("interfaces",):
            return bool(lines)
        texts = {text for text in map(_version, (change.before, change.after)) if text}
        said = {text for line in lines for text in (*line.added, *line.removed, *line.kept, *line.ending)}
        return bool(texts) and texts <= said

    def _lines(self, change: Modified) -> list[OfferChange]:
        """What an edit of the catalog does to the versions of the same interface."""
        found = [line for line in self.changes.of(change.ref) if line.initiative is None]
        if change.route[0] != "interfaces":
            return found
        interface = getattr(change.after if change.after is not None else change.before, "id", None)
        if len(change.route) > _ITEM or interface is None:
            interface = self.head.components[change.ref].interfaces[int(change.route[1])].id
        return [line for line in found if line.subject.partition("#")[2].lower() == interface.lower()]

    def _version_at(self, change: Modified) -> str:
        component = self.head.components[change.ref]
        of_interface = change.route[0] == "interfaces"
        offering = component.interfaces[int(change.route[1])] if of_interface else component
        return offering.versions[int(change.route[-2])].version.text

    def _tells_dependency(self, change: Modified) -> bool:
        """A removed one is listed under moved away, another range by a verdict that gives it as the reason."""
        if len(change.route) == _ITEM:
            gone = change.before if change.after is None else None
            return isinstance(gone, Dependency) and any(
                each.consumer.ref == change.ref and self._is_on(self.base, each.on, gone) for each in self.left
            )
        used = self.head.consumers[change.ref].uses[int(change.route[1])]
        verdict = next((each for each in self.verdicts if each.consumer.ref == change.ref), None)
        causes = (verdict.cause, *verdict.others) if verdict else ()
        return change.route[_ITEM:] == ("requires",) and any(
            each.reason is Reason.MOVES_HERE and len(each.steps) == 1 and self._is_on(self.head, each.subject, used)
            for each in causes
        )

    def _is_on(self, model: Model, subject: str, dependency: Dependency) -> bool:
        """Whether text such as `identity#rest` names the target of a dependency."""
        target, interface = model.canonical(dependency.component.component), dependency.component.interface
        return subject in (name_of(model, target, interface), name_of(self.head, target, interface))


def _version(value: object) -> str | None:
    """The version that an item or a field names."""
    version = value.version if isinstance(value, OfferedVersion) else value
    return getattr(version, "text", None)


def _tells_end(change: Modified, lines: list[OfferChange]) -> bool:
    match change.route[-1]:
        case "sunset":
            return any(line.sunset == change.after for line in lines if line.ending)
        case "lifecycle":
            kinds = {line.effect for line in lines}
            return len(kinds) == 1 and kinds <= _ENDS and (change.before in _ENDING) is not (change.after in _ENDING)
    return False


def _is_plain(value: object) -> bool:
    """Whether an item declares no more than versions."""
    match value:
        case OfferedVersion():
            return value.given_fields <= {"version", "since"}
        case Interface():
            is_short = value.given_fields <= {"id", "type", "version", "versions"}
            return is_short and all(map(_is_plain, value.versions))
    return True


def _in_full(value: object) -> str:
    """A version with all its declared fields, or any short value."""
    if not isinstance(value, OfferedVersion):
        return as_text(value)
    said = (f"{name} {as_text(getattr(value, name))}" for name in _SAID if name in value.given_fields)
    return ", ".join([value.version.text, *said])
