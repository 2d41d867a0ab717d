"""Reports as data: one file a format."""
