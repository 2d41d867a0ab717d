"""Writes down what was decided: a file of its own beside other decisions, and whether the order follows it."""

from collections.abc import Iterator
from dataclasses import replace

from platctl.edit.decision import NewDecision, body, id_of
from platctl.edit.diff import lines
from platctl.edit.disk import create
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.tradeoff.derive import TradeoffOptions
from platctl.ranking.items import DecisionStanding
from platctl.ranking.ordering import ranked
from platctl.record import record
from platctl.shell.editing import is_allowed, show
from platctl.shell.errors import CliError, note
from platctl.shell.session import Session
from platctl.shell.values import day
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.new_entity import draft, path_for
from platctl.workspace.workspace import Workspace


@record
class DecisionOptions:
    """What the options say about a decision, as it is typed."""

    chosen: str
    over: tuple[str, ...]
    why: str | None
    by: str | None
    on: str | None
    expires: str | None
    id: str | None


def decide(session: Session, written: DecisionOptions, asked: TradeoffOptions, *, dry_run: bool) -> int:
    """Write a decision, or only show it; returns the exit code."""
    verdict = _verdict(session.model, written)
    file = _new(session.workspace, session.tree, session.model, verdict, written.id or id_of(verdict))
    return _write(session.workspace, session.tree, file, asked, dry_run=dry_run)


def open_work(model: Model, name: str) -> Ref:
    """An initiative by its name. Raises CliError for one that is done or given up."""
    ref = find(model, name, "initiative")
    if not model.initiatives[ref].status.is_open:
        status = model.initiatives[ref].status.value
        raise CliError(f"{ref} is {status}, and nothing to decide", "name one that is neither done nor given up")
    return ref


def _verdict(model: Model, written: DecisionOptions) -> NewDecision:
    """What the options decide. Raises CliError for what is missing or contradicts itself."""
    chose = open_work(model, written.chosen)
    over = tuple(ref for ref in dict.fromkeys(open_work(model, each) for each in written.over) if ref != chose)
    if not over:
        raise CliError("a decision is for one initiative over others", "add `--over INITIATIVE`")
    on, expires = day("--on", written.on), day("--expires", written.expires)
    if on and expires and expires < on:
        raise CliError(f"it would expire on {expires}, before {on}", "write a later `--expires`")
    by = None if written.by is None else _text("--by", written.by)
    return NewDecision(chose, over, _text("--why", written.why), by, on, expires)


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
    decided = [
        each for each in ranked(after, asked.method, asked.today).decided if each.span and each.span.path == path
    ]
    if all(each.standing is DecisionStanding.UNRANKED for each in decided):
        yield "not both are ranked, so it moves nothing yet"
    for each in decided:
        if each.standing in (DecisionStanding.AGAINST, DecisionStanding.EXPIRED):
            yield f"the order does not follow it: {each.note}"
