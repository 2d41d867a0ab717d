"""Phrases and rows that many pages share."""
