"""`platctl owners`: who has to be asked, and who to be told?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import ReportViews, format_option
from platctl.shell.options import (
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    OutputOption,
    RefOrFolderOption,
    TodayOption,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.owners.report import OwnersReport
    from platctl.shell.selecting import Choice
    from platctl.shell.session import Session


class OwnersViews(ReportViews):
    """Who has to be asked; also as code hosts read it."""

    report: "OwnersReport"
    kind = "owners"

    def page(self) -> "Page":
        from platctl.questions.owners.page import page

        return page(self.report, quiet=self.options.quiet)

    def codeowners(self) -> str:
        from platctl.questions.owners.codeowners import render

        return render(self.report)

    def reviewers(self) -> str:
        from platctl.questions.owners.codeowners import reviewers

        return reviewers(self.report)


def owners(
    context: typer.Context,
    select: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SELECTOR]...", help="Owners of these; of the change since the base if left out."),
    ] = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    base: RefOrFolderOption = None,
    head: Annotated[str | None, typer.Option(metavar="REF", help="Look at this ref, not the working tree.")] = None,
    format_: Annotated[str, format_option(OwnersViews)] = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """Name everybody who has to agree, to act or to be told, with their names on the code host."""
    from platctl.shell.errors import note
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(OwnersViews, format_, output)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head)
    report = _report(session, wish, base, is_of_all=format_ == "codeowners" and not wish.label)
    if format_ in ("codeowners", "reviewers") and report.unreachable:
        note(f"note: {len(report.unreachable)} of {len(report.owners)} have no handle; `platctl owners` names them")
    deliver(OwnersViews(report, options), wanted)
    return 0


def _report(session: "Session", wish: "Choice", base: str | None, *, is_of_all: bool) -> "OwnersReport":
    """The owners of all entities, of what is chosen, or of the change since the base."""
    from platctl.outlook.choosing import chooser
    from platctl.questions.impact.derive import ImpactOptions, impact
    from platctl.questions.owners.derive import owners_of, owners_of_change

    model = session.model
    if is_of_all:
        return owners_of(model, frozenset(model.entities), "all entities")
    if wish.label and not wish.needs_base:
        return owners_of(model, wish.entities(chooser(model)) or frozenset(), wish.label)
    before = session.base(base, may_be_empty=True)
    if wish.label:
        return owners_of(model, wish.entities(chooser(model, before.model)) or frozenset(), wish.label)
    compared = session.compared(before)
    return owners_of_change(model, impact(before.model, model, compared, ImpactOptions(today=session.today)), compared)
