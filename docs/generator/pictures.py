"""Pictures for the pages, drawn by a command from an example."""

from generator.replay import outputs

_UNPACK = "platctl init --example streaming demo >/dev/null 2>&1"


def roadmap() -> str:
    """The timeline of the made-up company."""
    return outputs(f"{_UNPACK} && platctl -C demo roadmap --view timeline --format svg")
