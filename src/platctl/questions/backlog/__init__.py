"""What should be done first, and why?"""
