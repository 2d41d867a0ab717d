"""Why one consumer is affected: each path to it, step by step, and the reasons for its level."""

from collections.abc import Iterator

from platctl.model.entity.component import Strength
from platctl.model.level import Level
from platctl.outlook.cause import Cause, Step
from platctl.outlook.effects import Reason
from platctl.outlook.shifts import OfferChange
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Tone, line
from platctl.questions.impact import words
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.writing import phrases
from platctl.writing.compared import compared
from platctl.writing.levels import LEVELS


def page(report: ImpactReport, verdict: Verdict) -> Page:
    """The path behind a verdict, the other causes, and the reasons for its level and severity."""
    head = line(
        Run(verdict.consumer.label_with_id, LEVELS[verdict.level].tone),
        f", {phrases.tier_words(verdict.tier)}: {words.verdict_level(verdict)}",
    )
    blocks: list[Block] = [Paragraph((compared(report.compared),)), Paragraph((head,))]
    blocks.append(_way(report, "How the change gets there", verdict.cause))
    blocks += [
        _way(
            report,
            f"Other cause {index} of {len(verdict.others)}: {phrases.level_words(cause.level)}",
            cause,
        )
        for index, cause in enumerate(verdict.others, 1)
    ]
    blocks += [
        _way(report, f"What it escapes: {words.verdict_level(each)}", each.cause)
        for each in report.escapes
        if each.consumer.ref == verdict.consumer.ref and each is not verdict
    ]
    blocks.append(Section(line("Why this level"), (Entries(tuple(Entry(each) for each in _why(verdict))),)))
    return Page(tuple(blocks))


def _way(report: ImpactReport, title: str, cause: Cause) -> Section:
    entries = [_change(change) for change in report.changes if change.is_behind(cause)]
    entries += [_step(step, index == 0) for index, step in enumerate(reversed(cause.steps))]
    numbered = [Entry(line(f"{number}. ", entry.head), entry.notes) for number, entry in enumerate(entries, 1)]
    return Section(line(title), (Entries(tuple(numbered)),))


def _change(change: OfferChange) -> Entry:
    effect = Run(change.effect.value, words.EFFECT_TONES.get(change.effect, Tone.PLAIN))
    return Entry(line(change.subject.shown, ": ", effect, f", {words.change(change)}", phrases.place(change.span)))


def _step(step: Step, decides: bool) -> Entry:
    requires = f" {step.requires}" if step.requires else " in any version (no range declared)"
    soft = " (soft)" if step.strength is Strength.SOFT else ""
    is_component = step.entity.ref.kind == "component"
    name = step.entity.label_with_id if is_component else step.entity.label
    head = line(f"{name} depends on {step.on}{requires}{soft}", phrases.place(step.span))
    notes: list[Line] = []
    if decides:
        notes.append(line("this dependency decides the effect"))
    if is_component:
        kept = (
            "passes the effect on to its dependents"
            if step.exposes
            else "keeps its own contract, so it has to absorb the effect"
        )
        notes.append(line(kept))
    notes.append(line("result: ", Run(phrases.level_words(step.level), LEVELS[step.level].tone)))
    return Entry(head, tuple(notes))


def _why(verdict: Verdict) -> Iterator[Line]:
    cause = verdict.cause
    yield line(f"{cause.reason.value}: {words.reason(cause)}")
    if cause.level is Level.BREAKS and cause.reason is Reason.RANGE_UNMET and cause.announced is None:
        yield line("not announced: a `sunset` in the catalog, at least `impact.notice` days ahead, gives notice")
    if not cause.is_range_known:
        yield line("no readable `requires`: judged for each version that was available before")
    if cause.absorbed_by:
        yield line(f"{cause.absorbed_by.label} is in between and has to absorb the effect, so it is at risk")
    if verdict.gain:
        yield line(f"it also gains: {words.reason(verdict.gain)}")
    if verdict.others:
        yield line(f"{phrases.counted(len(verdict.others), 'other cause')}; none is stronger")
    because = f": {' and '.join(verdict.because)}" if verdict.because else ""
    yield line(f"severity {verdict.severity.value}{because}")
    if verdict.waived:
        yield line(f"waived: {verdict.waived}")
    for approval in verdict.approvals:
        whose = f"; approvers: {phrases.listed(approval.of, 3)}" if approval.of else ""
        yield line(f"policy {approval.policy} requires approval: {words.approval_status(approval)}{whose}")
    for policy in verdict.forbidden:
        yield line(f"policy {policy.id} forbids it: {policy.label}")
