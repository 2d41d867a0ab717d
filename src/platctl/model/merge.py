"""The model of one state, made of its files."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from platctl.finding import Finding, Label, Severity, summarized
from platctl.model.doubt import Doubt
from platctl.model.entity.entity import Entity
from platctl.model.fields import Conventions
from platctl.model.foreign import foreign_note
from platctl.model.model import Model
from platctl.model.placement import Placement
from platctl.model.ref import Ref
from platctl.model.release_days import with_release_days
from platctl.model.settings.config import Config
from platctl.record import record
from platctl.source.yaml.parse import ParsedFile


@record(eq=False)
class LoadedEntity:
    """An entity, its place, why its visibility is in doubt, and whether it names releases as its days."""

    entity: Entity
    placement: Placement
    doubt: Doubt | None = None
    names_releases: bool = False


@dataclass(slots=True)
class LoadedFile:
    """The entities of one file. `broken` are those that could not be read, `is_partial` tells that there may be any,
    and `foreign` is the other format that the file has."""

    parsed: ParsedFile
    entities: list[LoadedEntity] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    broken: set[Ref] = field(default_factory=set)
    is_whole: bool = True
    is_partial: bool = False
    foreign: str | None = None


@record
class LoadedConfig:
    """The settings, and their place in the file."""

    parsed: ParsedFile
    config: Config
    placement: Placement | None
    findings: tuple[Finding, ...]


def conventions_of(config: LoadedConfig | None) -> Conventions:
    """How the files of a model are written."""
    return (config.config if config else Config()).conventions


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
        for each in file.entities:
            entity, placement, doubt = each.entity, each.placement, each.doubt
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
    if named := {each.entity.ref for file in files for each in file.entities if each.names_releases}:
        model = with_release_days(model, sorted(named))
    return with_declared_schemes(model)


def with_declared_schemes(model: Model) -> Model:
    """The model whose versions and ranges know their scheme, where any is declared."""
    if not model.declares_schemes:
        return model
    from platctl.model.declared_schemes import with_schemes  # few models declare any

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
