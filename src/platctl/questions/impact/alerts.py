"""Effects on consumers as alerts."""

from platctl.alert import Alert, Alerts, Grade
from platctl.finding import Finding, Label, Severity, fingerprint
from platctl.outlook.cause import Step
from platctl.outlook.conflicts import Conflict
from platctl.questions.impact import words
from platctl.questions.impact.report import EscapeKind, ImpactReport, Incomplete, Verdict
from platctl.writing import phrases
from platctl.writing.alerts import finding_alert, together
from platctl.writing.conflicts import conflict as sentence
from platctl.writing.levels import LEVELS


def from_impact(report: ImpactReport) -> Alerts:
    """Every verdict, every new conflict, and what the policies require."""
    verdicts = [_verdict(each) for each in report.judged]
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


def _verdict(verdict: Verdict) -> Alert:
    cause = verdict.cause
    grade = Grade.MINOR if verdict.escape else LEVELS[verdict.level].grade
    if grade is Grade.CRITICAL and verdict.tier == 1:
        grade = Grade.BLOCKER
    is_gone = verdict.escape is EscapeKind.LEFT  # so it has no line in head
    asked = "; ".join(part for part in (words.ask(verdict), words.approval(verdict)) if part)
    decides = Label(
        cause.span.resolve(), f"{cause.steps[-1].entity.label} depends on {cause.subject}; this decides the effect"
    )
    return Alert(
        "impact",
        "impact/escaped" if verdict.escape else f"impact/{verdict.level.value}",
        verdict.severity,
        grade,
        name=f"{verdict.consumer.id} escapes" if verdict.escape else verdict.consumer.id,
        title=f"{words.verdict_level(verdict)}: {words.consumer(verdict.consumer, verdict.tier)}",
        message=f"{words.way(cause)}: {words.reason(cause)}",
        span=verdict.span,
        fingerprint=verdict.fingerprint,
        help=asked if verdict.level.is_harm else "",
        related=() if is_gone else (decides,),
        way=() if is_gone else tuple(map(_step, cause.steps[::-1])),
        fails=verdict.fails is not None,
        is_quiet=not verdict.level.is_harm,
        waived=verdict.waived,
    )


def _step(step: Step) -> Label:
    return Label(step.span.resolve(), f"{step.entity.label} depends on {step.on}")


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
