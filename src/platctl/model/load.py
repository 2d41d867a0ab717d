"""Load documents into validated entities, with a finding for everything invalid."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from platctl.finding import Finding, Severity, summarized
from platctl.model.doubt import doubt_of
from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.fields import Conventions, Surroundings, written
from platctl.model.foreign import format_of
from platctl.model.merge import LoadedConfig, LoadedEntity, LoadedFile, conventions_of, merge
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.placement import Placement, fields
from platctl.model.ref import DEFAULT_NAMESPACE, Ref, is_id
from platctl.model.release_day import PREFIX
from platctl.model.release_days import releases_in
from platctl.model.schema_errors import SchemaError, explain
from platctl.model.settings.config import Config
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.validator import validated
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import Document, ParsedFile

_P = TypeVar("_P", bound=Part)
E_ = TypeVar("E_", bound=Entity)
_ROUNDS = 8
"""How often invalid parts are removed before an entity is given up; each round goes up one level."""


def load(files: Iterable[ParsedFile], config: ParsedFile | None = None) -> Model:
    """Build the model of parsed files."""
    settings = load_config(config) if config else None
    conventions = conventions_of(settings)
    return merge([load_file(file, conventions) for file in files], settings)


def load_config(file: ParsedFile) -> LoadedConfig:
    """Load `platctl.yaml`; invalid settings are reported and replaced by their defaults."""
    findings = list(file.findings)
    if not file.documents:
        return LoadedConfig(file, Config(), None, tuple(findings))
    document, *others = file.documents
    for other in others:
        findings.append(_error("invalid-value", "platctl.yaml can have only one document; this one is ignored", other))
    placement = Placement(document)
    config = None
    if isinstance(document.value, dict):
        config, placement = _validated(Config, document, document.value, findings)
    else:
        findings.append(_error("wrong-type", "platctl.yaml must be a mapping of settings", document))
    return LoadedConfig(file, config or Config(), placement, tuple(findings))


def load_file(file: ParsedFile, conventions: Conventions = Conventions()) -> LoadedFile:  # noqa: B008  immutable
    """The entities of one file, each validated on its own; without a calendar, every sprint is accepted."""
    loaded = LoadedFile(file, findings=list(file.findings), is_partial=not file.complete)
    for document in file.documents:
        _load_document(document, loaded, conventions)
    loaded.findings = summarized(loaded.findings)
    if not loaded.entities:
        loaded.foreign = format_of(file)
    return loaded


def _load_document(document: Document, loaded: LoadedFile, conventions: Conventions) -> None:
    value = document.value
    if not isinstance(value, dict):
        what = "a list" if isinstance(value, list) else "a single value"
        help_ = "write one entity per document, separated by `---`, each starting with `kind:` and `id:`"
        loaded.findings.append(_error("wrong-type", f"an entity must be a mapping, not {what}", document, (), help_))
        loaded.is_whole, loaded.is_partial = False, True
        return
    kind = KINDS.get(value["kind"]) if isinstance(value.get("kind"), str) else None
    if kind is None:
        loaded.findings.append(_unknown_kind(document, value))
        loaded.broken |= _refs_of(value, KINDS)
        loaded.is_whole, loaded.is_partial = False, True
        return
    entity, placement = _validated(kind, document, value, loaded.findings, conventions)
    loaded.is_whole &= entity is not None and all(_is_extension(route) for route in placement.removed)
    if entity is None:
        loaded.is_partial = True
        loaded.broken |= _refs_of(value, [kind.kind_name])
    else:
        entity = with_extensions(entity, value)
        names = PREFIX in loaded.parsed.text.lower() and bool(releases_in(entity))
        loaded.entities.append(LoadedEntity(entity, placement, doubt_of(entity, placement, loaded.parsed), names))


def with_extensions(entity: E_, value: Mapping[str, object]) -> E_:
    """The entity with the custom `x-` fields of its document."""
    extensions = {key: item for key, item in value.items() if key.startswith("x-")}
    return entity.altered({}, extensions) if extensions else entity


def _is_extension(route: Route) -> bool:
    return str(route[-1]).startswith("x-")


def _unknown_kind(document: Document, value: dict[str, object]) -> Finding:
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    name = value.get("kind")
    if name is None:
        message = "`kind` is empty" if "kind" in value else "`kind` is missing"
        return _error("missing-field", message, document, ("kind",), f"start with `kind:` and one of {kinds}")
    from platctl.model.other_words import kind_meant

    shown = written(name) or "this"
    if meant := kind_meant(shown):
        help_ = f"write `kind: {meant[0]}`" + (f" and `type: {meant[1]}`" if meant[1] else "")
        return _error("unknown-kind", f"unknown kind `{shown[:80]}`", document, ("kind",), help_)
    near = did_you_mean(Names(KINDS).nearest(shown, 1), "? ")
    return _error("unknown-kind", f"unknown kind `{shown[:80]}`", document, ("kind",), f"{near}use one of {kinds}")


def _refs_of(value: dict[str, object], kinds: Iterable[str]) -> set[Ref]:
    """The references by which an unread entity would be known."""
    id_, namespace = written(value.get("id")), written(value.get("namespace")) or DEFAULT_NAMESPACE
    if not id_ or not is_id(id_):
        return set()
    return {Ref(kind, namespace.lower(), id_.lower()) for kind in kinds}


def _validated(
    kind: type[_P],
    document: Document,
    value: dict[str, object],
    findings: list[Finding],
    conventions: Conventions = Conventions(),  # noqa: B008  immutable
) -> tuple[_P | None, Placement]:
    """Validate a document; report invalid parts, and continue without them."""
    context = surroundings_of(value, conventions)
    value = {key: item for key, item in value.items() if not key.startswith("x-")}
    placement, kept = Placement(document), value
    for attempt in range(_ROUNDS):
        try:
            return validated(kind, kept, context), placement
        except ValidationError as error:
            problems = explain(error, kind, kept)
        if attempt == 0:  # later rounds only see consequences of the removals
            findings += _schema_findings(document, problems)
        placement = placement.without(each.remove for each in problems)
        if () in placement.removed:
            break
        kept = placement.pruned(value)
    return None, placement


def surroundings_of(value: Mapping[str, object], conventions: Conventions) -> Surroundings:
    """What the fields of a document depend on."""
    namespace = written(value.get("namespace"))
    return Surroundings(namespace if namespace and is_id(namespace) else DEFAULT_NAMESPACE, conventions)


def _schema_findings(document: Document, problems: Sequence[SchemaError]) -> list[Finding]:
    return [
        Finding(
            each.rule,
            Severity.ERROR,
            each.message,
            document.span(each.route, key=each.on_key),
            help=each.help,
            about=fields(each.route),
        )
        for each in problems
        if not each.is_extension
    ]


def _error(rule: str, message: str, document: Document, route: Route = (), help_: str = "") -> Finding:
    return Finding(rule, Severity.ERROR, message, document.span(route), help=help_)
