"""Entities as a table."""

from platctl.model.vocabulary import KIND_NAMES
from platctl.page import Page, Paragraph, Run, Table, Tone, line, row
from platctl.questions.list.report import ListReport, Value
from platctl.writing.numbers import number
from platctl.writing.phrases import counted, in_state


def page(report: ListReport, *, quiet: bool = False) -> Page:
    """The table, or only the count."""
    title = Paragraph((line(Run(_count(report), Tone.STRONG), f", {in_state(report.state)}{_told(report)}"),))
    if quiet or not report.entities:
        return Page((title,))
    rows = tuple(row(*(_cell(each.values[name]) for name in report.columns)) for each in report.entities)
    header = tuple(name.replace("_", " ").capitalize() for name in report.columns)
    numbers = frozenset(
        at for at, name in enumerate(report.columns) if any(_is_number(each.values[name]) for each in report.entities)
    )
    optional = () if report.is_chosen else tuple(range(len(report.columns) - 1, 1, -1))
    return Page((title, Table(rows, header, numbers, optional)))


def _count(report: ListReport) -> str:
    return counted(len(report.entities), *_KINDS[report.kinds[0] if len(report.kinds) == 1 else ""])


_KINDS = {
    "": ("entity", "entities"),
    **{kind: (kind,) for kind in KIND_NAMES},
}


def _told(report: ListReport) -> str:
    told = [f"for {report.audience}"] if report.audience else []
    told += [f"only {report.only}"] if report.only else []
    return f" ({', '.join(told)})" if told else ""


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float)


def _cell(value: Value) -> str:
    return number(value) if isinstance(value, int | float) else value or ""
