"""The limits of one file."""

from platctl.record import record


@record
class Limits:
    """Limits of one file. Each stops a file that would take more time or memory than a model can need."""

    size: int = 1 << 20
    """Bytes of the file; also the characters that expanded aliases may add."""
    depth: int = 50
    """Nested mappings and lists. The C parser itself has no such limit."""
    values: int = 100_000
    """Values of all documents together, with aliases expanded."""
    scalar: int = 1 << 16
    """Characters of one text."""
    findings: int = 100
    """Findings per rule that are listed."""


STANDARD = Limits()
