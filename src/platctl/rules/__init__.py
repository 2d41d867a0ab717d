"""What can be said about a model: one file per family of rules, all of them in one plain list."""
