"""Talks to code hosts: which one runs this, and its comments through its own command-line client."""
