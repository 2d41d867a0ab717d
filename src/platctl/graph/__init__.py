"""The model as a graph: dependencies, selections, and how effects propagate."""
