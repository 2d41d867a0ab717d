"""Scheduling algorithms, independent of the model: best orders, earliest ends, resampling, cycles."""
