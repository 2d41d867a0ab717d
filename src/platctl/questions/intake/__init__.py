"""Which ideas exist, and what does each still need?"""
