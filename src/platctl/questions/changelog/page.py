"""Changes of the plan as a page: totals, then each kind of change, with long lists summarised by owner."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Tone, line
from platctl.questions.changelog.report import ChangelogEntry, ChangelogReport, Decided, Kind, Promise
from platctl.questions.changelog.words import consequence, subject, text
from platctl.writing.phrases import counted, listed, place, prose, state_name

MOST = 20
"""Default number of entries of each kind that are shown in full."""
_MOST_GROUPS = 8

_KINDS: Final[Mapping[Kind, tuple[str, str, str, Tone]]] = {
    # heading, singular and plural in the totals, tone
    Kind.DELIVERED: ("Delivered", "delivered", "delivered", Tone.GOOD),
    Kind.SLIPPED: ("Slipped", "slipped", "slipped", Tone.WARN),
    Kind.RELEASE_MOVED: ("Releases moved", "release moved", "releases moved", Tone.WARN),
    Kind.OVERDUE: ("Overdue", "overdue", "overdue", Tone.BAD),
    Kind.PULLED_IN: ("Moved earlier", "moved earlier", "moved earlier", Tone.GOOD),
    Kind.DROPPED: ("Dropped", "dropped", "dropped", Tone.BAD),
    Kind.DESCOPED: ("Descoped", "cut in scope", "cuts in scope", Tone.WARN),
    Kind.EXTENDED: ("Extended", "extension of scope", "extensions of scope", Tone.NOTE),
    Kind.RESCOPED: ("Scope changed", "change of scope", "changes of scope", Tone.NOTE),
    Kind.ADDED: ("Added to the plan", "added", "added", Tone.GOOD),
    Kind.REPLANNED: ("Planned again", "planned again", "planned again", Tone.NOTE),
    Kind.RETURNED: ("Back in the plan", "back in the plan", "back in the plan", Tone.NOTE),
    Kind.STARTED: ("Started", "started", "started", Tone.GOOD),
    Kind.DATED: ("End date set", "end date set", "end dates set", Tone.NOTE),
    Kind.UNDATED: ("End date removed", "end date removed", "end dates removed", Tone.WARN),
    Kind.PROMISE_BROKEN: ("Promises broken", "promise broken", "promises broken", Tone.BAD),
    Kind.PROMISE_KEPT: ("Promises kept", "promise kept", "promises kept", Tone.GOOD),
    Kind.REPRIORITISED: ("Re-prioritised", "re-prioritised", "re-prioritised", Tone.NOTE),
    Kind.DECIDED: ("Decided", "decision", "decisions", Tone.NOTE),
    Kind.PROPOSED: ("New ideas and proposals", "new proposal", "new proposals", Tone.NOTE),
    Kind.STAGE_CHANGED: ("Stage changed", "stage changed", "stages changed", Tone.NOTE),
    Kind.GIVEN_UP: ("Proposals given up", "proposal given up", "proposals given up", Tone.DIM),
    Kind.DEPRECATED: ("Newly deprecated", "deprecation", "deprecations", Tone.WARN),
    Kind.SUNSET_MOVED: ("Sunsets moved", "sunset moved", "sunsets moved", Tone.WARN),
    Kind.RELIEVED: ("No longer deprecated", "deprecation withdrawn", "deprecations withdrawn", Tone.GOOD),
    Kind.VERSION_REMOVED: ("No longer available", "no longer available", "no longer available", Tone.BAD),
    Kind.VERSION_ADDED: ("Newly available", "newly available", "newly available", Tone.GOOD),
    Kind.VERSION_REPLACED: ("Versions replaced", "version replaced", "versions replaced", Tone.NOTE),
    Kind.OFFER_PLANNED: ("Version plans changed", "version plan changed", "version plans changed", Tone.NOTE),
    Kind.GOAL_ADDED: ("New goals", "new goal", "new goals", Tone.GOOD),
    Kind.GOAL_MOVED: ("Goals changed", "goal changed", "goals changed", Tone.WARN),
    Kind.GOAL_REMOVED: ("Goals removed", "goal removed", "goals removed", Tone.BAD),
    Kind.OWNER_CHANGED: ("Owners changed", "owner changed", "owners changed", Tone.NOTE),
    Kind.ENTITY_ADDED: ("New", "new entity", "new entities", Tone.GOOD),
    Kind.ENTITY_REMOVED: ("Removed", "entity removed", "entities removed", Tone.BAD),
    Kind.RENAMED: ("Renamed", "renamed", "renamed", Tone.NOTE),
    Kind.DEPENDENCY_ADDED: ("Dependencies added", "dependency added", "dependencies added", Tone.NOTE),
    Kind.DEPENDENCY_REMOVED: ("Dependencies removed", "dependency removed", "dependencies removed", Tone.NOTE),
    Kind.DEPENDENCY_CHANGED: ("Dependencies changed", "dependency changed", "dependencies changed", Tone.NOTE),
    Kind.OTHER: ("Other changes", "other change", "other changes", Tone.DIM),
}
_OF_WORK = frozenset(Kind) - {
    Kind.REPRIORITISED,
    Kind.PROMISE_BROKEN,
    Kind.PROMISE_KEPT,
    Kind.OWNER_CHANGED,
    Kind.OTHER,
}
"""The kinds that list the consumers of the work."""


def page(report: ChangelogReport, *, most: int = MOST, quiet: bool = False) -> Page:
    """Everything, or only the totals."""
    top = Paragraph(tuple(_top(report)))
    return Page((top,)) if quiet else Page((top, *_sections(report, most)))


def _top(report: ChangelogReport) -> Iterator[Line]:
    told = [counted(total, *_KINDS[kind][1:3]) for kind, total in report.totals.items()]
    yield line(Run(_title(report), Tone.STRONG), ": ", ", ".join(told) or "none in the plan")
    if told and report.open_promises:
        yield line(f"Promises still open: {report.open_promises:,}")
    if report.still_overdue:
        yield line(f"Still overdue: {report.still_overdue:,}")
    if report.incomplete:
        states = " and ".join(map(state_name, report.incomplete))
        yield line(Run(f"Some files of {states} could not be read: run `platctl validate` for details", Tone.WARN))
    if not report.is_ranked:
        yield line(
            Run("Ranks are not compared, because the scoring model is invalid: run `platctl validate`", Tone.WARN)
        )


def _title(report: ChangelogReport) -> str:
    states = report.compared
    is_its_id = states.base is not None and states.how.startswith(states.base)
    how = "" if is_its_id else states.how
    facts = ", ".join(part for part in (how, str(report.since or "")) if part)
    scope = f", as seen by {report.audience}" if report.audience else ""
    scope += f", for {report.consumer.label}" if report.consumer else ""
    scope += f", only {states.only}" if states.only else ""
    return f"Changes from {states.base}{f' ({facts})' if facts else ''} to {state_name(states.head)}{scope}"


def _sections(report: ChangelogReport, most: int) -> Iterator[Block]:
    for kind in report.totals:
        entries = [each for each in report.entries if each.kind is kind and not each.because]
        shown, rest = entries[:most], entries[most:]
        items = (*(_item(each, report) for each in shown), *_rest(rest))
        heading, _, _, tone = _KINDS[kind]
        if items:
            yield Section(line(Run(heading, tone), f" ({len(entries):,})"), (Entries(items),))


def _rest(entries: Sequence[ChangelogEntry]) -> Iterator[Entry]:
    """The entries not shown in full, counted by owner, or by entity without an owner."""
    if not entries:
        return
    counts = Counter((each.owner or each.entity).label for each in entries)
    groups = sorted(counts.items(), key=lambda group: (-group[1], group[0].casefold(), group[0]))
    told = [f"{label} {count:,}" for label, count in groups[:_MOST_GROUPS]]
    if others := sum(count for _, count in groups[_MOST_GROUPS:]):
        told.append(f"others {others:,}")
    yield Entry(line(Run(f"and {len(entries):,} more", Tone.STRONG), f": {', '.join(told)}"))


def _item(entry: ChangelogEntry, report: ChangelogReport) -> Entry:
    with_id = report.audience is None
    name = subject(entry, with_id=with_id).rstrip(".")
    head = line(Run(name, Tone.STRONG), f": {text(entry)}", place(entry.span))
    return Entry(head, tuple(_notes(entry, report, with_id=with_id)))


def _notes(entry: ChangelogEntry, report: ChangelogReport, *, with_id: bool) -> Iterator[Line]:
    """For whom it is, and what follows from it, with what follows from that."""
    following = report.following(entry)
    promised = {each.fact.consumer for each in following if isinstance(each.fact, Promise)}
    waiting = [each.label for each in entry.waiting if each not in promised]
    if waiting and entry.kind in _OF_WORK:
        yield line(f"for {listed(waiting)}")
    for each in following:
        below = (run for note in _notes(each, report, with_id=with_id) for run in (Run("; "), *note))
        yield (*line(consequence(each, with_id=with_id)), *below)
    if isinstance(entry.fact, Decided) and entry.fact.why:
        yield line(prose(entry.fact.why))
