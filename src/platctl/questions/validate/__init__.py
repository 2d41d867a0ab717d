"""Is what we wrote down consistent?"""
