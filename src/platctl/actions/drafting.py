"""Draft the file of a new entity, from options and from answers on the terminal."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from platctl.edit.route import child, resolved, steps
from platctl.edit.set_field import set_field
from platctl.edit.yaml_text import scalar
from platctl.finding import Finding
from platctl.model.calendar import Date
from platctl.model.external import EXTERNAL_HELP, ExternalNameError, is_external, readable_ids
from platctl.model.load import load_file
from platctl.model.model import Model
from platctl.model.prompts import PROMPTS, meaning
from platctl.model.ref import ID_HELP, is_id, parse_ref
from platctl.record import record
from platctl.shell.errors import CliError, note
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile, Tree
from platctl.source.yaml.parse import parse_file
from platctl.workspace.edit_check import judge
from platctl.workspace.new_entity import draft, path_for, path_of
from platctl.workspace.workspace import Workspace


@record
class NewEntity:
    """The new entity as given by the options."""

    kind: str
    name: str | None
    fields: tuple[tuple[str, str], ...]
    file: Path | None


def assignment(text: str) -> tuple[str, str]:
    """The field and value of a `FIELD=VALUE` text. Raises CliError if it has another form."""
    field, equals, value = text.partition("=")
    if not equals or not field:
        raise CliError(f"`--set {text}` has no value", "use `--set FIELD=VALUE`")
    return field.strip(), value


def written(workspace: Workspace, tree: Tree, model: Model, wish: NewEntity, today: Date | None) -> SourceFile:
    """The complete file, from options and answers; answers are judged as of today."""
    asks = sys.stdin.isatty()
    if wish.name is None and asks:
        wish = replace(wish, name=_asked_name())
    if wish.name is None:
        raise _missing(["ID", *_needed(wish)])
    external = is_external(wish.name)
    name = _suggested(model, wish.kind, wish.name) if external else wish.name
    path = path_of(workspace, tree, model, wish.file) if wish.file else path_for(model, wish.kind, _last(name))
    file = draft(workspace, tree, wish.kind, name, path)
    if external:
        file = SourceFile(file.path, file.data + f"external: [{scalar(wish.name)}]\n".encode())
    _check_new(model, file)
    for field, value in wish.fields:
        file = _with(file, field, value)
    if asks:
        return _asked(workspace, tree, file, wish, today)
    if missing := _needed(wish):
        raise _missing(missing)
    return file


def _suggested(model: Model, kind: str, name: str) -> str:
    """The shortest id that an external name suggests and nothing has. Raises CliError if it is not valid or taken."""
    try:
        ids = readable_ids(name)
    except ExternalNameError as error:
        raise CliError(f"`{name}` is not a name in an ecosystem: {error}", EXTERNAL_HELP) from None
    taken = model.get(parse_ref(name, kind))
    if taken:
        raise CliError(f"`{name}` is already a name of {taken.ref}", f"refer to it as `{taken.name}` or by that name")
    free = (each for each in ids if is_id(each) and model.get(parse_ref(each, kind)) is None)
    if id_ := next(free, None):
        return id_
    raise CliError(f"`{name}` suggests no id that is free", "give an id, and add the name to `external` in the file")


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _needed(wish: NewEntity) -> list[str]:
    """The required fields that are not given."""
    given = {steps(field) for field, _ in wish.fields}
    return [field for field in PROMPTS[wish.kind].needed if steps(field) not in given]


def _missing(fields: Iterable[str]) -> CliError:
    options = {"ID": "the id after the kind", "title": "`--title TEXT`"}
    names = ", ".join(f"`{each}`" for each in fields)
    help_ = ", ".join(options.get(each, f"`--set {each}=…`") for each in fields)
    return CliError(f"missing: {names}", f"add {help_}; on a terminal, platctl asks for missing fields")


def _check_new(model: Model, file: SourceFile) -> None:
    """Raises CliError if the entity already exists."""
    for each in load_file(parse_file(file)).entities:
        if (entity := each.entity).ref in model.entities:
            help_ = f"run `platctl set {entity.ref} FIELD VALUE` to change it"
            raise CliError(f"{entity.ref} already exists ({model.name_at(entity.ref)})", help_)
        if entity.ref in model.broken:
            help_ = "fix what `platctl validate` reports about it"
            raise CliError(f"{entity.ref} already exists, but can't be read", help_)


def _with(file: SourceFile, field: str, value: str) -> SourceFile:
    edit = set_field(file, 0, field, value)
    return SourceFile(file.path, edit.data) if edit else file


def _asked_name() -> str:
    """Ask for the id until it is valid."""
    while True:
        name = _answer("id", ID_HELP, is_needed=True)
        if all(map(is_id, name.split("/", 1))):
            return name
        note(f"`{name}` is not a valid id")


def _asked(workspace: Workspace, tree: Tree, file: SourceFile, wish: NewEntity, today: Date | None) -> SourceFile:
    """The file with the answers; fields that are already given are not asked for."""
    questions = PROMPTS[wish.kind]

    def errors(draft: SourceFile) -> tuple[Finding, ...]:
        return judge(workspace, tree, [draft], today).errors

    for field in (*questions.needed, *questions.more):
        if not _says(file, field):
            file = _ask(file, wish.kind, field, errors, is_needed=field in questions.needed)
    return file


def _says(file: SourceFile, field: str) -> bool:
    value = parse_file(file).documents[0].value
    for step in resolved(value, steps(field)):
        value = child(value, step)
    return value is not None


def _ask(
    file: SourceFile, kind: str, field: str, errors: Callable[[SourceFile], tuple[Finding, ...]], *, is_needed: bool
) -> SourceFile:
    """Ask for a field until the answer causes no new error."""
    known = {each.message for each in errors(file)}
    while answer := _answer(field, meaning(kind, field), is_needed=is_needed):
        try:
            changed = _with(file, field, answer)
        except SourceError as error:
            note(f"{error.message}; {error.help}")
            continue
        found = [each for each in errors(changed) if each.message not in known]
        if not found:
            return changed
        note(f"{found[0].message}; {found[0].help}".rstrip("; "))
    return file


def _answer(name: str, meaning_: str, *, is_needed: bool) -> str:
    """A line from the terminal; "" only for optional fields. Raises CliError at the end of the input."""
    while True:
        hint = "" if is_needed else " Press Enter to skip."
        sys.stderr.write(f"{name} ({meaning_.rstrip('.')}.{hint}): ")
        sys.stderr.flush()
        typed = sys.stdin.readline()
        if not typed:
            sys.stderr.write("\n")
            raise CliError(f"no answer for `{name}`; nothing was written", "answer the question, or use an option")
        if typed.strip() or not is_needed:
            return typed.strip()
