"""Reads files, from disk or from git, and turns them into documents with positions."""
