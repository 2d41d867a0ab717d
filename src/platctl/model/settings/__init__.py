"""The settings in platctl.yaml, one file per part."""
