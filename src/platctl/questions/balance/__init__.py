"""Who gets which share of the work?"""
