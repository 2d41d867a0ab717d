"""The small languages used in fields: formulas, units, selectors."""
