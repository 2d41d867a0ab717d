"""How sure is the order of open work?"""
