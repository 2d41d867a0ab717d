"""Sentences for what ends, and words for the cells of a matrix."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from platctl.model.level import Level
from platctl.model.ref import Ref
from platctl.outlook.endings import EndKind, Fate
from platctl.outlook.fits import Fit, FitDays, Why
from platctl.page import Line, Run, Tone, joined, line
from platctl.questions.compat.report import Break, Cell, Hit, MoveStep, StepKind, Unfit, VersionColumn, Word
from platctl.writing.levels import LEVELS
from platctl.writing.numbers import person_weeks
from platctl.writing.phrases import counted, listed, tier_words

MARKS: Final[Mapping[Level, str]] = {Level.BREAKS: "✕", Level.MUST_ACT: "▲", Level.AT_RISK: "?"}

MOST: Final = 12
"""The number of those affected in one way that a page names; the rest is counted. Data has all."""


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
_MOVES: Final = frozenset({EndKind.UNMET, EndKind.DEPRECATED, EndKind.BROKEN})


def cell(of: Cell) -> Line:
    """`◔ deprecated until 2027-03-31`."""
    shown = _WORDS[of.word]
    until = f"{' until' if of.word is Word.DEPRECATED else ''} {of.until}" if of.until else ""
    verified = ", verified" if of.verified else ""
    return line(Run(f"{shown.mark} {shown.text}{until}{verified}", shown.tone))


def short_cell(of: Cell) -> Line:
    """`◔`: the mark alone."""
    return line(Run(_WORDS[of.word].mark, _WORDS[of.word].tone))


def short_cell_in_days(of: Cell) -> Line:
    """`◔→✕`: the marks of all days."""
    if len(of.days) < 2:
        return short_cell(of)
    return joined((Run(_FITS[each.fit].mark, _FITS[each.fit].tone) for each in _merged(of.days)), "→")


def legend() -> Line:
    """What the marks mean."""
    return joined(Run(f"{each.mark} {each.text}", each.tone) for each in _WORDS.values())


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


def head(column: VersionColumn, *, is_alone: bool) -> str:
    """The head of a column: `rest 3.1.0 (from 2027-01-29)`; the interface only where there are several."""
    name = column.version or "unversioned"
    interface = f"{column.interface} " if column.interface and not is_alone else ""
    return f"{interface}{name}" + (f" (from {column.begins})" if column.begins else "")


def version(column: VersionColumn) -> str:
    """`rest 3.1.0`."""
    return " ".join(filter(None, (column.interface, column.version or "unversioned")))


def days(column: VersionColumn) -> str:
    """`from 2027-01-29 (Sign in with a passkey, active)`, `until 2027-03-31`; empty for one without days."""
    if column.is_over:
        return "no longer available"
    parts = []
    if column.begins:
        by = f" ({column.by.label}, {column.status})" if column.by else ""
        parts.append(f"from {column.begins}{by}")
    if column.ends:
        parts.append(f"until {column.ends}")
    return ", ".join(parts)


def step(of: MoveStep) -> Line:
    """`drop identity#rest 2.4.0`, `Billing (billing) moves from >=2,<3 to 3.0.0`."""
    version = f" {of.version}" if of.version else ""
    match of.kind:
        case StepKind.ADD:
            return line(f"add {of.on.shown}{version}")
        case StepKind.DROP:
            return line(f"drop {of.on.shown}{version or ', all versions'}")
        case StepKind.SET:
            return line(f"provide only {of.on.shown}{version}")
    who = of.who.label_with_id if of.who else ""
    return line(
        Run(who, Tone.STRONG), f": move from {of.requires or 'no range'} to {listed(of.to, 4)}{_weeks(of.weeks)}"
    )


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
    return f"in {counted(found.days_left, 'day')}" if found.days_left else ""


def behind(found: Break) -> str:
    """`Retire identity 2, planned`, or how the catalog announced it."""
    if found.by is None:
        return "catalog"
    overdue = f", overdue since {found.overdue}" if found.overdue else f", {found.status}"
    return f"{found.by.label}{overdue}"


def announced(found: Break) -> str:
    """Whether and for how long the end was announced, or how to."""
    if found.fate is not Fate.REMOVED:
        return ""
    if found.announced is None:
        return "not announced: set a `sunset` in the catalog to announce it"
    since, sunset = found.announced.since, found.announced.sunset
    text = "announced"
    if since:
        text = f"announced on {since}, {counted((found.day - since).days, 'day')} before"
    elif sunset:
        text = f"announced by its sunset on {sunset}"
    early = f"; {counted(found.early, 'day')} before its sunset on {sunset}" if found.early else ""
    return f"{text}{early}"


def worst(breaks: Iterable[Break]) -> dict[Ref, Level]:
    """The consumers that are hit, each with its worst level."""
    hits = (hit for each in breaks for hit in each.hits if hit.is_of_consumer)
    found: dict[Ref, Level] = {}
    for hit in sorted(hits, key=lambda hit: hit.level.rank):
        found.setdefault(hit.who.ref, hit.level)
    return found


def counts(breaks: Sequence[Break]) -> Line:
    """`3 break, 1 must act`: the consumers by their worst level, or else the components to port."""
    found = list(worst(breaks).values())
    if not found:
        ports = {hit.who.ref for each in breaks for hit in each.hits}
        return line(counted(len(ports), "component has to be ported", "components have to be ported"))
    levels = ((found.count(level), LEVELS[level]) for level in MARKS if level in found)
    return joined(Run(counted(number, each.one, each.many), each.tone) for number, each in levels)


def hits(found: Break) -> Line:
    """`✕ 3 break: a, b, c; ▲ 1 must act: d; to port: e`: the consumers by level, then the components to port."""
    parts: list[Line] = []
    levels = worst([found])
    brief = {hit.who.ref: _brief(hit) for hit in found.hits}
    for level, mark in MARKS.items():
        names = [brief[ref] for ref, each in levels.items() if each is level]
        if names:
            words = LEVELS[level]
            verb = words.one if len(names) == 1 else words.many
            parts.append(line(Run(f"{mark} {len(names):,} {verb}", words.tone), f": {listed(names, MOST)}"))
    if ports := list(dict.fromkeys(hit.who.label for hit in found.hits if not hit.is_of_consumer)):
        parts.append(line(f"to port: {listed(ports, MOST)}"))
    return joined(parts, "; ")


def _brief(of: Hit) -> str:
    return f"{of.who.label} (in its freeze)" if of.is_frozen else of.who.label


def verdict(of: Hit) -> Line:
    """`✕ breaks`, with the tier of a consumer, and whether it is frozen."""
    return line(_level(of), _about(of))


def through(of: Hit) -> Line:
    """`✕ breaks: Lanterna for TV (tv-app), tier 1 (tv-app <- gateway <- identity)`."""
    absorbed = f"; {of.absorbed_by.label} has to absorb it" if of.absorbed_by else ""
    return line(_level(of), f": {of.who.label_with_id}{_about(of)} ({' <- '.join(of.way)}){absorbed}")


def _level(of: Hit) -> Run:
    words = LEVELS[of.level]
    return Run(f"{MARKS[of.level]} {words.one}", words.tone)


def _about(of: Hit) -> str:
    tier = f", {tier_words(of.tier)}" if of.is_of_consumer else ""
    return f"{tier}, in its freeze" if of.is_frozen else tier


def why(of: Hit) -> str:
    """What is the matter with the dependency that ends."""
    soft = " (soft)" if of.is_soft else ""
    return f"{_KINDS[of.kind]} {of.requires or 'what it uses (no version range)'}{soft}"


def to_do(of: Hit) -> str:
    """What the one has to do whose dependency ends: `move to 3.0.0, 4 person-weeks; ask Access (team)`."""
    people = ", ".join(f"{each.name} ({each.role})" for each in of.contacts)
    ask = f"; ask {people}" if people else ""
    if of.kind not in _MOVES:
        with_ = (
            f"works with {listed(of.move_to, 4)}" if of.move_to and of.kind is not EndKind.BEHAVIOUR else "still works"
        )
        return f"check whether it {with_}{ask}"
    to = f"move to {listed(of.move_to, 4)}" if of.move_to else "there is no version to move to"
    return f"{to}{_weeks(of.weeks)}{ask}"


def _weeks(weeks: float | None) -> str:
    return f", {person_weeks(weeks)}" if weeks is not None else ""


def unfit(of: Unfit) -> str:
    """What one of those that can't hold together works with."""
    works = f"works with {listed(of.works_with, 4)}" if of.works_with else "works with no version"
    doubt = "; not known for others" if of.is_unknown and of.works_with else ""
    if of.is_unknown and not of.works_with:
        works = "it is not known what it works with"
    return f"{of.on.shown} {of.requires or 'in any version'}: {works}{doubt}"
