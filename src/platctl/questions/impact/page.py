"""The impact report as a page for a terminal."""

from collections.abc import Iterator, Sequence

from platctl.model.level import Level
from platctl.outlook.compared import Compared
from platctl.outlook.conflicts import Conflict, ConflictKind
from platctl.outlook.deliveries import Delivery
from platctl.outlook.shifts import OfferChange
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line
from platctl.questions.impact import words
from platctl.questions.impact.report import Failure, ImpactReport, Verdict
from platctl.writing import phrases
from platctl.writing.conflicts import conflict

_GROUP = 4
"""From how many on, alike changes and at-risk consumers behind one component are told together."""


def page(report: ImpactReport, *, quiet: bool = False) -> Page:
    """Everything, the strongest first; or only what was compared and the verdict."""
    if quiet:
        return Page((Paragraph((compared(report.compared),)), verdict(report)))
    return Page((Paragraph((compared(report.compared),)), *_body(report), verdict(report)))


def compared(states: Compared) -> Line:
    """Which states were compared."""
    at = (f", as of {states.at}" if states.at else "") + (f", only {states.only}" if states.only else "")
    if states.base is None:
        return line(f"What if, on {states.head}{at}")
    how = f" ({states.how})" if states.how and states.how != states.base else ""
    return line(f"Base {states.base}{how} -> {states.head}{at}")


def _body(report: ImpactReport) -> Iterator[Block]:
    if report.is_quiet:
        yield Paragraph((line("Nothing changes in meaning: nobody is affected."),))
        return
    if report.changes:
        yield Section(line(f"Changes ({len(report.changes):,})"), (Table(tuple(change_rows(report.changes))),))
    if report.changes or report.verdicts:
        yield Section(line(_consumer_counts(report)), tuple(_consumers(report)))
    if entries := policy_entries(report):
        yield Section(line("Policy"), (Entries(entries),))
    yield from _plan(report)
    if totals := total_rows(report):
        header = ("Level", "Consumers", "Users", "Developers", "Revenue")
        yield Section(line("How much that is, and its share"), (Table(totals, header),))
    if report.told:
        people = tuple((line(name), line(role), line(because)) for name, role, because in told_rows(report))
        yield Section(line(f"To be told ({len(report.told):,})"), (Table(people, ("Who", "Role", "Because of")),))
    if report.others:
        rows = tuple(
            (
                line(each.entity.ref.kind),
                line(each.entity.id),
                line(each.what),
                phrases.dim(str(each.span or "")),
            )
            for each in report.others
        )
        yield Section(line(f"Other changes ({len(rows):,})"), (Table(rows),))
    yield _asides(report)


def _consumer_counts(report: ImpactReport) -> str:
    summary = report.summary
    counts = {
        "breaks": summary.breaks,
        "must act": summary.must_act,
        "at risk": summary.at_risk,
        "gains": summary.gains,
        "informed": summary.informed,
        "already broken": summary.already_broken,
        "left": summary.left,
        "not affected": summary.not_affected,
    }
    told = [f"{number:,} {name}" for name, number in counts.items() if number]
    return f"Consumers ({summary.consumers:,}): {', '.join(told) or 'none'}"


# Changes ----------------------------------------------------------------------------------------------------


def change_rows(changes: Sequence[OfferChange]) -> Iterator[tuple[Line, ...]]:
    """One row a change; many that read the same are one row."""
    groups: dict[tuple[object, ...], list[OfferChange]] = {}
    for each in changes:
        groups.setdefault(words.same_change(each), []).append(each)
    for each in changes:
        alike = groups[words.same_change(each)]
        if len(alike) < _GROUP:
            yield _change_row(each.subject, each)
        elif each is alike[0]:
            yield _change_row(f"{each.subject} and {len(alike) - 1:,} more", each)


def _change_row(subject: str, entry: OfferChange) -> tuple[Line, ...]:
    effect = Run(entry.effect.value, words.EFFECT_TONES.get(entry.effect, Tone.PLAIN))
    return (line(subject), line(effect), line(words.change(entry)), phrases.dim(str(entry.span or "")))


# Consumers --------------------------------------------------------------------------------------------------


def _consumers(report: ImpactReport) -> Iterator[Block]:
    for level in Level:
        found = [each for each in report.verdicts if each.level is level]
        if found:
            title = line(Run(words.HEADINGS[level], words.TONES[level]))
            yield Section(title, (Entries(tuple(_entries(found))),))
    beside = []
    if report.already_broken:
        notes = tuple(
            line(words.aside(each, "{on} offers nothing"), "   ", phrases.dim(str(each.span or "")))
            for each in report.already_broken
        )
        beside.append(Entry(line("Already broken before this change (not counted)"), notes))
    if report.left:
        notes = tuple(line(words.aside(each, "no longer uses {on}")) for each in report.left)
        beside.append(Entry(line("Left in this change"), notes))
    if beside:
        yield Section((), (Entries(tuple(beside)),))


def _entries(verdicts: Sequence[Verdict]) -> Iterator[Entry]:
    """One entry a consumer; many at risk behind the same component are one."""
    behind: dict[str, list[Verdict]] = {}
    for each in verdicts:
        if each.level is Level.AT_RISK and each.cause.absorbed_by:
            behind.setdefault(each.cause.absorbed_by.id, []).append(each)
    for each in verdicts:
        absorbed = each.cause.absorbed_by
        group = behind.get(absorbed.id, []) if absorbed else []
        if len(group) <= _GROUP:
            yield _entry(each)
        elif each is group[0]:
            yield _group(absorbed.id if absorbed else "", group)


