"""Whom to ask and whom to tell, as a page: a table for each duty."""

from collections.abc import Iterator

from platctl.page import Block, Page, Paragraph, Run, Tone, line, row
from platctl.questions.owners.report import Duty, Owner, OwnersReport
from platctl.writing.compared import compared
from platctl.writing.phrases import counted, listed
from platctl.writing.sections import table_section

_TITLES = {
    Duty.APPROVE: "Must approve",
    Duty.ACT: "Must act",
    Duty.TELL: "To be told",
    Duty.OWN: "Owners",
}

_HEADER = ("Who", "Role", "Handle", "Because of")


def page(report: OwnersReport, *, quiet: bool = False) -> Page:
    """Everyone under the strongest of their duties."""
    said = compared(report.compared) if report.compared else line(f"Owners of {report.of}")
    return Page((Paragraph((said,)), *(() if quiet else _body(report)), Paragraph(tuple(_counts(report)))))


def _body(report: OwnersReport) -> Iterator[Block]:
    for duty, title in _TITLES.items():
        yield from table_section(title, (_row(each) for each in report.owners if each.duty is duty), _HEADER)


def _row(owner: Owner) -> tuple[tuple[Run, ...], ...]:
    subjects = list(dict.fromkeys(each.subject.label_with_id for each in owner.reasons if each.duty is owner.duty))
    handle = line(Run(owner.handle, Tone.CODE)) if owner.handle else line(Run("none", Tone.DIM))
    return row(Run(owner.name, Tone.STRONG), owner.role, handle, listed(subjects, 4))


def _counts(report: OwnersReport) -> Iterator[tuple[Run, ...]]:
    if report.nobody:
        names = listed([each.label_with_id for each in report.nobody])
        yield line(Run("Without an owner", Tone.WARN), f": {names}")
    if report.unreachable:
        names = listed([each.name for each in report.unreachable])
        yield line(f"Without a handle: {names} (set `handle` of a team, or `people` in platctl.yaml)")
    yield line(f"{counted(len(report.owners), 'person or team', 'people and teams')}")
