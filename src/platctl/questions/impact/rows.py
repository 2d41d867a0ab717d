"""Rows and entries that the page of an impact report shares with its comment."""

from collections.abc import Iterator, Sequence

from platctl.outlook.conflicts import Conflict, ConflictKind
from platctl.outlook.deliveries import Delivery, GoalMove
from platctl.outlook.shifts import OfferChange
from platctl.page import Entry, Line, Paragraph, Run, Tone, line, row
from platctl.questions.impact import words
from platctl.questions.impact.report import Failure, ImpactReport
from platctl.writing import phrases
from platctl.writing.conflicts import conflict
from platctl.writing.levels import LEVELS

GROUP = 4
"""From how many on, alike changes and at-risk consumers behind one component are told together."""


def change_rows(changes: Sequence[OfferChange]) -> Iterator[tuple[Line, ...]]:
    """One row a change; many that read the same are one row."""
    groups: dict[tuple[object, ...], list[OfferChange]] = {}
    for each in changes:
        groups.setdefault(words.same_change(each), []).append(each)
    for each in changes:
        alike = groups[words.same_change(each)]
        if len(alike) < GROUP:
            yield _change_row(each.subject, each)
        elif each is alike[0]:
            yield _change_row(f"{each.subject} and {len(alike) - 1:,} more", each)


def _change_row(subject: str, entry: OfferChange) -> tuple[Line, ...]:
    effect = Run(entry.effect.value, words.EFFECT_TONES.get(entry.effect, Tone.PLAIN))
    return row(subject, effect, words.change(entry), phrases.dim(str(entry.span or "")))


def policy_entries(report: ImpactReport) -> tuple[Entry, ...]:
    """What changes in the policies themselves."""
    found = [each for each in report.findings if each.rule == "policy-changed"]
    return tuple(Entry(line(each.message, phrases.place(each.span))) for each in found)


def delivery_entry(entry: Delivery) -> Entry:
    """A moving piece of work with those who wait for it."""
    said = Run(words.delivery(entry), words.DELIVERY_TONES[entry.verdict])
    head = line(Run(entry.initiative.label, Tone.STRONG), "  ", said, phrases.place(entry.span))
    notes = []
    if entry.waiting:
        notes.append(line(f"asked for by {phrases.listed([each.label for each in entry.waiting])}"))
    if entry.downstream:
        notes.append(line(f"waiting behind it: {phrases.listed([each.label for each in entry.downstream])}"))
    return Entry(head, tuple(notes))


def conflict_entry(entry: Conflict) -> Entry:
    """What does not fit; where it is a team that is too full, with the work and those who wait for it."""
    notes = []
    if entry.kind is ConflictKind.OVER_CAPACITY:
        notes.append(line(f"work in it: {phrases.listed([each.label for each in entry.work])}"))
        if entry.waiting:
            notes.append(line(f"waiting for it: {phrases.listed([each.label for each in entry.waiting])}"))
    return Entry(line(conflict(entry), phrases.place(entry.span)), tuple(notes))


def goal_row(move: GoalMove) -> tuple[Line, ...]:
    """What a goal gains or loses."""
    contribution = f", contribution {move.contribution:g}" if move.contribution is not None else ""
    due = f"; due {move.due}" if move.due else ""
    when = f" {move.was or '-'} -> {move.now or '-'}" if move.was or move.now else ""
    verdict_ = Run(move.verdict.value, words.DELIVERY_TONES[move.verdict])
    return row(move.goal.label, verdict_, f"{move.initiative.label}{when}{contribution}{due}")


def total_rows(report: ImpactReport) -> tuple[tuple[Line, ...], ...]:
    """How many people and how much revenue each level touches; nothing where no consumer says."""
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


def told_rows(report: ImpactReport) -> Iterator[tuple[Line, ...]]:
    """Who is to be told, as what, and because of what."""
    for told in report.told:
        lead = f" ({told.contact.contact})" if told.contact.contact else ""
        because = phrases.listed([each.label for each in told.because], 4)
        yield row(told.contact.name + lead, told.contact.role, because)


def verdict(report: ImpactReport) -> Paragraph:
    """Whether the check passes, and why not."""
    lines = []
    if report.summary.approvals_missing:
        asked = [each for each in report.verdicts if not each.waived]
        names = [each.consumer.id for each in asked if not all(one.is_given for one in each.approvals)]
        lines.append(line(f"Approvals missing: {report.summary.approvals_missing:,} ({phrases.listed(names)})"))
    if report.summary.waived:
        lines.append(line(f"Waived: {report.summary.waived:,}"))
    if report.fail_on is None:
        return Paragraph((*lines, line("Nothing fails (--fail-on never)")))
    if report.failing:
        lines.append(line(Run(f"FAIL: {failures(report)}", Tone.BAD)))
    else:
        lines.append(line(Run(f"PASS (--fail-on {report.fail_on.value})", Tone.GOOD)))
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
    return "; ".join(parts)


def _by_level(report: ImpactReport, name: str) -> str:
    levels = [each.level for each in report.failing if each.fails is Failure.LEVEL]
    parts: list[str] = []
    for level, does in LEVELS.items():
        if number := levels.count(level):
            subject = phrases.counted(number, name) if not parts else f"{number:,}"
            parts.append(f"{subject} {does.one if number == 1 else does.many}")
    return ", ".join(parts)
