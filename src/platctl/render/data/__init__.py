"""Reports as data: one file per format."""
