"""Is the model consistent?"""
