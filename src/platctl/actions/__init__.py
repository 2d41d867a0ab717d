"""Commands that write something or talk to somebody: one file each."""
