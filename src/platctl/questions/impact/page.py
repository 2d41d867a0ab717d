"""The impact report as a page for a terminal."""

from collections.abc import Iterator, Sequence

from platctl.model.level import Level
from platctl.page import Block, Entries, Entry, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.impact import rows, words
from platctl.questions.impact.consequences import consequences
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.writing import phrases
from platctl.writing.asides import already_broken
from platctl.writing.compared import compared
from platctl.writing.levels import LEVELS
from platctl.writing.sections import entries_section, table_section


def page(report: ImpactReport, *, quiet: bool = False) -> Page:
    """Everything, the strongest effects first; or only what was compared and the verdict."""
    return Page((*rows.incomplete(report), *complete_blocks(report, quiet=quiet)))


def complete_blocks(report: ImpactReport, *, quiet: bool = False) -> tuple[Block, ...]:
    """The same without what could not be read."""
    body = () if quiet else _body(report)
    return Paragraph((compared(report.compared),)), *body, rows.verdict(report)


def _body(report: ImpactReport) -> Iterator[Block]:
    if report.is_first_model:
        yield Paragraph((line(words.FIRST_MODEL),))
    elif report.is_quiet:
        yield Paragraph((line("Nothing in the model changes, so no product is affected."),))
        return
    if report.changes:
        yield Section(line(f"Changes ({len(report.changes):,})"), (Table(tuple(rows.change_rows(report.changes))),))
    if report.changes or report.judged:
        yield Section(line(_consumer_counts(report)), tuple(_consumers(report)))
    yield from rows.arising(report)
    if entries := rows.policy_entries(report):
        yield Section(line("Policy"), (Entries(entries),))
    yield from _plan(report)
    yield from rows.people(report)
    others = (
        row(each.entity.ref.kind, each.entity.label_with_id, each.what, phrases.dim(str(each.span or "")))
        for each in report.others
    )
    yield from table_section("Other changes", others)
    yield _asides(report)


def _consumer_counts(report: ImpactReport) -> str:
    summary = report.summary
    counts = (
        (summary.breaks, "breaks", "break"),
        (summary.must_act, "must act", "must act"),
        (summary.at_risk, "at risk", "at risk"),
        (summary.gains, "gains", "gain"),
        (summary.informed, "informed", "informed"),
        (summary.already_broken, "already broken", "already broken"),
        (summary.left, "moved away", "moved away"),
        (summary.not_affected, "not affected", "not affected"),
    )
    told = [phrases.counted(number, one, many) for number, one, many in counts if number]
    would = f"; {words.would_any(report.escapes)}" if report.escapes else ""
    return f"Consumers ({summary.consumers:,}): {', '.join(told) or 'none'}{would}"


def _consumers(report: ImpactReport) -> Iterator[Block]:
    for level in Level:
        found = [each for each in report.verdicts if each.level is level]
        if found:
            title = line(Run(phrases.level_words(level).capitalize(), LEVELS[level].tone))
            yield Section(title, (Entries(tuple(_entries(found))),))
    if report.escapes:
        title = line(Run("Would be affected if the change did not edit or remove dependencies", Tone.WARN))
        yield Section(title, (Entries(tuple(_entries(report.escapes))),))
    uncounted = []
    if report.already_broken:
        notes = tuple(line(already_broken(each), phrases.place(each.span)) for each in report.already_broken)
        uncounted.append(Entry(line("Already broken before this change (not counted)"), notes))
    escaped = {each.consumer.ref for each in report.escapes}
    if left := [each for each in report.left if each.consumer.ref not in escaped]:
        notes = tuple(line(words.moved_away(each)) for each in left)
        uncounted.append(Entry(line("Moved away in this change"), notes))
    if uncounted:
        yield Section((), (Entries(tuple(uncounted)),))


def _entries(verdicts: Sequence[Verdict]) -> Iterator[Entry]:
    """One entry per consumer; many at risk behind the same component share one."""
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
            yield _group(absorbed.label_with_id if absorbed else "", group)


def _entry(verdict: Verdict) -> Entry:
    cause = verdict.cause
    escape = f": {words.verdict_level(verdict)}" if verdict.escape else ""
    head = line(Run(verdict.consumer.label_with_id, Tone.STRONG), f", {phrases.tier_words(verdict.tier)}{escape}")
    absorbed = f"; {cause.absorbed_by.label} has to absorb it" if cause.absorbed_by else ""
    notes = [line(f"{words.way(cause)}: {words.reason(cause)}{absorbed}", phrases.place(cause.span))]
    notes += [line(note) for note in _notes(verdict)]
    return Entry(head, tuple(notes))


def _notes(verdict: Verdict) -> Iterator[str]:
    asked = "; ".join(part for part in (words.ask(verdict), words.approval(verdict)) if part)
    if asked and verdict.level.is_harm:
        yield asked
    if verdict.maybe_now:
        yield words.alias_hint(verdict.consumer, verdict.maybe_now)
    if verdict.gain:
        yield f"and gains: {words.reason(verdict.gain)}"
    if verdict.because:
        yield f"severity {verdict.severity.value}: {' and '.join(verdict.because)}"
    yield from (f"policy {each.id}: {each.label}" for each in verdict.told)
    if verdict.waived:
        yield f"waived: {verdict.waived}"
    if verdict.others and verdict.level.is_harm:
        yield f"{phrases.counted(len(verdict.others), 'more cause')}: --explain {verdict.consumer.id}"


def _group(component: str, verdicts: Sequence[Verdict]) -> Entry:
    names = [each.consumer.label_with_id for each in verdicts]
    first = verdicts[0].cause
    return Entry(
        line(
            Run(f"{len(verdicts):,} consumers behind {component}, which has to absorb it", Tone.STRONG),
            f": {phrases.listed(names, 12)}",
        ),
        (line(words.reason(first), phrases.place(first.span)),),
    )


def _plan(report: ImpactReport) -> Iterator[Block]:
    told, conflicts, moves = consequences(report)
    yield from entries_section("Plan changes", rows.plan_entries(report.releases, told))
    yield from entries_section("Other new conflicts" if told else "New conflicts", map(rows.conflict_entry, conflicts))
    goals = [*map(rows.goal_row, moves), *map(rows.link_row, report.links)]
    yield from table_section("Goals affected", goals)


def _asides(report: ImpactReport) -> Paragraph:
    lines = []
    if report.components:
        passed = [f"{each.component.label_with_id} {phrases.level_words(each.level)}" for each in report.components]
        lines.append(line(f"Affected components: {phrases.listed(passed, 12)}"))
    sentences = words.unknown(report.unknown)
    if sentences:
        lines += [line(f"Not known: {sentence}") for sentence in sentences]
    elif report.changes:
        lines.append(line("Not known: nothing; every dependency involved has a version range."))
    return Paragraph(tuple(lines))
