"""Turns pages, alerts and reports into text in all formats; escape.py makes text safe for each."""
