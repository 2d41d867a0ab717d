"""What do we give up for it?"""
