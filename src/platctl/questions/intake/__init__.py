"""Which ideas are there, and what does each still need?"""
