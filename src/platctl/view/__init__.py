"""Reports turned into pages for people; the wording lives here."""
