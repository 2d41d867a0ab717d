"""Find the entity that a command-line argument names."""

import contextlib
from collections.abc import Callable, Sequence

from platctl.model.entity.kinds import KINDS
from platctl.model.external import is_external
from platctl.model.model import Model
from platctl.model.ref import Ref, RefError, a_kind, parse_ref
from platctl.model.similar_names import Names, did_you_mean
from platctl.source.errors import SourceError

_FEW = 12
"""The largest number of names that are listed."""
_MAY_BE_UNREAD = "fix what `platctl validate` reports as unreadable: it may be defined there"


def find(model: Model, text: str, kind: str) -> Ref:
    """The entity of this kind that a reference names, by its current or a former id, or by an external name.

    An id without a namespace is searched in `default` first, then in all namespaces. Raises SourceError with
    suggestions.
    """
    wanted = _parsed(text, kind, f"the id of {a_kind(kind)}")
    if wanted.kind != kind:
        message = f"`{text}` is {a_kind(wanted.kind)}, but {a_kind(kind)} is needed here"
        raise SourceError(message, f"use `{kind}:ID`, or just `ID`")
    found = model.canonical(wanted)
    if found in model.entities:
        return found
    elsewhere = [] if "/" in text else _in_any_namespace(model, wanted)
    if len(elsewhere) == 1:
        return elsewhere[0]
    if elsewhere:
        names = ", ".join(f"`{each.name}`" for each in elsewhere)
        raise SourceError(f"{kind} `{text}` is ambiguous", f"use one of {names}")
    raise _unknown(model, wanted, str if ":" in text else _name)


def _parsed(text: str, kind: str, instead: str) -> Ref:
    try:
        return parse_ref(text, kind)
    except RefError as error:
        raise SourceError(f"`{text}` is not a reference: {error}", f"use {instead}") from None


def find_any(model: Model, text: str, kinds: Sequence[str] = tuple(KINDS)) -> Ref:
    """The entity of one of these kinds that a reference names; the kind may be omitted if only one has that id.

    Raises SourceError with suggestions.
    """
    kind, colon, _ = text.partition("/")[0].partition(":")
    if colon and not is_external(text):
        if kind.lower() not in kinds:
            near = did_you_mean(Names(kinds).nearest(kind, 1), "? ")
            raise SourceError(_wrong_kind(text, kind), f"{near}use one of {', '.join(kinds)}")
        return find(model, text, kind.lower())
    forms = " or ".join(f"`{kind}:ID`" for kind in (kinds if len(kinds) < len(KINDS) else ["KIND"]))
    _parsed(text, kinds[0], forms)
    found = []
    for each in kinds:
        with contextlib.suppress(SourceError):
            found.append(find(model, text, each))
    if len(found) == 1:
        return found[0]
    if found:
        raise SourceError(f"`{text}` is ambiguous", f"use one of {', '.join(f'`{each}`' for each in found)}")
    raise _unknown_of(model, text, kinds)


def a_kind_of(kinds: Sequence[str]) -> str:
    """`component or initiative`; `entity` for all kinds."""
    if len(kinds) == len(KINDS):
        return "entity"
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]


def of_other_kind(model: Model, text: str, kinds: Sequence[str]) -> Ref | None:
    """An entity that has this id, but is of none of these kinds."""
    name = text.rpartition(":")[2].lower()
    known = {**{ref: ref for ref in model.entities}, **model.aliases}
    found = [target for ref, target in known.items() if name in (ref.name, ref.id) and target.kind not in kinds]
    return min(found, key=lambda ref: (ref.name != name, ref), default=None)


def _unknown_of(model: Model, text: str, kinds: Sequence[str]) -> SourceError:
    """There is no entity of these kinds with this id."""
    like = did_you_mean(str(ref) for ref in _like(model, text, kinds))
    if other := of_other_kind(model, text, kinds):
        message = f"`{other.name}` is {a_kind(other.kind)}, but {a_kind(a_kind_of(kinds))} is needed here"
        return SourceError(message, like or f"use the id of {a_kind(a_kind_of(kinds))}")
    unread = "" if model.is_complete else _MAY_BE_UNREAD
    return SourceError(f"there is no {a_kind_of(kinds)} `{text}`", like or unread or "use the form `KIND:ID`")


def _like(model: Model, text: str, kinds: Sequence[str]) -> list[Ref]:
    """The entities of these kinds with the most similar names, or else the most similar ids."""
    name = text.rpartition(":")[2]
    known = {ref: ref for ref in model.entities if ref.kind in kinds}
    known |= {alias: ref for alias, ref in model.aliases.items() if ref.kind in kinds}
    for said, wanted in ((_name, name), (_id, name.rpartition("/")[2])):
        if near := Names(map(said, known)).nearest(wanted):
            return list(dict.fromkeys(known[ref] for each in near for ref in known if said(ref) == each))[:3]
    return []


def _name(ref: Ref) -> str:
    return ref.name


def _id(ref: Ref) -> str:
    return ref.id


def _wrong_kind(text: str, kind: str) -> str:
    known = kind.lower() in KINDS
    return f"`{text}` is {a_kind(kind.lower())}, which is not allowed here" if known else f"there is no kind `{kind}`"


def _in_any_namespace(model: Model, wanted: Ref) -> list[Ref]:
    named = [*model.entities, *model.aliases]
    return sorted({model.canonical(ref) for ref in named if (ref.kind, ref.id) == (wanted.kind, wanted.id)})


def _unknown(model: Model, wanted: Ref, spelled: Callable[[Ref], str]) -> SourceError:
    if wanted in model.broken:
        return SourceError(f"{wanted} can't be read", "fix what `platctl validate` reports about it first")
    help_ = did_you_mean(spelled(ref) for ref in _like(model, wanted.name, (wanted.kind,)))
    help_ = help_ or _what_there_is(model, wanted.kind)
    if other := of_other_kind(model, wanted.name, (wanted.kind,)):
        return SourceError(f"`{other.name}` is {a_kind(other.kind)}, but {a_kind(wanted.kind)} is needed here", help_)
    return SourceError(f"there is no {wanted.kind} `{wanted.name}`", help_)


def _what_there_is(model: Model, kind: str) -> str:
    if not model.is_complete:
        return _MAY_BE_UNREAD
    names = sorted(f"`{ref.name}`" for ref in model.entities if ref.kind == kind)
    if not names:
        return f"the model has no {kind}"
    if len(names) > _FEW:
        return f"use the id of {a_kind(kind)} from its file"
    return f"use one of {', '.join(names)}" if len(names) > 1 else f"the only {kind} is {names[0]}"
