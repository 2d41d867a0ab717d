"""Opens states of a model and answers questions about them, for any front end."""
