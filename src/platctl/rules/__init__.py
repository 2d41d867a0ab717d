"""The rules that check a model: one file per family, and one registry of all of them."""
