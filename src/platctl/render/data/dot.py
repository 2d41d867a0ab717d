"""Graphs as DOT, for Graphviz. Source: graphviz.org, "DOT Language"."""

from collections.abc import Iterator

from platctl.render.data.network import Attributes, Network
from platctl.render.escape import visible


def render(network: Network) -> str:
    """A directed graph from top to bottom; edges are dashed that are soft."""
    return "".join(f"{part}\n" for part in _lines(network))


def _lines(network: Network) -> Iterator[str]:
    yield f"digraph {_quoted(network.name)} {{"
    yield '  node [shape=box, fontname="sans-serif"];'
    for name, attributes in network.nodes:
        yield f"  {_quoted(name)} [{_listed({'label': attributes.get('name'), **attributes})}];"
    for source, target, attributes in network.edges:
        style = {"style": "dashed"} if attributes.get("soft") else {}
        yield f"  {_quoted(source)} -> {_quoted(target)} [{_listed({**style, **attributes})}];"
    yield "}"


def _listed(attributes: Attributes) -> str:
    # An id, a name or a tooltip of Graphviz has another meaning; ours begin with `platctl_`.
    own = {name if name in ("label", "style") else f"platctl_{name}": value for name, value in attributes.items()}
    return ", ".join(f"{name}={_quoted(str(value))}" for name, value in own.items() if value is not None)


def _quoted(text: str) -> str:
    """A string; a backslash would begin an escape in a label, and a bracket would not begin HTML between quotes."""
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
