"""Rows, entries and sections that the pages of an impact report share with its comment."""

from collections.abc import Iterator, Sequence

from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.outlook.conflicts import Conflict, ConflictKind
from platctl.outlook.deliveries import GoalLink, GoalMove, LinkTurn
from platctl.outlook.release_moves import ReleaseMove
from platctl.outlook.shifts import OfferChange
from platctl.page import Block, Entries, Entry, Fold, Line, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.impact import words
from platctl.questions.impact.consequences import Consequences
from platctl.questions.impact.report import Exposed, Failure, ImpactReport, Port
from platctl.writing import phrases
from platctl.writing.conflicts import conflict
from platctl.writing.levels import LEVELS
from platctl.writing.sections import entries_section, table_section

_MOST_FILES = 20
"""What more could not be read is only counted; a sparse checkout may lack thousands of files."""
GROUP = 4
"""From this number on, similar changes, and at-risk consumers behind one component, share an entry."""


def incomplete(report: ImpactReport) -> tuple[Block, ...]:
    """What head could not read, which everybody has to know first; nothing if it could read everything."""
    if not report.incomplete:
        return ()
    content = "its content is" if report.summary.not_read == 1 else "their content is"
    head = line(Run(f"{not_read(report)}; {content} judged as in base:", Tone.BAD))
    entries = [
        Entry(line(each.why), (line(phrases.listed([_kind_and_name(one) for one in each.entities], 6)),))
        for each in report.incomplete[:_MOST_FILES]
    ]
    if rest := len(report.incomplete) - len(entries):
        entries.append(Entry(line(f"and {rest:,} more")))
    return Paragraph((head,)), Entries(tuple(entries))


def not_read(report: ImpactReport) -> str:
    """`INCOMPLETE: 2 files of base could not be read`."""
    return f"INCOMPLETE: {phrases.counted(report.summary.not_read, 'file')} of base could not be read"


def _kind_and_name(entity: Named) -> str:
    return f"{entity.ref.kind} {entity.label_with_id}"


def error_entries(report: ImpactReport) -> Iterator[Entry]:
    """Errors that base does not have."""
    for each in report.errors:
        yield Entry(line(each.message, phrases.place(each.span)), (line(each.help),) if each.help else ())


def arising(report: ImpactReport, kind: type[Section | Fold] = Section) -> Iterator[Block]:
    """New errors, components that have to be ported, and what is exposed from now on."""
    yield from entries_section("New errors", error_entries(report), kind)
    yield from entries_section("Components to port", map(port_entry, report.ports), kind)
    yield from entries_section("Exposed from now on", map(exposed_entry, report.exposed), kind)


def changes(report: ImpactReport, title: str) -> Iterator[Block]:
    """What changes at interfaces, folded; the title counts it."""
    if report.changes:
        table = Table(tuple(change_rows(report.changes)), ("Interface", "Effect", "What happens", "Where"))
        yield Fold(line(f"{title} ({len(report.changes):,})"), (table,))


def change_rows(changes: Sequence[OfferChange]) -> Iterator[tuple[Line, ...]]:
    """One row per change; many that read the same share one."""
    groups: dict[tuple[object, ...], list[OfferChange]] = {}
    for each in changes:
        groups.setdefault(words.same_change(each), []).append(each)
    for each in changes:
        alike = groups[words.same_change(each)]
        if len(alike) < GROUP:
            yield _change_row(each.subject.shown, each)
        elif each is alike[0]:
            yield _change_row(f"{each.subject.shown} and {len(alike) - 1:,} more", each)


def _change_row(subject: str, entry: OfferChange) -> tuple[Line, ...]:
    effect = Run(entry.effect.value, words.EFFECT_TONES.get(entry.effect, Tone.PLAIN))
    return row(subject, effect, words.change(entry), phrases.dim(str(entry.span or "")))


def policy_entries(report: ImpactReport) -> tuple[Entry, ...]:
    """What changes in the policies themselves."""
    found = [each for each in report.findings if each.rule == "policy-changed"]
    return tuple(Entry(line(each.message, phrases.place(each.span))) for each in found)


def plan_changes(
    releases: Sequence[ReleaseMove], told: Sequence[Consequences], conflicts: Sequence[Conflict]
) -> Iterator[Block]:
    """Work whose plan changes with what follows from it, then conflicts that follow from none of it."""
    if found := tuple(plan_entries(releases, told)):
        yield Entries(found)
    if conflicts:
        title = "Other new conflicts" if told else "New conflicts"
        yield Section(line(title), (Entries(tuple(map(conflict_entry, conflicts))),))


def goals(report: ImpactReport, moves: Sequence[GoalMove], kind: type[Section | Fold] = Section) -> Iterator[Block]:
    """Goals that gain or lose, as far as no change of the plan tells it already."""
    found = [*map(goal_row, moves), *map(link_row, report.links)]
    yield from table_section("Goals affected", found, ("Goal", "Change", "Through"), kind=kind)


