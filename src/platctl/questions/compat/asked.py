"""What if: versions that are added, dropped, or become the only one, as typed on the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.declared_schemes import scheme_for
from platctl.model.entity.component import Component
from platctl.model.entity.initiative import Change
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.named import Spelling, name_of
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.version import Range, Version
from platctl.model.versioning.scheme import Scheme
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.events import Event
from platctl.outlook.offers import Offer, is_about, selected
from platctl.outlook.timeline import Timeline
from platctl.record import record
from platctl.source.errors import SourceError


class AskedKind(StrEnum):
    """What is asked to happen to a version."""

    ADD = "add"
    DROP = "drop"
    SET = "set"


@record
class AskedChange:
    """One change of a what-if. Without a version (only for a drop), all versions of the interface."""

    kind: AskedKind
    component: Ref
    interface: str
    version: str | None
    on: Spelling
    scheme: Scheme | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """As typed: `--drop identity#rest=2.4.0`."""
        return f"--{self.kind.value} {self.on}" + (f"={self.version}" if self.version else "")

    @property
    def place(self) -> tuple[Ref, str]:
        """The interface that it changes."""
        return (self.component, self.interface)

    def event(self, day: Date | None) -> Event:
        """The change, from a day on."""
        effect = ChangeEffect.REMOVAL if self.kind is AskedKind.DROP else ChangeEffect.ADDITION
        change = Change(
            component=InterfaceRef(self.component, self.interface),
            effect=effect,
            version=Range(self.version, self.scheme) if self.version else None,
            sunset=None,
            note=None,
        )
        return Event(self.component, change, day, is_only=self.kind is AskedKind.SET)


def asked(
    model: Model, timeline: Timeline, day: Date | None, given: Sequence[tuple[AskedKind, str]]
) -> tuple[AskedChange, ...]:
    """The changes of a what-if. Raises SourceError for what does not exist, changes nothing, or contradicts another."""
    found = tuple(_known(_asked(model, kind, text), timeline, day) for kind, text in given)
    for each in found:
        _check(each, timeline, day)
        _check_others(each, found)
    return found


def _asked(model: Model, kind: AskedKind, text: str) -> AskedChange:
    name, _, version = text.partition("=")
    ref_text, _, interface = name.strip().partition("#")
    if not ref_text or (kind is not AskedKind.DROP and not version.strip()):
        raise SourceError(
            f"`--{kind.value} {text}` names no version", f"write `--{kind.value} COMPONENT#INTERFACE=VERSION`"
        )
    ref = find(model, ref_text, "component")
    own = _interface(model.components[ref], str(ref.name), interface.strip().lower())
    scheme = scheme_for(model, ref, own)
    return AskedChange(kind, ref, own, version.strip() or None, name_of(model, ref, own or None), scheme)


def _known(each: AskedChange, timeline: Timeline, day: Date | None) -> AskedChange:
    """With the version as the interface spells it: `3.0.0` for `3.0`."""
    if each.version is None:
        return each
    typed, there = Version(each.version, each.scheme), selected(timeline.offers(each.component, day), each.interface)
    same = (offer.version.text for offer in there if offer.version and typed.is_same(offer.version))
    return replace(each, version=next(same, each.version))


def _interface(component: Component, name: str, interface: str) -> str:
    """The interface that is meant; the only one where none is named."""
    ids = [each for each, _ in component.offerings()]
    if interface:
        if interface not in ids:
            near = did_you_mean(Names(ids).nearest(interface, 1), "? ")
            raise SourceError(
                f"{name} has no interface `{interface}`", f"{near}it has {', '.join(filter(None, ids)) or 'none'}"
            )
        return interface
    if len(ids) > 1 and "" not in ids:
        raise SourceError(
            f"{name} has several interfaces", f"use one of {', '.join(f'`{name}#{each}`' for each in ids if each)}"
        )
    return "" if "" in ids else ids[0]


def _check(each: AskedChange, timeline: Timeline, day: Date | None) -> None:
    there = selected(timeline.offers(each.component, day), each.interface)
    change = each.event(day).change
    if each.kind is AskedKind.ADD and any(is_about(change, offer) for offer in there):
        raise SourceError(f"`{each.text}` changes nothing", f"{each.on} provides {each.version} already")
    if each.kind is AskedKind.DROP and not any(is_about(change, offer) for offer in there):
        raise SourceError(f"`{each.text}` changes nothing", f"{each.on} has {', '.join(_texts(there)) or 'no version'}")


def _texts(offers: Sequence[Offer]) -> Iterator[str]:
    return (each.version.text for each in offers if each.version)


def _check_others(each: AskedChange, all_: Sequence[AskedChange]) -> None:
    """An interface that is set can at most get the same version before, and no version is both added and dropped."""
    for other in all_:
        if other is each or other.place != each.place:
            continue
        kinds = {each.kind, other.kind}
        is_same = each.version == other.version
        if kinds == {AskedKind.ADD, AskedKind.SET} and is_same:
            continue
        if AskedKind.SET in kinds or is_same:
            raise SourceError(f"`{each.text}` contradicts `{other.text}`", "omit one of them")
