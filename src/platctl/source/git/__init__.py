"""Reads states of a model from git, without a checkout."""
