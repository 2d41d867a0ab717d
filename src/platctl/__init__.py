"""platctl derives from plain YAML in git which products a platform change affects, and why."""

__version__ = "0.1.0"
