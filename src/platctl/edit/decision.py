"""The text of a new decision: which initiative goes before others, and why."""

from collections.abc import Iterable, Iterator

from platctl.edit.yaml_text import NamedText, scalar
from platctl.model.calendar import Date
from platctl.model.entity.entity import Visibility
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record

_LONGEST = 63


@record
class NewDecision:
    """A decision about at least two initiatives."""

    chose: Ref
    over: tuple[Ref, ...]
    why: str
    by: str | None = None
    on: Date | None = None
    expires: Date | None = None


def id_of(verdict: NewDecision) -> str:
    """The id `a-over-b`, with both ids shortened to fit."""
    first, second = verdict.chose.id, verdict.over[0].id
    room = _LONGEST - len("-over-")
    first = first[: max(room - len(second), room // 2)].rstrip("-._")
    return f"{first}-over-{second[: room - len(first)].rstrip('-._')}"


def body(model: Model, verdict: NewDecision) -> str:
    """The lines below `kind` and `id`. Raises SourceError for texts that can't be written.

    A decision about a restricted initiative is restricted, too.
    """
    return "".join(f"{line}\n" for line in _lines(model, verdict))


def _lines(model: Model, verdict: NewDecision) -> Iterator[str]:
    work = [model.initiatives[ref] for ref in (verdict.chose, *verdict.over)]
    chose, *over = work
    yield NamedText("title", f"{chose.label} before {_listed(over)}").block()
    if any(each.visibility is Visibility.RESTRICTED for each in work):
        yield NamedText("visibility", Visibility.RESTRICTED.value).block()
    yield from _dated("date", verdict.on)
    if verdict.by:
        yield NamedText("by", verdict.by).block()
    yield NamedText("chose", chose.name).block()
    yield "over:"
    yield from (f"  - {scalar(each.name)}" for each in over)
    yield NamedText("why", verdict.why).block()
    yield from _dated("expires", verdict.expires)


def _dated(name: str, day: Date | None) -> Iterator[str]:
    if day:
        yield NamedText(name, day.isoformat()).block()


def _listed(work: Iterable[Initiative]) -> str:
    *labels, last = [each.label for each in work]
    return f"{', '.join(labels)} and {last}" if labels else last
