"""Alerts at lines of files, for code hosts and other tools: one file per format."""
