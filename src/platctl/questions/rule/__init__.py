"""What does a rule check, and why?"""
