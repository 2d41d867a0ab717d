"""The small languages that stand in fields: formulas, units, selectors."""
