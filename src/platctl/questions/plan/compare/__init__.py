"""Two futures, by their plans."""
