"""Effects on consumers as alerts."""

from platctl.alert import Alert, Alerts, Grade
from platctl.finding import Finding, Label, Severity, fingerprint
from platctl.outlook.conflicts import Conflict
from platctl.questions.impact import words
from platctl.questions.impact.report import ImpactReport, Incomplete, Verdict
from platctl.writing import phrases
from platctl.writing.alerts import finding_alert, together
from platctl.writing.conflicts import conflict as sentence
from platctl.writing.levels import LEVELS


def from_impact(report: ImpactReport) -> Alerts:
    """Every verdict, every new conflict, and what the policies require."""
    failing = {each.consumer.ref for each in report.failing}
    verdicts = [_verdict(each, fails=each.consumer.ref in failing) for each in report.verdicts]
    conflicts = [_conflict(each) for each in report.conflicts]
    threshold = Severity.ERROR.rank if report.fail_on else -1
    found = [finding_alert(each, "impact", report.anchor, threshold) for each in (*report.findings, *report.errors)]
    unread = [
        finding_alert(_not_read(each), "impact", report.anchor, Severity.ERROR.rank) for each in report.incomplete
    ]
    return together(("impact",), [*unread, *verdicts, *found, *conflicts])


def _not_read(entry: Incomplete) -> Finding:
    """A check does not pass on what it could not read, whatever its threshold."""
    names = phrases.listed([f"{each.ref.kind} {each.label_with_id}" for each in entry.entities], 6)
    return Finding(
        "not-read",
        Severity.ERROR,
        f"{entry.why}; judged as in base: {names}",
        entry.span,
        help="make it readable, or delete it",
        fingerprint=fingerprint("not-read", *(str(each.ref) for each in entry.entities)),
    )


def _verdict(verdict: Verdict, *, fails: bool) -> Alert:
    cause = verdict.cause
    grade = LEVELS[verdict.level].grade
    asked = "; ".join(part for part in (words.ask(verdict), words.approval(verdict)) if part)
    decides = Label(
        cause.span.resolve(), f"{cause.steps[-1].entity.label} depends on {cause.subject}; this decides the effect"
    )
    return Alert(
        "impact",
        f"impact/{verdict.level.value}",
        verdict.severity,
        Grade.BLOCKER if grade is Grade.CRITICAL and verdict.tier == 1 else grade,
        name=verdict.consumer.id,
        title=f"{phrases.level_words(verdict.level)}: {words.consumer(verdict.consumer, verdict.tier)}",
        message=f"{words.way(cause)}: {words.reason(cause)}",
        span=verdict.span,
        fingerprint=verdict.fingerprint,
        help=asked if verdict.level.is_harm else "",
        related=(decides,),
        way=tuple(
            Label(step.span.resolve(), f"{step.entity.label} depends on {step.on}") for step in cause.steps[::-1]
        ),
        fails=fails,
        is_quiet=not verdict.level.is_harm,
        waived=verdict.waived,
    )


def _conflict(conflict: Conflict) -> Alert:
    mark = fingerprint("impact", conflict.kind.value, str(conflict.subject.ref), str(conflict.other.ref))
    return Alert(
        "impact",
        "impact/conflict",
        Severity.WARNING,
        Grade.MINOR,
        name=f"{conflict.subject.id} {conflict.kind.value} ({mark})",
        title=f"new conflict: {conflict.subject.label_with_id}",
        message=sentence(conflict),
        span=conflict.span.resolve(),
        fingerprint=mark,
    )
