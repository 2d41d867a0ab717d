"""Sentences for what ends, and words for the cells of a matrix."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from platctl.model.level import Level
from platctl.outlook.asides import Aside
from platctl.outlook.endings import EndKind, Fate
from platctl.outlook.fits import Fit, FitDays, Why
from platctl.page import Line, Run, Tone, line
from platctl.questions.compat.report import Break, Cell, Column, Hit, Unfit, Word
from platctl.writing.levels import LEVELS
from platctl.writing.phrases import counted, listed, tier_words

MARKS: Final[Mapping[Level, str]] = {Level.BREAKS: "✕", Level.MUST_ACT: "▲", Level.AT_RISK: "?"}


class _Shown(NamedTuple):
    mark: str
    text: str
    tone: Tone


_WORDS: Final[Mapping[Word, _Shown]] = {
    Word.WORKS: _Shown("●", "works", Tone.GOOD),
    Word.WORKS_UNTIL: _Shown("◐", "works until", Tone.GOOD),
    Word.DEPRECATED: _Shown("◔", "deprecated", Tone.WARN),
    Word.FAILS: _Shown("✕", "doesn't", Tone.BAD),
    Word.UNKNOWN: _Shown("?", "unknown", Tone.NOTE),
    Word.NO_RELATION: _Shown("–", "no relation", Tone.DIM),
}
_FITS: Final[Mapping[Fit, _Shown]] = {
    Fit.WORKS: _WORDS[Word.WORKS],
    Fit.DEPRECATED: _WORDS[Word.DEPRECATED],
    Fit.UNKNOWN: _WORDS[Word.UNKNOWN],
    Fit.FAILS: _WORDS[Word.FAILS],
}
WHY: Final[Mapping[Why, str]] = {
    Why.OUT_OF_RANGE: "outside its range",
    Why.NOT_AVAILABLE: "not available",
    Why.BROKEN: "its contract is broken",
    Why.NO_RANGE: "no version range is declared",
    Why.UNREADABLE_RANGE: "its version range can't be read",
    Why.UNREADABLE_VERSION: "the version can't be read",
    Why.INTERFACE: "the interface is not declared",
    Why.UNCONFIRMED: "no one has confirmed it",
    Why.OVERDUE: "the work that adds it is overdue",
}
_FATES: Final[Mapping[Fate, str]] = {
    Fate.REMOVED: "is removed",
    Fate.DEPRECATED: "is deprecated",
    Fate.BROKEN: "breaks its contract",
    Fate.CHANGED: "behaves differently",
}
_KINDS: Final[Mapping[EndKind, str]] = {
    EndKind.UNMET: "no available version meets",
    EndKind.BROKEN: "its contract breaks, within",
    EndKind.DEPRECATED: "only deprecated versions meet",
    EndKind.UNCONFIRMED: "only versions that no one has confirmed meet",
    EndKind.BEHAVIOUR: "it behaves differently, within",
    EndKind.UNCLEAR: "it may no longer meet",
}


def cell(of: Cell) -> Line:
    """`◔ deprecated until 2027-03-31`."""
    shown = _WORDS[of.word]
    until = f"{' until' if of.word is Word.DEPRECATED else ''} {of.until}" if of.until else ""
    verified = ", verified" if of.verified else ""
    return line(Run(f"{shown.mark} {shown.text}{until}{verified}", shown.tone))


def cell_in_days(of: Cell) -> Line:
    """All that a cell is, day by day: `● works until 2027-03-31, then ✕ doesn't`."""
    if len(of.days) < 2:
        return cell(of)
    return tuple(run for nth, days in enumerate(_merged(of.days)) for run in _stretch(days, is_first=nth == 0))


def _merged(days: Sequence[FitDays]) -> list[FitDays]:
    """Days in a row with the same word, whatever the reason."""
    found: list[FitDays] = []
    for each in days:
        if found and found[-1].fit is each.fit:
            found[-1] = FitDays(found[-1].start, each.until, each.fit, found[-1].why)
        else:
            found.append(each)
    return found


def _stretch(days: FitDays, *, is_first: bool) -> Line:
    shown = _FITS[days.fit]
    until = f" until {days.until}" if days.until else ""
    return line("" if is_first else ", then ", Run(f"{shown.mark} {shown.text}{until}", shown.tone))


def reason(of: Cell) -> str:
    """Why a cell is what it is, if that needs a word: the reason, or by whom it was verified."""
    if of.verified:
        by = f" by {of.verified.by}" if of.verified.by else ""
        on = f" on {of.verified.on}" if of.verified.on else ""
        return f"verified{by}{on}" + (f", {of.verified.url}" if of.verified.url else "")
    return WHY[of.why] if of.why and of.word is Word.UNKNOWN else ""


def ends(of: Cell) -> Line:
    """Until when something works with any version."""
    if of.word is Word.FAILS:
        return line(Run("already broken", Tone.BAD))
    if of.word is Word.UNKNOWN:
        return line(Run("not known", Tone.NOTE))
    if of.word is Word.NO_RELATION:
        return ()
    return line(Run(str(of.until), Tone.BAD) if of.until else Run("no end ahead", Tone.DIM))


def head(column: Column, *, is_alone: bool) -> str:
    """The head of a column: `rest 3.1.0 (from 2027-01-29)`; the interface only where there are several."""
    name = column.version or "unversioned"
    interface = f"{column.interface} " if column.interface and not is_alone else ""
    return f"{interface}{name}" + (f" (from {column.begins})" if column.begins else "")


def subject(found: Break) -> str:
    """`Identity (identity#rest) 2.4.0 is removed`."""
    versions = f" {listed(found.versions, 4)}" if found.versions else ""
    return f"{found.on.shown}{versions} {_plural(found)}"


def _plural(found: Break) -> str:
    text = _FATES[found.fate]
    if len(found.versions) < 2:
        return text
    return text.replace("is ", "are ", 1).replace("breaks its", "break their").replace("behaves", "behave")


def in_days(found: Break) -> str:
    """`in 128 days`; nothing without a today."""
    return f"in {counted(found.days_left, 'day')}" if found.days_left is not None else ""


def behind(found: Break) -> str:
    """`Retire identity 2, planned`, or how the catalog announced it."""
    if found.by is None:
        return "what if" if found.is_asked else "catalog"
    overdue = f", overdue since {found.overdue}" if found.overdue else f", {found.status}"
    return f"{found.by.label}{overdue}"


def announced(found: Break) -> str:
    """Whether and for how long the end was announced, or how to."""
    if found.fate is not Fate.REMOVED:
        return ""
    if found.announced is None:
        return "not announced: set a `sunset` in the catalog to announce it"
    since = found.announced.since
    text = "announced"
    if since:
        text = f"announced on {since}, {counted((found.day - since).days, 'day')} before"
    if found.early is not None and found.announced.sunset:
        text += f"; {counted(found.early, 'day')} before its sunset on {found.announced.sunset}"
    return text


def hits(found: Break) -> Line:
    """`✕ 3 break: a, b, c; ▲ 1 must act: d`."""
    parts: list[Line] = []
    for level, mark in MARKS.items():
        names = [hit.who.label for hit in found.hits if hit.level is level]
        if names:
            words = LEVELS[level]
            verb = words.one if len(names) == 1 else words.many
            parts.append(line(Run(f"{mark} {len(names)} {verb}", words.tone), f": {', '.join(names)}"))
    return tuple(run for nth, part in enumerate(parts) for run in (line("; ", part) if nth else part))


def hit(of: Hit) -> Line:
    """`Lanterna for TV (tv-app), tier 1: ✕ breaks: no available version meets >=2,<3`."""
    words = LEVELS[of.level]
    tier = f", {tier_words(of.tier)}" if of.who.ref.kind == "consumer" else ""
    verdict = Run(f"{MARKS[of.level]} {words.one}", words.tone)
    return line(Run(of.who.label_with_id, Tone.STRONG), f"{tier}: ", verdict, f": {why(of)}")


def why(of: Hit) -> str:
    """Why someone is hit: the state of its own dependency, or the one behind which it is."""
    soft = " (soft)" if of.is_soft else ""
    own = f"{_KINDS[of.kind]} {of.requires or 'what it uses (no version range)'}{soft}"
    return own if of.is_direct else f"{' <- '.join(of.way)}, where {own}"


def to_do(of: Hit) -> str:
    """Who has to move where: `Access has to move to 3.0.0, 4 person-weeks`."""
    mover = "move" if of.is_direct else f"{of.mover.label} has to move"
    to = f" to {listed(of.move_to, 4)}" if of.move_to else "; there is no version to move to"
    weeks = f", {of.weeks:g} person-{'week' if of.weeks == 1 else 'weeks'}" if of.weeks is not None else ""
    people = ", ".join(f"{each.name} ({each.role})" for each in of.contacts)
    return f"{mover}{to}{weeks}" + (f"; ask {people}" if people else "")


def already_broken(of: Aside) -> str:
    """A consumer whose dependency is unmet on the first day."""
    unmet = (
        f"no available version of {of.on.shown} meets {of.requires}"
        if of.requires
        else f"{of.on.shown} is not available"
    )
    return f"{of.consumer.label_with_id}, {tier_words(of.tier)}: {unmet}"


def unfit(of: Unfit) -> str:
    """What one of those that can't hold together works with."""
    works = f"works with {listed(of.works_with, 4)}" if of.works_with else "works with no version"
    doubt = "; not known for others" if of.is_unknown and of.works_with else ""
    if of.is_unknown and not of.works_with:
        works = "it is not known what it works with"
    return f"{of.on.shown} {of.requires or 'in any version'}: {works}{doubt}"
