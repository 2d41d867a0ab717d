"""Which entities are there?"""
