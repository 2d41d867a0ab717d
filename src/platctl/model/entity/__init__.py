"""The kinds of entities, one file per kind."""
