"""Opens states of a model, for any front end."""
