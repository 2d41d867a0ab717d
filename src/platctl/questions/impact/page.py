"""The impact report as a page for a terminal."""

from collections.abc import Iterator, Sequence

from platctl.model.level import Level
from platctl.page import Block, Entries, Entry, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.impact import rows, words
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.writing import phrases
from platctl.writing.compared import compared
from platctl.writing.levels import LEVELS
from platctl.writing.sections import entries_section, table_section


def page(report: ImpactReport, *, quiet: bool = False) -> Page:
    """Everything, the strongest first; or only what was compared and the verdict."""
    if quiet:
        return Page((Paragraph((compared(report.compared),)), rows.verdict(report)))
    return Page((Paragraph((compared(report.compared),)), *_body(report), rows.verdict(report)))


def _body(report: ImpactReport) -> Iterator[Block]:
    if report.is_quiet:
        yield Paragraph((line("Nothing changes in meaning: nobody is affected."),))
        return
    if report.changes:
        yield Section(line(f"Changes ({len(report.changes):,})"), (Table(tuple(rows.change_rows(report.changes))),))
    if report.changes or report.verdicts:
        yield Section(line(_consumer_counts(report)), tuple(_consumers(report)))
    if entries := rows.policy_entries(report):
        yield Section(line("Policy"), (Entries(entries),))
    yield from _plan(report)
    if totals := rows.total_rows(report):
        header = ("Level", "Consumers", "Users", "Developers", "Revenue")
        yield Section(line("How much that is, and its share"), (Table(totals, header),))
    yield from table_section("To be told", rows.told_rows(report), ("Who", "Role", "Because of"))
    others = (
        row(each.entity.ref.kind, each.entity.id, each.what, phrases.dim(str(each.span or "")))
        for each in report.others
    )
    yield from table_section("Other changes", others)
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
            line(words.aside(each, "{on} offers nothing"), phrases.place(each.span)) for each in report.already_broken
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
        if len(group) <= rows.GROUP:
            yield _entry(each)
        elif each is group[0]:
            yield _group(absorbed.id if absorbed else "", group)


def _entry(verdict: Verdict) -> Entry:
    cause = verdict.cause
    head = line(Run(verdict.consumer.id, Tone.STRONG), f" ({phrases.tier_words(verdict.tier)})  {words.way(cause)}")
    absorbed = f"   [absorbed by {cause.absorbed_by.id}]" if cause.absorbed_by else ""
    notes = [line(words.reason(cause), phrases.place(cause.span), absorbed)]
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
        (line(words.reason(first), phrases.place(first.span), f"   [absorbed by {component}]"),),
    )


def _plan(report: ImpactReport) -> Iterator[Block]:
    yield from entries_section("Delivery", map(rows.delivery_entry, report.deliveries))
    yield from entries_section("No longer fits", map(rows.conflict_entry, report.conflicts))
    yield from table_section("Goals moved", map(rows.goal_row, report.goals))


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
