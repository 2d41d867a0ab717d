"""Both checks of a change: as a page for a log, as a comment, and as alerts."""

from collections.abc import Iterator

from platctl.alert import Alerts
from platctl.finding import Finding, Severity
from platctl.page import Block, Fold, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.ci.report import CheckOutcome, CiReport, ReviewEntry
from platctl.questions.impact import comment as impact_comment
from platctl.questions.impact import page as impact
from platctl.questions.impact import rows
from platctl.questions.impact import sheet as impact_sheet
from platctl.questions.impact.alerts import from_impact
from platctl.questions.impact.rows import failures
from platctl.questions.impact.words import FIRST_MODEL
from platctl.questions.validate import page as validation
from platctl.questions.validate.alerts import from_validation
from platctl.rules.report import ValidationReport
from platctl.writing import phrases
from platctl.writing.alerts import merged
from platctl.writing.compared import compared
from platctl.writing.findings import TONES, failing

_FOLDED_FROM = 6
"""This many findings would push the products out of sight."""
_MOST_REVIEWS = 20
_MOST_STEPS = 6


def page(report: CiReport, *, quiet: bool = False) -> Page:
    """What the change brings, everything from both checks, and the verdict last."""
    verdicts = {
        CheckOutcome.PASS: Run("PASS", Tone.GOOD),
        CheckOutcome.INCOMPLETE: Run(rows.not_read(report.impact), Tone.BAD),
    }
    verdict = verdicts.get(report.outcome, Run(f"FAIL: {_reasons(report)}", Tone.BAD))
    return Page(
        (
            *rows.incomplete(report.impact),
            Paragraph((line(Run(headline(report), Tone.STRONG)),)),
            Section(line("Impact"), impact.complete_blocks(report.impact, quiet=quiet)),
            *_reviews(report),
            Section(line("Validation"), validation.page(report.validation, quiet=quiet, is_short=True).blocks),
            Paragraph((line(verdict),)),
        )
    )


def sheet(report: CiReport) -> Page:
    """Both checks as a page of its own, the answer first."""
    findings = validation.page(report.validation).blocks
    steps = (*impact_sheet.steps(report.impact), *_to_mend(report))
    return Page(
        (
            impact_sheet.heading(report.impact),
            *impact_sheet.blocks(report.impact, _reasons(report), steps),
            *_reviews(report),
            *_findings(report),
            Section(line("Validation"), (Fold(line("All findings"), findings),)),
        )
    )


def _to_mend(report: CiReport) -> Iterator[Line]:
    """The findings that fail the check."""
    limit = report.validation.fail_on.rank if report.validation.fail_on else -1
    found = [each for each in _new(report) if each.severity.rank <= limit]
    for each in found[:_MOST_STEPS]:
        yield line(Run(each.message, Tone.STRONG), phrases.place(each.span))
    if len(found) > _MOST_STEPS:
        yield line(f"and {phrases.counted(len(found) - _MOST_STEPS, 'more finding')}")


def _reasons(report: CiReport) -> str:
    return "; ".join(filter(None, (_failing_findings(report.validation), failures(report.impact))))


def _failing_findings(report: ValidationReport) -> str:
    if not report.summary.failing or report.fail_on is None:
        return ""
    return failing(report.summary.failing, report.fail_on, "--fail-on-finding")


def comment(report: CiReport) -> Page:
    """What reviewers need: the verdict, whom it affects, the new findings; or one line."""
    if report.is_quiet:
        start = (
            FIRST_MODEL if report.impact.is_first_model else "No product is affected, and there are no new findings."
        )
        said = line(f"{start} ", compared(report.compared), ".")
        return Page((Paragraph((said,)),))
    return Page((Section(line(headline(report)), tuple(_comment_blocks(report))),))


def headline(report: CiReport) -> str:
    """`Breaks 1 product, 9 informed. Approvals missing: 1. New findings: 1 error, 2 warnings`."""
    said = impact_comment.headline(report.impact)
    new = [each.severity for each in _new(report)]
    counts = {
        "error": new.count(Severity.ERROR),
        "warning": new.count(Severity.WARNING),
        "note": new.count(Severity.INFO),
    }
    found = ", ".join(phrases.counted(number, name) for name, number in counts.items() if number)
    return f"{said}. New findings: {found}" if found else said


def _comment_blocks(report: CiReport) -> Iterator[Block]:
    blocks = list(impact_comment.blocks(report.impact, _reasons(report)))
    details = next((at for at, block in enumerate(blocks) if isinstance(block, Fold)), len(blocks) - 1)
    yield from (*blocks[:details], *_reviews(report), *_findings(report), *blocks[details:])


def _reviews(report: CiReport) -> Iterator[Block]:
    """Which approving reviews count, and why others don't; nothing if there are none."""
    found = report.reviews
    if found is None or not (found.problem or found.reviews):
        return
    if found.problem:
        lines = [
            line(f"Not known, so none counts: {found.problem}"),
            *([line(f"help: {found.help}")] if found.help else []),
        ]
    else:
        ordered = sorted(found.reviews, key=lambda each: not each.counts)
        lines = [_review(each) for each in ordered[:_MOST_REVIEWS]]
        if len(ordered) > _MOST_REVIEWS:
            lines.append(line(f"and {len(ordered) - _MOST_REVIEWS:,} more"))
    yield Section(line("Approving reviews"), (Paragraph(tuple(lines)),))


def _review(entry: ReviewEntry) -> Line:
    handle = Run(f"@{entry.login}", Tone.CODE)
    names = f" ({phrases.listed(entry.names, 3)})" if entry.names else ""
    day = f" on {entry.on}" if entry.on else ""
    return line(handle, f"{names}{day} counts" if entry.counts else f"{names}{day} does not count: {entry.why}")


def _findings(report: CiReport) -> Iterator[Block]:
    new = set(report.new)
    failing = report.validation.fail_on.rank if report.validation.fail_on else -1
    everything = [each.finding for each in report.validation.diagnostics]
    found = [each for each in everything if each.fingerprint in new or each.severity.rank <= failing]
    if found:
        found.sort(key=lambda each: (each.fingerprint not in new, each.severity.rank, each.sort_key))
        rows = tuple(_row(each, new) for each in found)
        table = Table(rows, ("Severity", "Rule", "Where", "What"))
        title = line(f"Findings ({len(found):,})")
        yield Fold(title, (table,)) if len(found) >= _FOLDED_FROM else Section(title, (table,))
    if old := len(everything) - len(found) + report.validation.summary.known:
        yield Paragraph((line(f"{phrases.counted(old, 'existing finding')} not listed."),))


def _row(finding: Finding, new: set[str]) -> tuple[Line, ...]:
    age = "" if finding.fingerprint in new else " (existing)"
    where = Run(str(finding.span), Tone.CODE) if finding.span else ""
    return row(line(Run(finding.severity.value, TONES[finding.severity]), age), finding.rule, where, finding.message)


def _new(report: CiReport) -> list[Finding]:
    new = set(report.new)
    return [each.finding for each in report.validation.diagnostics if each.finding.fingerprint in new]


def not_checked(message: str, help_: str) -> Page:
    """A comment for a change that could not be checked; it makes no claims about it."""
    lines = (line(message), *((line(f"help: {help_}"),) if help_ else ()))
    return Page((Section(line("This change could not be checked"), (Paragraph(lines),)),))


def alerts(report: CiReport) -> Alerts:
    """The alerts of both checks, the most urgent first, new ones before existing ones."""
    return merged(from_validation(report.validation, set(report.new)), from_impact(report.impact))
