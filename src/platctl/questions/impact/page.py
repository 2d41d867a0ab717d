"""The impact report as a page for a terminal."""

from collections.abc import Iterator, Sequence

from platctl.model.level import Level
from platctl.page import Block, Entries, Entry, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.impact import words
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.questions.impact.rows import (
    GROUP,
    change_rows,
    conflict_entry,
    delivery_entry,
    goal_rows,
    policy_entries,
    told_rows,
    total_rows,
    verdict,
)
from platctl.writing import phrases
from platctl.writing.compared import compared
from platctl.writing.levels import LEVELS


def page(report: ImpactReport, *, quiet: bool = False) -> Page:
    """Everything, the strongest first; or only what was compared and the verdict."""
    if quiet:
        return Page((Paragraph((compared(report.compared),)), verdict(report)))
    return Page((Paragraph((compared(report.compared),)), *_body(report), verdict(report)))


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
        people = tuple(row(name, role, because) for name, role, because in told_rows(report))
        yield Section(line(f"To be told ({len(report.told):,})"), (Table(people, ("Who", "Role", "Because of")),))
    if report.others:
        rows = tuple(
            row(each.entity.ref.kind, each.entity.id, each.what, phrases.dim(str(each.span or "")))
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


def _consumers(report: ImpactReport) -> Iterator[Block]:
    for level in Level:
        found = [each for each in report.verdicts if each.level is level]
        if found:
            title = line(Run(phrases.level_words(level).capitalize(), LEVELS[level].tone))
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
        if len(group) <= GROUP:
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


def _plan(report: ImpactReport) -> Iterator[Block]:
    if report.deliveries:
        items = tuple(delivery_entry(each) for each in report.deliveries)
        yield Section(line(f"Delivery ({len(items):,})"), (Entries(items),))
    if report.conflicts:
        items = tuple(map(conflict_entry, report.conflicts))
        yield Section(line(f"No longer fits ({len(items):,})"), (Entries(items),))
    if report.goals:
        yield Section(line(f"Goals moved ({len(report.goals):,})"), (Table(goal_rows(report)),))


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
