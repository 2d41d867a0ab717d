"""Graphs as GraphML, for yEd, Gephi, NetworkX and others. Source: graphml.graphdrawing.org, 1.0."""

from collections.abc import Iterable, Iterator

from platctl.render.data.network import Attributes, Network
from platctl.render.escape import element

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)

_TYPES = {str: "string", float: "double", int: "int"}


def render(network: Network) -> str:
    """A document with a key for each attribute that is set anywhere."""
    return "".join(f"{part}\n" for part in _lines(network))


def _lines(network: Network) -> Iterator[str]:
    yield _HEAD
    yield from _keys("node", [attributes for _, attributes in network.nodes])
    yield from _keys("edge", [attributes for _, _, attributes in network.edges])
    yield f'<graph id="{element(network.name)}" edgedefault="directed">'
    for name, attributes in network.nodes:
        yield f'<node id="{element(name)}">{_data("node", attributes)}</node>'
    for source, target, attributes in network.edges:
        yield f'<edge source="{element(source)}" target="{element(target)}">{_data("edge", attributes)}</edge>'
    yield "</graph>\n</graphml>"


def _keys(of: str, found: Iterable[Attributes]) -> Iterator[str]:
    types: dict[str, str] = {}
    for attributes in found:
        types |= {name: _TYPES[type(value)] for name, value in attributes.items() if value is not None}
    for name, kind in types.items():
        yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'


def _data(of: str, attributes: Attributes) -> str:
    known = ((name, value) for name, value in attributes.items() if value is not None)
    return "".join(f'<data key="{of}-{name}">{element(str(value))}</data>' for name, value in known)
