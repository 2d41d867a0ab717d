"""What comes when, and what do we tell whom?"""
