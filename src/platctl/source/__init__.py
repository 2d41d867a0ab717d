"""Reads files from disk or from git, and parses them into documents with positions."""
