"""What if: the events in question, without any change in the files."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Change
from platctl.model.lookup import find_any, of_other_kind
from platctl.model.model import Model
from platctl.model.ref import InterfaceRef, Ref, a_kind
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.version import Range
from platctl.model.versioning.scheme import Scheme
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.events import Event, events_of
from platctl.outlook.offers import Offers, is_about
from platctl.outlook.timeline import Timeline
from platctl.record import record
from platctl.source.errors import SourceError

_SUBJECTS = ("component", "initiative")

_MOST_NAMES = 3


@record
class Question:
    """Initiatives, or components with an effect, as typed on the command line."""

    what: tuple[str, ...] = ()
    effect: str | None = None
    interface: str | None = None
    version: str | None = None
    sunset: Date | None = None
    on: Date | None = None

    @property
    def is_asked(self) -> bool:
        return bool(self.what or self.effect or self.interface or self.version or self.sunset)

    @property
    def said(self) -> str:
        """`` `retire-identity-2` happened ``, or `` removal of `identity` happened ``."""
        names = [f"`{text.removeprefix('initiative:').removeprefix('component:')}`" for text in self.what[:_MOST_NAMES]]
        more = len(self.what) - len(names)
        told = ", ".join([*names, *([f"{more:,} more"] if more else [])])
        effect = "breaking change" if self.effect == ChangeEffect.BREAKING else self.effect
        return (f"{effect} of {told}" if effect else told) + " happened"


def events_asked(model: Model, question: Question, today: Date | None = None) -> tuple[Event, ...]:
    """The events of a question. Raises SourceError for what does not exist or is not complete."""
    if not question.what:
        raise SourceError(
            "a what-if needs an initiative or a component", "name one: `platctl impact component:ID --effect removal`"
        )
    return tuple(event for text in question.what for event in _events(model, text, question, today))


def _events(model: Model, text: str, question: Question, today: Date | None) -> Iterator[Event]:
    name, _, interface = text.partition("#")
    ref = _found(model, name)
    if ref.kind == "initiative":
        if question.effect or question.interface or question.version or question.sunset:
            raise SourceError(
                f"{ref} already declares what it changes", "remove --effect, --interface, --version and --sunset"
            )
        initiative = model.initiatives[ref]
        if not initiative.changes:
            raise SourceError(f"{ref} has no `changes`", "name an initiative that has some")
        yield from events_of(model, initiative)
        return
    yield Event(ref, _change(model, ref, question, interface or question.interface, today), question.on)


def _found(model: Model, text: str) -> Ref:
    """The initiative or component that a text names; the kind may be omitted where only one has that id."""
    other = of_other_kind(model, text, _SUBJECTS)
    try:
        return find_any(model, text, _SUBJECTS)
    except SourceError:
        if other is None:
            raise
    message = f"`{other.name}` is {a_kind(other.kind)}; only components change, directly or by an initiative"
    help_ = "name a component or an initiative"
    if other.kind == "consumer":
        help_ += f", and add `--explain {other.name}` for what that means for this consumer"
    raise SourceError(message, help_)


def _change(model: Model, ref: Ref, question: Question, interface: str | None, today: Date | None) -> Change:
    effects = ", ".join(each.value for each in ChangeEffect)
    if question.effect is None:
        raise SourceError(f"no effect given for {ref}", f"add `--effect` with one of {effects}")
    try:
        effect = ChangeEffect(question.effect)
    except ValueError:
        near = did_you_mean(Names(ChangeEffect).nearest(question.effect, 1), "? ")
        raise SourceError(f"`--effect` can't be `{question.effect}`", f"{near}use one of {effects}") from None
    component = model.components[ref]
    if interface and not component.has_interface(interface.lower()):
        names = [each.id for each in component.interfaces]
        near = did_you_mean(Names(names).nearest(interface, 1), "? ")
        raise SourceError(f"{ref} has no interface `{interface}`", f"{near}it has {', '.join(names) or 'none'}")
    scheme = _scheme(model, ref, interface)
    change = Change(
        component=InterfaceRef(ref, interface.lower() if interface else None),
        effect=effect,
        version=Range(question.version, scheme) if question.version else None,
        sunset=question.sunset,
        note=None,
    )
    offers = Timeline(model, today).offers(ref, question.on)
    if change.version and not _does_something(change, offers):
        versions = ", ".join(each.version.text for each in offers if each.version) or "no version"
        raise SourceError(f"{effect.value} of `{change.version}` changes nothing", f"{ref} has {versions}")
    return change


def _scheme(model: Model, ref: Ref, interface: str | None) -> Scheme | None:
    """How the versions of what is asked about are written."""
    if not model.declares_schemes:
        return None
    from platctl.model.declared_schemes import scheme_for

    return scheme_for(model, ref, interface and interface.lower())


def _does_something(change: Change, offers: Offers) -> bool:
    """Whether there is something to change, or the version is a new one."""
    if change.effect in (ChangeEffect.ADDITION, ChangeEffect.BREAKING):
        return not any(each.version and each.version == change.new_version for each in offers)
    return any(is_about(change, each) for each in offers)
