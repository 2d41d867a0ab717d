"""Code hosts: detects which one runs platctl, and posts comments through its command-line client."""
