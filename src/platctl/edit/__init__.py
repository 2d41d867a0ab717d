"""Changing YAML in place: a few characters are put in or taken out, and all others stay as they are."""
