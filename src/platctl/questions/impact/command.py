"""`platctl impact`: which products does a change affect, how badly, why, and who has to be asked?"""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from platctl.alert import Alerts
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.choosing import chooser
from platctl.outlook.compared import Compared
from platctl.page import Page
from platctl.questions.impact.derive import ImpactOptions, what_if
from platctl.questions.impact.derive import impact as derive
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.questions.impact.what_if import Question, events_asked
from platctl.shell.errors import CliError, note
from platctl.shell.formats import FormatOption, ReportOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, completions, day, threshold
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, changes_of, choice
from platctl.source.base import find_base
from platctl.source.git.fetch import Fetch
from platctl.source.git.refs import resolve_ref
from platctl.source.tree import Tree
from platctl.workspace.workspace import Workspace, folder_named, open_workspace

THRESHOLDS = (Level.BREAKS, Level.MUST_ACT, Level.AT_RISK)
"""What `--fail-on` takes: the levels that do harm."""

Only = Callable[..., ImpactOptions]
"""The options with what is selected, of the model of head and, in a comparison, that of base."""


def impact(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help="What if: initiatives, or components with --effect; names or selectors. No diff then.",
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="REF|DIR", help="Compare with the merge base with this ref, or with a folder."),
    ] = None,
    head: Annotated[str | None, typer.Option(metavar="REF", help="Compare this ref, not the working tree.")] = None,
    effect: Annotated[
        str | None,
        typer.Option(
            metavar="EFFECT",
            help="What if: addition, change, breaking, deprecation, removal or internal.",
            autocompletion=completions(ChangeEffect),
        ),
    ] = None,
    interface: Annotated[str | None, typer.Option(metavar="ID", help="What if: only this interface.")] = None,
    version: Annotated[
        str | None, typer.Option(metavar="VERSION", help="What if: the new version, or which ones leave.")
    ] = None,
    sunset: Annotated[str | None, typer.Option(metavar="DATE", help="What if: when deprecated versions end.")] = None,
    at: Annotated[str | None, typer.Option(metavar="DATE", help="Judge what is on offer on that day.")] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    explain: Annotated[str | None, typer.Option(metavar="CONSUMER", help="Why this one, step by step.")] = None,
    format_: FormatOption = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="Exit 1 from this level on: breaks, must-act, at-risk or never.",
            autocompletion=completions([*THRESHOLDS, "never"]),
        ),
    ] = "breaks",
    fetches: Annotated[
        bool, typer.Option("--fetch", help="Fetch from origin what this clone lacks to find the base.")
    ] = False,
    today: TodayOption = None,
) -> int:
    """Show which products a change affects, how badly, why, and whom to ask."""
    options: Globals = context.obj
    wanted = targets(format_, output, reports)
    limit = threshold(fail_on, Level, THRESHOLDS)
    question = Question(tuple(what or ()), effect, interface, version, day("--sunset", sunset), day("--at", at))
    workspace = open_workspace(options.directory)
    tree = _head(workspace, head)
    asked = ImpactOptions(day("--at", at), day("--today", today) or tree.date, limit)

    wish = choice(select, exclude, fail_on_empty=fail_on_empty)

    def only(head: Model, base: Model | None = None) -> ImpactOptions:
        return replace(asked, only=wish.entities(chooser(head, base, asked.at)))

    report = (
        _what_if(workspace.model(tree), tree.label, question, only, base)
        if question.is_asked
        else _compared(workspace, tree, base, head, only, fetches=fetches)
    )
    report = replace(report, compared=replace(report.compared, only=wish.label))
    deliver(_answer(report, explain, options), wanted, options)
    return 1 if report.summary.fails else 0


def _head(workspace: Workspace, head: str | None) -> Tree:
    if head is None:
        return workspace.source.working_tree()
    return workspace.source.at(resolve_ref(workspace.source.git, head))


def _compared(
    workspace: Workspace,
    tree: Tree,
    base: str | None,
    head: str | None,
    only: Only,
    *,
    fetches: bool,
) -> ImpactReport:
    if base and (folder := folder_named(workspace.source, base)):
        before, how, label = folder, "", base
    else:
        fetch = Fetch(workspace.source.git, note) if fetches else None
        found = find_base(workspace.source, base, head, os.environ, fetch)
        if fetch:
            fetch.files(found.commit, workspace.source.prefix)
        before, how, label = workspace.source.at(found), found.how, found.short
    base_model, head_model = workspace.model(before), workspace.model(tree)
    asked = only(head_model, base_model)
    return derive(base_model, head_model, Compared(tree.label, label, how, asked.at), asked)


def _what_if(model: Model, state: str, question: Question, only: Only, base: str | None) -> ImpactReport:
    if base:
        raise CliError("`--base` compares two states, but a what-if needs one", "leave out `--base`, or WHAT")
    asked, here = only(model), chooser(model)
    what = (each for text in question.what for each in changes_of(here, text, with_effect=bool(question.effect)))
    question = replace(question, what=tuple(dict.fromkeys(what)))
    return what_if(model, events_asked(model, question), Compared(state, at=asked.at), asked)


def _answer(report: ImpactReport, explain: str | None, options: Globals) -> ReportViews:
    def shown() -> Page:
        if explain:
            from platctl.questions.impact.explain import page as explanation

            return explanation(report, _verdict(report, explain))
        from platctl.questions.impact.page import page

        return page(report, quiet=options.quiet)

    def comment() -> Page:
        from platctl.questions.impact.comment import page

        return page(report)

    def alerts() -> Alerts:
        from platctl.questions.impact.alerts import from_impact

        return from_impact(report)

    return ReportViews("impact", report, shown, shown if explain else comment, alerts)


def _verdict(report: ImpactReport, name: str) -> Verdict:
    """The verdict on a consumer. Raises CliError if it is not affected."""
    wanted = name.lower().removeprefix("consumer:")
    for verdict in report.verdicts:
        if verdict.consumer.ref.name == wanted:
            return verdict
    names = [verdict.consumer.ref.name for verdict in report.verdicts]
    near = did_you_mean(Names(names).nearest(wanted)) or f"affected are: {', '.join(names) or 'none'}"
    raise CliError(f"no consumer `{name}` is affected", near)
