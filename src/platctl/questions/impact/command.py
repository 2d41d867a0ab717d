"""`platctl impact`: which products does a change affect, how badly, why, and who has to be asked?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.model.vocabulary import ChangeEffect
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    AtOption,
    BaseOption,
    ComponentLevelOption,
    ExcludeOption,
    FailOnEmptyOption,
    FetchOption,
    Globals,
    HeadOption,
    LevelOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    completions,
    entities,
)

if TYPE_CHECKING:
    from platctl.alert import Alerts
    from platctl.page import Page
    from platctl.questions.impact.derive import ImpactOptions
    from platctl.questions.impact.report import ImpactReport, Verdict
    from platctl.questions.impact.what_if import Question
    from platctl.shell.selecting import Choice
    from platctl.shell.session import Session


class ImpactViews(ReportViews):
    """Whom a change affects, or why one of them, step by step."""

    report: "ImpactReport"
    kind = "impact"
    explained: str | None = None

    def page(self) -> "Page":
        if self.explained:
            from platctl.questions.impact.explain import page as explanation

            return explanation(self.report, _verdict(self.report, self.explained))
        from platctl.questions.impact.page import page

        return page(self.report, quiet=self.options.quiet)

    def sheet(self) -> "Page":
        from platctl.questions.impact.sheet import page

        return self.page() if self.explained or self.options.quiet else page(self.report)

    def comment(self) -> "Page":
        from platctl.questions.impact.comment import page

        return self.page() if self.explained else page(self.report)

    def alerts(self) -> "Alerts":
        from platctl.questions.impact.alerts import from_impact

        return from_impact(self.report)

    def table(self) -> "CsvTable":
        from platctl.questions.impact.table import HEADER, rows

        return HEADER, rows(self.report)


def impact(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help="What if: initiatives, or components with --effect (ids or selectors), instead of a comparison.",
            autocompletion=entities("initiative", "component"),
        ),
    ] = None,
    base: BaseOption = None,
    head: HeadOption = None,
    at: AtOption = None,
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
        str | None,
        typer.Option(metavar="VERSION", help="What if: the version added, or the versions removed or deprecated."),
    ] = None,
    sunset: Annotated[
        str | None, typer.Option(metavar="DATE", help="What if: the last day of the deprecated versions.")
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="CONSUMER",
            help="Explain the effect on this consumer, step by step.",
            autocompletion=entities("consumer"),
        ),
    ] = None,
    format_: Annotated[str, format_option(ImpactViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: LevelOption = "breaks",
    fail_on_component: ComponentLevelOption = "never",
    fetch: FetchOption = False,
    today: TodayOption = None,
) -> int:
    """Show which products a change affects, how badly, why, and whom to ask."""
    from dataclasses import replace

    from platctl.model.level import Level
    from platctl.questions.impact.derive import ImpactOptions
    from platctl.questions.impact.what_if import Question
    from platctl.shell.options import THRESHOLDS
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import day, threshold

    options: Globals = context.obj
    wanted = targets(ImpactViews, format_, output, reports)
    limit = threshold(fail_on, Level, THRESHOLDS)
    ports = threshold(fail_on_component, Level, THRESHOLDS, option="--fail-on-component")
    question = Question(tuple(what or ()), effect, interface, version, day("--sunset", sunset), day("--at", at))
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, fetches=fetch)
    asked = ImpactOptions(day("--at", at), session.today, limit, fail_on_component=ports)
    ask = _what_if if question.is_asked else _compared
    report = ask(session, base, question, wish, asked)
    report = replace(report, compared=replace(report.compared, only=wish.label))
    views = ImpactViews(report, options)
    views.explained = explain
    deliver(views, wanted)
    return 1 if report.summary.fails else 2 if report.incomplete else 0


def _compared(
    session: "Session", base: str | None, _: "Question", wish: "Choice", asked: "ImpactOptions"
) -> "ImpactReport":
    """What the difference from the base does."""
    from dataclasses import replace

    from platctl.model.completion import only_says_unread
    from platctl.outlook.choosing import chooser
    from platctl.questions.impact.derive import impact as derive
    from platctl.rules.new_errors import new_errors

    before = session.base(base, may_be_empty=True)
    judged = session.against(before)
    only = wish.entities(chooser(judged.model, before.model, asked.at, asked.today))
    found = new_errors(before.model, judged.own)
    errors = tuple(each for each in found if not only_says_unread(each, judged.model))
    asked = replace(asked, only=only, errors=errors)
    return derive(before.model, judged.model, session.compared(before, asked.at), asked)


def _what_if(
    session: "Session", base: str | None, question: "Question", wish: "Choice", asked: "ImpactOptions"
) -> "ImpactReport":
    """What a change would do that no file declares."""
    from dataclasses import replace

    from platctl.outlook.choosing import chooser
    from platctl.questions.impact.derive import what_if
    from platctl.questions.impact.what_if import events_asked
    from platctl.shell.errors import CliError
    from platctl.shell.selecting import changes_of

    if base:
        raise CliError("`--base` compares two states, but a what-if needs one", "omit `--base`, or WHAT")
    model, here = session.model, chooser(session.model)
    asked = replace(asked, only=wish.entities(here))
    what = (each for text in question.what for each in changes_of(here, text, with_effect=bool(question.effect)))
    question = replace(question, what=tuple(dict.fromkeys(what)))
    events = events_asked(model, question, asked.today)
    return what_if(model, events, replace(session.compared(None, asked.at), how=question.said), asked)


def _verdict(report: "ImpactReport", name: str) -> "Verdict":
    """The verdict on a consumer. Raises CliError if it is not affected."""
    from platctl.model.similar_names import Names, did_you_mean
    from platctl.shell.errors import CliError

    wanted = name.lower().removeprefix("consumer:")
    for verdict in report.judged:
        if verdict.consumer.ref.name == wanted:
            return verdict
    names = [verdict.consumer.ref.name for verdict in report.judged]
    near = did_you_mean(Names(names).nearest(wanted)) or f"affected are: {', '.join(names) or 'none'}"
    raise CliError(f"no consumer `{name}` is affected", near)
