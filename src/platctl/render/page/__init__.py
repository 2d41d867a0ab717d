"""Pages for people, one file a format, all but text by one walker."""
