"""From pages, alerts and reports to texts of all formats; escape.py makes text harmless for each."""
