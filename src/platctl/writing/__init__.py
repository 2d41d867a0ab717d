"""Phrases and rows that several pages share."""
