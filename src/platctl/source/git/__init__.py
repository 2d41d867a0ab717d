"""States of a model in git, without checking anything out."""