def _entry(verdict: Verdict) -> Entry:
    cause = verdict.cause
    head = line(Run(verdict.consumer.id, Tone.STRONG), f" ({phrases.tier_words(verdict.tier)})  {words.way(cause)}")
    absorbed = f"   [absorbed by {cause.absorbed_by.id}]" if cause.absorbed_by else ""
    notes = [line(words.reason(cause), "   ", phrases.dim(str(cause.span)), absorbed)]
    notes += [line(note) for note in _notes(verdict)]
    return Entry(head, tuple(notes))


def _notes(verdict: Verdict) -> Iterator[str]:
    asked = "; ".join(part for part in (words.ask(verdict), words.approval(verdict)) if part)
    if asked and verdict.level.is_harm:
        yield asked
    if verdict.because:
        yield f"{verdict.severity.value}, because {' and '.join(verdict.because)}"
    yield from (f"policy {each.id}: {each.label}" for each in verdict.told)
    if verdict.waived:
        yield f"waived: {verdict.waived}"
    if verdict.others and verdict.level.is_harm:
        yield f"and {phrases.counted(len(verdict.others), 'other cause')}: --explain {verdict.consumer.id}"


def _group(component: str, verdicts: Sequence[Verdict]) -> Entry:
    names = [f"{each.consumer.id} ({phrases.tier_words(each.tier)})" for each in verdicts]
    first = verdicts[0].cause
    return Entry(
        line(Run(f"{len(verdicts):,} consumers behind {component}", Tone.STRONG), f": {phrases.listed(names, 12)}"),
        (line(words.reason(first), "   ", phrases.dim(str(first.span)), f"   [absorbed by {component}]"),),
    )


def policy_entries(report: ImpactReport) -> tuple[Entry, ...]:
    """What changes in the policies themselves."""
    found = [each for each in report.findings if each.rule == "policy-changed"]
    return tuple(Entry(line(each.message, "   ", phrases.dim(str(each.span or "")))) for each in found)


# The plan ---------------------------------------------------------------------------------------------------


def _plan(report: ImpactReport) -> Iterator[Block]:
    if report.deliveries:
        items = tuple(delivery_entry(each) for each in report.deliveries)
        yield Section(line(f"Delivery ({len(items):,})"), (Entries(items),))
    if report.conflicts:
        items = tuple(map(conflict_entry, report.conflicts))
        yield Section(line(f"No longer fits ({len(items):,})"), (Entries(items),))
    if report.goals:
        yield Section(line(f"Goals moved ({len(report.goals):,})"), (Table(goal_rows(report)),))


def delivery_entry(entry: Delivery) -> Entry:
    """A moving piece of work with those who wait for it."""
    head = line(
        Run(entry.initiative.label, Tone.STRONG),
        "  ",
        Run(words.delivery(entry), words.DELIVERY_TONES[entry.verdict]),
        "   ",
        phrases.dim(str(entry.span or "")),
    )
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
    return Entry(line(conflict(entry), "   ", phrases.dim(str(entry.span))), tuple(notes))


def goal_rows(report: ImpactReport) -> tuple[tuple[Line, ...], ...]:
    """What each goal gains or loses."""
    rows = []
    for move in report.goals:
        contribution = f", contribution {move.contribution:g}" if move.contribution is not None else ""
        due = f"; due {move.due}" if move.due else ""
        when = f" {move.was or '-'} -> {move.now or '-'}" if move.was or move.now else ""
        tone = words.DELIVERY_TONES[move.verdict]
        verdict_ = Run(move.verdict.value, tone)
        rows.append((line(move.goal.label), line(verdict_), line(f"{move.initiative.label}{when}{contribution}{due}")))
    return tuple(rows)


def total_rows(report: ImpactReport) -> tuple[tuple[Line, ...], ...]:
    """How many people and how much revenue each level touches; nothing where no consumer says."""
    whole = report.whole
    if whole.users is None and whole.developers is None and whole.revenue is None:
        return ()
    return tuple(
        (
            line(Run(phrases.level_words(level), words.TONES[level])),
            line(phrases.share(total.consumers, whole.consumers)),
            line(phrases.share(total.users, whole.users)),
            line(phrases.share(total.developers, whole.developers)),
            line(phrases.share(total.revenue, whole.revenue)),
        )
        for level, total in report.totals
    )


def told_rows(report: ImpactReport) -> Iterator[tuple[str, str, str]]:
    """Who is to be told, as what, and because of what."""
    for told in report.told:
        lead = f" ({told.contact.contact})" if told.contact.contact else ""
        because = phrases.listed([each.label for each in told.because], 4)
        yield told.contact.name + lead, told.contact.role, because


# The end ----------------------------------------------------------------------------------------------------


def _asides(report: ImpactReport) -> Paragraph:
    lines = []
    if report.components:
        passed = [f"{each.component.id} {each.level.value}" for each in report.components]
        lines.append(line(f"Components on the way: {phrases.listed(passed, 12)}"))
    sentences = words.unknown(report.unknown)
    if sentences:
        lines += [line(f"Not known: {sentence}") for sentence in sentences]
    elif report.changes:
        lines.append(line("Not known: nothing; every edge on these paths has a version range."))
    return Paragraph(tuple(lines))


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
    verbs = {
        Level.BREAKS: ("breaks", "break"),
        Level.MUST_ACT: ("must act",) * 2,
        Level.AT_RISK: ("is at risk", "are at risk"),
    }
    parts: list[str] = []
    for level, (one, many) in verbs.items():
        if number := levels.count(level):
            subject = phrases.counted(number, name) if not parts else f"{number:,}"
            parts.append(f"{subject} {one if number == 1 else many}")
    return ", ".join(parts)
