"""`platctl list`: which entities are there?"""

import builtins
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.model.vocabulary import KIND_NAMES
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    AudienceOption,
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    completions,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.list.report import ListReport


class ListViews(ReportViews):
    """Entities as a table."""

    report: "ListReport"
    kind = "list"

    def page(self) -> "Page":
        from platctl.questions.list.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        columns = self.report.columns
        return columns, ([each.values[name] for name in columns] for each in self.report.entities)


def list(  # noqa: A001  the command's name
    context: typer.Context,
    kind: Annotated[
        builtins.list[str] | None,
        typer.Argument(
            metavar="[KIND]...",
            help="The kinds to list, in singular or plural, such as `components`.",
            show_default="all",
            autocompletion=completions([f"{each}s" for each in KIND_NAMES]),
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            help="Fields to show, with commas between; also ref, file, dependents, all_dependents, dependencies, "
            "all_dependencies and weeks.",
        ),
    ] = None,
    audience: AudienceOption = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(ListViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """List entities, with the columns that you choose."""
    from platctl.outlook.choosing import chooser
    from platctl.questions.list.derive import ListOptions, columns_of, kind_of, listing
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(ListViews, format_, output, reports)
    kinds = tuple(dict.fromkeys(map(kind_of, kind or ())))
    shown = columns_of(columns, kinds) if columns is not None else None
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    was = base_of(session, wish, base)
    question = ListOptions(
        kinds=kinds,
        columns=shown,
        only=wish.entities(chooser(seen.open, seen.of(was) if was else None, today=session.today)),
        said=wish.label,
        audience=seen.audience.id if seen.audience else None,
        today=session.today,
    )
    deliver(ListViews(listing(seen.model, session.tree.label, question), options), wanted)
    return 0