def plan_entries(releases: Sequence[ReleaseMove], told: Sequence[Consequences]) -> Iterator[Entry]:
    """Releases that move, each with all that moves with it, and then work that moves by itself."""
    moved = {each.release.ref for each in releases}
    for each in releases:
        yield _release_entry(each, [work for work in told if _is_because_of(work, each.release.ref)])
    for work in told:
        if work.delivery.release is None or work.delivery.release.ref not in moved:
            yield delivery_entry(work)


def _is_because_of(work: Consequences, release: Ref) -> bool:
    return work.delivery.release is not None and work.delivery.release.ref == release


def _release_entry(move: ReleaseMove, told: Sequence[Consequences]) -> Entry:
    head = line(Run(f"Release {move.release.label}", Tone.STRONG), "  ", words.release(move), phrases.place(move.span))
    notes: list[Line] = []
    for each in told:
        below = delivery_entry(each)
        said = words.delivery(each.delivery)
        first = line(f"{each.delivery.initiative.label}: ", Run(said, words.DELIVERY_TONES[each.delivery.verdict]))
        notes.append((*first, *(run for note in below.notes for run in (Run("; "), *note))))
    moved = {each.delivery.initiative.ref for each in told}
    if rest := [each.label for each in (*move.work, *move.others) if each.ref not in moved]:
        notes.append(line(f"{'also' if told else 'moves'} {phrases.listed(rest, 12)}"))
    return Entry(head, tuple(notes))


def delivery_entry(entry: Consequences) -> Entry:
    """Work whose plan changes, with those who wait for it and what follows."""
    moved = entry.delivery
    said = Run(words.delivery(moved), words.DELIVERY_TONES[moved.verdict])
    head = line(Run(moved.initiative.label, Tone.STRONG), "  ", said, phrases.place(moved.span))
    notes = []
    if moved.waiting:
        notes.append(line(f"requested by {phrases.listed([each.label for each in moved.waiting])}"))
    if moved.downstream:
        notes.append(line(f"work that waits for it: {phrases.listed([each.label for each in moved.downstream])}"))
    for each in entry.conflicts:
        told = conflict_entry(each)
        notes += [line(Run("new conflict", Tone.WARN), ": ", told.head), *told.notes]
    notes += map(_goal_note, entry.goals)
    return Entry(head, tuple(notes))


def _goal_note(move: GoalMove) -> Line:
    """A goal that gains or loses by a change of the plan, which is told above."""
    facts = [f"contribution {move.contribution:g}"] if move.contribution is not None else []
    facts += [f"due on {move.due}"] if move.due else []
    return line("goal: ", move.goal.label_with_id, f" ({', '.join(facts)})" if facts else "")


def conflict_entry(entry: Conflict) -> Entry:
    """A conflict; for a team over capacity also its work and who waits for it."""
    notes = []
    if entry.kind is ConflictKind.OVER_CAPACITY:
        notes.append(line(f"planned work: {phrases.listed([each.label for each in entry.work])}"))
        if entry.waiting:
            notes.append(line(f"consumers that wait for it: {phrases.listed([each.label for each in entry.waiting])}"))
    return Entry(line(conflict(entry), phrases.place(entry.span)), tuple(notes))


def port_entry(entry: Port) -> Entry:
    """A component that has to be changed itself, with its range, line, owner and day."""
    cause = entry.cause
    head = line(Run(entry.component.label_with_id, Tone.STRONG), " ", Run(words.level(entry), LEVELS[entry.level].tone))
    notes = [line(f"{words.way(cause)}: {words.reason(cause)}", phrases.place(cause.span))]
    lead = f" ({entry.owner.contact})" if entry.owner and entry.owner.contact else ""
    notes += [line(f"owner: {entry.owner.name}{lead}")] if entry.owner else []
    return Entry(head, tuple(notes))


def exposed_entry(entry: Exposed) -> Entry:
    """A dependency that reaches further than before."""
    reached = phrases.listed([each.label_with_id for each in entry.dependents], 6) or "no product yet"
    head = line(Run(entry.component.label_with_id, Tone.STRONG), f" exposes {entry.on.shown}")
    return Entry(line(*head, phrases.place(entry.span)), (line(f"its changes now reach {reached}"),))


def link_row(link: GoalLink) -> tuple[Line, ...]:
    """A goal that an initiative serves from now on, or no longer, or with another contribution."""
    was, now = ("-" if each is None else f"{each:g}" for each in (link.was, link.now))
    said = {
        LinkTurn.ADDED: f"now serves it, contribution {now}",
        LinkTurn.REMOVED: f"no longer serves it, contribution was {was}",
        LinkTurn.CHANGED: f"contribution {was} -> {now}",
    }
    tone = {LinkTurn.ADDED: Tone.GOOD, LinkTurn.REMOVED: Tone.BAD}.get(link.turn, Tone.WARN)
    return row(link.goal.label_with_id, Run(link.turn.value, tone), f"{link.initiative.label} {said[link.turn]}")


