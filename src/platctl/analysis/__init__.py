"""Derivations: pure functions from one or two models to a report."""
