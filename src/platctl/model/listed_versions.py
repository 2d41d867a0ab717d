"""The versions that a component lists, with their routes."""

from collections.abc import Iterator
from typing import NamedTuple

from platctl.model.entity.component import Component, OfferedVersion, Offering
from platctl.source.yaml.document import Route


class ListedVersion(NamedTuple):
    """One version of one interface; `route` leads to the version, `within` to the mapping with its other fields."""

    interface: str
    offered: OfferedVersion
    route: Route
    within: Route


def listed(component: Component) -> Iterator[ListedVersion]:
    """All versions that a component lists; those of the implicit interface first."""
    yield from _listed("", component, ())
    for index, interface in enumerate(component.interfaces):
        yield from _listed(interface.id.lower(), interface, ("interfaces", index))


def _listed(interface: str, offering: Offering, route: Route) -> Iterator[ListedVersion]:
    if offering.version is not None:
        offered = OfferedVersion(version=offering.version)
        yield ListedVersion(interface, offered, (*route, "version"), route)
    for index, each in enumerate(offering.versions):
        within = (*route, "versions", index)
        yield ListedVersion(interface, each, (*within, "version"), within)
