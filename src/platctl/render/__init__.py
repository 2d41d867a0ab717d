"""One file per format: pages to text and markdown, reports to JSON; escape.py makes text harmless for each."""
