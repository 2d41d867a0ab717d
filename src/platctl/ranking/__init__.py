"""Scores and the order of open work, for every question that ranks."""
