"""Votes as a page: those that need discussion, with each vote, then the rest."""

from collections.abc import Iterator

from platctl.page import Block, Entry, Line, Page, Paragraph, Run, Tone, joined, line, row
from platctl.questions.backlog.votes_report import CastVote, Dispute, DisputeReport
from platctl.writing.numbers import number
from platctl.writing.phrases import counted, dim, in_state, listed
from platctl.writing.sections import entries_section, table_section


def page(report: DisputeReport, *, quiet: bool = False) -> Page:
    """All votes on open work, or only how many need discussion."""
    title = line(Run("Votes", Tone.STRONG), f" {in_state(report.state)}, with the criteria of {report.method}")
    body = () if quiet else tuple(_body(report))
    votes = counted(len(report.disputes), "criterion of an initiative", "criteria of initiatives")
    summary = line(f"Votes on {votes}, {len(report.to_talk)} to discuss")
    return Page((Paragraph((title,)), *body, Paragraph((summary,))))


def _body(report: DisputeReport) -> Iterator[Block]:
    yield from entries_section("To discuss", map(_entry, report.to_talk))
    rest = (each for each in report.disputes if not each.needs_talk)
    header = ("Initiative", "Criterion", "Votes", "Median", "Disagreement", "No vote from")
    yield from table_section("Other votes", map(_row, rest), header, frozenset({2, 3, 4}))
    if report.disputes:
        scale = "Disagreement: 0 if all votes are the same, 1 if half are the lowest and half the highest."
        yield Paragraph((dim(scale),))


def _entry(dispute: Dispute) -> Entry:
    spread = dispute.spread
    head = line(Run(dispute.initiative.label_with_id, Tone.STRONG), f", {dispute.label}")
    if spread is None:
        return Entry(head)
    head = line(head, ": ", Run(f"disagreement {spread.disagreement:.2f}", Tone.WARN))
    numbers = (
        f"median {number(spread.median)}, from {_shown(spread.lowest)} to {_shown(spread.highest)} "
        f"on a scale of {_shown(spread.scale[0])} to {_shown(spread.scale[1])}, "
        f"interquartile range {_shown(spread.interquartile)}"
    )
    notes = [joined(_vote(each) for each in dispute.votes), line(numbers)]
    if dispute.uncounted:
        notes.append(line("not counted because of the role: ", joined(_vote(each) for each in dispute.uncounted)))
    if dispute.silent:
        notes.append(line(f"no vote from: {listed(dispute.silent)}"))
    return Entry(head, tuple(notes))


def _vote(vote: CastVote) -> Line:
    role = f" ({vote.role})" if vote.role else ""
    return line(f"{vote.by}{role} ", Run(vote.text, Tone.STRONG))


def _row(dispute: Dispute) -> tuple[Line, ...]:
    spread = dispute.spread
    words = ", ".join(dict.fromkeys(each.text for each in dispute.votes))
    return row(
        dispute.initiative.label_with_id,
        dispute.label,
        str(len(dispute.votes)),
        _shown(spread.median) if spread else words,
        f"{spread.disagreement:.2f}" if spread else "-",
        listed(dispute.silent, 3),
    )


def _shown(value: float) -> str:
    return number(value) or "0"
