"""Pages for people, one file per format; all but text use one walker."""
