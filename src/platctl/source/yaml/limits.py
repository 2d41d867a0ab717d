"""How much one file may hold."""

from platctl.record import record


@record
class Limits:
    """Bounds of one file. Each stops a file that would cost more time or memory than a model can need."""

    size: int = 1 << 20
    """Bytes of the file; also the characters that aliases may add when they are written out."""
    depth: int = 50
    """Mappings and lists inside each other. The C parser itself has no such bound."""
    values: int = 100_000
    """Values of all documents together, with each alias counted as what it stands for."""
    scalar: int = 1 << 16
    """Characters of one text."""
    findings: int = 100
    """Findings that are listed; the others are counted."""


STANDARD = Limits()
