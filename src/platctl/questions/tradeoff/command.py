"""`platctl tradeoff`: what do we give up for it, and what was decided?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from platctl.edit.decision import NewDecision, body, id_of
from platctl.edit.diff import lines
from platctl.edit.disk import create
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.page import Page
from platctl.questions.tradeoff.derive import TradeoffOptions
from platctl.questions.tradeoff.derive import tradeoff as derive
from platctl.questions.tradeoff.report import TradeoffReport
from platctl.ranking.items import DecisionStanding
from platctl.shell.editing import DryRunOption, is_allowed, show
from platctl.shell.errors import CliError, note
from platctl.shell.formats import PAGE_FORMATS, PageFormatOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, day
from platctl.shell.scoring import MethodOption, method_named
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.new_entity import draft, path_for
from platctl.workspace.workspace import Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class _DecisionOptions:
    """What the options say about a decision, as it is typed."""

    why: str | None
    by: str | None
    on: str | None
    expires: str | None


def tradeoff(
    context: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[INITIATIVE]...", help="Two or more that are weighed.")
    ] = None,
    model_name: MethodOption = None,
    decide: Annotated[
        str | None,
        typer.Option(metavar="INITIATIVE", help="Write a decision: this one goes first.", show_default=False),
    ] = None,
    over: Annotated[
        list[str] | None, typer.Option(metavar="INITIATIVE", help="Decision: this one waits; may stand repeatedly.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="Decision: the reason.", show_default=False)] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Decision: who decides.", show_default=False)] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Decision: when; not written down if left out.")
    ] = None,
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="Decision: its last day.")] = None,
    id_: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Decision: its id; made from the initiatives' if left out.")
    ] = None,
    dry_run: DryRunOption = False,
    format_: PageFormatOption = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """Weigh initiatives against each other, or write down what was decided."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS)
    asks = {"--over": over, "--why": why, "--by": by, "--on": on, "--expires": expires, "--id": id_}
    if decide is None and (stray := next((name for name, value in asks.items() if value), None)):
        raise CliError(f"`{stray}` is a part of a decision", "add `--decide INITIATIVE`, or leave it out")
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    asked = TradeoffOptions(method_named(model, "--model", model_name), day("--today", today) or tree.date)
    if decide is not None:
        verdict = _verdict(model, decide, over or what or [], _DecisionOptions(why, by, on, expires))
        file = _new(workspace, tree, model, verdict, id_ or id_of(verdict))
        return _write(workspace, tree, file, asked, dry_run=dry_run)
    work = tuple(dict.fromkeys(_open(model, each) for each in what or ()))
    if len(work) < 2:
        raise CliError("a trade-off is between two initiatives or more", "name them: `platctl tradeoff A B`")
    deliver(_answer(derive(model, tree.label, work, asked), options), wanted, options)
    return 0


def _open(model: Model, name: str) -> Ref:
    ref = find(model, name, "initiative")
    if not model.initiatives[ref].status.is_open:
        status = model.initiatives[ref].status.value
        raise CliError(f"{ref} is {status}, and nothing to decide", "name one that is neither done nor given up")
    return ref


def _answer(report: TradeoffReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.tradeoff.page import page

        return page(report, quiet=options.quiet)

    return ReportViews("tradeoff", report, shown)


def _verdict(model: Model, decide: str, others: list[str], reason: _DecisionOptions) -> NewDecision:
    """What the options decide. Raises CliError for what is missing or contradicts itself."""
    chose = _open(model, decide)
    over = tuple(ref for ref in dict.fromkeys(_open(model, each) for each in others) if ref != chose)
    if not over:
        raise CliError("a decision is for one initiative over others", "add `--over INITIATIVE`")
    on, expires = day("--on", reason.on), day("--expires", reason.expires)
    if on and expires and expires < on:
        raise CliError(f"it would expire on {expires}, before {on}", "write a later `--expires`")
    by = None if reason.by is None else _text("--by", reason.by)
    return NewDecision(chose, over, _text("--why", reason.why), by, on, expires)


def _text(option: str, text: str | None) -> str:
    if text is None or not text.strip():
        raise CliError(f"`{option}` is {'missing' if text is None else 'empty'}", f"write `{option} TEXT`")
    return text.strip()


def _new(workspace: Workspace, tree: Tree, model: Model, verdict: NewDecision, id_: str) -> SourceFile:
    """The file of a decision, beside the others. Raises CliError if there is one of that name."""
    ref = model.canonical(Ref("decision", "default", id_.lower()))
    path = path_for(model, "decision", id_)
    if ref in model.entities:
        raise CliError(f"{ref} is there already ({model.name_at(ref)})", "change that one, or give another `--id`")
    if ref in model.broken or path in model.files:
        raise CliError(f"`{path}` is there already, or another file that says `{id_}`", "give another `--id`")
    file = draft(workspace, tree, "decision", id_, path)
    return SourceFile(path, file.data + body(model, verdict).encode())


def _write(workspace: Workspace, tree: Tree, file: SourceFile, asked: TradeoffOptions, *, dry_run: bool) -> int:
    """Write a decision unless the model would have new errors with it, and show it; returns the exit code."""
    if not is_allowed(workspace, tree, file, asked.today):
        return 1
    if not dry_run:
        create(workspace.source.root, file)
    show(lines(file.path, file.data))
    note(f"{'would write' if dry_run else 'wrote'} {file.path}")
    after = workspace.model(replace(tree, files=tuple(sorted((*tree.files, file), key=lambda each: each.path))))
    for doubt in _doubts(after, file.path, asked):
        note(f"note: {doubt}")
    return 0


def _doubts(after: Model, path: str, asked: TradeoffOptions) -> Iterator[str]:
    """Why the order would not follow the decision in a file."""
    from platctl.ranking.ordering import ranked

    decided = [
        each for each in ranked(after, asked.method, asked.today).decided if each.span and each.span.path == path
    ]
    if all(each.standing is DecisionStanding.UNRANKED for each in decided):
        yield "not both are ranked, so it moves nothing yet"
    for each in decided:
        if each.standing in (DecisionStanding.AGAINST, DecisionStanding.EXPIRED):
            yield f"the order does not follow it: {each.note}"
