"""YAML files as documents with positions, and a finding for everything that is wrong."""
