"""How work was ranked, and what became of decisions."""

from collections.abc import Sequence

from platctl.model.named import Named
from platctl.page import Entry, Line, Run, Tone, line
from platctl.ranking.items import DecisionStanding, Method, RankedDecision
from platctl.writing.phrases import in_state, listed, place, prose

_STANDING = {
    DecisionStanding.KEPT: ("kept", Tone.GOOD),
    DecisionStanding.MOVED: ("moved it up", Tone.NOTE),
    DecisionStanding.AGAINST: ("the order contradicts it", Tone.WARN),
    DecisionStanding.EXPIRED: ("expired", Tone.DIM),
    DecisionStanding.UNRANKED: ("not in this ranking", Tone.WARN),
}


def method_line(method: Method, verb: str, state: str) -> Line:
    """The scoring model that was used, and the state of the model it was applied to."""
    formula = f"{_bracketed(method.value)} / {_bracketed(method.size, '*')}" if method.size else method.value
    how = f": {formula}" if formula else ""
    return line(Run(f"{verb} {method.title}", Tone.STRONG), f"{how}, {in_state(state)}")


def _bracketed(formula: str, more: str = "") -> str:
    """In brackets where a division would otherwise apply to only a part of it."""
    return f"({formula})" if set(formula) & {*"+-<>=/", *more} or " if " in formula else formula


def though_harmed(harmed: Sequence[Named]) -> str:
    """` (1 must act)`, behind a number that counts consumers which the same work harms; nothing if there are none."""
    return f" ({len(harmed):,} must act)" if harmed else ""


def decided_entry(decided: RankedDecision) -> Entry:
    """A decision, and what became of it."""
    words, tone = _STANDING[decided.standing]
    over = listed([each.label for each in decided.over])
    head = line(Run(decided.chose.label, Tone.STRONG), f" over {over}: ", Run(words, tone))
    notes = [line(prose(decided.why), place(decided.span))]
    if decided.note:
        notes.append(line(prose(decided.note)))
    return Entry(head, tuple(notes))
