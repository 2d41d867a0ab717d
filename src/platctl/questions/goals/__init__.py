"""How far are we on the way to each goal, and what serves it?"""
