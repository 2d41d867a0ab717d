"""`platctl owners`: who has to approve or act, and who has to be told?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    FetchOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    entities,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from platctl.page import Page
    from platctl.questions.owners.report import OwnersReport
    from platctl.shell.selecting import Choice
    from platctl.shell.session import Session

_FILE = "codeowners"


class OwnersViews(ReportViews):
    """Who has to be asked; also as code hosts read it. `listed` are the owners of the CODEOWNERS file."""

    report: "OwnersReport"
    kind = "owners"
    listed: "OwnersReport"

    def page(self) -> "Page":
        from platctl.questions.owners.page import page

        return page(self.report, quiet=self.options.quiet)

    def codeowners(self) -> str:
        from platctl.questions.owners.codeowners import render

        return render(self.listed)

    def reviewers(self) -> str:
        from platctl.questions.owners.codeowners import reviewers

        return reviewers(self.report)

    def table(self) -> "CsvTable":
        from platctl.questions.owners.table import HEADER, rows

        return HEADER, rows(self.report)


def owners(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SELECTOR]...",
            help="The entities whose owners to list.",
            show_default="those of the change since the base",
            autocompletion=entities(),
        ),
    ] = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(OwnersViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fetch: FetchOption = False,
    today: TodayOption = None,
) -> int:
    """List everyone who has to approve, act or be told, with their handles on the code host."""
    from platctl.shell.errors import note
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(OwnersViews, format_, output, reports)
    formats = {each.format for each in wanted}
    wish = choice(select, exclude, fail_on_empty=fail_on_empty, what=what)
    session = open_session(options, today=today, head=head, fetches=fetch, notes_unread=True)
    listed = None if wish.label or _FILE not in formats else _all(session)
    report = listed if listed and formats == {_FILE} else _report(session, wish, base)
    views = OwnersViews(report, options)
    views.listed = listed or report
    for said in _notes(views, formats):
        note(f"note: {said}")
    deliver(views, wanted)
    return 0


def _notes(views: OwnersViews, formats: "Set[str]") -> "Iterator[str]":
    """What the files for code hosts can't contain, or shouldn't."""
    told = {_FILE: views.listed, "reviewers": views.report}
    for report in dict.fromkeys(report for format_, report in told.items() if format_ in formats):
        if report.unreachable:
            yield f"{len(report.unreachable)} of {len(report.owners)} have no handle; `platctl owners` names them"
    if _FILE in formats and (shared := [file.path for file in views.listed.files if file.shared]):
        several = f"{len(shared)} files contain" if len(shared) > 1 else f"`{shared[0]}` contains"
        help_ = "each change of it asks them all; move the components of each team to a separate file"
        yield f"{several} components of several teams: {help_}"


def _all(session: "Session") -> "OwnersReport":
    """The owners of all entities, as a CODEOWNERS file has them where nothing is chosen."""
    from platctl.questions.owners.derive import owners_of

    return owners_of(session.model, frozenset(session.model.entities), "all entities")


def _report(session: "Session", wish: "Choice", base: str | None) -> "OwnersReport":
    """The owners of what is chosen, or of the change since the base."""
    from platctl.outlook.choosing import chooser
    from platctl.questions.impact.derive import ImpactOptions, impact
    from platctl.questions.owners.derive import owners_of, owners_of_change

    model = session.model
    if wish.label and not wish.needs_base:
        return owners_of(model, wish.entities(chooser(model)) or frozenset(), wish.label)
    before = session.base(base, may_be_empty=True)
    if wish.label:
        return owners_of(
            model, wish.entities(chooser(model, before.model, today=session.today)) or frozenset(), wish.label
        )
    compared, head = session.compared(before), session.against(before).model
    return owners_of_change(head, impact(before.model, head, compared, ImpactOptions(today=session.today)), compared)
