"""Records a decision: creates its file next to other decisions, and reports whether the order follows it."""

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
    """The options about a decision, as typed."""

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
    """The initiative with this name. Raises CliError if it is done or given up."""
    ref = find(model, name, "initiative")
    if not model.initiatives[ref].status.is_open:
        status = model.initiatives[ref].status.value
        raise CliError(f"{ref} is {status}, so there is nothing to decide", "name an initiative that is still open")
    return ref


def _verdict(model: Model, written: DecisionOptions) -> NewDecision:
    """The decision that the options describe. Raises CliError if options are missing or contradict each other."""
    chose = open_work(model, written.chosen)
    over = tuple(ref for ref in dict.fromkeys(open_work(model, each) for each in written.over) if ref != chose)
    if not over:
        raise CliError("a decision puts one initiative before others", "add `--over INITIATIVE`")
    on, expires = day("--on", written.on), day("--expires", written.expires)
    if on and expires and expires < on:
        raise CliError(f"the decision would expire on {expires}, before its date {on}", "use a later `--expires`")
    by = None if written.by is None else _text("--by", written.by)
    return NewDecision(chose, over, _text("--why", written.why), by, on, expires)


def _text(option: str, text: str | None) -> str:
    if text is None or not text.strip():
        raise CliError(f"`{option}` is {'missing' if text is None else 'empty'}", f"add `{option} TEXT`")
    return text.strip()


def _new(workspace: Workspace, tree: Tree, model: Model, verdict: NewDecision, id_: str) -> SourceFile:
    """The file of a decision, next to the others. Raises CliError if the name is taken."""
    ref = model.canonical(Ref("decision", "default", id_.lower()))
    path = path_for(model, "decision", id_)
    if ref in model.entities:
        raise CliError(f"{ref} already exists ({model.name_at(ref)})", "change that decision, or use another `--id`")
    if ref in model.broken or path in model.files:
        raise CliError(f"`{path}` or another file with the id `{id_}` already exists", "use another `--id`")
    file = draft(workspace, tree, "decision", id_, path)
    return SourceFile(path, file.data + body(model, verdict).encode())


def _write(workspace: Workspace, tree: Tree, file: SourceFile, asked: TradeoffOptions, *, dry_run: bool) -> int:
    """Write a decision unless it adds errors to the model, and show it; returns the exit code."""
    if not is_allowed(workspace, tree, [file], asked.today):
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
        yield "not all of these initiatives are ranked, so the decision changes nothing yet"
    for each in decided:
        if each.standing in (DecisionStanding.AGAINST, DecisionStanding.EXPIRED):
            yield f"the order does not follow the decision: {each.note}"
