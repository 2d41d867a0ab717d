"""The validation report as a page: each finding with its line, a caret and help, then the counts."""

from collections.abc import Iterator, Mapping, Sequence

from platctl.finding import Severity
from platctl.page import (
    Block,
    Conclusion,
    Entries,
    Entry,
    Excerpt,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    joined,
    line,
    row,
)
from platctl.rules.report import Diagnostic, SourceLine, ValidationReport
from platctl.writing.findings import INCOMPLETE, TONES, mark
from platctl.writing.phrases import counted

_MANY = 10
"""Of a rule with more warnings or notes, a terminal shows only the first `_FEW`."""
_FEW = 3


def page(report: ValidationReport, *, quiet: bool = False, is_short: bool = False) -> Page:
    """All findings in reading order, and the summary. With `is_short`, of rules with many warnings or notes only the
    first are shown, and the rest is counted; errors are all shown.
    """
    if quiet:
        return Page((_summary(report),))
    rest = _rest(report.diagnostics) if is_short else {}
    left = {rule: len(found) for rule, found in rest.items()}
    hidden = {id(each) for found in rest.values() for each in found}
    shown = (_diagnostic(each) for each in report.diagnostics if id(each) not in hidden)
    return Page((*shown, *_counted(left), _summary(report)))


def _rest(diagnostics: Sequence[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """By rule: the warnings and notes that are only counted, the rule with most of them first."""
    found: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        if each.finding.severity is not Severity.ERROR:
            found.setdefault(each.finding.rule, []).append(each)
    many = {rule: each for rule, each in found.items() if len(each) > _MANY}
    few = _FEW if len(many) <= _FEW else 1
    ordered = sorted(many.items(), key=lambda item: (-len(item[1]), item[0]))
    return {rule: each[few:] for rule, each in ordered}


def _counted(left: Mapping[str, int]) -> Iterator[Block]:
    if left:
        rows = tuple(
            row(f"{count:,}", rule, Run(f"platctl validate --rule {rule}", Tone.CODE)) for rule, count in left.items()
        )
        yield Section(line("And more"), (Table(rows, numbers=frozenset({0})),))


def sheet(report: ValidationReport) -> Page:
    """The same, with the counts first."""
    told = [_diagnostic(each) for each in report.diagnostics]
    worst = min((each.finding.severity for each in report.diagnostics), key=lambda each: each.rank, default=None)
    tone = TONES[worst] if worst else Tone.GOOD
    *before, counts = _summary(report).lines
    opening = [Paragraph(tuple(before))] if before else []
    return Page((Paragraph((line(Run("Validation", Tone.STRONG)),)), *opening, Conclusion(counts, tone), *told))


def _diagnostic(diagnostic: Diagnostic) -> Block:
    finding = diagnostic.finding
    title = line(mark(finding), ": ", Run(finding.message, Tone.STRONG))
    blocks: list[Block] = list(_excerpts(diagnostic))
    if finding.help:
        blocks.append(Entries((Entry(line(Run("help: ", Tone.NOTE), finding.help)),)))
    return Section(title, tuple(blocks))


def _excerpts(diagnostic: Diagnostic) -> Iterator[Block]:
    finding = diagnostic.finding
    tone = TONES[finding.severity]
    placed = {each.span for each in diagnostic.lines}
    if finding.span and finding.span not in placed:
        place = str(finding.span) if finding.span.line > 1 else finding.span.path
        yield Entries((Entry(line(Run(f"--> {place}", Tone.DIM))),))
    for index, each in enumerate(diagnostic.lines):
        yield _excerpt(each, tone if index == 0 else Tone.NOTE)


def _excerpt(source: SourceLine, tone: Tone) -> Excerpt:
    span = source.span
    end = span.end_column if span.end_line == span.line else len(source.text) + 1
    return Excerpt(str(span), span.line, source.text, span.column, max(end, span.column + 1), source.label, tone)


def _summary(report: ValidationReport) -> Paragraph:
    lines: list[Line] = []
    if not report.is_complete:
        lines.append(INCOMPLETE)
    summary = report.summary
    found = []
    if summary.error:
        found.append(Run(counted(summary.error, "error"), TONES[Severity.ERROR]))
    if summary.warning:
        found.append(Run(counted(summary.warning, "warning"), TONES[Severity.WARNING]))
    if summary.info:
        found.append(Run(f"{summary.info:,} info", TONES[Severity.INFO]))
    waived = f", {len(report.waived):,} waived" if report.waived else ""
    waived += f", {summary.known:,} already known" if summary.known else ""
    what = f" in {counted(report.files, 'file')}, {counted(report.entities, 'entity', 'entities')} ({report.state})"
    lines.append(line(joined(found) if found else Run("No findings", Tone.GOOD), waived, what))
    return Paragraph(tuple(lines))
