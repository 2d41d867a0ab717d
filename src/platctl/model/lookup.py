"""Find the entity that a command-line argument names."""

import contextlib
from collections.abc import Sequence

from platctl.model.entity.kinds import KINDS
from platctl.model.model import Model
from platctl.model.ref import Ref, RefError, a_kind, parse_ref
from platctl.model.similar_names import Names, did_you_mean
from platctl.source.errors import SourceError

_FEW = 12
"""The largest number of names that are listed."""


def find(model: Model, text: str, kind: str) -> Ref:
    """The entity of this kind that a reference names, by its current or a former id.

    An id without a namespace is searched in `default` first, then in all namespaces. Raises SourceError with
    suggestions.
    """
    try:
        wanted = parse_ref(text, kind)
    except RefError as error:
        raise SourceError(f"`{text}` is not a reference: {error}", f"use the id of {a_kind(kind)}") from None
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
    raise _unknown(model, wanted)


def find_any(model: Model, text: str, kinds: Sequence[str] = tuple(KINDS)) -> Ref:
    """The entity of one of these kinds that a reference names; the kind may be omitted if only one has that id.

    Raises SourceError with suggestions.
    """
    kind, colon, _ = text.partition("/")[0].partition(":")
    if colon:
        if kind.lower() not in kinds:
            near = did_you_mean(Names(kinds).nearest(kind, 1), "? ")
            raise SourceError(_wrong_kind(text, kind), f"{near}use one of {', '.join(kinds)}")
        return find(model, text, kind.lower())
    found = []
    for each in kinds:
        with contextlib.suppress(SourceError):
            found.append(find(model, text, each))
    if len(found) == 1:
        return found[0]
    if found:
        raise SourceError(f"`{text}` is ambiguous", f"use one of {', '.join(f'`{each}`' for each in found)}")
    like = [str(ref) for ref in _with_id_like(text, [ref for ref in model.entities if ref.kind in kinds])]
    what = f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) < len(KINDS) else "entity"
    raise SourceError(f"there is no {what} `{text}`", did_you_mean(like) or "use the form `KIND:ID`")


def _wrong_kind(text: str, kind: str) -> str:
    known = kind.lower() in KINDS
    return f"`{text}` is {a_kind(kind.lower())}, which is not allowed here" if known else f"there is no kind `{kind}`"


def _in_any_namespace(model: Model, wanted: Ref) -> list[Ref]:
    named = [*model.entities, *model.aliases]
    return sorted({model.canonical(ref) for ref in named if (ref.kind, ref.id) == (wanted.kind, wanted.id)})


def _unknown(model: Model, wanted: Ref) -> SourceError:
    if wanted in model.broken:
        return SourceError(f"{wanted} can't be read", "fix what `platctl validate` reports about it first")
    help_ = did_you_mean(_nearest(model, wanted)) or _what_there_is(model, wanted.kind)
    return SourceError(f"there is no {wanted.kind} `{wanted.name}`", help_)


def _what_there_is(model: Model, kind: str) -> str:
    if not model.is_complete:
        return "fix what `platctl validate` reports as unreadable: it may be defined there"
    names = sorted(f"`{ref.name}`" for ref in model.entities if ref.kind == kind)
    if not names:
        return f"the model has no {kind}"
    if len(names) > _FEW:
        return f"use the id of {a_kind(kind)} from its file"
    return f"use one of {', '.join(names)}" if len(names) > 1 else f"the only {kind} is {names[0]}"


def _nearest(model: Model, wanted: Ref) -> list[str]:
    """Names similar to the given one, or else names whose id alone is similar."""
    known = [ref for ref in (*model.entities, *model.aliases) if ref.kind == wanted.kind]
    near = Names(ref.name for ref in known).nearest(wanted.name)
    return near or [ref.name for ref in _with_id_like(wanted.id, known)]


def _with_id_like(id_: str, known: list[Ref]) -> list[Ref]:
    ids = Names(ref.id for ref in known).nearest(id_)
    return [ref for each in ids for ref in known if ref.id == each][:3]
