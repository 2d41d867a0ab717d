"""A rule about versions that two schemes read, and do not read alike."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.model.entity.initiative import Change
from platctl.model.listed_versions import listed
from platctl.model.other_notations import is_read_otherwise
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.version import Range
from platctl.rules.context import Context
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route


@rule(
    "ambiguous-version",
    Severity.INFO,
    "A version or range that is read in two ways",
    example="""
        kind: component
        id: identity
        version: 1.0.0-1
    """,
    fix="""
        kind: component
        id: identity
        versioning: semver
        version: 1.0.0-1
    """,
)
def ambiguous_version(context: Context) -> Iterator[Finding]:
    """Reports a version or range that both PEP 440 and semantic versioning can read, and read otherwise, of a component
    without `versioning`. To PEP 440, `1.0.0-1` comes after `1.0.0`; to semantic versioning it is a pre-release.

    platctl reads it by PEP 440. If that is not meant, a range admits what its author excludes.
    """
    for text, ref, route, component in _texts(context):
        if is_read_otherwise(text):
            name = component if isinstance(component, str) else context.name(*component)
            yield ambiguous_version.finding(
                f"`{text}` is read by PEP 440: what follows the hyphen makes a later release, not a pre-release as in "
                "semantic versioning",
                context.model.at(ref, route),
                f"declare `versioning: semver` of `{name}`, or `versioning: pep440` to keep what it means now",
                about=name,
            )


def _texts(context: Context) -> Iterator[tuple[str, Ref, Route, InterfaceRef | str]]:
    """Every version and range without a declared scheme that PEP 440 can read, with the component or its name."""
    model = context.model
    for ref, component in model.components.items():
        for each in listed(component):
            version = each.offered.version
            if version.declared is None and version.parsed is not None:
                yield version.text, ref, each.route, InterfaceRef(ref, each.interface or None)
    for use in context.graph.uses:
        requires = use.dependency.requires
        if requires and requires.declared is None and requires.parsed is not None:
            yield requires.text, use.source, (*use.route, "requires"), InterfaceRef(use.target, use.interface)
    for ref, initiative in model.initiatives.items():
        for index, change in enumerate(initiative.changes):
            wanted = change.version
            if wanted and wanted.declared is None and _is_read(change):
                yield wanted.text, ref, ("changes", index, "version"), str(change.component)


def _is_read(change: Change) -> bool:
    version = change.new_version
    return version is not None and (version.parsed is not None or Range(version.text).parsed is not None)
