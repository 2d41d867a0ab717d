"""The model as a graph: who stands on what, what is on offer when, and how effects travel."""
