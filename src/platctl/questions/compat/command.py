"""`platctl compat`: who works with which version and until when, and what breaks when?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.errors import CliError
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    THRESHOLDS,
    AtOption,
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    LevelOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    entities,
)

if TYPE_CHECKING:
    from datetime import timedelta

    from platctl.model.calendar import Date
    from platctl.model.ref import Ref
    from platctl.outlook.choosing import Chooser
    from platctl.page import Page
    from platctl.questions.compat.report import CompatReport

_KINDS = ("component", "consumer")


class CompatViews(ReportViews):
    """Who works with what, and what breaks when."""

    report: "CompatReport"
    kind = "compat"

    def page(self) -> "Page":
        from platctl.questions.compat.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.compat.table import header, rows

        return header(self.report), rows(self.report)


def compat(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ENTITY]...",
            help="Components and consumers whose versions to compare; selectors work, too.",
            show_default="what breaks when, over all",
            autocompletion=entities(*_KINDS),
        ),
    ] = None,
    at: AtOption = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="START END", help="Show how each word changes between these two days."),
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="Show when all named work with one version of each shared interface.")
    ] = False,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="INTERFACE=VERSION",
            help="What if this version is added to the others, such as `identity#rest=3.0.0`.",
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="INTERFACE[=VERSION]", help="What if this version is no longer provided."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="INTERFACE=VERSION", help="What if only this version is provided."),
    ] = None,
    fail_on: LevelOption = "never",
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="DURATION", help="Only what ends within this time, such as 90d or 12w."),
    ] = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(CompatViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Show who works with which version and until when, or what breaks when if no one acts."""
    from platctl.model.level import Level
    from platctl.outlook.choosing import chooser
    from platctl.outlook.timeline import Timeline
    from platctl.questions.compat.asked import AskedKind, asked
    from platctl.questions.compat.derive import CompatOptions
    from platctl.questions.compat.derive import compat as derive
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import days, threshold

    options: Globals = context.obj
    wanted = targets(CompatViews, format_, output, reports)
    level, span = threshold(fail_on, Level, THRESHOLDS), days("--within", within)
    first, last = _days(at, between)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    model, was = session.model, base_of(session, wish, base)
    choose, begins = chooser(model, was, first, session.today), first or session.today
    given = [(kind, text) for kind in AskedKind for text in {"add": add, "drop": drop, "set": set_}[kind.value] or ()]
    question = CompatOptions(
        today=session.today,
        at=first,
        last=last,
        named=tuple(dict.fromkeys(ref for text in what or () for ref in _named(choose, text))),
        only=wish.entities(choose),
        asked=asked(model, Timeline(model, session.today), begins, given),
        together=together,
        within=_until(begins, span),
        fail_on=level,
    )
    report = derive(model, session.tree.label, wish.label, question)
    deliver(CompatViews(report, options), wanted)
    return int(report.fails)


def _days(at: str | None, between: tuple[str, str] | None) -> "tuple[Date | None, Date | None]":
    """The first and the last day asked about. Raises CliError for two first days, or a last day before the first."""
    from platctl.shell.values import day

    if between is None:
        return day("--at", at), None
    if at:
        raise CliError("`--at` and `--between` both give the first day", "omit one of them")
    start, end = (day("--between", each) for each in between)
    if start and end and end < start:
        raise CliError(f"`--between`: {end} is before {start}", "write the earlier day first")
    return start, end


def _named(choose: "Chooser", text: str) -> "Iterator[Ref]":
    """The components and consumers that an argument selects. Raises CliError if there are none."""
    from platctl.shell.selecting import entities_of

    found = sorted(ref for ref in entities_of(choose, text) if ref.kind in _KINDS)
    if not found:
        raise CliError(f"`{text}` selects no component or consumer", "only these have, or depend on, versions")
    yield from found


def _until(begins: "Date | None", span: "timedelta | None") -> "Date | None":
    """The last day of a time. Raises CliError if the first day is not known."""
    if span is None:
        return None
    if begins is None:
        raise CliError("`--within` counts from today, which is not known", "add `--today` or `--at`")
    return begins + span
