"""The validation report as a page: each finding with its line, a caret and help, then the counts."""

from collections.abc import Iterator

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
    Tone,
    joined,
    line,
)
from platctl.rules.report import Diagnostic, SourceLine, ValidationReport
from platctl.writing.findings import INCOMPLETE, TONES, mark
from platctl.writing.phrases import counted


def page(report: ValidationReport, *, quiet: bool = False) -> Page:
    """All findings in reading order, and the summary."""
    shown = [] if quiet else list(report.diagnostics)
    return Page((*(_diagnostic(each) for each in shown), _summary(report)))


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
