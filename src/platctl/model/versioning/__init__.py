"""Version schemes: how npm, Maven and others write versions and ranges. A module for each; `scheme.py` names them."""
