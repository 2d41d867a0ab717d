"""What depends on what?"""
