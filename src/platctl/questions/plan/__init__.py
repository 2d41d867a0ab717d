"""What fits into the people we have, and when?"""
