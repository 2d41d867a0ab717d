"""The digest that binds an approval to what an initiative changes, and when."""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping

from platctl.model.entity.initiative import Change, Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.window import window

_LENGTH = 12
_MOST_NAMINGS = 1000
"""Enough for nine components with one alias each; with more, a rename makes the approval lapse."""


def digest(model: Model, initiative: Initiative) -> str:
    """12 hexadecimal digits of the SHA-256 of the initiative's changes and the day on which they take place.

    Canonical form: ASCII JSON without blanks of `[day, [[component, interface, effect, version, sunset], …]]`. The
    component is `component:[namespace/]id` under its present name, days are ISO dates, the version is the text as
    written, and omitted values are null. The changes are sorted by their JSON, without duplicates.
    """
    return next(_digests(model, initiative))


def is_digest_of(
    text: str, model: Model, initiative: Initiative, is_name: Callable[[Ref, Ref], bool] | None = None
) -> bool:
    """Whether this is the digest of what the initiative changes, under current or former names of the components.

    A single digest can't survive a rename: `a` may become `b` with the alias `a`, or `a` may get the alias `b`.
    `is_name` tells of a name and a component whether that name meant this component when it was approved.
    """
    return text in _digests(model, initiative, is_name)


def _digests(model: Model, initiative: Initiative, is_name: Callable[[Ref, Ref], bool] | None = None) -> Iterator[str]:
    """The digest under each combination of current and former names of the components; current names come first."""
    day = window(initiative, model.config.calendar.calendar).end
    components = sorted({model.canonical(each.component.component) for each in initiative.changes})
    names_of = {
        each: [name for name in _names(model, each) if not is_name or is_name(name, each)] for each in components
    }
    namings = itertools.product(*names_of.values())
    for naming in itertools.islice(namings, _MOST_NAMINGS):
        names = dict(zip(components, naming, strict=True))
        changes = sorted({_compact(_facts(model, change, names)) for change in initiative.changes})
        text = f"[{_compact(day.isoformat() if day else None)},[{','.join(changes)}]]"
        yield hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def _names(model: Model, component: Ref) -> tuple[Ref, ...]:
    entity = model.get(component)
    return (component, *sorted(set(entity.alias_refs))) if entity else (component,)


def _facts(model: Model, change: Change, names: Mapping[Ref, Ref]) -> list[str | None]:
    target = change.component
    name = names[model.canonical(target.component)]
    version = change.version.text if change.version else None
    sunset = change.sunset.isoformat() if change.sunset else None
    return [str(name), target.interface, change.effect.value, version, sunset]


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
