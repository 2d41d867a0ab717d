"""`platctl owners`: who has to be asked, and who to be told?"""

import os
from typing import Annotated

import typer

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.outlook.choosing import chooser
from platctl.outlook.compared import Compared
from platctl.page import Page
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.questions.owners.derive import owners_of, owners_of_change
from platctl.questions.owners.report import OwnersReport
from platctl.shell.errors import note
from platctl.shell.formats import PAGE_FORMATS, ReportViews, deliver, format_option, targets
from platctl.shell.known import BaseOption
from platctl.shell.options import Globals, OutputOption, TodayOption, day
from platctl.shell.selecting import Choice, ExcludeOption, FailOnEmptyOption, choice
from platctl.source.base import find_base
from platctl.source.git.refs import resolve_ref
from platctl.workspace.workspace import open_workspace

_OF_HOSTS = ("codeowners", "reviewers")
FORMATS = (*PAGE_FORMATS, *_OF_HOSTS)


def owners(
    context: typer.Context,
    select: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SELECTOR]...", help="Owners of these; of the change since the base if left out."),
    ] = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    base: BaseOption = None,
    head: Annotated[str | None, typer.Option(metavar="REF", help="Look at this ref, not the working tree.")] = None,
    format_: Annotated[str, format_option(FORMATS)] = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """Name everybody who has to agree, to act or to be told, with their names on the code host."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, FORMATS)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    workspace = open_workspace(options.directory)
    tree = workspace.source.at(resolve_ref(workspace.source.git, head)) if head else workspace.source.working_tree()
    model = workspace.model(tree)
    if format_ == "codeowners" and not wish.label:
        report = owners_of(model, frozenset(model.entities), "all entities")
    elif wish.label and not wish.needs_base:
        report = owners_of(model, wish.entities(chooser(model)) or frozenset(), wish.label)
    else:
        found = find_base(workspace.source, base, head, os.environ)
        before = workspace.model(workspace.source.at(found), may_be_empty=True)
        compared = Compared(tree.label, found.short, found.how)
        report = _of_change(before, model, compared, wish, day("--today", today) or tree.date)
    if format_ in _OF_HOSTS and report.unreachable:
        note(f"note: {len(report.unreachable)} of {len(report.owners)} have no handle; `platctl owners` names them")
    deliver(_answer(report, options), wanted, options)
    return 0


def _of_change(base: Model, head: Model, compared: Compared, wish: Choice, today: Date | None) -> OwnersReport:
    if wish.label:
        return owners_of(head, wish.entities(chooser(head, base)) or frozenset(), wish.label)
    return owners_of_change(head, impact(base, head, compared, ImpactOptions(today=today)), compared)


def _answer(report: OwnersReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.owners.page import page

        return page(report, quiet=options.quiet)

    def codeowners() -> str:
        from platctl.questions.owners.codeowners import render

        return render(report)

    def reviewers() -> str:
        from platctl.questions.owners.codeowners import reviewers as render

        return render(report)

    return ReportViews("owners", report, shown, own={"codeowners": codeowners, "reviewers": reviewers})
