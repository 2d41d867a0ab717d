"""Commands that write files or talk to a code host, one file per command."""
