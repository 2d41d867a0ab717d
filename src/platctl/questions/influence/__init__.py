"""Whom does what move, and who asked for what?"""
