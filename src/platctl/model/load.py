"""Load documents into a validated model, with a finding for everything invalid."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from platctl.finding import Finding, Label, Severity, summarized
from platctl.model.calendar import Calendar
from platctl.model.doubt import Doubt, doubt_of
from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.fields import Surroundings, written
from platctl.model.foreign import foreign_note, format_of
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.placement import Placement, fields
from platctl.model.ref import DEFAULT_NAMESPACE, Ref, is_id
from platctl.model.settings.config import Config
from platctl.model.similar_names import Names, did_you_mean
from platctl.record import record
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import Document, ParsedFile

if TYPE_CHECKING:
    from platctl.model.schema_errors import SchemaError

_P = TypeVar("_P", bound=Part)
_ROUNDS = 8
"""How often invalid parts are removed before an entity is given up; each round goes up one level."""


@dataclass(slots=True)
class LoadedFile:
    """The entities of one file. `broken` are those that could not be read, `is_partial` tells that there may be any,
    and `foreign` is the other format that the file has."""

    parsed: ParsedFile
    entities: list[tuple[Entity, Placement]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    broken: set[Ref] = field(default_factory=set)
    is_whole: bool = True
    is_partial: bool = False
    foreign: str | None = None


def load(files: Iterable[ParsedFile], config: ParsedFile | None = None) -> Model:
    """Build the model of parsed files."""
    settings = load_config(config) if config else None
    calendar = calendar_of(settings)
    return merge([load_file(file, calendar) for file in files], settings)


@record
class LoadedConfig:
    """The settings, and their place in the file."""

    parsed: ParsedFile
    config: Config
    placement: Placement | None
    findings: tuple[Finding, ...]


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


def calendar_of(config: LoadedConfig | None) -> Calendar:
    """The calendar by which the periods of a model are read."""
    return (config.config if config else Config()).calendar.calendar


def load_file(file: ParsedFile, calendar: Calendar | None = None) -> LoadedFile:
    """The entities of one file, each validated on its own; without a calendar, every sprint is accepted."""
    loaded = LoadedFile(file, findings=list(file.findings), is_partial=not file.complete)
    for document in file.documents:
        _load_document(document, loaded, calendar)
    loaded.findings = summarized(loaded.findings)
    if not loaded.entities:
        loaded.foreign = format_of(file)
    return loaded


def _load_document(document: Document, loaded: LoadedFile, calendar: Calendar | None) -> None:
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
    entity, placement = _validated(kind, document, value, loaded.findings, calendar)
    loaded.is_whole &= entity is not None and all(_is_extension(route) for route in placement.removed)
    if entity is None:
        loaded.is_partial = True
        loaded.broken |= _refs_of(value, [kind.kind_name])
    else:
        extensions = {key: item for key, item in value.items() if key.startswith("x-")}
        loaded.entities.append((entity.altered({}, extensions) if extensions else entity, placement))


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
    calendar: Calendar | None = None,
) -> tuple[_P | None, Placement]:
    """Validate a document; report invalid parts, and continue without them."""
    namespace = written(value.get("namespace"))
    context = Surroundings(namespace if namespace and is_id(namespace) else DEFAULT_NAMESPACE, calendar)
    value = {key: item for key, item in value.items() if not key.startswith("x-")}
    placement, kept = Placement(document), value
    for attempt in range(_ROUNDS):
        from platctl.model.schema_errors import explain
        from platctl.model.validator import validated

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


def _schema_findings(document: Document, problems: Sequence["SchemaError"]) -> list[Finding]:
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


def merge(
    files: Sequence[LoadedFile],
    config: LoadedConfig | None = None,
    more: Iterable[Finding] = (),
    prefix: str = "",
    claimed: Set[str] = frozenset(),
) -> Model:
    """Combine the files of one state into a model.

    `more` are findings about files that could not be opened. Files of other tools are noted and not read, except those
    at paths that are `claimed`, where another state has entities.
    """
    foreign = {
        file.parsed.path.removeprefix(prefix): file.foreign
        for file in files
        if file.foreign and file.parsed.path.removeprefix(prefix) not in claimed
    }
    files = [file for file in files if file.parsed.path.removeprefix(prefix) not in foreign]
    own = [file.parsed.path.removeprefix(prefix) for file in files if file.entities]
    entities: dict[Ref, Entity] = {}
    placements: dict[Ref, Placement] = {}
    twice: set[Ref] = set()
    doubts: dict[Ref, Doubt] = {}
    at = config.parsed.path if config else prefix + min(foreign, default="")
    findings = [*more, *(config.findings if config else ()), *foreign_note(foreign, own, at)]
    duplicates: list[Finding] = []
    for file in files:
        findings += file.findings
        for entity, placement in file.entities:
            doubt = doubt_of(entity, placement, file.parsed)
            if entity.ref in entities:
                twice.add(entity.ref)
                if doubt or entity.visibility is not entities[entity.ref].visibility:
                    doubt = doubt or Doubt("it is defined twice, with different visibility", ("id",))
                    doubts.setdefault(entity.ref, doubt)
            elif doubt:
                doubts[entity.ref] = doubt
            if entity.ref in twice:
                duplicates.append(_duplicate(entity, placement, entities[entity.ref], placements[entity.ref]))
            else:
                entities[entity.ref], placements[entity.ref] = entity, placement
    parsed = [file.parsed for file in files] + ([config.parsed] if config else [])
    model = Model(
        entities=dict(sorted(entities.items())),
        documents=placements,
        config=config.config if config else Config(),
        config_placement=config.placement if config else None,
        files={file.path: file for file in parsed},
        findings=tuple(sorted([*findings, *summarized(duplicates)], key=lambda finding: finding.sort_key)),
        broken=frozenset(ref for file in files for ref in file.broken if ref not in entities),
        twice=frozenset(twice),
        doubts=doubts | {ref: _HALF_READ for file in files for ref in file.broken if ref in entities},
        partial=frozenset(file.parsed.path for file in files if file.is_partial),
        is_whole=all(file.is_whole for file in files),
        prefix=prefix,
    )
    if not model.declares_schemes:
        return model
    from platctl.model.declared_schemes import with_schemes

    return with_schemes(model)


_HALF_READ = Doubt("another document has the same id, and can't be read", ("id",))


def _duplicate(entity: Entity, placement: Placement, first: Entity, was: Placement) -> Finding:
    same = "" if first.id == entity.id else f" (also as `{first.id}`: ids are compared in lower case)"
    return Finding(
        "duplicate-id",
        Severity.ERROR,
        f"{entity.kind_name} `{entity.name}` is defined twice{same}",
        placement.span(("id",)),
        (Label(was.span(("id",)), "first defined here"),),
        "give one of them another id, or a `namespace`",
    )