def goal_row(move: GoalMove) -> tuple[Line, ...]:
    """What a goal gains or loses."""
    contribution = f", contribution {move.contribution:g}" if move.contribution is not None else ""
    due = f"; the goal is due on {move.due}" if move.due else ""
    if move.was and move.now:
        when = f": {move.was} -> {move.now}"
    else:
        when = f", ends {move.now}" if move.now else f", was due {move.was}" if move.was else ""
    verdict_ = Run(move.verdict.value, words.DELIVERY_TONES[move.verdict])
    return row(move.goal.label_with_id, verdict_, f"{move.initiative.label}{when}{contribution}{due}")


def total_rows(report: ImpactReport) -> tuple[tuple[Line, ...], ...]:
    """How many people and how much revenue each level affects; nothing where no consumer declares any."""
    whole = report.whole
    if whole.users is None and whole.developers is None and whole.revenue is None:
        return ()
    return tuple(
        row(
            Run(phrases.level_words(level), LEVELS[level].tone),
            phrases.share(total.consumers, whole.consumers),
            phrases.share(total.users, whole.users),
            phrases.share(total.developers, whole.developers),
            phrases.share(total.revenue, whole.revenue),
        )
        for level, total in report.totals
    )


def people(report: ImpactReport, kind: type[Section | Fold] = Section) -> Iterator[Block]:
    """How many each level affects, and whom to tell."""
    if totals := total_rows(report):
        header = ("Level", "Consumers", "Users", "Developers", "Revenue")
        yield kind(line("Affected, with share of the total"), (Table(totals, header),))
    yield from table_section("Who to tell", told_rows(report), ("Who", "Role", "Because of"), kind=kind)


def told_rows(report: ImpactReport) -> Iterator[tuple[Line, ...]]:
    """Who to tell, in which role, and because of what."""
    for told in report.told:
        lead = f" ({told.contact.contact})" if told.contact.contact else ""
        because = phrases.listed([each.label for each in told.because], 4)
        yield row(told.contact.name + lead, told.contact.role, because)


def verdict(report: ImpactReport) -> Paragraph:
    """Whether the check passes, and why not."""
    lines = []
    if report.summary.approvals_missing:
        asked = [each for each in report.judged if not each.waived]
        names = [each.consumer.label_with_id for each in asked if not all(one.is_given for one in each.approvals)]
        lines.append(line(f"Approvals missing ({report.summary.approvals_missing:,}): {phrases.listed(names)}"))
    if report.summary.waived:
        lines.append(line(f"Waived: {report.summary.waived:,}"))
    if report.incomplete and not report.summary.fails:
        return Paragraph((*lines, line(Run(not_read(report), Tone.BAD))))
    if report.fail_on is None and not report.summary.fails:
        return Paragraph((*lines, line(Run("PASS (--fail-on never)", Tone.GOOD))))
    if report.summary.fails:
        lines.append(line(Run(f"FAIL: {failures(report)}", Tone.BAD)))
    else:
        limit = report.fail_on.value if report.fail_on else "never"
        lines.append(line(Run(f"PASS (--fail-on {limit})", Tone.GOOD)))
    return Paragraph(tuple(lines))


def failures(report: ImpactReport) -> str:
    """`2 approvals missing; 1 effect forbidden by policy; 1 other consumer breaks (--fail-on breaks)`."""
    reasons = [each.fails for each in report.failing]
    unasked = sum(not approval.is_given for each in report.failing for approval in each.approvals)
    parts = []
    if unasked:
        parts.append(f"{phrases.counted(unasked, 'approval')} missing")
    if forbidden := reasons.count(Failure.FORBIDDEN):
        parts.append(f"{phrases.counted(forbidden, 'effect')} forbidden by policy")
    if Failure.LEVEL in reasons and report.fail_on:
        name = "other consumer" if parts else "consumer"
        parts.append(f"{_by_level(report, name)} (--fail-on {report.fail_on.value})")
    if report.summary.ports_failing and report.fail_on_component:
        number = phrases.counted(report.summary.ports_failing, "component")
        parts.append(f"{number} to port (--fail-on-component {report.fail_on_component.value})")
    if report.errors and report.fail_on:
        parts.append(phrases.counted(len(report.errors), "new error"))
    return "; ".join(parts)


def _by_level(report: ImpactReport, name: str) -> str:
    levels = [each.level for each in report.failing if each.fails is Failure.LEVEL]
    parts: list[str] = []
    for level, does in LEVELS.items():
        if number := levels.count(level):
            subject = phrases.counted(number, name) if not parts else f"{number:,}"
            parts.append(f"{subject} {does.one if number == 1 else does.many}")
    return ", ".join(parts)
