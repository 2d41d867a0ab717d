"""Edits YAML in place: a few characters are inserted or removed, and all others stay unchanged."""
